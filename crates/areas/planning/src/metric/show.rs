//! A metric as a picture and a sentence.

use jiff::civil::Date;
use mamori_kernel::i18n::{t, ta};
use mamori_kernel::lang::Lang;
use mamori_kernel::time;
use mamori_ui::charts::{Chart, Series, line_marked};
use mamori_ui::components::{Alert, Badge, Reckoning};
use mamori_ui::html::{Html, el};
use mamori_ui::tone::Tone;

use super::queries::Known;
use super::rules::{self, Verdict, judge, next_due};

/// Points of the picture; older ones stay in the ledger.
const POINTS: usize = 24;

/// The verdict as a badge.
pub(super) fn badge(lang: Lang, verdict: &Verdict) -> Html {
    let (words, tone) = rules::badge(verdict, lang);
    let tone = match tone {
        rules::Tone::Good => Tone::Success,
        rules::Tone::Open => Tone::Neutral,
        rules::Tone::Bad => Tone::Danger,
    };
    Badge::new(words, tone).into()
}

/// A value of the picture. Its axis counts whole units.
fn whole(value: f64) -> u64 {
    value.round().clamp(0.0, 1e15) as u64
}

/// The series before and after, with a mark where the measure began and a line at the target.
fn chart(lang: Lang, known: &Known) -> Chart {
    let facts = &known.facts;
    let mut points: Vec<(String, Option<Date>, f64)> =
        facts.series.iter().map(|(day, value)| (time::short_date(lang, *day), Some(*day), *value)).collect();
    // The value noted at planning is the first point when nothing older was measured.
    let measured_before = facts.series.iter().any(|(day, _)| facts.began.is_none_or(|began| *day < began));
    if let Some(before) = facts.before.filter(|_| !measured_before) {
        points.insert(0, (t(lang, "metric-before"), None, before));
    }
    let skip = points.len().saturating_sub(POINTS);
    let points: Vec<_> = points.into_iter().skip(skip).collect();
    let is_after = |day: Option<Date>| day.zip(facts.began).is_some_and(|(day, began)| day >= began);
    let axis: Vec<&str> = points.iter().map(|(label, ..)| label.as_str()).collect();
    let side = |after: bool| points.iter().map(|(_, day, value)| (is_after(*day) == after).then(|| whole(*value))).collect();
    // Drawn first, so that points on the target stay visible.
    let mut series = Vec::new();
    if let Some(target) = facts.target {
        series.push(Series::new(t(lang, "metric-target"), vec![Some(whole(target)); points.len()]));
    }
    series.push(Series::new(t(lang, "metric-before"), side(false)));
    let mark = points.iter().position(|(_, day, _)| is_after(*day));
    if mark.is_some() {
        series.push(Series::new(t(lang, "metric-after"), side(true)));
    }
    let words =
        facts.began.map(|began| ta(lang, "metric-began", &[("day", time::short_date(lang, began).into())])).unwrap_or_default();
    let title = if facts.unit.is_empty() { known.name.clone() } else { format!("{} ({})", known.name, facts.unit) };
    line_marked(&title, &axis, &series, mark.map(|index| (index, words.as_str())))
}

/// Sentence, picture, reckoning and the next date of a metric.
pub(super) fn effect(lang: Lang, known: &Known) -> Html {
    let verdict = judge(&known.facts);
    let tone = match rules::badge(&verdict, lang).1 {
        rules::Tone::Good => Tone::Success,
        rules::Tone::Open => Tone::Info,
        rules::Tone::Bad => Tone::Danger,
    };
    let mut alert = Alert::new(tone, verdict.says.get(lang));
    if let Some(met) = verdict.target_met {
        let key = if met { "metric-target-met" } else { "metric-target-open" };
        let target = known.facts.target.map(|target| rules::with_unit(target, &known.facts.unit)).unwrap_or_default();
        alert = alert.text(ta(lang, key, &[("target", target.into())]));
    }
    let mut parts: Vec<Html> = vec![alert.into()];
    if !known.facts.series.is_empty() || known.facts.before.is_some() {
        parts.push(chart(lang, known).figure(lang));
    }
    if !verdict.reckoning.steps.is_empty() {
        parts.push(Reckoning::new(lang, Html::empty(), &verdict.reckoning).into());
    }
    if let Some(due) = due(known) {
        let words = ta(lang, "metric-next", &[("day", time::long_date(lang, due).into())]);
        parts.push(el("p").class("muted").text(words).html());
    }
    el("div").class("stack").each(parts).html()
}

/// When to measure next; `None` when nothing is due any more.
pub(super) fn due(known: &Known) -> Option<Date> {
    if known.cancelled {
        return None;
    }
    let due = next_due(known.cadence, known.made_on?, known.facts.series.last().map(|(day, _)| *day));
    known.ends_on.is_none_or(|end| due <= end).then_some(due)
}
