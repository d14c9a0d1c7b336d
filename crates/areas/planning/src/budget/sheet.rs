//! The cards of the budget page.

use mamori_kernel::lang::Lang;
use mamori_kernel::reckoning::Reckoning as Steps;
use mamori_kernel::yen::Yen;
use mamori_ledger::Choice as _;
use mamori_ledger::web::Ctx;
use mamori_ui::charts::{Chart, ColumnOf, columns};
use mamori_ui::components::{Align, Card, Column, DataTable, EmptyState, Reckoning, Row, Stat};
use mamori_ui::html::{Html, el};
use mamori_ui::tone::Tone;

use super::rules::{CLASSES, Item, Measure, Sums, YearSheet, year_sheet};
use crate::neighbours::money::{Class, Totals};
use crate::neighbours::quantity::worth;

/// Name of a class, in the reader's language.
pub(crate) fn class_word(class: Class, lang: Lang) -> String {
    Class::set().label(class.code(), lang).to_owned()
}

/// `2026年度`, `FY2026`.
pub(crate) fn year_word(year: i16, lang: Lang) -> String {
    match lang {
        Lang::Ja => format!("{year}年度"),
        Lang::En => format!("FY{year}"),
    }
}

fn numbers<'a>(ctx: &'a Ctx, keys: &'a [&'a str]) -> impl Iterator<Item = Column> + 'a {
    keys.iter().map(|key| Column::new(ctx.t(key)).align(Align::End))
}

/// The four figures of the year.
pub(super) fn figures(ctx: &Ctx, sheet: &YearSheet) -> Html {
    let lang = ctx.lang;
    let stat = |key: &str, amount: Yen| Stat::new(ctx.t(key), amount.format(lang));
    let used = match sheet.total.approved.0 {
        0 => String::new(),
        approved => ctx.t1("budget-used", "percent", sheet.total.spent.0.saturating_mul(100) / approved),
    };
    let over = sheet.total.approved > Yen::ZERO && sheet.total.spent > sheet.total.approved;
    let spent = stat("budget-spent", sheet.total.spent).note(used).tone(if over { Tone::Danger } else { Tone::Neutral });
    let spot = stat("budget-spot", sheet.spot.planned).note(ctx.t("budget-spot-note"));
    let all = [stat("budget-planned", sheet.total.planned), stat("budget-approved", sheet.total.approved), spent, spot];
    el("div").class("grid-stats").each(all).html()
}

/// Three classes × planned, granted, spent of one year.
pub(super) fn classes(ctx: &Ctx, year: i16, sheet: &YearSheet) -> Html {
    let lang = ctx.lang;
    let cells =
        |row: Row, sums: &Sums| [sums.planned, sums.approved, sums.spent].iter().fold(row, |row, sum| row.text(sum.format(lang)));
    let head: Vec<Column> = std::iter::once(Column::new(ctx.t("budget-class")))
        .chain(numbers(ctx, &["budget-planned", "budget-approved", "budget-spent"]))
        .collect();
    let mut rows: Vec<Row> = CLASSES
        .iter()
        .zip(&sheet.classes)
        .map(|(class, sums)| {
            let words = class_word(*class, lang);
            let meaning = Class::set().find(class.code()).map(|choice| choice.meaning.get(lang).to_owned()).unwrap_or_default();
            let name = el("div").text(&words).add(el("div").class("muted").text(meaning));
            let href = format!("/planning/budget_item?f.fiscal_year={year}&f.class={}", class.code());
            cells(Row::new(class.code(), words).href(href).cell(name.html()), sums)
        })
        .collect();
    let sum = |id: &str, key: &str| Row::new(id, ctx.t(key)).cell(el("strong").text(ctx.t(key)).html());
    let regular = Sums {
        planned: Yen(sheet.total.planned.0 - sheet.spot.planned.0),
        approved: Yen(sheet.total.approved.0 - sheet.spot.approved.0),
        spent: Yen(sheet.total.spent.0 - sheet.spot.spent.0),
    };
    rows.push(cells(sum("total", "budget-total"), &sheet.total));
    rows.push(cells(sum("regular", "budget-without-spot"), &regular));
    let table = DataTable::new(lang, ctx.t("budget-by-class"), head).rows(rows);
    Card::new(format!("{} {}", year_word(year, lang), ctx.t("budget-by-class")), table).flush().into()
}

/// The years of the picture: from the one before to the third after, and any other with money.
pub(super) fn years_shown(items: &[Item], year: i16) -> Vec<i16> {
    let mut years: Vec<i16> = items.iter().map(|item| item.year).chain(year.saturating_sub(1)..=year.saturating_add(2)).collect();
    years.sort_unstable();
    years.dedup();
    // Many years do not fit into one picture; those around the chosen one stay.
    let at = years.iter().position(|one| *one == year).unwrap_or_default();
    let first = at.saturating_sub(3).min(years.len().saturating_sub(8));
    years.into_iter().skip(first).take(8).collect()
}

/// Amounts of years by class, as columns; also for the request's document.
pub(crate) fn chart(lang: Lang, title: &str, items: &[Item], years: &[i16]) -> Chart {
    let legend: Vec<String> = CLASSES.iter().map(|class| class_word(*class, lang)).collect();
    let names: Vec<&str> = legend.iter().map(String::as_str).collect();
    let sheets: Vec<(i16, YearSheet)> = years.iter().map(|year| (*year, year_sheet(items, *year))).collect();
    // Small companies plan in tens of thousands; whole yen would fill the axis with zeros.
    let most = sheets.iter().map(|(_, sheet)| sheet.total.planned.0).max().unwrap_or_default();
    let (unit, by) = if most >= 100_000 { (lang.pick("万円", "¥10,000"), 10_000) } else { (lang.pick("円", "¥"), 1) };
    let rows: Vec<ColumnOf> = sheets
        .iter()
        .map(|(year, sheet)| {
            let values = sheet.classes.iter().map(|sums| u64::try_from((sums.planned.0 + by / 2) / by).unwrap_or_default());
            ColumnOf::new(year_word(*year, lang), values.collect())
        })
        .collect();
    columns(title, lang.pick("年度", "Fiscal year"), unit, &names, &rows)
}

/// The picture, with the reckoning of the sums.
pub(super) fn picture(ctx: &Ctx, items: &[Item], year: i16, totals: &Totals) -> Html {
    let chart = chart(ctx.lang, &ctx.t("budget-by-year"), items, &years_shown(items, year));
    let sum = el("span").text(ctx.t1("budget-all-years", "total", totals.total.format(ctx.lang))).html();
    let parts = [chart.figure(ctx.lang), reckoned(ctx.lang, sum, &totals.reckoning)];
    Card::new(ctx.t("budget-by-year"), Html::join(parts)).lead(ctx.t("budget-by-year-lead")).into()
}

fn reckoned(lang: Lang, value: Html, steps: &Steps) -> Html {
    Reckoning::new(lang, value, steps).into()
}

/// What each measure costs over its years and what it brings back.
pub(super) fn returns(ctx: &Ctx, measures: &[Measure]) -> Html {
    let lang = ctx.lang;
    let paid: Vec<&Measure> = measures.iter().filter(|measure| measure.total() > Yen::ZERO).collect();
    if paid.is_empty() {
        let empty = EmptyState::new(ctx.t("budget-returns-empty")).why(ctx.t("budget-returns-empty-why"));
        return Card::new(ctx.t("budget-returns"), empty).into();
    }
    let head: Vec<Column> = std::iter::once(Column::new(ctx.t("budget-measure")))
        .chain(numbers(ctx, &["budget-years", "budget-whole-cost"]))
        .chain([Column::new(ctx.t("budget-return"))])
        .collect();
    let rows = paid.into_iter().map(|measure| {
        let href = format!("/risk/treatment/{}", measure.id);
        Row::new(&measure.id, &measure.title)
            .href(href)
            .text(&measure.title)
            .text(measure.years.to_string())
            .text(measure.total().format(lang))
            .cell(return_of(lang, ctx.t("budget-return-unknown"), measure))
    });
    let table = DataTable::new(lang, ctx.t("budget-returns"), head).rows(rows);
    Card::new(ctx.t("budget-returns"), table).lead(ctx.t("budget-returns-lead")).flush().into()
}

/// Saving and return of one measure with its reckoning; `unknown` where the annual loss was not estimated.
pub(super) fn return_of(lang: Lang, unknown: String, measure: &Measure) -> Html {
    match measure.returns() {
        Ok(Some(found)) => {
            let back = match found.pays_back_in {
                Some(year) => lang.pick("{n}年目に回収", "Pays back in year {n}").replace("{n}", &year.to_string()),
                None => lang
                    .pick("{n}年では回収できない", "Does not pay back in {n} years")
                    .replace("{n}", &found.years.len().to_string()),
            };
            let a_year = Yen(measure.total().0 / measure.years.max(1));
            let saving = format!("{} {}", lang.pick("年間の効果額", "Saves a year:"), found.yearly_saving.format(lang));
            let value = el("span").text(format!("{saving} / {back}")).html();
            let judged = worth(a_year, measure.before.unwrap_or_default()).words();
            // One box: on a narrow screen a cell lays its parts side by side.
            let words = el("div").class("muted").text(judged.get(lang));
            el("div").add(reckoned(lang, value, &found.reckoning)).add(words).html()
        }
        Ok(None) => el("span").class("muted").text(unknown).html(),
        Err(error) => el("span").class("muted").text(error.words().get(lang)).html(),
    }
}

/// What can be begun without money.
pub(super) fn free(ctx: &Ctx, measures: &[Measure]) -> Html {
    let free: Vec<&Measure> = measures.iter().filter(|measure| measure.starts_free()).collect();
    let usual = ["budget-free-rules", "budget-free-teacher", "budget-free-audit"].map(|key| el("li").text(ctx.t(key)));
    let list = if free.is_empty() {
        el("p").class("muted").text(ctx.t("budget-free-none")).html()
    } else {
        let items = free.into_iter().map(|measure| {
            let why = if measure.already_owned {
                ctx.t("budget-free-owned")
            } else if measure.free_alternative.is_empty() {
                ctx.t("budget-free-no-cost")
            } else {
                ctx.t1("budget-free-instead", "way", &measure.free_alternative)
            };
            el("li")
                .add(el("a").attr("href", format!("/risk/treatment/{}", measure.id)).text(&measure.title))
                .add(el("span").class("muted").text(format!(" {why}")))
        });
        el("ul").each(items).html()
    };
    let more = el("p").class("muted").text(ctx.t("budget-free-usual")).html();
    let body = el("div").class("prose").add(list).add(more).add(el("ul").each(usual));
    Card::new(ctx.t("budget-free"), body.html()).lead(ctx.t("budget-free-lead")).into()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use crate::budget_item::State;
    use crate::neighbours::money::Payment;

    fn item(year: i16) -> Item {
        Item {
            id: String::new(),
            title: String::new(),
            year,
            class: Class::Before,
            payment: Payment::Paid,
            spot: false,
            amount: Yen(1_234_567),
            approved: Yen::ZERO,
            spent: Yen::ZERO,
            state: State::Planned,
            treatment: String::new(),
        }
    }

    #[test]
    fn years_around_the_chosen_one_are_shown() {
        assert_eq!(years_shown(&[], 2026), [2025, 2026, 2027, 2028]);
        let many: Vec<Item> = (2010..2040).map(item).collect();
        let shown = years_shown(&many, 2026);
        assert_eq!((shown.len(), shown[0], shown[7]), (8, 2023, 2030));
        assert_eq!(years_shown(&many, 2039).last(), Some(&2041));
    }

    #[test]
    fn large_amounts_are_drawn_in_tens_of_thousands() {
        let chart = chart(Lang::Ja, "費用", &[item(2026)], &[2026]);
        assert_eq!(chart.table.rows[0], ["2026年度", "123", "0", "0"]);
        assert!(chart.svg.contains("万円"));
    }
}
