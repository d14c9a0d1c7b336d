//! 承認トレイ: what waits for the reader, what he asked for, what he decided.

use mamori_kernel::access::Action;
use mamori_kernel::time;
use mamori_ledger::Ledger as _;
use mamori_ledger::web::{Ctx, Page, WebResult};
use mamori_store::dialect;
use mamori_ui::components::{Alert, Button, Card, Column, DataTable, Definitions, EmptyState, Row, Tab, Tabs};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

use super::{Typed, decision_form};
use crate::contract::installed;
use crate::directory::Member;
use crate::request::panel::badge;
use crate::request::queries::{self, Case};
use crate::request::today::{self, Open};
use crate::request::{Approval, message};

/// Requests shown of the past.
const SHOWN: i64 = 100;

pub(super) async fn page(ctx: Ctx) -> WebResult {
    let mut view = ctx.view().await?;
    let me = Member::of(view.actor());
    let open = today::open(&mut view, installed()?, ctx.today()).await?;
    let waiting: Vec<&Open> = open.iter().filter(|one| one.turns_of(&me).next().is_some()).collect();
    let tab = ctx.query_form().get("tab").to_owned();
    let body = match tab.as_str() {
        "mine" => table(&ctx, &queries::proposed_by(&mut view, &me, SHOWN).await?, "approval-none-mine"),
        "decided" => table(&ctx, &queries::decided_by(&mut view, &me, SHOWN).await?, "approval-none-decided"),
        _ => Html::join([stuck(&ctx, &open), cards(&ctx, &waiting, &me)]),
    };
    let named = |code: &str, key: &str| {
        let href = if code.is_empty() { "/approval".to_owned() } else { format!("/approval?tab={code}") };
        Tab::new(ctx.t(key), href).active(tab == code)
    };
    let count = u64::try_from(waiting.len()).unwrap_or(0);
    let tabs = vec![
        named("", "approval-tab-waiting").count(count),
        named("mine", "approval-tab-mine"),
        named("decided", "approval-tab-decided"),
    ];
    let tabs = Tabs::new(ctx.t("approval-tray"), tabs);
    let deputy = Button::link(ctx.t("approval-deputy"), "/approval/deputy").secondary().icon(Icon::User);
    Ok(Page::new(ctx.t("approval-tray"), Html::join([Html::from(tabs), body]))
        .lead(ctx.t("approval-tray-lead"))
        .actions(deputy.into()))
}

fn cards(ctx: &Ctx, waiting: &[&Open], me: &Member) -> Html {
    if waiting.is_empty() {
        return EmptyState::new(ctx.t("approval-none-waiting"))
            .icon(Icon::CheckCircle)
            .why(ctx.t("approval-none-waiting-why"))
            .into();
    }
    let cards = waiting.iter().map(|one| card(ctx, one, me));
    el("div").class("stack").each(cards).html()
}

fn card(ctx: &Ctx, one: &Open, me: &Member) -> Html {
    let case = &one.case;
    let mut facts = Definitions::new(ctx.lang).columns().text(ctx.t("approval-proposer"), &case.proposer.name);
    if let Some(amount) = case.amount {
        facts = facts.text(ctx.t("approval-amount"), amount.format(ctx.lang));
    }
    for fact in case.facts.iter().take(4) {
        facts = facts.text(ctx.w(&fact.label), ctx.w(&fact.value));
    }
    facts = facts.html(ctx.t("approval-reason"), el("p").class("prewrap").text(&case.reason).html());
    let mut parts: Vec<Html> = Vec::new();
    if let Some(due) = one.due() {
        let late = due < ctx.today();
        let text = ctx.t1(if late { "approval-late" } else { "approval-due" }, "due", time::long_date(ctx.lang, due));
        parts.push(el("p").class(if late { "ink-danger" } else { "muted" }).text(text).html());
    }
    parts.push(facts.into());
    if let Some((seat, turn)) = one.turns_of(me).next() {
        if let Some(whom) = &turn.on_behalf {
            parts.push(Alert::new(Tone::Info, ctx.t1("approval-as-deputy", "name", &whom.name)).into());
        }
        parts.push(decision_form(ctx, case, seat, &Typed::default()));
    }
    let see = Button::link(ctx.t("approval-see"), message::path(&case.id)).quiet().small();
    Card::new(case.title.clone(), Html::join(parts)).action(see).into()
}

/// What nobody can decide on, for those who can name somebody.
fn stuck(ctx: &Ctx, open: &[Open]) -> Html {
    if !ctx.can(Approval::CODE, Action::Manage) {
        return Html::empty();
    }
    let links: Vec<Html> = open
        .iter()
        .filter(|one| one.is_stuck())
        .map(|one| el("li").add(el("a").attr("href", message::path(&one.case.id)).text(&one.case.title)).html())
        .collect();
    if links.is_empty() {
        return Html::empty();
    }
    Alert::new(Tone::Danger, ctx.t("approval-stuck")).text(ctx.t("approval-stuck-why")).body(el("ul").each(links)).into()
}

fn table(ctx: &Ctx, cases: &[Case], empty: &str) -> Html {
    if cases.is_empty() {
        return EmptyState::new(ctx.t(empty)).icon(Icon::CheckCircle).why(ctx.t("approval-none-why")).into();
    }
    let columns = ["approval-title", "approval-state", "approval-proposer", "approval-proposed-at", "approval-route"]
        .map(|key| Column::new(ctx.t(key)));
    let rows = cases.iter().map(|case| {
        let at =
            dialect::parse_instant(&case.proposed_at).map(|at| time::timestamp(ctx.lang, &at, &time::zone())).unwrap_or_default();
        Row::new(&case.id, &case.title)
            .href(message::path(&case.id))
            .text(&case.title)
            .cell(badge(ctx.lang, case.state))
            .text(&case.proposer.name)
            .text(at)
            .text(&case.route_name)
    });
    DataTable::new(ctx.lang, ctx.t("approval-tray"), columns.to_vec()).rows(rows).into()
}
