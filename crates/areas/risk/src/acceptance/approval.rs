//! Acceptances before the approval engine: who decides, what they read, what follows.

use mamori_approval::route::StepKind;
use mamori_approval::{Approvable, Decision, Fact, Outcome, Plan, PlanStep, RouteKind, Source, Subject};
use mamori_kernel::access::{Action, Role};
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::{Lang, Words};
use mamori_kernel::time;
use mamori_kernel::yen::Yen;
use mamori_ledger::hooks::Hooked;
use mamori_ledger::record::{Record, Value, Values};
use mamori_ledger::shape::Shape;
use mamori_ledger::{Choice as _, Ledger as _, Registry, query};
use mamori_store::{Reader as _, Tx};

use super::queries::Taken;
use super::{Acceptance, Class, State, ops, queries};
use crate::appetite;

/// The kind of the engine.
pub const KIND: &str = "risk_acceptance";

/// The kind of route for what lies above the appetite.
const ABOVE: &str = "risk_acceptance_above";

/// Acceptances as the approval engine knows them.
pub fn approvable() -> impl Approvable {
    Acceptances
}

struct Acceptances;

async fn row(db: &mut Source<'_>, registry: &Registry, id: &str) -> Result<Record> {
    query::any(db, &Shape::plain(registry.ledger(Acceptance::CODE).ok_or(Error::NotFound)?), id).await
}

async fn taken(db: &mut Source<'_>, row: &Record) -> Result<Taken> {
    queries::taken(db, row.get("scenario").as_str(), row.get("asset").as_str()).await?.ok_or(Error::NotFound)
}

fn fact(label: Words, value: Words) -> Fact {
    Fact { label, value }
}

fn same(text: impl Into<String>) -> Words {
    let text = text.into();
    Words::owned(text.clone(), text)
}

/// What whoever decides reads; everything that the decision rests on.
async fn describe(db: &mut Source<'_>, registry: &Registry, id: &str) -> Result<Subject> {
    let row = row(db, registry, id).await?;
    in_time(db, &row)?;
    let taken = taken(db, &row).await?;
    let appetite = appetite::queries::current(db).await?;
    let level = taken.level;
    let above = level.is_above(appetite, taken.band == "high");
    let mut facts = vec![fact(
        if row.get("scenario").is_empty() { Words::new("情報資産", "Asset") } else { Words::new("リスク", "Risk") },
        same(taken.name.as_str()),
    )];
    if let Some(value) = level.risk_value {
        facts.push(fact(Words::new("リスク値（IPA）", "Risk value (IPA)"), same(value.to_string())));
    }
    if let Some(score) = level.score {
        facts.push(fact(Words::new("リスク値（4要素）", "Risk value (four factors)"), same(score.to_string())));
    }
    if let Some(ale) = level.ale {
        let words = Words::owned(Yen(ale).format(Lang::Ja), Yen(ale).format(Lang::En));
        facts.push(fact(Words::new("年間予想損失額", "Expected loss a year"), words));
    }
    let limit = |lang: Lang| {
        let yen = Yen(appetite.yen).format(lang);
        match (lang, appetite.number) {
            (Lang::Ja, 0) => format!("{}点・年{yen}まで（標準）", appetite.score),
            (Lang::Ja, number) => format!("{}点・年{yen}まで（第{number}版）", appetite.score),
            (Lang::En, 0) => format!("{} points, {yen} a year (standard)", appetite.score),
            (Lang::En, number) => format!("{} points, {yen} a year (version {number})", appetite.score),
        }
    };
    facts.push(fact(Words::new("受容基準", "Risk appetite"), Words::owned(limit(Lang::Ja), limit(Lang::En))));
    facts.push(fact(
        Words::new("受容基準との関係", "Against the appetite"),
        if above { Words::new("超える", "Above") } else { Words::new("以内", "Within") },
    ));
    let class = row.get("class").as_str().to_owned();
    let label = |lang: Lang| Class::set().label(&class, lang).to_owned();
    facts.push(fact(Words::new("理由の種類", "Class"), Words::owned(label(Lang::Ja), label(Lang::En))));
    facts.push(fact(Words::new("理由", "Reason"), same(row.get("reason").as_str())));
    for (field, words) in [
        ("conditions", Words::new("守る条件", "Conditions")),
        ("limit_count", Words::new("年に何回まで", "Up to so many times a year")),
        ("review_on", Words::new("見直す日", "Review on")),
        ("earlier_on", Words::new("導入前に決めた日", "Decided before on")),
    ] {
        let value = row.get(field);
        let shown = match value.as_date() {
            Some(day) => Words::owned(time::long_date(Lang::Ja, day), time::long_date(Lang::En, day)),
            None if value.is_empty() => continue,
            None => same(value.stored()),
        };
        facts.push(fact(words, shown));
    }
    Ok(Subject {
        // The tray holds many kinds of things: what is asked comes first.
        title: format!("{}{}", db.actor().lang.pick("リスク受容：", "Risk acceptance: "), taken.name),
        amount: level.ale.map(Yen),
        link: format!("/risk/acceptance/{id}"),
        department: taken.department,
        route: if above { ABOVE } else { KIND },
        facts,
    })
}

/// An acceptance that would have to be reviewed before it holds is neither proposed nor approved.
fn in_time(db: &Source<'_>, row: &Record) -> Result<()> {
    let Source::Tx(tx) = db else { return Ok(()) };
    if row.get("review_on").as_date().is_none_or(|day| day > time::today(tx.now())) {
        return Ok(());
    }
    Err(Error::refused(
        "見直す日を過ぎています。1年以内の先の日に直してから、承認を依頼してください。承認待ちのときは、差し戻して直してもらいます。",
        "The review date has passed. Change it to a coming day within a year and ask for approval again; if it waits already, return it.",
    ))
}

async fn may_propose(db: &mut Source<'_>, registry: &Registry, id: &str) -> Result<()> {
    let def = registry.ledger(Acceptance::CODE).ok_or(Error::NotFound)?;
    let row = query::find(db, &Shape::plain(def), id, Action::Edit).await?;
    let state = State::parse(row.get("state").as_str());
    if row.is_retired() || !state.is_some_and(State::is_open) {
        return Err(Error::refused(
            "この受容は、いまは承認を依頼できません。状態を確かめてください。",
            "Approval cannot be asked for in the present state of this acceptance.",
        ));
    }
    let (scenario, asset) = (row.get("scenario").as_str(), row.get("asset").as_str());
    if !queries::others(db, id, scenario, asset, State::Waiting.code()).await?.is_empty() {
        return Err(Error::refused(
            "同じリスクの別の受容が承認待ちです。その結果を待つか、依頼を取り下げてもらってください。",
            "Another acceptance of the same risk waits for approval. Wait for it, or have it withdrawn.",
        ));
    }
    if !taken(db, &row).await?.has_value() {
        return Err(Error::refused(
            "まだ評価されていないリスクは受け入れられません。先に評価してください。",
            "A risk that is not judged cannot be accepted. Please judge it first.",
        ));
    }
    Ok(())
}

async fn proposed(tx: &mut Tx, registry: &Registry, id: &str) -> Result<()> {
    let actor = tx.actor().clone();
    let values = Values::default()
        .with("state", State::Waiting.code())
        .with("proposed_by", actor.name.as_str())
        .with("proposer", actor.person_id.clone().unwrap_or_default())
        .with("accepted_by", Value::Null)
        .with("decided_by", Value::Null)
        .with("accepted_on", Value::Null);
    ops::write(tx, registry, id, values).await.map(|_| ())
}

async fn decided(tx: &mut Tx, registry: &Registry, id: &str, decision: &Decision) -> Result<()> {
    let state = match decision.outcome {
        Outcome::Approved => {
            let row = row(&mut Source::Tx(tx), registry, id).await?;
            let actor = tx.actor().clone();
            if !actor.user_id.is_empty() && row.meta.created_by == actor.user_id {
                return Err(Error::refused(
                    "自分が起案した受容は、ほかの人が依頼したものでも承認できません。別の人に承認してもらってください。",
                    "You cannot approve an acceptance that you drafted, even if somebody else asked for it. Please let another person approve it.",
                ));
            }
            return ops::put_in_force(tx, registry, id, decision).await;
        }
        Outcome::Returned => State::Returned,
        Outcome::Rejected => State::Rejected,
        // The proposer took it back to mend it, or nobody decided: it may be proposed again.
        Outcome::Withdrawn | Outcome::Expired => State::Draft,
    };
    ops::write(tx, registry, id, Values::default().with("state", state.code())).await.map(|_| ())
}

impl Approvable for Acceptances {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn words(&self) -> Words {
        Words::new("リスク受容", "Risk acceptance")
    }

    fn ledger(&self) -> &'static str {
        Acceptance::CODE
    }

    /// Within the appetite the department's head or an officer decides, above it the management (S2-D6-08, S2-D6-09).
    fn routes(&self) -> Vec<RouteKind> {
        let step = |roles, accounts, manager| PlanStep { kind: StepKind::Approve, roles, accounts, manager, days: 5 };
        let plan = |name, step| vec![Plan { name, from: Yen::ZERO, steps: vec![step] }];
        let within = Words::new("リスク受容（受容基準以内）", "Risk acceptance within the appetite");
        let above = Words::new("リスク受容（受容基準を超える）", "Risk acceptance above the appetite");
        vec![
            RouteKind {
                code: KIND,
                words: within.clone(),
                plans: plan(within, step(&[], &[Role::Officer, Role::Executive], true)),
            },
            RouteKind { code: ABOVE, words: above.clone(), plans: plan(above, step(&["executive"], &[Role::Executive], false)) },
        ]
    }

    fn may_propose<'a>(&'a self, db: &'a mut Source<'_>, registry: &'a Registry, row_id: &'a str) -> Hooked<'a, ()> {
        Box::pin(may_propose(db, registry, row_id))
    }

    fn describe<'a>(&'a self, db: &'a mut Source<'_>, registry: &'a Registry, row_id: &'a str) -> Hooked<'a, Subject> {
        Box::pin(describe(db, registry, row_id))
    }

    fn proposed<'a>(&'a self, tx: &'a mut Tx, registry: &'a Registry, row_id: &'a str) -> Hooked<'a, ()> {
        Box::pin(proposed(tx, registry, row_id))
    }

    fn decided<'a>(&'a self, tx: &'a mut Tx, registry: &'a Registry, row_id: &'a str, decision: &'a Decision) -> Hooked<'a, ()> {
        Box::pin(decided(tx, registry, row_id, decision))
    }
}
