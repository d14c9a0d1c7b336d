//! Use cases: begin, answer, finish, review, open again, make something of a finding. Each is a step inside the caller's transaction.

use std::sync::Arc;

use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Words;
use mamori_kernel::time;
use mamori_ledger::ops::{self, Gate, may};
use mamori_ledger::shape::Shape;
use mamori_ledger::{Choice as _, Ledger as _, Record, Registry, Value, Values, query};
use mamori_store::{Actor, Reader, Tx};

use super::rules::{self, Deed};
use super::{Check, State, queries};
use crate::answer::{CheckAnswer, queries as answers};
use crate::catalogue::{AnswerKind, Catalogue, Item};
use crate::contract::{Checks, Found};
use crate::evidence;
use crate::score::{Score, is_finding};

/// A check with its questions.
pub struct Opened {
    /// The row.
    pub record: Record,
    /// The ledger as the company sees it.
    pub shape: Shape,
    /// The version with which it was begun.
    pub catalogue: Arc<Catalogue>,
}

impl Opened {
    /// Where it stands.
    pub fn state(&self) -> State {
        state_of(&self.record)
    }

    /// Row id.
    pub fn id(&self) -> &str {
        &self.record.meta.id
    }

    /// Address of its page.
    pub fn path(&self) -> String {
        format!("{}/{}", self.shape.def.path(), self.record.meta.id)
    }
}

/// Where a row of the ledger stands.
pub fn state_of(record: &Record) -> State {
    State::parse(record.get("state").as_str()).unwrap_or(State::Draft)
}

/// The actor finished the answers of this check.
pub fn is_own(actor: &Actor, record: &Record) -> bool {
    match record.get("answered_by").as_str() {
        "" => record.get("answered_name").as_str() == actor.name,
        person => actor.person_id.as_deref() == Some(person),
    }
}

/// Opens a check that the actor may see, or change.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Refused`] when its questions are not part of the program; database faults.
pub async fn open(db: &mut impl Reader, registry: &Registry, checks: &Checks, id: &str, action: Action) -> Result<Opened> {
    let shape = Shape::load(registry.ledger(Check::CODE).ok_or(Error::NotFound)?, db).await?;
    let record = query::find(db, &shape, id, action).await?;
    bind(checks, shape, record)
}

/// Opens a check on the program's own account, for a process that has judged permission by its own row.
///
/// # Errors
/// As [`open`].
pub async fn open_as_program(db: &mut impl Reader, registry: &Registry, checks: &Checks, id: &str) -> Result<Opened> {
    let shape = Shape::load(registry.ledger(Check::CODE).ok_or(Error::NotFound)?, db).await?;
    let record = query::any(db, &shape, id).await?;
    bind(checks, shape, record)
}

fn bind(checks: &Checks, shape: Shape, record: Record) -> Result<Opened> {
    let catalogue = checks.bound(record.get("catalogue").as_str(), record.get("edition").as_str())?;
    Ok(Opened { record, shape, catalogue })
}

/// Begins a check on the program's own account, such as the one that belongs to a review; gives its row.
///
/// # Errors
/// What the ledger says about the values.
pub async fn begin(tx: &mut Tx, registry: &Registry, values: Values) -> Result<Record> {
    let shape = Shape::load(registry.ledger(Check::CODE).ok_or(Error::NotFound)?, tx).await?;
    ops::create(registry, tx, &shape, values, None, Gate::Program).await
}

/// An answer as it was entered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// Code of the item.
    pub item: String,
    /// Version of the answer that the writer saw, 0 for none; `None` does not ask.
    pub version: Option<i64>,
    /// The answer.
    pub answer: String,
    /// The level to be reached.
    pub to_be: String,
    /// Remark.
    pub note: String,
    /// Where it can be seen.
    pub evidence: String,
}

/// An answer that was not saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What was entered.
    pub typed: Typed,
    /// Why, and what to do.
    pub words: Words,
}

/// What became of a save.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// Answers written.
    pub written: usize,
    /// Answers that were not.
    pub troubles: Vec<Trouble>,
}

/// Saves answers. What differs from the stored one is written; an answer that does not fit, or that somebody else changed meanwhile, is
/// given back with the reason, and the others are saved all the same.
///
/// # Errors
/// [`Error::Refused`] when the check takes no answers; as [`open`].
pub async fn answer(tx: &mut Tx, registry: &Registry, checks: &Checks, id: &str, typed: Vec<Typed>) -> Result<Saved> {
    queries::lock(tx, id).await?;
    let opened = open(tx, registry, checks, id, Action::Edit).await?;
    ops::in_use(&opened.record)?;
    rules::takes_answers(opened.state())?;
    let shape = Shape::load(registry.ledger(CheckAnswer::CODE).ok_or(Error::NotFound)?, tx).await?;
    let kept = answers::of_sheet(tx, id).await?;
    let mut saved = Saved::default();
    for typed in typed {
        let Some(item) = opened.catalogue.item(&typed.item) else {
            let words = Words::new(
                "この質問は今の点検表にありません。画面を開き直してください。",
                "This question is not part of the checklist. Please reload the page.",
            );
            saved.troubles.push(Trouble { typed, words });
            continue;
        };
        let stored = kept.iter().find(|kept| kept.item == typed.item);
        let values = match fitted(&opened.catalogue, item, &typed) {
            Ok(values) => values,
            Err(words) => {
                saved.troubles.push(Trouble { typed, words });
                continue;
            }
        };
        if !differs(&values, stored) {
            continue;
        }
        // Two quick saves of one writer overtake the page's knowledge of the version; that is no clash.
        let own = stored.is_some_and(|stored| !stored.updated_by.is_empty() && stored.updated_by == tx.actor().user_id);
        if !own && typed.version.is_some_and(|seen| seen != stored.map_or(0, |stored| stored.version)) {
            let who = stored.map(|stored| stored.assessor.clone()).unwrap_or_default();
            let words = Words::owned(
                format!(
                    "先に{who}さんがこの質問に答えました。下の今の答えと見比べて、変えるときはもう一度選んでください。あなたの入力は保存していません。"
                ),
                format!(
                    "{who} answered this question meanwhile. Compare with the present answer below and choose again if it should change. Your entry was not saved."
                ),
            );
            saved.troubles.push(Trouble { typed, words });
            continue;
        }
        write(tx, registry, &shape, &opened, item, stored.map(|stored| stored.id.as_str()), values).await?;
        saved.written += 1;
    }
    if saved.written > 0 {
        recount(tx, &opened, State::Open).await?;
    } else {
        // Only the lock was taken.
        tx.technical();
    }
    Ok(saved)
}

pub(super) fn fitted(catalogue: &Catalogue, item: &Item, typed: &Typed) -> std::result::Result<Values, Words> {
    let answer = rules::fit(catalogue, item, &typed.answer)?;
    let to_be = rules::fit_target(catalogue, item, &typed.to_be)?;
    let tier = catalogue.scale(item).is_some_and(|scale| scale.kind == AnswerKind::Tier);
    let as_is = catalogue.option(item, &answer).and_then(|option| option.points).filter(|_| tier);
    let text = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
    let (note, evidence) = (text(&typed.note), text(&typed.evidence));
    if note.chars().count().max(evidence.chars().count()) > rules::LONGEST {
        return Err(Words::owned(
            format!("メモと証拠は、それぞれ{}字までです。長いものはファイルにして付けてください。", rules::LONGEST),
            format!("Note and evidence have up to {} characters each. Please attach longer ones as a file.", rules::LONGEST),
        ));
    }
    let number = |n: Option<i64>| n.map_or(Value::Null, Value::Int);
    Ok(Values::default()
        .with("answer", answer)
        .with("as_is", number(as_is))
        .with("to_be", number(to_be))
        .with("note", note)
        .with("evidence", evidence))
}

fn differs(values: &Values, stored: Option<&answers::Kept>) -> bool {
    let given = stored.map(|stored| stored.given.clone()).unwrap_or_default();
    values.get("answer").as_str() != given.answer
        || values.get("to_be").as_int() != given.to_be
        || values.get("note").as_str() != given.note
        || values.get("evidence").as_str() != given.evidence
}

pub(super) async fn write(
    tx: &mut Tx,
    registry: &Registry,
    shape: &Shape,
    opened: &Opened,
    item: &Item,
    row: Option<&str>,
    values: Values,
) -> Result<Record> {
    let actor = tx.actor().clone();
    let values = values
        .with("question", item.name.get(actor.lang))
        .with("assessor", actor.person_id.clone().unwrap_or_default())
        .with("assessor_name", actor.name.as_str())
        .with("answered_on", time::today(tx.now()))
        .with("reviewed_by", "");
    let record = match row {
        Some(row) => ops::consequence(registry, tx, shape, row, values).await?,
        None => {
            let values = values
                .with("sheet", opened.id())
                .with("item", item.code.as_str())
                .with("department", opened.record.get("department").as_str())
                .with("owner", opened.record.get("owner").as_str());
            ops::create(registry, tx, shape, values, None, Gate::Program).await?
        }
    };
    if row.is_some() {
        answers::forget_evidence(tx, &record.meta.id).await?;
    }
    evidence::link(tx, registry, &record).await?;
    Ok(record)
}

/// The row of an answer, made when there is none yet, so that files can be kept with it.
///
/// # Errors
/// As [`answer`].
pub async fn answer_row(tx: &mut Tx, registry: &Registry, checks: &Checks, id: &str, item: &str) -> Result<String> {
    queries::lock(tx, id).await?;
    let opened = open(tx, registry, checks, id, Action::Edit).await?;
    let asked = opened.catalogue.item(item).ok_or(Error::NotFound)?;
    if let Some(known) = answers::of_sheet(tx, id).await?.into_iter().find(|kept| kept.item == item) {
        tx.technical();
        return Ok(known.id);
    }
    rules::takes_answers(opened.state())?;
    let shape = Shape::load(registry.ledger(CheckAnswer::CODE).ok_or(Error::NotFound)?, tx).await?;
    Ok(write(tx, registry, &shape, &opened, asked, None, Values::default()).await?.meta.id)
}

pub(super) async fn recount(tx: &mut Tx, opened: &Opened, state: State) -> Result<Score> {
    let kept = answers::of_sheet(tx, opened.id()).await?;
    let score = Score::whole(&opened.catalogue, &answers::answers(&kept));
    queries::count(tx, opened.id(), state.code(), &score).await?;
    Ok(score)
}

/// Moves a check on.
///
/// # Errors
/// [`Error::Forbidden`] without the right; what [`rules::judge`] says.
pub async fn act(tx: &mut Tx, registry: &Registry, checks: &Checks, id: &str, deed: Deed) -> Result<State> {
    queries::lock(tx, id).await?;
    let opened = open(tx, registry, checks, id, Action::View).await?;
    ops::in_use(&opened.record)?;
    let actor = tx.actor().clone();
    let needed = if deed.needs_approver(opened.state()) { Action::Approve } else { Action::Edit };
    if !may(&actor, &opened.shape.def, &opened.record, needed) {
        return Err(Error::Forbidden(Words::new(
            "この点検についてその操作を行う権限がありません。セキュリティ担当に依頼してください。",
            "You may not do this with this check. Please ask the security officer.",
        )));
    }
    let kept = answers::of_sheet(tx, id).await?;
    let score = Score::whole(&opened.catalogue, &answers::answers(&kept));
    let own = is_own(&actor, &opened.record);
    let next = rules::judge(deed, opened.state(), score.total - score.answered, own)?;
    let today = time::today(tx.now());
    let mut values = Values::default().with("state", next.code());
    match deed {
        Deed::Finish => {
            values = values
                .with("answered_by", actor.person_id.clone().unwrap_or_default())
                .with("answered_name", actor.name.as_str())
                .with("answered_on", today);
        }
        Deed::Review => {
            answers::reviewed(tx, id, &actor.name).await?;
            values = values.with("reviewed_name", actor.name.as_str()).with("reviewed_on", today);
        }
        Deed::Reopen => {
            for field in ["answered_by", "answered_name", "answered_on", "reviewed_name", "reviewed_on"] {
                values.set(field, Value::Null);
            }
        }
        Deed::Close => {}
    }
    ops::consequence(registry, tx, &opened.shape, id, values).await?;
    queries::count(tx, id, next.code(), &score).await?;
    Ok(next)
}

/// An item of a check as an area needs it to make something of it.
pub fn found(opened: &Opened, checks: &Checks, kept: &answers::Kept, lang: mamori_kernel::lang::Lang) -> Option<Found> {
    let item = opened.catalogue.item(&kept.item)?;
    let record = &opened.record;
    let subjects =
        checks.subjects().iter().map(|subject| (subject.code.to_owned(), record.get(subject.code).as_str().to_owned()));
    Some(Found {
        check_id: opened.id().to_owned(),
        check_title: record.get("title").as_str().to_owned(),
        catalogue: opened.catalogue.id.clone(),
        item: item.code.clone(),
        name: item.name.get(lang).to_owned(),
        ask: item.ask.get(lang).to_owned(),
        answer: opened.catalogue.shown(item, &kept.given.answer, lang),
        note: kept.given.note.clone(),
        department: record.get("department").as_str().to_owned(),
        owner: record.get("owner").as_str().to_owned(),
        subjects: subjects.filter(|(_, id)| !id.is_empty()).collect(),
        path: format!("{}/answer#i-{}", opened.path(), item.code),
    })
}

/// All findings of a check, and what nobody knows if `unknown` is asked for as well.
///
/// # Errors
/// Database faults.
pub async fn findings(db: &mut impl Reader, checks: &Checks, opened: &Opened, unknown: bool) -> Result<Vec<Found>> {
    let lang = db.actor().lang;
    let kept = answers::of_sheet(db, opened.id()).await?;
    let wanted = |kept: &answers::Kept| {
        opened.catalogue.item(&kept.item).is_some_and(|item| {
            let open = opened.catalogue.option(item, &kept.given.answer).is_some_and(|option| option.unknown);
            is_finding(&opened.catalogue, item, Some(&kept.given)) || (unknown && open)
        })
    };
    let order = |code: &str| opened.catalogue.items.iter().position(|item| item.code == code);
    let mut found: Vec<Found> =
        kept.iter().filter(|kept| wanted(kept)).filter_map(|kept| self::found(opened, checks, kept, lang)).collect();
    found.sort_by_key(|found| order(&found.item));
    Ok(found)
}

/// The sum of a check.
///
/// # Errors
/// Database faults.
pub async fn score(db: &mut impl Reader, opened: &Opened) -> Result<Score> {
    let kept = answers::of_sheet(db, opened.id()).await?;
    Ok(Score::whole(&opened.catalogue, &answers::answers(&kept)))
}

/// Makes something of a finding, at somebody's wish; gives the address.
///
/// # Errors
/// [`Error::Forbidden`] without the right; [`Error::Refused`] when the answer shows nothing to mend; what the area says.
pub async fn take(tx: &mut Tx, registry: &Registry, checks: &Checks, id: &str, item: &str, code: &str) -> Result<String> {
    let finding = checks.findings().iter().find(|known| known.code() == code).cloned().ok_or(Error::NotFound)?;
    let (resource, action) = finding.needs();
    if !tx.actor().can(resource, action) {
        return Err(Error::Forbidden(Words::new(
            "点検の結果を登録する権限がありません。セキュリティ担当に依頼してください。",
            "You may not enter results of checks. Please ask the security officer.",
        )));
    }
    let opened = open(tx, registry, checks, id, Action::View).await?;
    let all = findings(tx, checks, &opened, true).await?;
    let found = all.into_iter().find(|found| found.item == item).ok_or_else(|| {
        Error::refused(
            "この質問の答えは「できている」などに変わっています。画面を開き直してください。",
            "The answer to this question no longer shows anything to mend. Please reload the page.",
        )
    })?;
    finding.take(tx, registry, &found).await
}
