//! Cells and sentences that several reports share.

use jiff::civil::Date;
use mamori_kernel::i18n::{t, ta};
use mamori_kernel::lang::Lang;
use mamori_kernel::time;
use mamori_kernel::yen::{Yen, group_thousands};
use mamori_ledger::Choice;
use mamori_report::Tone;
use mamori_report::doc::{Block, Cell, Document, Stat, Table};

use super::register::queries::Risk;
use crate::scenario::Standing;

/// What stands where nothing is known.
const NONE: &str = "—";

pub(super) fn label<C: Choice>(code: &str, lang: Lang) -> String {
    if code.is_empty() { String::new() } else { C::set().label(code, lang).to_owned() }
}

pub(super) fn count(lang: Lang, n: i64) -> String {
    ta(lang, "report-count", &[("n", n.to_string().into())])
}

/// A sentence with one number.
pub(super) fn say(lang: Lang, key: &str, n: i64) -> String {
    ta(lang, key, &[("n", n.to_string().into())])
}

/// An amount for running text, with its unit.
pub(super) fn yen(lang: Lang, amount: i64) -> String {
    Yen(amount).format(lang)
}

/// An amount for a column whose heading names the unit, so that a workbook can add it up.
pub(super) fn amount(yen: Option<i64>) -> String {
    match yen {
        None => NONE.to_owned(),
        Some(yen) if yen < 0 => format!("-{}", group_thousands(yen.unsigned_abs())),
        Some(yen) => group_thousands(yen.unsigned_abs()),
    }
}

pub(super) fn number(value: Option<i64>) -> String {
    value.map_or_else(|| NONE.to_owned(), |value| value.to_string())
}

pub(super) fn day(lang: Lang, day: Option<Date>) -> String {
    day.map(|day| time::short_date(lang, day)).unwrap_or_default()
}

/// A day that is red once it has passed.
pub(super) fn due(lang: Lang, on: Option<Date>, today: Date) -> Cell {
    let cell = Cell::new(day(lang, on));
    if on.is_some_and(|on| on < today) { cell.tone(Tone::Danger) } else { cell }
}

/// 基準に対して, short enough for a narrow column.
pub(super) fn standing(lang: Lang, risk: &Risk) -> Cell {
    match Standing::parse(&risk.standing) {
        Some(Standing::Above) => Cell::new(t(lang, "report-above")).tone(Tone::Danger).bold(),
        Some(Standing::Acceptable) => Cell::new(t(lang, "report-within")).tone(Tone::Success),
        Some(Standing::Unknown) | None => Cell::new(t(lang, "report-unknown")),
    }
}

/// A big number; without a tone while it is zero.
pub(super) fn stat(lang: Lang, key: &str, n: i64, tone: Tone, note: String) -> Stat {
    Stat { label: t(lang, key), value: count(lang, n), note, tone: if n == 0 { Tone::Neutral } else { tone } }
}

/// The table, or the sentence that stands in its place while there is nothing to list.
pub(super) fn or(table: Table, empty: String) -> Block {
    if table.rows.is_empty() { Block::text(empty) } else { Block::Table(table) }
}

/// Says that a list is cut, and where the rest is.
pub(super) fn cut(lang: Lang, book: bool, shown: usize, total: i64) -> Option<Block> {
    let more = i64::try_from(shown).is_ok_and(|shown| total > shown);
    let key = if book { "report-cut-book" } else { "report-cut" };
    let counts = [("shown", shown.to_string().into()), ("total", total.to_string().into())];
    more.then(|| Block::text(ta(lang, key, &counts)))
}

/// The box of what the management is asked for.
pub(super) fn decide(document: &mut Document, lang: Lang, asked: &[String]) {
    document.push(if asked.is_empty() {
        Block::callout(Tone::Success, t(lang, "report-decide"), t(lang, "report-decide-nothing"))
    } else {
        Block::callout(Tone::Danger, t(lang, "report-decide"), asked.join("\n"))
    });
}
