//! Both signatures: the head of the department for the business, the security officer for security (S2-D7-25).

use mamori_approval::route::StepKind;
use mamori_approval::{Approvable, Decision, Fact, Outcome, Plan, PlanStep, RouteKind, Source, Subject};
use mamori_checklist::check::ops::{self as checks, Opened};
use mamori_checklist::{Found, installed};
use mamori_kernel::access::{Action, Role};
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::{Lang, Words};
use mamori_kernel::yen::Yen;
use mamori_ledger::hooks::Hooked;
use mamori_ledger::ops;
use mamori_ledger::shape::Shape;
use mamori_ledger::{Choice as _, Ledger as _, Record, Registry, Value, Values, query};
use mamori_store::{Reader, Tx};

use super::rules::{self, Facts};
use super::{ServiceReview, State, Verdict, follow};
use crate::condition::queries::{self as conditions, Condition};

/// The kind of the approval engine.
pub const KIND: &str = "new_service_review";

/// Reviews as the approval engine knows them.
pub fn approvable() -> impl Approvable {
    Reviews
}

struct Reviews;

/// Everything that belongs to a review.
pub(super) struct Whole {
    pub record: Record,
    pub shape: Shape,
    /// `None` for a review whose check is gone.
    pub check: Option<Opened>,
    pub open: i64,
    pub percent: Option<i64>,
    /// What is not fully met, "not known" included.
    pub gaps: Vec<Found>,
    pub conditions: Vec<Condition>,
}

impl Whole {
    pub fn facts(&self) -> Facts {
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        Facts {
            open: self.open,
            gaps: count(self.gaps.len()),
            conditions: count(self.conditions.len()),
            verdict: Verdict::parse(self.record.get("verdict").as_str()),
            has_reason: !self.record.get("reason").as_str().trim().is_empty(),
        }
    }
}

/// Reads a review with its check and conditions, whoever asks: permission was judged by the review's own row.
pub(super) async fn whole(db: &mut impl Reader, registry: &Registry, id: &str) -> Result<Whole> {
    let shape = Shape::load(registry.ledger(ServiceReview::CODE).ok_or(Error::NotFound)?, db).await?;
    let record = query::any(db, &shape, id).await?;
    let sheet = record.get("sheet").as_str().to_owned();
    let mut whole = Whole { record, shape, check: None, open: 0, percent: None, gaps: Vec::new(), conditions: Vec::new() };
    if !sheet.is_empty() {
        let opened = checks::open_as_program(db, registry, installed()?, &sheet).await?;
        let score = checks::score(db, &opened).await?;
        whole.open = score.total - score.answered;
        whole.percent = score.percent();
        whole.gaps = checks::findings(db, installed()?, &opened, true).await?;
        whole.check = Some(opened);
    }
    whole.conditions = conditions::of_review(db, id).await?;
    Ok(whole)
}

fn same(text: impl Into<String>) -> Words {
    let text = text.into();
    Words::owned(text.clone(), text)
}

fn fact(ja: &'static str, en: &'static str, value: Words) -> Fact {
    Fact { label: Words::new(ja, en), value }
}

/// What whoever signs reads; everything that the decision rests on, so that a change afterwards makes the signature void.
async fn describe(db: &mut Source<'_>, registry: &Registry, id: &str) -> Result<Subject> {
    let whole = whole(db, registry, id).await?;
    let record = &whole.record;
    let text = |field: &str| record.get(field).as_str().to_owned();
    let verdict = Verdict::parse(record.get("verdict").as_str()).map(Verdict::code).unwrap_or_default();
    let label = |lang: Lang| Verdict::set().label(verdict, lang).to_owned();
    let mut facts = vec![
        fact("結論", "Conclusion", Words::owned(label(Lang::Ja), label(Lang::En))),
        fact("何のために", "What for", same(text("purpose"))),
        fact("だれの役に立つか", "For whose benefit", same(text("benefit"))),
        fact("扱う情報", "Information", same(text("information"))),
        fact(
            "個人情報",
            "Personal data",
            if record.get("personal").is_yes() { Words::new("含む", "Yes") } else { Words::new("含まない", "No") },
        ),
        fact("点検の達成率", "Score of the check", same(whole.percent.map_or_else(String::new, |percent| format!("{percent}%")))),
    ];
    for found in &whole.gaps {
        let answer = [found.answer.as_str(), found.note.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
        facts.push(Fact { label: gap_name(&whole, found), value: same(answer.join(" / ")) });
    }
    for condition in &whole.conditions {
        let due = condition.due.map(|day| day.to_string()).unwrap_or_default();
        let said = format!("{} / {} / {} / {due}", condition.title, condition.measure, condition.owner_name);
        facts.push(fact("利用の条件", "Condition", same(said)));
    }
    for (field, ja, en) in
        [("provider", "提供する会社", "Provider"), ("reason", "理由", "Why"), ("starts", "使い始めたい日", "Wanted from")]
    {
        if !record.get(field).is_empty() {
            facts.push(fact(ja, en, same(record.get(field).stored())));
        }
    }
    Ok(Subject {
        title: text("title"),
        amount: record.get("cost").as_int().map(Yen),
        link: format!("/assessment/service_review/{id}"),
        department: text("department"),
        route: KIND,
        facts,
    })
}

/// The item's name in both languages: what is frozen must not depend on who reads it.
fn gap_name(whole: &Whole, found: &Found) -> Words {
    let item = whole.check.as_ref().and_then(|check| check.catalogue.item(&found.item));
    item.map_or_else(|| same(found.item.as_str()), |item| item.name.clone())
}

async fn may_propose(db: &mut Source<'_>, registry: &Registry, id: &str) -> Result<()> {
    let def = registry.ledger(ServiceReview::CODE).ok_or(Error::NotFound)?;
    let record = query::find(db, &Shape::plain(def), id, Action::Edit).await?;
    if record.is_retired() || State::parse(record.get("state").as_str()).unwrap_or_default().is_settled() {
        return Err(Error::refused(
            "この審査は、いまは署名を依頼できません。状態を確かめてください。",
            "Signatures cannot be asked for in the present state of this review.",
        ));
    }
    match rules::missing(&whole(db, registry, id).await?.facts()).as_slice() {
        [] => Ok(()),
        [first, ..] => Err(Error::Refused(first.words())),
    }
}

/// Writes to a review as the consequence of a decision.
pub(super) async fn set(tx: &mut Tx, registry: &Registry, id: &str, values: Values) -> Result<()> {
    let shape = Shape::load(registry.ledger(ServiceReview::CODE).ok_or(Error::NotFound)?, tx).await?;
    ops::consequence(registry, tx, &shape, id, values).await.map(|_| ())
}

async fn decided(tx: &mut Tx, registry: &Registry, id: &str, decision: &Decision) -> Result<()> {
    let state = match decision.outcome {
        Outcome::Approved => return follow::approve(tx, registry, id, decision).await,
        Outcome::Rejected => State::Refused,
        Outcome::Returned => State::Returned,
        Outcome::Withdrawn | Outcome::Expired => State::Draft,
    };
    let mut values = Values::default().with("state", state.code());
    if state == State::Refused {
        values = values.with("decided_on", Value::Date(decision.on)).with("decided_by", decision.name.as_str());
    }
    set(tx, registry, id, values).await
}

impl Approvable for Reviews {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn words(&self) -> Words {
        Words::new("サービス導入審査", "New service review")
    }

    fn ledger(&self) -> &'static str {
        ServiceReview::CODE
    }

    fn routes(&self) -> Vec<RouteKind> {
        let business = PlanStep { kind: StepKind::Review, roles: &[], accounts: &[], manager: true, days: 3 };
        let security = PlanStep { kind: StepKind::Approve, roles: &[], accounts: &[Role::Officer], manager: false, days: 5 };
        vec![RouteKind {
            code: KIND,
            words: self.words(),
            plans: vec![Plan {
                name: Words::new("業務の責任者とセキュリティ担当", "Business and security"),
                from: Yen(0),
                steps: vec![business, security],
            }],
        }]
    }

    fn may_propose<'a>(&'a self, db: &'a mut Source<'_>, registry: &'a Registry, row_id: &'a str) -> Hooked<'a, ()> {
        Box::pin(may_propose(db, registry, row_id))
    }

    fn describe<'a>(&'a self, db: &'a mut Source<'_>, registry: &'a Registry, row_id: &'a str) -> Hooked<'a, Subject> {
        Box::pin(describe(db, registry, row_id))
    }

    fn proposed<'a>(&'a self, tx: &'a mut Tx, registry: &'a Registry, row_id: &'a str) -> Hooked<'a, ()> {
        Box::pin(set(tx, registry, row_id, Values::default().with("state", State::Waiting.code())))
    }

    fn decided<'a>(&'a self, tx: &'a mut Tx, registry: &'a Registry, row_id: &'a str, decision: &'a Decision) -> Hooked<'a, ()> {
        Box::pin(decided(tx, registry, row_id, decision))
    }
}
