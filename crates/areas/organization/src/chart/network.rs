//! 連絡網: who calls whom in an emergency, the heads of departments and the contacts outside, on one sheet of A4 to be pinned up.

use mamori_kernel::access::Action;
use mamori_kernel::time;
use mamori_ledger::Choice as _;
use mamori_ledger::web::{Ctx, Page, WebResult};
use mamori_ui::components::{Alert, Badge, Button, Card, Column, DataTable, Row, Tab, Tabs};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

use super::rules::{self, Call, Callee};
use super::{Organisation, load};
use crate::contact::queries::ContactLine;
use crate::contact::{self, ContactKind};
use crate::department::queries::Node;
use crate::{department, role};

/// Handler of `/organization/network`.
pub(super) async fn page(ctx: Ctx) -> WebResult {
    let mut view = ctx.view().await?;
    let organisation = load(&mut view, ctx.today()).await?;
    let departments = department::queries::nodes(&mut view, ctx.today()).await?;
    let outside = contact::queries::lines(&mut view).await?;
    let lead = ctx.t2("chart-lead", ("company", &organisation.company), ("date", &time::short_date(ctx.lang, ctx.today())));
    let print = Button::plain(ctx.t("chart-print")).icon(Icon::Print).attr("data-print", "");
    Ok(Page::new(ctx.t("chart-network-title"), body(&ctx, &organisation, &departments, &outside))
        .lead(lead)
        .actions(print.into()))
}

fn body(ctx: &Ctx, organisation: &Organisation, departments: &[Node], outside: &[ContactLine]) -> Html {
    let calls = rules::calls(&organisation.roles, &organisation.held, organisation.today);
    let tabs = Tabs::new(
        ctx.t("chart-tabs"),
        vec![
            Tab::new(ctx.t("chart-tab-peace"), "/organization/chart?phase=peace"),
            Tab::new(ctx.t("chart-tab-emergency"), "/organization/chart?phase=emergency"),
            Tab::new(ctx.t("chart-network-title"), "/organization/network").active(true),
        ],
    );
    el("div")
        .class("stack")
        .add(tabs)
        .maybe(gaps(ctx, &calls, departments))
        .add(inside(ctx, &calls))
        .maybe((!departments.is_empty()).then(|| heads(ctx, departments)))
        .add(outside_card(ctx, outside))
        .html()
}

/// Says how many people cannot be reached, because a network with holes is no network.
fn gaps(ctx: &Ctx, calls: &[Call], departments: &[Node]) -> Option<Alert> {
    let mut names: Vec<&str> = calls
        .iter()
        .flat_map(|call| call.people.iter().chain(&call.deputies))
        .filter(|who| who.phone.is_empty())
        .map(|who| who.name.as_str())
        .collect();
    names.extend(
        departments
            .iter()
            .filter(|node| !node.manager.is_empty() && node.manager_phone.is_empty())
            .map(|node| node.manager.as_str()),
    );
    names.sort_unstable();
    names.dedup();
    if names.is_empty() {
        return None;
    }
    let list = names.join(ctx.lang.pick("、", ", "));
    Some(Alert::new(Tone::Warning, ctx.t1("chart-no-phone", "count", names.len())).text(ctx.t1(
        "chart-no-phone-text",
        "names",
        list,
    )))
}

fn inside(ctx: &Ctx, calls: &[Call]) -> Html {
    let title = ctx.t("chart-calls");
    if calls.is_empty() {
        let offer = ctx.can("security_role", Action::Create);
        return if offer {
            role::pages::seed_offer(&ctx.t("chart-empty"), &ctx.t("chart-empty-why"), &ctx.t("role-seed-button"))
        } else {
            Alert::new(Tone::Info, ctx.t("chart-empty")).text(ctx.t("chart-empty-ask")).into()
        };
    }
    let columns = ["chart-col-order", "chart-col-callee", "chart-col-phone", "chart-col-deputy", "chart-col-caller"];
    let columns = columns.into_iter().map(|key| Column::new(ctx.t(key))).collect();
    let rows = calls.iter().enumerate().map(|(at, call)| {
        let who = if call.people.is_empty() {
            Badge::new(ctx.t("chart-vacant"), Tone::Warning).into()
        } else {
            lines(call.people.iter().map(|who| who.name.clone()))
        };
        let caller = if call.caller.is_empty() { ctx.t("chart-finder") } else { call.caller.clone() };
        let indent = "\u{3000}".repeat(call.depth);
        Row::new(&call.role_id, &call.role)
            .text(format!("{indent}{}. {}", at.saturating_add(1), call.role))
            .cell(who)
            .cell(phones(ctx, &call.people))
            .cell(lines(call.deputies.iter().map(|who| with_phone(ctx, who))))
            .text(caller)
    });
    let table = DataTable::new(ctx.lang, &title, columns).rows(rows).compact();
    Card::new(title, table).lead(ctx.t("chart-calls-lead")).flush().into()
}

fn heads(ctx: &Ctx, departments: &[Node]) -> Html {
    let title = ctx.t("chart-heads");
    let columns = vec![
        Column::new(ctx.t("department-col-name")),
        Column::new(ctx.t("department-col-head")),
        Column::new(ctx.t("chart-col-phone")),
    ];
    let rows = departments.iter().map(|node| {
        let head = if node.manager.is_empty() {
            Badge::new(ctx.t("department-no-head"), Tone::Warning).into()
        } else {
            Html::text(&node.manager)
        };
        let phone = if node.manager.is_empty() { Html::empty() } else { number(ctx, &node.manager_phone) };
        Row::new(&node.id, &node.name).text(&node.name).cell(head).cell(phone)
    });
    let table = DataTable::new(ctx.lang, &title, columns).rows(rows).compact();
    Card::new(title, table).lead(ctx.t("chart-heads-lead")).flush().into()
}

fn outside_card(ctx: &Ctx, outside: &[ContactLine]) -> Html {
    if outside.is_empty() {
        let may = ctx.can("contact", Action::Create);
        return if may {
            contact::pages::seed_offer(ctx.lang)
        } else {
            Alert::new(Tone::Info, ctx.t("chart-no-contacts")).into()
        };
    }
    let title = ctx.t("chart-outside");
    let columns = vec![
        Column::new(ctx.t("chart-col-body")),
        Column::new(ctx.t("chart-col-kind")),
        Column::new(ctx.t("chart-col-when")).wide(),
        Column::new(ctx.t("chart-col-phone")),
        Column::new(ctx.t("chart-col-hours")),
    ];
    let kinds = ContactKind::set();
    let rows = outside.iter().map(|line| {
        let kind = line.kind.map_or("", |kind| kinds.label(kind.code(), ctx.lang));
        let duty = line.duty.then(|| Badge::new(ctx.t("chart-duty"), Tone::Danger));
        let reach = if line.phone.is_empty() && !line.url.is_empty() {
            el("a").attr("href", &line.url).attr("rel", "noopener noreferrer").text(ctx.t("chart-web")).html()
        } else {
            number(ctx, &line.phone)
        };
        Row::new(&line.id, &line.name)
            .href(format!("/organization/contact/{}", line.id))
            .text(&line.name)
            .cell(el("span").class("cluster").text(kind).maybe(duty))
            .text(&line.purpose)
            .cell(reach)
            .text(&line.hours)
    });
    let table = DataTable::new(ctx.lang, &title, columns).rows(rows).compact();
    Card::new(title, table).lead(ctx.t("chart-outside-lead")).flush().into()
}

fn number(ctx: &Ctx, phone: &str) -> Html {
    if phone.is_empty() {
        Badge::new(ctx.t("chart-phone-missing"), Tone::Warning).into()
    } else {
        el("span").class("num").text(phone).html()
    }
}

fn phones(ctx: &Ctx, people: &[Callee]) -> Html {
    Html::join(people.iter().map(|who| el("div").add(number(ctx, &who.phone))))
}

fn with_phone(ctx: &Ctx, who: &Callee) -> String {
    let phone = if who.phone.is_empty() { ctx.t("chart-phone-missing") } else { who.phone.clone() };
    format!("{} {phone}", who.name)
}

fn lines(texts: impl Iterator<Item = String>) -> Html {
    Html::join(texts.map(|text| el("div").text(text)))
}
