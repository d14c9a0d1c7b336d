//! The officer's picture of a stocktake: progress by department, and what to do about it.

use mamori_kernel::i18n::{t, ta};
use mamori_kernel::lang::Lang;
use mamori_ledger::hooks::Panel;
use mamori_ui::charts::{StackedRow, stacked};
use mamori_ui::components::{Align, Button, Column, Control, DataTable, Field, Row, Stat};
use mamori_ui::html::{Html, el};
use mamori_ui::tone::Tone;

use super::Stocktake;
use super::queries::ByDepartment;
use super::rules::Progress;

fn total(progress: &[ByDepartment]) -> Progress {
    progress.iter().fold(Progress::default(), |all, one| all.plus(one.progress))
}

fn name(lang: Lang, one: &ByDepartment) -> String {
    if one.name.is_empty() { t(lang, "stocktake-no-department") } else { one.name.clone() }
}

fn items_of(stocktake: &str, department: &str) -> String {
    let department = if department.is_empty() { "none" } else { department };
    format!("/assets/stocktake_item?f.stocktake={stocktake}&f.department={department}")
}

/// Figures, a bar for every department, and the numbers behind it.
pub fn progress(lang: Lang, stocktake: &str, progress: &[ByDepartment]) -> Panel {
    let all = total(progress);
    let stat = |key: &str, value: u64, tone| Stat::new(t(lang, key), value.to_string()).tone(tone);
    let waiting = if all.waiting == 0 { Tone::Success } else { Tone::Warning };
    let figures = el("div")
        .class("grid-stats")
        .add(
            stat("stocktake-waiting", all.waiting, waiting)
                .href(format!("/assets/stocktake_item?f.stocktake={stocktake}&f.state=waiting")),
        )
        .add(stat("stocktake-confirmed", all.confirmed, Tone::Neutral))
        .add(stat("stocktake-corrected", all.corrected, Tone::Neutral))
        .add(stat("stocktake-disposed", all.disposed, Tone::Neutral));
    let (answered, open) = (t(lang, "stocktake-answered"), t(lang, "stocktake-waiting"));
    let legend = [(answered.as_str(), Tone::Success), (open.as_str(), Tone::Neutral)];
    let bars: Vec<StackedRow> = progress
        .iter()
        .map(|one| {
            StackedRow::new(name(lang, one), vec![one.progress.answered(), one.progress.waiting])
                .href(items_of(stocktake, &one.department))
        })
        .collect();
    let chart = stacked(&t(lang, "stocktake-progress"), &t(lang, "stocktake-department"), &legend, &bars);
    let body = el("div").class("stack").add(figures).add(chart.figure(lang)).add(table(lang, stocktake, progress));
    Panel { title: t(lang, "stocktake-progress"), body: body.html(), first: true }
}

fn table(lang: Lang, stocktake: &str, progress: &[ByDepartment]) -> DataTable {
    let mut columns = vec![Column::new(t(lang, "stocktake-department"))];
    columns.extend(
        ["waiting", "confirmed", "corrected", "disposed"]
            .map(|key| Column::new(t(lang, &format!("stocktake-{key}"))).align(Align::End)),
    );
    let rows = progress.iter().map(|one| {
        let row = Row::new(&one.department, name(lang, one)).href(items_of(stocktake, &one.department)).text(name(lang, one));
        let numbers = [one.progress.waiting, one.progress.confirmed, one.progress.corrected, one.progress.disposed];
        numbers.iter().fold(row, |row, number| row.text(number.to_string()))
    });
    DataTable::new(lang, t(lang, "stocktake-progress"), columns).rows(rows).compact()
}

/// Moving the due date and closing.
pub fn manage(lang: Lang, id: &str, stocktake: &Stocktake, progress: &[ByDepartment]) -> Panel {
    let due = stocktake.due.map(|due| due.to_string()).unwrap_or_default();
    let due = el("form")
        .class("form")
        .attr("method", "post")
        .attr("action", format!("/assets/stocktake/{id}/due"))
        .add(Field::new(lang, "due", t(lang, "stocktake-due"), Control::Date { value: due }).required(true))
        .add(Html::from(Button::submit(t(lang, "stocktake-due-save")).secondary()));
    let waiting = total(progress).waiting;
    let warning = (waiting > 0)
        .then(|| el("p").class("muted").text(ta(lang, "stocktake-close-open", &[("count", waiting.to_string().into())])));
    let note = Field::new(lang, "note", t(lang, "stocktake-closing-note"), Control::Area { value: String::new(), rows: 3 });
    let close = el("form")
        .class("form")
        .attr("method", "post")
        .attr("action", format!("/assets/stocktake/{id}/close"))
        .maybe(warning)
        .add(note.help(t(lang, "stocktake-closing-note-help")))
        .add(Html::from(Button::submit(t(lang, "stocktake-close")).secondary()));
    let body = el("div").class("stack").add(due).add(close).html();
    Panel { title: t(lang, "stocktake-manage"), body, first: false }
}
