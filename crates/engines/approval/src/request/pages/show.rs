//! The page of one request: the content as it was proposed, the steps, what was said, the seals.

use axum::extract::Path;
use axum::http::StatusCode;
use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::time;
use mamori_ledger::query;
use mamori_ledger::web::{Ctx, Page, WebResult};
use mamori_ledger::{Choice as _, Ledger as _};
use mamori_store::{View, dialect};
use mamori_ui::components::{Alert, Button, Card, Choice, Control, Definitions, Event, Field, Timeline, form_actions};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

use super::{Typed, decision_form, hidden};
use crate::contract::installed;
use crate::directory::{Member, Source};
use crate::request::panel::{badge, propose_form, steps};
use crate::request::queries::{self, Case, Seat};
use crate::request::resolve::Resolver;
use crate::request::rules::Turn;
use crate::request::{Approval, State, StepState, message, stamp};

/// People offered when somebody has to be named.
const OFFERED: i64 = 2_000;

pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> WebResult {
    show(&ctx, &id, &Typed::default()).await
}

/// A request as its page needs it.
struct Opened {
    case: Case,
    /// All rounds.
    seats: Vec<Seat>,
    /// The seats that wait, and who may decide on each.
    waiting: Vec<(Seat, Vec<Turn>)>,
}

impl Opened {
    fn mine<'a>(&'a self, me: &'a Member) -> Option<(&'a Seat, &'a Turn)> {
        self.waiting.iter().find_map(|(seat, turns)| turns.iter().find(|turn| turn.member.same(me)).map(|turn| (seat, turn)))
    }

    /// Need to know: who proposed it, who decides or decided, and those who see all requests.
    fn is_open_to(&self, me: &Member, view: &View) -> bool {
        let all = view.actor().reach(Approval::CODE, Action::View).covers(false, false, 0);
        let named = |seat: &Seat| {
            seat.decided_by.same(me)
                || seat.deciders.iter().any(|one| {
                    let frozen = Member { person_id: one.person.clone(), user_id: one.user.clone(), ..Member::default() };
                    frozen.same(me)
                })
        };
        all || self.case.proposer.same(me) || self.mine(me).is_some() || self.seats.iter().any(named)
    }
}

async fn open(ctx: &Ctx, view: &mut View, id: &str) -> Result<Opened> {
    let case = queries::find(view, id).await?.ok_or(Error::NotFound)?;
    let seats = queries::seats(view, id).await?;
    let mut resolver = Resolver::new(installed()?, ctx.today());
    let mut waiting = Vec::new();
    for seat in seats.iter().filter(|seat| seat.round == case.round && seat.state == StepState::Waiting) {
        let turns = resolver.turns(&mut Source::View(view), &case, seat).await?;
        waiting.push((seat.clone(), turns));
    }
    Ok(Opened { case, seats, waiting })
}

pub(super) async fn show(ctx: &Ctx, id: &str, typed: &Typed) -> WebResult {
    let mut view = ctx.view().await?;
    let me = Member::of(view.actor());
    let opened = open(ctx, &mut view, id).await?;
    if !opened.is_open_to(&me, &view) {
        return Err(Error::NotFound.into());
    }
    let case = &opened.case;
    let mut main: Vec<Html> = vec![ask(ctx, &opened, &me, typed)];
    main.push(content(ctx, case));
    main.push(people(ctx, &mut view, &opened, &me).await?);
    let current: Vec<Seat> = opened.seats.iter().filter(|seat| seat.round == case.round).cloned().collect();
    let route = ctx.t2("approval-route-line", ("name", &case.route_name), ("version", &case.route_version.to_string()));
    let way = Html::join([steps(ctx.lang, &current), el("p").class("muted").text(route).html()]);
    main.push(Card::new(ctx.t("approval-steps"), way).into());
    main.push(Card::new(ctx.t("approval-seals"), stamp::block(ctx.lang, &stamp::of(case, &opened.seats))).into());
    let side = Card::new(ctx.t("approval-history"), Timeline::new(ctx.lang, events(ctx, &opened)));
    let print = Button::plain(ctx.t("approval-print")).icon(Icon::Print).attr("data-print", "");
    let status = if typed.error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(Page::new(case.title.clone(), Html::join(main))
        .aside(side.into())
        .actions(print.into())
        .crumb(ctx.t("approval-tray"), "/approval")
        .status(status))
}

/// What the reader can do here, first of all.
fn ask(ctx: &Ctx, opened: &Opened, me: &Member, typed: &Typed) -> Html {
    let case = &opened.case;
    if let Some((seat, turn)) = opened.mine(me) {
        let note = turn.on_behalf.as_ref().map(|whom| Alert::new(Tone::Info, ctx.t1("approval-as-deputy", "name", &whom.name)));
        let form = decision_form(ctx, case, seat, typed);
        let body = Html::join([note.map(Html::from).unwrap_or_default(), form]);
        let title = format!("{}{}{}", seat.kind.words().get(ctx.lang), ctx.lang.pick("：", ": "), ctx.t("approval-your-turn"));
        return Card::new(title, body).into();
    }
    if !case.proposer.same(me) {
        return Html::empty();
    }
    match case.state {
        State::Returned => {
            let said = format!("{}{}{}", case.decided_name, ctx.lang.pick("：", ": "), case.outcome);
            let mend = Button::link(ctx.t("approval-mend"), &case.link).secondary();
            let body = Html::join([
                Html::from(Alert::new(Tone::Warning, ctx.t("approval-came-back")).text(said).actions(mend)),
                propose_form(ctx.lang, &case.kind, &case.row_id, &ctx.t("approval-propose-again")),
                simple(ctx, case, "withdraw", "approval-withdraw"),
            ]);
            Card::new(ctx.t("approval-returned"), body).into()
        }
        State::InReview => {
            let body = el("div").class("cluster no-print").add(simple(ctx, case, "remind", "approval-remind")).add(simple(
                ctx,
                case,
                "withdraw",
                "approval-withdraw",
            ));
            Card::new(ctx.t("approval-your-request"), body).lead(ctx.t("approval-own-lead")).into()
        }
        _ => Html::empty(),
    }
}

/// A form that is one button.
fn simple(ctx: &Ctx, case: &Case, what: &str, key: &str) -> Html {
    el("form")
        .class("inline")
        .attr("method", "post")
        .attr("action", format!("{}/{what}", message::path(&case.id)))
        .add(Html::from(Button::submit(ctx.t(key)).secondary()))
        .html()
}

fn content(ctx: &Ctx, case: &Case) -> Html {
    let mut facts = Definitions::new(ctx.lang)
        .columns()
        .html(ctx.t("approval-state"), badge(ctx.lang, case.state))
        .text(ctx.t("approval-proposer"), &case.proposer.name)
        .text(ctx.t("approval-proposed-at"), moment(ctx, &case.proposed_at));
    if let Some(amount) = case.amount {
        facts = facts.text(ctx.t("approval-amount"), amount.format(ctx.lang));
    }
    if let Some(day) = case.expires_on.filter(|_| case.state == State::InReview) {
        facts = facts.text(ctx.t("approval-expires"), time::long_date(ctx.lang, day));
    }
    for fact in &case.facts {
        facts = facts.html(ctx.w(&fact.label), el("p").class("prewrap").text(ctx.w(&fact.value)).html());
    }
    facts = facts.html(ctx.t("approval-reason"), el("p").class("prewrap").text(&case.reason).html());
    let now = Button::link(ctx.t("approval-subject"), &case.link).quiet().small();
    Card::new(ctx.t("approval-content"), facts).lead(ctx.t("approval-content-lead")).action(now).into()
}

/// Who may decide now; where nobody can, the form to name somebody.
async fn people(ctx: &Ctx, view: &mut View, opened: &Opened, me: &Member) -> Result<Html> {
    let mut parts: Vec<Html> = Vec::new();
    let may_name = ctx.can(Approval::CODE, Action::Manage) && !opened.case.proposer.same(me);
    for (seat, turns) in opened.waiting.iter().filter(|(seat, _)| seat.kind.blocks()) {
        let names: Vec<String> = turns
            .iter()
            .map(|turn| match &turn.on_behalf {
                Some(whom) => ctx.t2("approval-deputy-of", ("name", &turn.member.name), ("whom", &whom.name)),
                None => turn.member.name.clone(),
            })
            .collect();
        let line =
            format!("{}{}{}", seat.spec.label.get(ctx.lang), ctx.lang.pick("：", ": "), names.join(ctx.lang.pick("、", ", ")));
        if turns.is_empty() {
            let alert = Alert::new(Tone::Danger, ctx.t1("approval-stuck-at", "who", seat.spec.label.get(ctx.lang)));
            parts.push(alert.text(ctx.t("approval-stuck-why")).into());
        } else {
            parts.push(el("p").text(line).html());
        }
        let late = seat.due.is_some_and(|due| due < ctx.today());
        if let Some(due) = seat.due {
            let key = if late { "approval-late" } else { "approval-due" };
            parts.push(el("p").class("muted").text(ctx.t1(key, "due", time::long_date(ctx.lang, due))).html());
        }
        if may_name && (turns.is_empty() || late) {
            parts.push(name_form(ctx, view, &opened.case, seat).await?);
        }
    }
    if parts.is_empty() {
        return Ok(Html::empty());
    }
    Ok(Card::new(ctx.t("approval-who-now"), el("div").class("stack").each(parts)).into())
}

async fn name_form(ctx: &Ctx, view: &mut View, case: &Case, seat: &Seat) -> Result<Html> {
    let Some(def) = ctx.app.registry.ledger("person") else { return Ok(Html::empty()) };
    let picks = query::picks(view, def, OFFERED).await?;
    let choices = picks.into_iter().map(|pick| Choice::new(pick.id, pick.label)).collect();
    let person = Control::Select { value: String::new(), choices, blank: Some(ctx.t("approval-choose")) };
    let form = el("form")
        .class("form no-print")
        .attr("method", "post")
        .attr("action", format!("{}/reassign", message::path(&case.id)))
        .add(hidden("seat", &seat.id))
        .add(Html::from(
            Field::new(ctx.lang, "person", ctx.t("approval-name"), person).prefix(format!("n{}", seat.position)).required(true),
        ))
        .add(Html::from(Field::text(ctx.lang, "comment", ctx.t("approval-name-why"), "").prefix(format!("n{}", seat.position))))
        .add(form_actions([Button::submit(ctx.t("approval-name-do")).secondary()]));
    Ok(form.html())
}

fn moment(ctx: &Ctx, instant: &str) -> String {
    dialect::parse_instant(instant).map(|at| time::timestamp(ctx.lang, &at, &time::zone())).unwrap_or_default()
}

/// What was said and decided, newest first, over all rounds.
fn events(ctx: &Ctx, opened: &Opened) -> Vec<Event> {
    let event = |who: &str, what: String, at: &str, note: &str, tone: Tone| Event {
        who: who.to_owned(),
        what,
        when: moment(ctx, at),
        when_iso: at.to_owned(),
        changes: Vec::new(),
        note: (!note.is_empty()).then(|| note.to_owned()),
        tone,
    };
    let case = &opened.case;
    let mut found: Vec<Event> = opened
        .seats
        .iter()
        .filter(|seat| !seat.decided_at.is_empty())
        .map(|seat| {
            let set = StepState::set();
            let tone = set.find(seat.state.code()).map_or(Tone::Neutral, |choice| Tone::from_name(&choice.tone));
            let verdict = match (seat.state, seat.kind.blocks()) {
                (StepState::Returned, _) => "approval-event-returned",
                (StepState::Rejected, _) => "approval-event-rejected",
                (_, false) => "approval-event-read",
                _ => "approval-event-agreed",
            };
            let mut what = ctx.t1(verdict, "step", seat.kind.words().get(ctx.lang));
            if !seat.on_behalf.is_empty() {
                what.push_str(&ctx.t1("approval-event-for", "name", &seat.on_behalf));
            }
            event(&seat.decided_by.name, what, &seat.decided_at, &seat.comment, tone)
        })
        .collect();
    found.push(event(&case.proposer.name, ctx.t("approval-event-proposed"), &case.proposed_at, &case.reason, Tone::Info));
    if matches!(case.state, State::Withdrawn | State::Expired) {
        let key = if case.state == State::Expired { "approval-event-expired" } else { "approval-event-withdrawn" };
        found.push(event(&case.decided_name, ctx.t(key), &case.decided_at, &case.outcome, Tone::Neutral));
    }
    found.sort_by(|a, b| b.when_iso.cmp(&a.when_iso));
    found
}
