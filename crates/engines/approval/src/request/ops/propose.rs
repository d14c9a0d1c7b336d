//! 起案: asking for approval.

use jiff::civil::Date;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::{Lang, Words};
use mamori_kernel::time;
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::shape::Shape;
use mamori_ledger::{Choice as _, Ledger as _, Value, Values};
use mamori_store::{Tx, dialect};
use serde_json::json;

use super::{Desk, News, load, log, open_place, queries};
use crate::contract::Subject;
use crate::directory::{Member, Source};
use crate::request::queries::Again;
use crate::request::resolve::{Resolver, freeze};
use crate::request::rules::{self, Candidate, Unable, unable};
use crate::request::{Approval, ApprovalStep, Frozen, Spec, State, StepState};
use crate::route::queries::{RouteRow, StepRow};
use crate::route::{self, StepKind};

/// A seat about to be written.
struct Planned {
    position: i64,
    kind: StepKind,
    days: i64,
    spec: Spec,
    deciders: Vec<Frozen>,
}

/// Asks for the approval of a row. A returned request is continued in a new round; otherwise a new one begins. Gives its id.
///
/// # Errors
/// What the area says about who may propose; [`Error::Refused`] while another request for the row is under way, without a route that
/// decides, and where a step would wait for nobody but the proposer.
pub async fn propose(desk: &Desk<'_>, tx: &mut Tx, kind: &str, row_id: &str, reason: &str) -> Result<String> {
    let reason = reason.trim();
    rules::judge_length("reason", reason)?;
    let approvable = desk.approvals.find(kind)?;
    let me = Member::of(tx.actor());
    if me.is_nobody() {
        return Err(Error::refused(
            "承認の依頼は、ログインした人が出してください。だれが依頼したかが分からないものは承認できません。",
            "A request must be made by somebody who is signed in: what nobody proposed cannot be approved.",
        ));
    }
    queries::lock_company(tx).await?;
    approvable.may_propose(&mut Source::Tx(tx), desk.registry, row_id).await?;
    let before = queries::latest(tx, kind, row_id).await?;
    if let Some(open) = before.as_ref().filter(|case| case.state == State::InReview) {
        return Err(Error::Refused(Words::owned(
            format!("すでに{}さんが承認を依頼しています。直すときは、いったん取り下げてください。", open.proposer.name),
            format!("{} has already asked for approval. To change something, withdraw that request first.", open.proposer.name),
        )));
    }
    let subject = approvable.describe(&mut Source::Tx(tx), desk.registry, row_id).await?;
    route::ensure(tx, desk.registry, desk.approvals).await?;
    let route_kind =
        if subject.route.is_empty() { approvable.routes().first().map_or(kind, |first| first.code) } else { subject.route };
    let (route, steps) = choose(tx, route_kind, &subject).await?;
    let today = time::today(tx.now());
    let planned = plan(desk, tx, &me, &subject, &steps, today).await?;
    let expires_on = route.expires_after.map(|days| later(today, days));
    let returned = before.filter(|case| case.state == State::Returned);
    let round = returned.as_ref().map_or(1, |case| case.round.saturating_add(1));
    let made = Made { desk, kind, row_id, reason, subject: &subject, route: &route, me: &me, round, expires_on };
    let id = match &returned {
        Some(case) => {
            queries::lock(tx, &case.id).await?;
            made.again(tx, &case.id).await?;
            case.id.clone()
        }
        None => made.first(tx, approvable.ledger()).await?,
    };
    write_seats(desk, tx, &id, round, &planned).await?;
    let (case, seats) = load(tx, &id).await?;
    log(tx, "approval-propose", &case, State::InReview, reason).await?;
    let first = seats.iter().filter(|seat| seat.kind.blocks()).map(|seat| seat.position).min().unwrap_or(1);
    let opening: Vec<_> = seats.into_iter().filter(|seat| seat.kind.blocks() && seat.position == first).collect();
    open_place(desk, tx, &case, &opening, News::Asked).await?;
    approvable.proposed(tx, desk.registry, row_id).await?;
    Ok(id)
}

fn later(today: Date, days: i64) -> Date {
    today.checked_add(jiff::Span::new().days(days.clamp(1, 36_500))).unwrap_or(Date::MAX)
}

async fn choose(tx: &mut Tx, route_kind: &str, subject: &Subject) -> Result<(RouteRow, Vec<StepRow>)> {
    let routes = route::queries::of_kind(tx, route_kind).await?;
    let bounds: Vec<i64> = routes.iter().map(|route| route.from).collect();
    let at = route::rules::pick(&bounds, subject.amount.map(|yen| yen.0));
    let Some(route) = at.and_then(|at| routes.get(at)).cloned() else {
        return Err(Error::refused(
            "この種類の承認ルートがありません。「承認ルート」で、だれが承認するかを決めてから依頼してください。",
            "There is no approval route for this kind. Please add one under “Approval routes” and propose again.",
        ));
    };
    let steps = route::queries::steps(tx, &route.id).await?;
    if !steps.iter().any(|step| step.kind.decides()) {
        return Err(Error::Refused(Words::owned(
            format!(
                "承認ルート「{}」に、承認か合議の段がありません。「承認ルート」で段を加えてから依頼してください。",
                route.name
            ),
            format!(
                "The route “{}” has no step that decides. Please add one under “Approval routes” and propose again.",
                route.name
            ),
        )));
    }
    Ok((route, steps))
}

/// Whom each seat of a step names: a 合議 has one for each, other steps have one for all.
fn specs(step: &StepRow, department: &str) -> Vec<Spec> {
    let empty = || Spec { department: department.to_owned(), ..Spec::default() };
    let accounts = || step.accounts.iter().map(|role| role.code().to_owned());
    if step.kind != StepKind::Consent {
        return vec![Spec {
            manager: step.manager,
            roles: step.roles.clone(),
            accounts: accounts().collect(),
            people: step.people.clone(),
            ..empty()
        }];
    }
    let mut all = Vec::new();
    if step.manager {
        all.push(Spec { manager: true, ..empty() });
    }
    all.extend(step.roles.iter().map(|role| Spec { roles: vec![role.clone()], ..empty() }));
    all.extend(accounts().map(|role| Spec { accounts: vec![role], ..empty() }));
    all.extend(step.people.iter().map(|person| Spec { people: vec![person.clone()], ..empty() }));
    all
}

/// Freezes who may decide, and refuses a route on which the request could not get through today.
async fn plan(
    desk: &Desk<'_>,
    tx: &mut Tx,
    me: &Member,
    subject: &Subject,
    steps: &[StepRow],
    today: Date,
) -> Result<Vec<Planned>> {
    let mut resolver = Resolver::new(desk.approvals, today);
    let mut planned = Vec::new();
    for step in steps {
        for mut spec in specs(step, &subject.department) {
            let accounts: Vec<_> =
                step.accounts.iter().copied().filter(|role| spec.accounts.iter().any(|code| code == role.code())).collect();
            let db = &mut Source::Tx(tx);
            spec.label = route::who(db, desk.approvals, spec.manager, &spec.roles, &accounts, &spec.people).await?;
            let candidates = resolver.named(db, &spec, me).await?;
            let turns = resolver.at_start(db, &candidates, me).await?;
            if turns.is_empty() {
                if step.kind.blocks() {
                    return Err(nobody(step.kind, &spec, &candidates, me, today));
                }
                // Reading afterwards is no condition: a seat that nobody could fill is left out.
                continue;
            }
            planned.push(Planned {
                position: step.position,
                kind: step.kind,
                days: step.days,
                deciders: freeze(&candidates),
                spec,
            });
        }
    }
    Ok(planned)
}

/// Why a step would wait for nobody, and what to do.
fn nobody(kind: StepKind, spec: &Spec, candidates: &[Candidate], me: &Member, today: Date) -> Error {
    let why = |lang: Lang| -> String {
        let reasons: Vec<String> = candidates
            .iter()
            .filter_map(|one| {
                let why = match unable(&one.member, me, today)? {
                    Unable::Proposer => lang.pick("依頼した本人", "made the request").to_owned(),
                    Unable::Left(day) => match lang {
                        Lang::Ja => format!("{}に退職", time::short_date(lang, day)),
                        Lang::En => format!("left on {}", time::short_date(lang, day)),
                    },
                    Unable::Disabled => lang.pick("アカウント停止中", "account disabled").to_owned(),
                    Unable::NoAccount => lang.pick("アカウントがない", "has no account").to_owned(),
                };
                Some(match lang {
                    Lang::Ja => format!("{}（{why}）", one.member.name),
                    Lang::En => format!("{} ({why})", one.member.name),
                })
            })
            .collect();
        if reasons.is_empty() {
            lang.pick("該当する人がいない", "nobody holds it").to_owned()
        } else {
            reasons.join(lang.pick("、", ", "))
        }
    };
    let (step_ja, step_en) = (kind.words(), spec.label.clone());
    Error::Refused(Words::owned(
        format!(
            "「{}：{}」の段で判断できる人がいません。理由：{}。役割に別の人か代行者を任命するか、承認ルートを直してから依頼してください。自分の依頼を自分で承認することはできません。",
            step_ja.get(Lang::Ja),
            step_en.get(Lang::Ja),
            why(Lang::Ja)
        ),
        format!(
            "Nobody could decide at the step “{}: {}”. Reason: {}. Please appoint somebody else or a deputy to the role, or change the route, and propose again. Nobody approves the own request.",
            step_ja.get(Lang::En),
            step_en.get(Lang::En),
            why(Lang::En)
        ),
    ))
}

/// What both a first proposal and a new round write.
struct Made<'a> {
    desk: &'a Desk<'a>,
    kind: &'a str,
    row_id: &'a str,
    reason: &'a str,
    subject: &'a Subject,
    route: &'a RouteRow,
    me: &'a Member,
    round: i64,
    expires_on: Option<Date>,
}

impl Made<'_> {
    fn title(&self) -> String {
        self.subject.title.chars().take(400).collect()
    }

    async fn first(&self, tx: &mut Tx, ledger: &str) -> Result<String> {
        let shape = shape(self.desk, tx, Approval::CODE).await?;
        let mut values = Values::default()
            .with("title", self.title())
            .with("kind", self.kind)
            .with("ledger", ledger)
            .with("row_id", self.row_id)
            .with("link", self.subject.link.as_str())
            .with("state", State::InReview.code())
            .with("proposed_by", self.me.person_id.as_str())
            .with("proposer_user", self.me.user_id.as_str())
            .with("proposer_name", self.me.name.as_str())
            .with("proposed_at", dialect::instant(tx.now()))
            .with("reason", self.reason)
            .with("department", self.subject.department.as_str())
            .with("facts", json!(self.subject.facts).to_string())
            .with("route", self.route.id.as_str())
            .with("route_name", self.route.name.as_str())
            .with("route_version", self.route.version)
            .with("round", self.round);
        values.set("amount", self.subject.amount.map_or(Value::Null, |yen| Value::Int(yen.0)));
        values.set("expires_on", self.expires_on.map_or(Value::Null, Value::Date));
        let record = ops::create(self.desk.registry, tx, &shape, values, None, Gate::Program).await?;
        Ok(record.meta.id)
    }

    async fn again(&self, tx: &mut Tx, approval_id: &str) -> Result<()> {
        let title = self.title();
        let again = Again {
            title: &title,
            link: &self.subject.link,
            amount: self.subject.amount,
            reason: self.reason,
            department: &self.subject.department,
            facts: json!(self.subject.facts).to_string(),
            route: &self.route.id,
            route_name: &self.route.name,
            route_version: self.route.version,
            round: self.round,
            expires_on: self.expires_on,
            proposer: self.me,
        };
        queries::reopen(tx, approval_id, again).await
    }
}

async fn shape(desk: &Desk<'_>, tx: &mut Tx, code: &str) -> Result<Shape> {
    let def = desk.registry.ledger(code).ok_or_else(|| Error::Internal(format!("the ledger {code} is not registered")))?;
    Shape::load(def, tx).await
}

async fn write_seats(desk: &Desk<'_>, tx: &mut Tx, approval_id: &str, round: i64, planned: &[Planned]) -> Result<()> {
    let shape = shape(desk, tx, ApprovalStep::CODE).await?;
    let lang = route::queries::company_lang(tx).await?;
    for seat in planned {
        let values = Values::default()
            .with("label", seat.spec.label.get(lang).chars().take(400).collect::<String>())
            .with("approval", approval_id)
            .with("round", round)
            .with("position", seat.position)
            .with("kind", seat.kind.code())
            .with("state", StepState::Ahead.code())
            .with("days", seat.days)
            .with("spec", json!(seat.spec).to_string())
            .with("deciders", json!(seat.deciders).to_string());
        ops::create(desk.registry, tx, &shape, values, None, Gate::Program).await?;
    }
    Ok(())
}
