//! Cards and figures for overviews.

use crate::{
    html::{Html, component, el},
    tone::Tone,
};

/// A titled box.
#[derive(Clone, Debug)]
pub struct Card {
    title: String,
    lead: Option<String>,
    action: Html,
    body: Html,
    flush: bool,
}

impl Card {
    /// A card.
    pub fn new(title: impl Into<String>, body: impl Into<Html>) -> Self {
        Self { title: title.into(), lead: None, action: Html::empty(), body: body.into(), flush: false }
    }

    /// One sentence under the title.
    #[must_use]
    pub fn lead(self, lead: impl Into<String>) -> Self {
        Self { lead: Some(lead.into()), ..self }
    }

    /// A link or button beside the title.
    #[must_use]
    pub fn action(self, action: impl Into<Html>) -> Self {
        Self { action: action.into(), ..self }
    }

    /// Without padding around the body, for tables and lists.
    #[must_use]
    pub fn flush(self) -> Self {
        Self { flush: true, ..self }
    }

    fn render(&self) -> Html {
        let head = el("div")
            .class("card-head")
            .add(
                el("div").add(el("h2").text(&self.title)).maybe(self.lead.as_ref().map(|lead| el("p").class("muted").text(lead))),
            )
            .add(self.action.clone());
        el("section")
            .class("card")
            .add(head)
            .add(el("div").class(if self.flush { "card-flush" } else { "card-body" }).add(self.body.clone()))
            .html()
    }
}

/// Where a figure moves, and whether that is good.
#[derive(Clone, Debug)]
pub struct Trend {
    /// "先月より −3 件".
    pub text: String,
    /// Good news or bad.
    pub tone: Tone,
}

/// Figures with more characters, such as an amount of a million yen, are set smaller: four stand side by side, two on a phone.
const LONG: usize = 7;

/// One figure with its name: "対応が必要なリスク 4 件".
#[derive(Clone, Debug)]
pub struct Stat {
    label: String,
    value: String,
    unit: Option<String>,
    tone: Tone,
    trend: Option<Trend>,
    href: Option<String>,
    note: Option<String>,
    picture: Html,
}

impl Stat {
    /// A figure.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            value: value.into(),
            unit: None,
            tone: Tone::Neutral,
            trend: None,
            href: None,
            note: None,
            picture: Html::empty(),
        }
    }

    /// 件, 人, %.
    #[must_use]
    pub fn unit(self, unit: impl Into<String>) -> Self {
        Self { unit: Some(unit.into()), ..self }
    }

    /// Judgement about the value.
    #[must_use]
    pub fn tone(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }

    /// How it moves.
    #[must_use]
    pub fn trend(self, text: impl Into<String>, tone: Tone) -> Self {
        Self { trend: Some(Trend { text: text.into(), tone }), ..self }
    }

    /// Where the rows behind the figure are.
    #[must_use]
    pub fn href(self, href: impl Into<String>) -> Self {
        Self { href: Some(href.into()), ..self }
    }

    /// One line of explanation.
    #[must_use]
    pub fn note(self, note: impl Into<String>) -> Self {
        Self { note: Some(note.into()), ..self }
    }

    /// A small chart beside the value.
    #[must_use]
    pub fn picture(self, picture: impl Into<Html>) -> Self {
        Self { picture: picture.into(), ..self }
    }

    fn render(&self) -> Html {
        let long = self.value.chars().count() > LONG;
        let value = el("span")
            .class(if long { "stat-value stat-long" } else { "stat-value" })
            .add(el("span").class("num").text(&self.value))
            .maybe(self.unit.as_ref().map(|unit| el("span").class("stat-unit").text(unit)));
        let trend =
            self.trend.as_ref().map(|trend| el("span").class(format!("stat-trend ink-{}", trend.tone.name())).text(&trend.text));
        let parts = [
            el("span").class("stat-label").text(&self.label).html(),
            el("span").class("stat-row").add(value).add(self.picture.clone()).html(),
            trend.map(Html::from).unwrap_or_default(),
            self.note.as_ref().map(|note| el("span").class("stat-note").text(note).html()).unwrap_or_default(),
        ];
        let class = format!("stat stat-{}", self.tone.name());
        match &self.href {
            Some(href) => el("a").class(class).attr("href", href).each(parts).html(),
            None => el("div").class(class).each(parts).html(),
        }
    }
}

component!(Card, Stat);
