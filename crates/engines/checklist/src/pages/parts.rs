//! Pieces that several pages show.

use mamori_kernel::i18n::{t, ta};
use mamori_kernel::lang::Lang;
use mamori_ledger::Choice as _;
use mamori_ui::components::{Badge, Button, Progress};
use mamori_ui::html::{Html, el};
use mamori_ui::tone::Tone;

use crate::catalogue::{AnswerKind, Band, Catalogue, Item};
use crate::check::State;
use crate::check::rules::Deed;
use crate::score::Score;

/// The state as a badge.
pub(crate) fn state_badge(lang: Lang, state: State) -> Html {
    let set = State::set();
    let tone = set.find(state.code()).map_or(Tone::Neutral, |choice| Tone::from_name(&choice.tone));
    Badge::new(set.label(state.code(), lang), tone).into()
}

/// An answer as a badge in its colour; other kinds of answers as text.
pub(crate) fn answer_badge(lang: Lang, catalogue: &Catalogue, item: &Item, answer: &str) -> Html {
    match catalogue.option(item, answer) {
        Some(option) => Badge::new(option.name.get(lang), Tone::from_name(&option.tone)).into(),
        None if answer.is_empty() => el("span").class("muted").text(t(lang, "check-not-answered")).html(),
        None => Html::text(catalogue.shown(item, answer, lang)),
    }
}

/// A score in per cent, with the average level where the catalogue asks for tiers.
pub(crate) fn score_text(lang: Lang, catalogue: &Catalogue, score: &Score) -> String {
    let Some(percent) = score.percent() else { return t(lang, "check-no-score") };
    match score.average_hundredths().filter(|_| is_tiered(catalogue)) {
        Some(average) => ta(lang, "check-level", &[("level", hundredths(average).into())]),
        None => format!("{percent}%"),
    }
}

/// Most items ask for a tier.
pub(crate) fn is_tiered(catalogue: &Catalogue) -> bool {
    let tiers = catalogue.items.iter().filter(|item| catalogue.scale(item).is_some_and(|scale| scale.kind == AnswerKind::Tier));
    tiers.count() * 2 > catalogue.items.len()
}

/// Hundredths as a decimal number.
pub(crate) fn hundredths(n: i64) -> String {
    format!("{}{}.{:02}", if n < 0 { "-" } else { "" }, n.abs() / 100, n.abs() % 100)
}

/// The meaning of a score.
pub(crate) fn band_badge(lang: Lang, band: &Band) -> Html {
    Badge::new(band.name.get(lang), Tone::from_name(&band.tone)).into()
}

/// Colour of a score where the catalogue names no bands.
pub(crate) fn tone_of(catalogue: &Catalogue, percent: i64) -> Tone {
    match catalogue.band(percent) {
        Some(band) => Tone::from_name(&band.tone),
        None if percent >= 80 => Tone::Success,
        None if percent >= 50 => Tone::Warning,
        None => Tone::Danger,
    }
}

/// Answered of total, and what is not known.
pub(crate) fn progress(lang: Lang, score: &Score) -> Html {
    let number = |n: i64| u64::try_from(n).unwrap_or_default();
    let unknown = (score.unknown > 0).then(|| {
        let text = ta(lang, "check-unknown-count", &[("count", score.unknown.to_string().into())]);
        el("p").class("muted").text(text)
    });
    Html::join([
        Html::from(Progress::new(t(lang, "check-progress"), number(score.answered), number(score.total))),
        unknown.map(Html::from).unwrap_or_default(),
    ])
}

/// A button that moves the check on.
pub(crate) fn deed_form(lang: Lang, path: &str, deed: Deed, primary: bool) -> Html {
    let button = Button::submit(t(lang, &format!("check-do-{}", deed.code())));
    let button = if primary { button.primary() } else { button.secondary() };
    el("form").class("inline").attr("method", "post").attr("action", format!("{path}/do/{}", deed.code())).add(button).html()
}

/// A button that posts to an address.
pub(crate) fn post_form(action: &str, button: Button) -> Html {
    el("form").class("inline").attr("method", "post").attr("action", action).add(button).html()
}
