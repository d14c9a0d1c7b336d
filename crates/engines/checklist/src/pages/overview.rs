//! The first page of the checks: which checklists there are, what is under way.

use mamori_kernel::access::Action;
use mamori_kernel::error::Error;
use mamori_kernel::time;
use mamori_ledger::web::{Ctx, Page, WebResult};
use mamori_ledger::{Choice as _, Ledger as _};
use mamori_ui::components::{Alert, Button, Card, Column, DataTable, EmptyState, Row};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

use super::parts;
use crate::catalogue::Catalogue;
use crate::check::queries::{self, Listed, Wanted};
use crate::check::{Check, State};
use crate::contract::{Checks, installed};

/// Checks shown at once.
const SHOWN: i64 = 200;

pub(super) async fn page(ctx: Ctx) -> WebResult {
    let checks = installed()?;
    let def = ctx.app.registry.ledger(Check::CODE).cloned().ok_or(Error::NotFound)?;
    let mut view = ctx.view().await?;
    let all = queries::list(&mut view, &def, &Wanted { limit: SHOWN, ..Wanted::default() }).await?;
    let (open, done): (Vec<&Listed>, Vec<&Listed>) = all
        .iter()
        .partition(|check| State::parse(&check.state).is_none_or(|state| state.takes_answers() || state == State::Answered));
    let mut body: Vec<Html> = Vec::new();
    if let [first, ..] = checks.faults() {
        // A company cannot mend it, but must not wonder why a checklist is missing.
        body.push(Alert::new(Tone::Warning, ctx.t("check-faults")).text(format!("{}: {}", first.0, first.1)).into());
    }
    if !open.is_empty() {
        body.push(Card::new(ctx.t("check-under-way"), table(&ctx, checks, &def.path(), &open)).flush().into());
    }
    let offered: Vec<Html> = checks
        .all()
        .into_iter()
        .filter(|catalogue| !catalogue.hidden)
        .map(|catalogue| offer(&ctx, &def.path(), catalogue, &all))
        .collect();
    if offered.is_empty() {
        body.push(EmptyState::new(ctx.t("check-no-catalogue")).icon(Icon::CheckCircle).into());
    }
    body.push(el("h2").text(ctx.t("check-offers")).html());
    body.push(el("div").class("grid").each(offered).html());
    if !done.is_empty() {
        body.push(Card::new(ctx.t("check-finished"), table(&ctx, checks, &def.path(), &done)).flush().into());
    }
    let list = Button::link(ctx.t("check-all"), def.path()).secondary().icon(Icon::Table);
    Ok(Page::new(ctx.t("check-title"), el("div").class("stack").each(body).html()).lead(ctx.t("check-lead")).actions(list.into()))
}

fn offer(ctx: &Ctx, path: &str, catalogue: &Catalogue, all: &[Listed]) -> Html {
    let size =
        ctx.t2("check-size", ("items", &catalogue.items.len().to_string()), ("minutes", &catalogue.minutes.max(1).to_string()));
    let last = all.iter().find(|check| check.catalogue == catalogue.id).map(|check| {
        let day = check.held_on.map(|day| time::long_date(ctx.lang, day)).unwrap_or_default();
        let link = el("a").attr("href", format!("{path}/{}", check.id)).text(&check.title);
        el("p").class("muted").text(ctx.t1("check-last", "date", day)).text(" ").add(link)
    });
    let begin = ctx.can(Check::CODE, Action::Create).then(|| {
        let address = format!("{path}/new?catalogue={}", catalogue.id);
        Html::from(Button::link(ctx.t("check-begin"), address).primary().icon(Icon::Play))
    });
    let body = Html::join([
        el("p").text(catalogue.intro.get(ctx.lang)).html(),
        el("p").class("muted").text(size).html(),
        last.map(Html::from).unwrap_or_default(),
        begin.unwrap_or_default(),
    ]);
    Card::new(catalogue.name.get(ctx.lang), el("div").class("stack").add(body)).into()
}

fn table(ctx: &Ctx, checks: &Checks, path: &str, rows: &[&Listed]) -> Html {
    let columns =
        ["check-column-title", "check-column-scope", "check-column-state", "check-column-progress", "check-column-score"]
            .map(|key| Column::new(ctx.t(key)))
            .into();
    let lines = rows.iter().map(|check| {
        let state = State::parse(&check.state).unwrap_or(State::Draft);
        let tail = if state.takes_answers() { "answer" } else { "result" };
        let name = checks.newest(&check.catalogue).map_or("", |catalogue| catalogue.name.get(ctx.lang));
        let scope = [check.scope.as_str(), name].into_iter().find(|text| !text.is_empty()).unwrap_or_default();
        Row::new(&check.id, &check.title)
            .href(format!("{path}/{}/{tail}", check.id))
            .text(&check.title)
            .text(scope)
            .cell(parts::state_badge(ctx.lang, state))
            .text(format!("{}%", check.progress))
            .text(check.score.map_or_else(String::new, |score| format!("{score}%")))
    });
    DataTable::new(ctx.lang, ctx.t("check-title"), columns).rows(lines).into()
}
