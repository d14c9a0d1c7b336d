//! Transfers on the page of a risk.

use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_kernel::i18n;
use mamori_kernel::time;
use mamori_kernel::yen::Yen;
use mamori_ledger::Record;
use mamori_store::View;
use mamori_ui::components::{Column, DataTable, Row};
use mamori_ui::html::{Html, el};

use super::queries;

/// What carries a risk; nothing when there is none, or none for this reader.
///
/// # Errors
/// Database faults.
pub(crate) async fn of_scenario(view: &mut View, record: &Record) -> Result<Option<Html>> {
    let actor = view.actor().clone();
    if !actor.can("insurance", Action::View) {
        return Ok(None);
    }
    let lang = actor.lang;
    let rows = queries::of_scenario(view, &record.meta.id).await?;
    if rows.is_empty() {
        return Ok(None);
    }
    let columns = ["insurance-col-name", "insurance-col-provider", "insurance-col-limit", "insurance-col-ends"]
        .map(|key| Column::new(i18n::t(lang, key)));
    let lines = rows.iter().map(|row| {
        Row::new(&row.id, &row.name)
            .href(format!("/risk/insurance/{}", row.id))
            .text(&row.name)
            .text(&row.provider)
            .text(row.limit_yen.map(|yen| Yen(yen).format(lang)).unwrap_or_default())
            .text(row.ends.map(|day| time::short_date(lang, day)).unwrap_or_default())
    });
    let title = i18n::t(lang, "insurance-panel");
    let table = DataTable::new(lang, &title, columns.into_iter().collect()).rows(lines).compact();
    Ok(Some(el("section").add(el("h3").text(title)).add(table).html()))
}
