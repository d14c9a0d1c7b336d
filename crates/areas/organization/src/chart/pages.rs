//! The organisation chart with what stands out in it.

use mamori_kernel::access::Action;
use mamori_kernel::time;
use mamori_ledger::web::{Access, Ctx, Page, Routes, WebResult};
use mamori_ui::charts::{self, OrganisationBox};
use mamori_ui::components::{Alert, Badge, Button, Card, Tab, Tabs};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

use super::rules::{self, Seat};
use super::{Organisation, load, network};
use crate::assignment::rules::Warning;
use crate::assignment::warning;
use crate::role::{Phase, pages::seed_offer};

/// The pages of this noun.
pub(crate) fn routes() -> Routes {
    Routes::default().get("/organization/chart", Access::Can("role_assignment", Action::View), chart).get(
        "/organization/network",
        Access::Can("contact", Action::View),
        network::page,
    )
}

async fn chart(ctx: Ctx) -> WebResult {
    let phase = if ctx.query_form().get("phase") == "emergency" { Phase::Emergency } else { Phase::Peace };
    let mut view = ctx.view().await?;
    let organisation = load(&mut view, ctx.today()).await?;
    let body = if organisation.roles.is_empty() { no_roles(&ctx) } else { body(&ctx, &organisation, phase) };
    let lead = ctx.t2("chart-lead", ("company", &organisation.company), ("date", &time::short_date(ctx.lang, ctx.today())));
    Ok(Page::new(title(&ctx, phase), body).lead(lead).actions(actions(&ctx)))
}

fn title(ctx: &Ctx, phase: Phase) -> String {
    ctx.t(match phase {
        Phase::Peace => "chart-title-peace",
        Phase::Emergency => "chart-title-emergency",
    })
}

fn actions(ctx: &Ctx) -> Html {
    let may = ctx.can("role_assignment", Action::Create);
    let appoint =
        may.then(|| Button::link(ctx.t("chart-appoint"), "/organization/role_assignment/new").primary().icon(Icon::Plus));
    let print = Button::plain(ctx.t("chart-print")).icon(Icon::Print).attr("data-print", "");
    Html::join([appoint.map(Html::from).unwrap_or_default(), print.into()])
}

fn no_roles(ctx: &Ctx) -> Html {
    if ctx.can("security_role", Action::Create) {
        return seed_offer(&ctx.t("chart-empty"), &ctx.t("chart-empty-why"), &ctx.t("role-seed-button"));
    }
    Alert::new(Tone::Info, ctx.t("chart-empty")).text(ctx.t("chart-empty-ask")).into()
}

fn body(ctx: &Ctx, organisation: &Organisation, phase: Phase) -> Html {
    let seats = rules::seats(&organisation.roles, &organisation.held, phase, organisation.today);
    let figure = charts::organisation(
        &title(ctx, phase),
        &ctx.t("chart-vacant"),
        &ctx.t("chart-role"),
        &ctx.t("chart-holder"),
        &boxes(ctx, &seats),
    )
    .figure(ctx.lang);
    let tabs = Tabs::new(
        ctx.t("chart-tabs"),
        vec![
            Tab::new(ctx.t("chart-tab-peace"), "/organization/chart?phase=peace").active(phase == Phase::Peace),
            Tab::new(ctx.t("chart-tab-emergency"), "/organization/chart?phase=emergency").active(phase == Phase::Emergency),
            Tab::new(ctx.t("chart-network-title"), "/organization/network"),
        ],
    );
    el("div")
        .class("stack")
        .add(tabs)
        .add(Card::new(title(ctx, phase), el("div").class("chart-wide").add(figure)))
        .add(findings(ctx, &organisation.warnings(phase)))
        .html()
}

/// What stands out, each with what to do; who may appoint gets the way there.
fn findings(ctx: &Ctx, found: &[Warning]) -> Html {
    if found.is_empty() {
        return Alert::new(Tone::Success, ctx.t("chart-good")).text(ctx.t("chart-good-text")).into();
    }
    let may = ctx.can("role_assignment", Action::Edit);
    let items = found.iter().map(|one| {
        let mend = may.then(|| Button::link(ctx.t("chart-mend"), warning::link(one)).small());
        Html::from(
            Alert::new(warning::tone(one), warning::text(ctx.lang, one))
                .text(warning::advice(ctx.lang, one))
                .actions(mend.map(Html::from).unwrap_or_default()),
        )
    });
    let count = Badge::new(found.len().to_string(), Tone::Warning);
    Card::new(ctx.t("chart-findings"), el("div").class("stack").each(items))
        .lead(ctx.t("chart-findings-lead"))
        .action(count)
        .into()
}

/// Nests the flat tree order into boxes.
fn boxes(ctx: &Ctx, seats: &[Seat<'_>]) -> Vec<OrganisationBox> {
    let Some(top) = seats.first().map(|seat| seat.depth) else { return Vec::new() };
    let mut nested = Vec::new();
    let mut rest = seats;
    while let Some((seat, after)) = rest.split_first() {
        let end = after.iter().position(|next| next.depth <= top).unwrap_or(after.len());
        let (below, next) = after.split_at(end);
        nested.push(one_box(ctx, seat).below(boxes(ctx, below)));
        rest = next;
    }
    nested
}

fn one_box(ctx: &Ctx, seat: &Seat<'_>) -> OrganisationBox {
    let mut drawn = OrganisationBox::new(&seat.role.name, seat.holders.iter().map(|held| held.person.as_str()));
    drawn.href = Some(format!("/organization/security_role/{}", seat.role.id));
    let deputies: Vec<&str> = seat.holders.iter().map(|held| held.deputy.as_str()).filter(|name| !name.is_empty()).collect();
    if !deputies.is_empty() {
        drawn.note = Some(ctx.t1("chart-deputy", "names", deputies.join(ctx.lang.pick("、", ", "))));
    }
    drawn
}
