//! How far a sheet is, and what it found: on the detail page and below the grid.

use mamori_kernel::i18n;
use mamori_kernel::lang::Lang;
use mamori_ledger::hooks::Panel;
use mamori_ui::components::{Progress, Stat};
use mamori_ui::html::{Html, el};
use mamori_ui::tone::Tone;

use super::queries::{Judged, Part};
use super::{Verdict, ops, rules};
use crate::parts::{LETTERS, letter_label};

pub(super) fn count(parts: &[Part], judged: &[Judged]) -> rules::Progress {
    rules::progress(parts.iter().flat_map(|part| {
        LETTERS.into_iter().map(move |letter| {
            let cell = judged.iter().find(|cell| cell.part == part.id && cell.letter == letter);
            (part.kind, letter, cell.and_then(|cell| cell.verdict), cell.is_some_and(|cell| !cell.scenario.is_empty()))
        })
    }))
}

/// Bar and figures.
pub(super) fn figures(lang: Lang, progress: rules::Progress) -> Html {
    let number = |n: usize| u64::try_from(n).unwrap_or_default();
    let bar = Progress::new(i18n::t(lang, "stride-progress"), number(progress.judged), number(progress.cells));
    let weak = if progress.weak_open > 0 { Tone::Danger } else { Tone::Neutral };
    let unknown = if progress.unknown > 0 { Tone::Warning } else { Tone::Neutral };
    let open = progress.cells.saturating_sub(progress.judged);
    let stats = el("div")
        .class("grid-stats")
        .add(Stat::new(i18n::t(lang, "stride-weak"), progress.weak.to_string()).tone(weak))
        .add(Stat::new(i18n::t(lang, "stride-weak-open"), progress.weak_open.to_string()).tone(weak))
        .add(Stat::new(i18n::t(lang, "stride-unknown"), progress.unknown.to_string()).tone(unknown))
        .add(Stat::new(i18n::t(lang, "stride-left"), open.to_string()));
    el("div").class("stack").add(bar).add(stats).html()
}

/// Weak, unknown and good points, each with its note (S2-D5-03).
pub(super) fn findings(lang: Lang, model: &str, parts: &[Part], judged: &[Judged]) -> Html {
    let groups = [
        (Verdict::Weak, i18n::t(lang, "stride-weak-points")),
        (Verdict::Unknown, i18n::t(lang, "stride-unknown-points")),
        (Verdict::Fine, i18n::t(lang, "stride-good-points")),
    ];
    let lists = groups.into_iter().filter_map(|(verdict, title)| {
        let mut lines = Vec::new();
        for part in parts {
            for letter in LETTERS {
                let cell =
                    judged.iter().find(|cell| cell.part == part.id && cell.letter == letter && cell.verdict == Some(verdict));
                lines.extend(cell.map(|cell| line(lang, model, part, cell)));
            }
        }
        (!lines.is_empty()).then(|| {
            el("div").add(el("h3").text(format!("{} {title}", verdict.sign()))).add(el("ul").class("stride-points").each(lines))
        })
    });
    el("div").class("stack").each(lists).html()
}

fn line(lang: Lang, model: &str, part: &Part, cell: &Judged) -> Html {
    let at = ops::address(model, &part.id, cell.letter);
    let name = format!("{} — {}", part.name, letter_label(lang, cell.letter));
    let risk = (!cell.scenario.is_empty())
        .then(|| el("a").attr("href", format!("/risk/scenario/{}", cell.scenario)).text(i18n::t(lang, "stride-to-risk")));
    let note = (!cell.note.is_empty()).then(|| el("span").class("muted prewrap").text(&cell.note));
    let parts = [Some(el("a").attr("href", at).text(name)), note, risk];
    el("li").each(parts.into_iter().flatten().map(|part| Html::join([part.html(), Html::text(" ")]))).html()
}

/// The panel of the detail page.
pub(super) fn summary(lang: Lang, model: &str, parts: &[Part], judged: &[Judged]) -> Panel {
    let body = if parts.is_empty() {
        el("p").class("muted").text(i18n::t(lang, "stride-no-parts")).html()
    } else {
        let found = findings(lang, model, parts, judged);
        el("div").class("stack").add(figures(lang, count(parts, judged))).add(found).html()
    };
    Panel { title: i18n::t(lang, "stride-result"), body, first: true }
}
