//! Demands on the page of a risk.

use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_kernel::i18n;
use mamori_kernel::time;
use mamori_ledger::{Choice as _, Record};
use mamori_store::View;
use mamori_ui::components::{Badge, Column, DataTable, Row};
use mamori_ui::html::{Html, el};
use mamori_ui::tone::Tone;

use super::{State, queries};

/// Demands that concern a risk; nothing when there is none, or none for this reader.
///
/// # Errors
/// Database faults.
pub(crate) async fn of_scenario(view: &mut View, record: &Record) -> Result<Option<Html>> {
    let actor = view.actor().clone();
    if !actor.can("customer_demand", Action::View) {
        return Ok(None);
    }
    let lang = actor.lang;
    let rows = queries::of_scenario(view, &record.meta.id).await?;
    if rows.is_empty() {
        return Ok(None);
    }
    let columns =
        ["customer_demand-col-title", "customer_demand-col-customer", "customer_demand-col-due", "customer_demand-col-state"]
            .map(|key| Column::new(i18n::t(lang, key)));
    let lines = rows.iter().map(|row| {
        let state = row.state.map(|state| {
            let tone = State::set().find(state.code()).map_or(Tone::Neutral, |choice| Tone::from_name(&choice.tone));
            Html::from(Badge::new(State::set().label(state.code(), lang), tone))
        });
        Row::new(&row.id, &row.title)
            .href(format!("/risk/customer_demand/{}", row.id))
            .text(&row.title)
            .text(&row.customer)
            .text(row.due.map(|day| time::short_date(lang, day)).unwrap_or_default())
            .cell(state.unwrap_or_default())
    });
    let title = i18n::t(lang, "customer_demand-panel");
    let table = DataTable::new(lang, &title, columns.into_iter().collect()).rows(lines).compact();
    Ok(Some(el("section").add(el("h3").text(title)).add(table).html()))
}
