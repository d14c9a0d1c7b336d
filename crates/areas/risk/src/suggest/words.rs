//! A suggestion in words: title, story, and why it is suggested.

use mamori_kernel::i18n;
use mamori_kernel::lang::Lang;
use mamori_ledger::Choice as _;

use super::rules::Suggestion;
use crate::neighbours::Storage;
use crate::threat_level::ThreatChoice;
use crate::weakness_check::MeasureKind;

/// Assets named in a story before the rest is only counted.
const NAMED: usize = 5;

fn place(suggestion: &Suggestion, lang: Lang) -> String {
    Storage::set().label(&suggestion.storage, lang).to_owned()
}

/// One line.
pub(super) fn title(suggestion: &Suggestion, lang: Lang) -> String {
    let asset = suggestion.assets.first().map(|(_, name)| name.clone()).unwrap_or_default();
    let rest = suggestion.assets.len().saturating_sub(1);
    let key = if rest == 0 { "suggest-title-one" } else { "suggest-title-many" };
    let arguments = [
        ("threat", suggestion.threat.name.clone().into()),
        ("place", place(suggestion, lang).into()),
        ("asset", asset.into()),
        ("rest", rest.to_string().into()),
    ];
    i18n::ta(lang, key, &arguments)
}

/// How it would happen, with the assets by name.
pub(super) fn story(suggestion: &Suggestion, lang: Lang) -> String {
    let names: Vec<&str> = suggestion.assets.iter().take(NAMED).map(|(_, name)| name.as_str()).collect();
    let rest = suggestion.assets.len().saturating_sub(NAMED);
    let more = if rest == 0 { String::new() } else { i18n::ta(lang, "suggest-more", &[("rest", rest.to_string().into())]) };
    let weakness = suggestion.weakness.as_ref().map_or_else(String::new, |weakness| {
        i18n::ta(lang, "suggest-story-weakness", &[("weakness", weakness.name.clone().into())])
    });
    let arguments = [
        ("example", suggestion.threat.example.clone().into()),
        ("place", place(suggestion, lang).into()),
        ("assets", format!("{}{more}", names.join(lang.pick("、", ", "))).into()),
        ("weakness", weakness.into()),
    ];
    i18n::ta(lang, "suggest-story", &arguments).trim().to_owned()
}

/// Why it is suggested, point by point.
pub(super) fn why(suggestion: &Suggestion, lang: Lang) -> Vec<String> {
    let mut points = vec![i18n::ta(
        lang,
        "suggest-why-assets",
        &[
            ("place", place(suggestion, lang).into()),
            ("stake", suggestion.stake.to_string().into()),
            ("count", suggestion.assets.len().to_string().into()),
        ],
    )];
    if let Some(level) = suggestion.place_level {
        let label = ThreatChoice::set().label(&level.to_string(), lang).to_owned();
        points.push(i18n::ta(lang, "suggest-why-place", &[("level", label.into())]));
    }
    if let (Some(weakness), Some((kind, level))) = (&suggestion.weakness, &suggestion.check) {
        let key = match level {
            None => "suggest-why-unanswered",
            Some(1) => "suggest-why-guarded",
            Some(2) => "suggest-why-partly",
            Some(_) => "suggest-why-open",
        };
        let kind = MeasureKind::set().label(kind, lang).to_owned();
        points.push(i18n::ta(lang, key, &[("kind", kind.into()), ("weakness", weakness.name.clone().into())]));
    }
    if let Some((year, rank)) = suggestion.rank {
        let arguments = [("year", year.to_string().into()), ("rank", rank.to_string().into())];
        points.push(i18n::ta(lang, "suggest-why-rank", &arguments));
    }
    points
}
