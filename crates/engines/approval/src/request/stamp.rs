//! 承認欄: who made, reviewed and approved, as plain data for reports and as seals for pages.

use jiff::civil::Date;
use mamori_kernel::error::Result;
use mamori_kernel::lang::{Lang, Words};
use mamori_kernel::time;
use mamori_store::{Reader, dialect};
use mamori_ui::html::{Html, el};

use super::queries::{self, Case, Seat};
use super::{State, StepState};

/// A box of the 承認欄.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// 承認, 合議, 審査 or 作成.
    pub label: Words,
    /// Who signed; empty while nobody has.
    pub name: String,
    /// When; `None` leaves the box open for a seal by hand.
    pub date: Option<Date>,
    /// For whom a deputy signed; empty if none did.
    pub on_behalf: String,
}

fn day(instant: &str) -> Option<Date> {
    dialect::parse_instant(instant).map(time::today)
}

/// The boxes of a request, in the order in which Japanese documents print them: the last approval first, 作成 last.
pub fn of(case: &Case, seats: &[Seat]) -> Vec<Stamp> {
    let mut boxes: Vec<Stamp> = Vec::new();
    for seat in seats.iter().filter(|seat| seat.round == case.round && seat.kind.blocks()) {
        let done = seat.state == StepState::Done;
        let stamp = Stamp {
            label: seat.kind.words(),
            name: if done { seat.decided_by.name.clone() } else { String::new() },
            date: if done { day(&seat.decided_at) } else { None },
            on_behalf: if done { seat.on_behalf.clone() } else { String::new() },
        };
        // One person in two seats of a 合議 signs once.
        if !(done && boxes.contains(&stamp)) {
            boxes.push(stamp);
        }
    }
    boxes.reverse();
    let withdrawn = case.state == State::Withdrawn;
    boxes.push(Stamp {
        label: Words::new("作成", "Prepared"),
        name: case.proposer.name.clone(),
        date: if withdrawn { None } else { day(&case.proposed_at) },
        on_behalf: String::new(),
    });
    boxes
}

/// The boxes for the cover of a report about a row: those of its latest request, empty when there is none.
///
/// # Errors
/// Database faults.
pub async fn stamps(db: &mut impl Reader, kind: &str, row_id: &str) -> Result<Vec<Stamp>> {
    let Some(case) = queries::latest(db, kind, row_id).await? else { return Ok(Vec::new()) };
    let seats = queries::seats(db, &case.id).await?;
    Ok(of(&case, &seats))
}

/// Most characters inside a seal.
const IN_SEAL: usize = 4;

/// What stands in the seal: the family name.
fn family_name(name: &str) -> String {
    let first = name.split([' ', '\u{3000}']).find(|part| !part.is_empty()).unwrap_or_default();
    first.chars().take(IN_SEAL).collect()
}

/// Vermilion, as ink pads are; a picture of a seal keeps its colour in dark mode and on paper.
const INK: &str = "#c8372d";

fn seal(name: &str, date: Option<Date>) -> Html {
    let line = |y: &str, size: &str, text: &str| {
        el("text").attr("x", "40").attr("y", y).attr("text-anchor", "middle").attr("font-size", size).attr("fill", INK).text(text)
    };
    let circle = el("circle")
        .attr("cx", "40")
        .attr("cy", "40")
        .attr("r", "36")
        .attr("fill", "none")
        .attr("stroke", INK)
        .attr("stroke-width", "2.5");
    let short = |day: Date| format!("{}.{}.{}", day.year() % 100, day.month(), day.day());
    let size = if name.chars().count() > 3 { "15" } else { "19" };
    let mut svg =
        el("svg").attr("viewBox", "0 0 80 80").attr("width", "80").attr("height", "80").attr("aria-hidden", "true").add(circle);
    match date {
        Some(date) => {
            let rule = |y: &str| {
                el("line")
                    .attr("x1", "7")
                    .attr("x2", "73")
                    .attr("y1", y)
                    .attr("y2", y)
                    .attr("stroke", INK)
                    .attr("stroke-width", "1.5")
            };
            svg = svg.add(rule("30")).add(rule("50")).add(line("45", "12", &short(date))).add(line("67", size, name));
        }
        None => svg = svg.add(line("46", size, name)),
    }
    svg.html()
}

/// The boxes as a table with seals, readable without the pictures and printed as it is.
pub fn block(lang: Lang, stamps: &[Stamp]) -> Html {
    let heads = stamps.iter().map(|stamp| el("th").attr("scope", "col").text(stamp.label.get(lang)));
    let cells = stamps.iter().map(|stamp| {
        let mut cell = el("td");
        match stamp.date {
            Some(date) => {
                cell = cell.add(seal(&family_name(&stamp.name), Some(date))).add(el("br"));
                cell = cell.text(&stamp.name).add(el("br"));
                cell = cell.add(el("small").text(time::short_date(lang, date)));
            }
            None => cell = cell.add(el("span").class("muted").text(lang.pick("（未）", "(open)"))),
        }
        if !stamp.on_behalf.is_empty() {
            let words = match lang {
                Lang::Ja => format!("{} 代理", stamp.on_behalf),
                Lang::En => format!("for {}", stamp.on_behalf),
            };
            cell = cell.add(el("br")).add(el("small").text(words));
        }
        cell
    });
    let caption = el("caption").class("sr").text(lang.pick("承認欄", "Signatures"));
    let table = el("table")
        .class("table table-compact")
        .add(caption)
        .add(el("thead").add(el("tr").each(heads)))
        .add(el("tbody").add(el("tr").each(cells)));
    el("div")
        .class("table-frame")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", lang.pick("承認欄", "Signatures"))
        .add(table)
        .html()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn a_seal_bears_the_family_name_and_escapes_it() {
        assert_eq!(family_name("高橋　一郎"), "高橋");
        assert_eq!(family_name("Christopher Lee"), "Chri");
        assert_eq!(family_name(""), "");
        let stamp = Stamp {
            label: Words::new("承認", "Approval"),
            name: "<b>".into(),
            date: "2026-11-20".parse().ok(),
            on_behalf: "社長".into(),
        };
        let html = block(Lang::Ja, &[stamp, Stamp::default()]).into_string();
        assert!(html.contains("26.11.20") && html.contains("社長 代理") && html.contains("（未）"), "{html}");
        assert!(!html.contains("<b>"));
    }
}
