//! What an acceptance's page shows besides its fields, and what a risk's page shows of its acceptances.

use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_kernel::i18n;
use mamori_kernel::lang::Lang;
use mamori_kernel::time;
use mamori_kernel::yen::Yen;
use mamori_ledger::area::Registry;
use mamori_ledger::hooks::Panel;
use mamori_ledger::record::Record;
use mamori_ledger::{Choice, LedgerDef, ops as ledger};
use mamori_store::View;
use mamori_ui::components::{Alert, Badge, Button, Column, Control, DataTable, Field, Row, form_actions};
use mamori_ui::html::{Html, el};
use mamori_ui::tone::Tone;

use super::approval::KIND;
use super::{Comeback, State, queries};

fn tone<C: Choice>(code: &str) -> Tone {
    C::set().find(code).map_or(Tone::Neutral, |choice| Tone::from_name(&choice.tone))
}

/// The panels of an acceptance: why it came back, accepted against now, where its approval stands, taking it back.
///
/// # Errors
/// Database faults.
pub(super) async fn of_acceptance(view: &mut View, registry: &Registry, record: &Record) -> Result<Vec<Panel>> {
    let lang = view.actor().lang;
    let mut panels = Vec::new();
    let state = State::parse(record.get("state").as_str());
    if let Some(part) = compared(view, lang, record).await? {
        panels.push(Panel { title: i18n::t(lang, "acceptance-compare"), body: part, first: true });
    }
    panels.push(mamori_approval::panel(view, registry, KIND, &record.meta.id).await?);
    let may = registry
        .ledger("acceptance")
        .is_some_and(|def: &std::sync::Arc<LedgerDef>| ledger::may(view.actor(), def, record, Action::Edit));
    if may && !record.is_retired() && !matches!(state, Some(State::Waiting | State::Withdrawn) | None) {
        panels.push(Panel { title: i18n::t(lang, "acceptance-withdraw"), body: withdraw_form(lang, record), first: false });
    }
    Ok(panels)
}

/// The numbers accepted beside those of today, and why it came back.
async fn compared(view: &mut View, lang: Lang, record: &Record) -> Result<Option<Html>> {
    let (scenario, asset) = (record.get("scenario").as_str(), record.get("asset").as_str());
    let Some(now) = queries::taken(view, scenario, asset).await? else { return Ok(None) };
    let mut parts: Vec<Html> = Vec::new();
    if let Some(why) = Comeback::parse(record.get("comeback").as_str()) {
        let on = record.get("comeback_on").as_date().map(|day| time::long_date(lang, day)).unwrap_or_default();
        let why = Comeback::set().label(why.code(), lang).to_owned();
        let args = [("why", why.into()), ("on", on.into())];
        parts.push(
            Alert::new(Tone::Danger, i18n::ta(lang, "acceptance-came-back", &args))
                .text(i18n::t(lang, "acceptance-came-back-do"))
                .into(),
        );
    }
    let columns =
        ["acceptance-col-what", "acceptance-col-accepted", "acceptance-col-now"].map(|key| Column::new(i18n::t(lang, key)));
    let int = |value: Option<i64>| value.map_or_else(|| "—".to_owned(), |value| value.to_string());
    let yen = |value: Option<i64>| value.map_or_else(|| "—".to_owned(), |value| Yen(value).format(lang));
    let lines = [
        ("acceptance-ipa", int(record.get("risk_value").as_int()), int(now.level.risk_value), now.level.risk_value.is_some()),
        ("acceptance-score", int(record.get("residual_value").as_int()), int(now.level.score), !scenario.is_empty()),
        ("acceptance-ale", yen(record.get("ale").as_int()), yen(now.level.ale), !scenario.is_empty()),
        ("acceptance-method", int(record.get("method").as_int()), now.level.method.to_string(), true),
    ];
    let rows = lines
        .into_iter()
        .filter(|line| line.3)
        .map(|(key, accepted, now, _)| Row::new(key, i18n::t(lang, key)).text(i18n::t(lang, key)).text(accepted).text(now));
    parts.push(
        DataTable::new(lang, i18n::t(lang, "acceptance-compare"), columns.into_iter().collect()).rows(rows).compact().into(),
    );
    let (link, key) = if scenario.is_empty() {
        (format!("/risk/asset/{asset}"), "acceptance-to-asset")
    } else {
        (format!("/risk/scenario/{scenario}"), "acceptance-to-risk")
    };
    parts.push(el("p").add(Button::link(i18n::t(lang, key), link).quiet().small()).html());
    Ok(Some(el("div").class("stack").each(parts).html()))
}

fn withdraw_form(lang: Lang, record: &Record) -> Html {
    let reason = Field::new(
        lang,
        "reason",
        i18n::t(lang, "acceptance-withdraw-reason"),
        Control::Text { value: String::new(), kind: "text" },
    )
    .required(true)
    .prefix("withdraw".to_owned());
    let version = el("input").attr("type", "hidden").attr("name", "version").attr("value", record.meta.version.to_string());
    el("form")
        .class("form no-print")
        .attr("method", "post")
        .attr("action", format!("/risk/acceptance/{}/withdraw", record.meta.id))
        .add(el("p").class("muted").text(i18n::t(lang, "acceptance-withdraw-lead")))
        .add(version)
        .add(reason)
        .add(form_actions([Button::submit(i18n::t(lang, "acceptance-withdraw")).secondary()]))
        .html()
}

/// The acceptances of a risk of the register, with a way to draft one; nothing for those who may not see them.
///
/// # Errors
/// Database faults.
pub(crate) async fn of_scenario(view: &mut View, record: &Record) -> Result<Option<Html>> {
    let actor = view.actor().clone();
    if !actor.can("acceptance", Action::View) {
        return Ok(None);
    }
    let lang = actor.lang;
    let rows = queries::of_scenario(view, &record.meta.id).await?;
    let mut parts = vec![if rows.is_empty() {
        el("p").class("muted").text(i18n::t(lang, "acceptance-none")).html()
    } else {
        table(lang, &rows)
    }];
    let under_way =
        rows.iter().any(|row| State::parse(&row.state).is_some_and(|state| state.is_open() || state == State::Waiting));
    let in_force = rows.iter().any(|row| row.state == State::Valid.code());
    if actor.can("acceptance", Action::Create) && !record.is_retired() && !under_way && !in_force {
        let href = format!("/risk/acceptance/new?scenario={}", record.meta.id);
        parts.push(el("p").add(Button::link(i18n::t(lang, "acceptance-draft"), href).secondary().small()).html());
    }
    Ok(Some(el("div").class("stack").each(parts).html()))
}

fn table(lang: Lang, rows: &[queries::Listed]) -> Html {
    let heads = [
        "acceptance-col-state",
        "acceptance-col-accepted",
        "acceptance-col-by",
        "acceptance-col-review",
        "acceptance-col-reason",
    ];
    let columns = heads.iter().map(|key| Column::new(i18n::t(lang, key))).collect();
    let lines = rows.iter().map(|row| {
        let state = Badge::new(State::set().label(&row.state, lang), tone::<State>(&row.state));
        let mut value = row.accepted.0.map(|value| value.to_string()).unwrap_or_default();
        if let Some(ale) = row.ale {
            value = format!("{value} / {}", Yen(ale).format(lang));
        }
        Row::new(&row.id, &row.name)
            .href(format!("/risk/acceptance/{}", row.id))
            .cell(Html::from(state))
            .text(value)
            .text(&row.accepted_by)
            .text(row.review_on.map(|day| time::short_date(lang, day)).unwrap_or_default())
            .text(row.reason.lines().next().unwrap_or_default())
    });
    DataTable::new(lang, i18n::t(lang, "acceptance-panel"), columns).rows(lines).compact().into()
}
