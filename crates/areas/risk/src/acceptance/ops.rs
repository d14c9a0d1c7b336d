//! Use cases: put an acceptance in force, take it back, look again.

use std::future::Future;

use mamori_approval::{Decision, Desk, Member, Source};
use mamori_kernel::access::{Action, Role};
use mamori_kernel::error::{Error, Result};
use mamori_kernel::i18n;
use mamori_kernel::lang::Lang;
use mamori_kernel::time;
use mamori_ledger::area::Registry;
use mamori_ledger::record::{Record, Value, Values};
use mamori_ledger::shape::Shape;
use mamori_ledger::{Choice as _, Ledger as _, ops as ledger, query};
use mamori_store::{Change, Tx};
use serde_json::json;

use super::queries::{InForce, Which};
use super::rules::reconsider as judge;
use super::{Acceptance, Comeback, State, queries};
use crate::appetite;
use crate::scenario::{self, State as ScenarioState};

tokio::task_local! {
    /// Set while a decision or the program itself writes: only then states move.
    static DECIDING: ();
}

/// Runs `work` with the right to move states of acceptances.
async fn decided<T>(work: impl Future<Output = T>) -> T {
    DECIDING.scope((), work).await
}

/// A decision is being written: an acceptance may come into force.
pub(super) fn deciding() -> bool {
    DECIDING.try_with(|()| ()).is_ok()
}

async fn shape(tx: &mut Tx, registry: &Registry) -> Result<Shape> {
    Shape::load(registry.ledger(Acceptance::CODE).ok_or(Error::NotFound)?, tx).await
}

/// Writes to an acceptance as the consequence of a decision.
pub(super) async fn write(tx: &mut Tx, registry: &Registry, id: &str, values: Values) -> Result<Record> {
    let shape = shape(tx, registry).await?;
    decided(ledger::consequence(registry, tx, &shape, id, values)).await
}

/// Changes a scenario as the consequence of a decision; the cause stands in its history.
async fn move_scenario(tx: &mut Tx, registry: &Registry, id: &str, values: Values, cause: &str) -> Result<()> {
    tx.set_memo(scenario::queries::CAUSE, cause);
    let moved = decided(scenario::ops::change(tx, registry, id, values)).await;
    tx.set_memo(scenario::queries::CAUSE, "");
    moved.map(|_| ())
}

/// Puts an approved acceptance in force: who and when, the risk as 受容中 with its limit, and an older acceptance of the same risk ends.
pub(super) async fn put_in_force(tx: &mut Tx, registry: &Registry, id: &str, decision: &Decision) -> Result<()> {
    let values = Values::default()
        .with("state", State::Valid.code())
        .with("accepted_by", decision.person_id.as_str())
        .with("decided_by", decision.name.as_str())
        .with("accepted_on", decision.on)
        .with("comeback", Value::Null)
        .with("comeback_on", Value::Null);
    let row = write(tx, registry, id, values).await?;
    let (scenario, asset) = (row.get("scenario").as_str().to_owned(), row.get("asset").as_str().to_owned());
    for older in queries::others(tx, id, &scenario, &asset, State::Valid.code()).await? {
        write(tx, registry, &older, Values::default().with("state", State::Withdrawn.code())).await?;
    }
    if !scenario.is_empty() {
        let limit = row.get("limit_count").clone();
        let values = Values::default()
            .with("state", ScenarioState::Accepted.code())
            .with("policy", crate::treatment::Policy::Accept.code())
            .with("limit_count", limit);
        let cause = tx.actor().lang.pick("リスク受容の承認", "Acceptance approved");
        move_scenario(tx, registry, &scenario, values, cause).await?;
    }
    Ok(())
}

/// Takes an acceptance back: a draft is given up, one in force ends and its risk is open again.
///
/// # Errors
/// [`Error::Invalid`] without a reason; [`Error::Refused`] while it waits for approval and when it already ended; [`Error::Conflict`].
pub async fn withdraw(tx: &mut Tx, registry: &Registry, id: &str, version: i64, reason: &str) -> Result<()> {
    let reason = reason.trim();
    if reason.is_empty() {
        let message = mamori_kernel::lang::Words::new("取り下げる理由を入力してください。", "Please say why it is withdrawn.");
        return Err(Error::field("reason", message));
    }
    let shape = shape(tx, registry).await?;
    let row = query::find(tx, &shape, id, Action::Edit).await?;
    if row.meta.version != version {
        return Err(Error::Conflict { current: row.meta.version });
    }
    match State::parse(row.get("state").as_str()) {
        Some(State::Waiting) => Err(Error::refused(
            "承認待ちです。先に、承認の依頼を取り下げてください（依頼した人だけができます）。",
            "It waits for approval. The person who asked for it has to withdraw that request first.",
        )),
        Some(State::Withdrawn) => Err(Error::refused("すでに取り下げられています。", "It has already been withdrawn.")),
        state => {
            write(tx, registry, id, Values::default().with("state", State::Withdrawn.code())).await?;
            let diff = json!({ "reason": [null, reason] });
            tx.log(Change::new("withdraw", Acceptance::CODE, id, &ledger::label(&shape.def, &row), diff)).await?;
            let scenario = row.get("scenario").as_str();
            if state == Some(State::Valid) && !scenario.is_empty() {
                reopen_scenario(tx, registry, scenario, reason).await?;
            }
            Ok(())
        }
    }
}

/// A risk that was accepted is open again; the reason stands in its history.
async fn reopen_scenario(tx: &mut Tx, registry: &Registry, scenario: &str, reason: &str) -> Result<()> {
    if queries::scenario_state(tx, scenario).await? != ScenarioState::Accepted.code() {
        return Ok(());
    }
    let back = if crate::treatment::queries::is_being_treated(tx, scenario).await? {
        ScenarioState::Treating
    } else {
        ScenarioState::Open
    };
    let values = Values::default().with("state", back.code()).with("policy", Value::Null).with("limit_count", Value::Null);
    move_scenario(tx, registry, scenario, values, reason).await
}

/// What a saved scenario means for its acceptance: changed numbers may bring it back, and a risk that somebody took out of 受容中 is no
/// longer accepted.
///
/// # Errors
/// Database faults.
pub(crate) async fn scenario_changed(tx: &mut Tx, registry: &Registry, new: &Record) -> Result<()> {
    let id = new.meta.id.clone();
    if deciding() {
        return Ok(());
    }
    if new.get("state").as_str() == ScenarioState::Accepted.code() && !new.is_retired() {
        return reconsider(tx, registry, Which::Scenarios(&[id]), "").await.map(|_| ());
    }
    for acceptance in queries::valid_of(tx, &id).await? {
        write(tx, registry, &acceptance, Values::default().with("state", State::Withdrawn.code())).await?;
    }
    Ok(())
}

/// Looks at valid acceptances again, after something that they rest on has changed or on a new day; gives how many came back.
///
/// Each gets its state and reason, its risk is open again, and the risk's owner and the officers are told: nothing happens silently.
///
/// # Errors
/// Database faults.
pub async fn reconsider(tx: &mut Tx, registry: &Registry, which: Which<'_>, base_url: &str) -> Result<usize> {
    let found = queries::in_force(tx, which).await?;
    if found.is_empty() {
        return Ok(0);
    }
    let appetite = appetite::queries::current(tx).await?;
    let today = time::today(tx.now());
    let mut moved = 0_usize;
    for row in &found {
        if let Some(why) = judge(&row.accepted, &row.now, row.happened, appetite, today) {
            come_back(tx, registry, row, why, base_url).await?;
            moved = moved.saturating_add(1);
        }
    }
    Ok(moved)
}

async fn come_back(tx: &mut Tx, registry: &Registry, row: &InForce, why: Comeback, base_url: &str) -> Result<()> {
    let state = if why == Comeback::ReviewDue { State::Expired } else { State::Reopened };
    let today = time::today(tx.now());
    let values = Values::default().with("state", state.code()).with("comeback", why.code()).with("comeback_on", today);
    write(tx, registry, &row.id, values).await?;
    let lang = tx.actor().lang;
    if !row.scenario.is_empty() {
        reopen_scenario(tx, registry, &row.scenario, word(why, lang)).await?;
    }
    for member in told(tx, registry, &row.owner).await? {
        let args = [("name", row.name.clone().into()), ("why", word(why, member.lang).to_owned().into())];
        let title = i18n::ta(member.lang, "acceptance-news-back", &args);
        let body = i18n::ta(member.lang, "acceptance-news-back-body", &args);
        mamori_approval::notify(tx, &member, &title, &body, &format!("/risk/acceptance/{}", row.id), base_url).await?;
    }
    Ok(())
}

fn word(why: Comeback, lang: Lang) -> &'static str {
    match why {
        Comeback::Risen => lang.pick("リスクが大きくなりました", "the risk has risen"),
        Comeback::TooOften => lang.pick("回数の上限を超えました", "it happened too often"),
        Comeback::MethodChanged => lang.pick("評価方法が変わりました", "the method has changed"),
        Comeback::AppetiteChanged => lang.pick("受容基準が変わりました", "the appetite has changed"),
        Comeback::ReviewDue => lang.pick("見直す日を過ぎました", "the review date has passed"),
    }
}

/// The risk's owner and the officers, each once.
async fn told(tx: &mut Tx, registry: &Registry, owner: &str) -> Result<Vec<Member>> {
    let desk = Desk::reading(registry)?;
    let directory = desk.approvals.directory();
    let today = time::today(tx.now());
    let mut found = directory.account_holders(&mut Source::Tx(tx), Role::Officer).await?;
    if !owner.is_empty()
        && let Some(member) = directory.member(&mut Source::Tx(tx), owner, "").await?
        && !found.iter().any(|known| known.same(&member))
    {
        found.push(member);
    }
    found.retain(|member| !member.disabled && member.left_on.is_none_or(|left| left >= today));
    Ok(found)
}
