//! The frame of every page. A handler fills [`Shell`]; `layout.html` prints it. The words here are only the frame's own.

mod navigation;
mod words;

use askama::Template;
use mamori_kernel::lang::Lang;

pub use navigation::{CompanyLink, NavGroup, NavItem, UserMenu};
use words::Words;

use crate::{
    assets::asset_url,
    components::{Breadcrumbs, Crumb, Dialog, Toast, kbd},
    html::{Html, el},
    icon::Icon,
};

/// Light, dark, or as the device is set. Kept in the cookie `theme`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the device.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Every theme.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// The value of the cookie and of `data-theme`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Reads the cookie; anything unknown is [`Theme::Auto`].
    pub fn from_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.name() == name).unwrap_or_default()
    }

    const fn icon(self) -> Icon {
        match self {
            Self::Auto => Icon::Auto,
            Self::Light => Icon::Sun,
            Self::Dark => Icon::Moon,
        }
    }
}

/// How much of the frame is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Frame {
    /// Header, navigation, footer.
    #[default]
    Full,
    /// A card in the middle: sign-in, set-up, errors before sign-in, a supplier's questionnaire.
    Bare,
    /// Only the content, for a printable page.
    Print,
}

/// Everything that the frame of a page needs.
#[derive(Clone, Debug)]
pub struct Shell {
    /// Language of the reader.
    pub lang: Lang,
    /// Theme.
    pub theme: Theme,
    /// Which frame.
    pub frame: Frame,
    /// Heading of the page, also the title of the window.
    pub title: String,
    /// One sentence under the heading: why am I here.
    pub lead: Option<String>,
    /// Badges beside the heading.
    pub marks: Html,
    /// Buttons beside the heading.
    pub actions: Html,
    /// Address of this page, to come back to after a change of language.
    pub here: String,
    /// Navigation by area.
    pub nav: Vec<NavGroup>,
    /// Way from the top; empty on top pages.
    pub crumbs: Vec<Crumb>,
    /// Who is signed in.
    pub user: Option<UserMenu>,
    /// The company in work; empty before set-up.
    pub company: String,
    /// The other companies that this person may enter.
    pub companies: Vec<CompanyLink>,
    /// Messages of what just happened.
    pub flashes: Vec<Toast>,
    /// The content.
    pub main: Html,
    /// The column beside the content (history, comments); under it on narrow screens.
    pub aside: Html,
    /// Version shown in the footer.
    pub version: String,
}

impl Shell {
    /// A full page with a heading and content; the rest is filled by field.
    pub fn new(lang: Lang, title: impl Into<String>, main: impl Into<Html>) -> Self {
        Self {
            lang,
            theme: Theme::Auto,
            frame: Frame::Full,
            title: title.into(),
            lead: None,
            marks: Html::empty(),
            actions: Html::empty(),
            here: "/".into(),
            nav: Vec::new(),
            crumbs: Vec::new(),
            user: None,
            company: String::new(),
            companies: Vec::new(),
            flashes: Vec::new(),
            main: main.into(),
            aside: Html::empty(),
            version: String::new(),
        }
    }

    /// The whole document.
    ///
    /// # Errors
    /// Only when the formatter fails, which for a string it does not.
    pub fn render(&self) -> Result<String, askama::Error> {
        Layout { shell: self, words: words::of(self.lang) }.render()
    }

    /// The part that htmx swaps when it asked for a part: the content of `<main>`, without the frame.
    pub fn part(&self) -> Html {
        self.main.clone()
    }
}

#[derive(Template)]
#[template(path = "shell/layout.html")]
struct Layout<'a> {
    shell: &'a Shell,
    words: &'static Words,
}

impl Layout<'_> {
    fn asset(&self, name: &str) -> String {
        asset_url(name)
    }

    fn crumbs(&self) -> Breadcrumbs {
        Breadcrumbs::new(self.shell.lang, self.shell.crumbs.clone())
    }

    fn window_title(&self) -> String {
        match self.shell.company.as_str() {
            "" => format!("{} – mamori", self.shell.title),
            company => format!("{} – {company} – mamori", self.shell.title),
        }
    }

    fn full(&self) -> bool {
        self.shell.frame == Frame::Full
    }

    fn bare(&self) -> bool {
        self.shell.frame == Frame::Bare
    }

    fn icon(&self, name: &str) -> Html {
        Icon::from_name(name).map(Html::from).unwrap_or_default()
    }

    /// The buttons of the theme switch: each sends the form, the script of the page does it without a visit to the server.
    fn themes(&self) -> Html {
        Html::join(Theme::ALL.into_iter().map(|theme| {
            let label = match theme {
                Theme::Auto => self.words.theme_auto,
                Theme::Light => self.words.theme_light,
                Theme::Dark => self.words.theme_dark,
            };
            el("button")
                .attr("type", "submit")
                .attr("name", "theme")
                .attr("value", theme.name())
                .attr("aria-pressed", if theme == self.shell.theme { "true" } else { "false" })
                .add(theme.icon())
                .add(el("span").text(label))
        }))
    }

    fn languages(&self) -> Html {
        Html::join(Lang::ALL.into_iter().map(|lang| {
            el("button")
                .attr("type", "submit")
                .attr("name", "lang")
                .attr("value", lang.code())
                .attr("lang", lang.code())
                .attr("aria-pressed", if lang == self.shell.lang { "true" } else { "false" })
                .text(lang.pick("日本語", "English"))
        }))
    }

    /// The list of keys, opened by `?`.
    fn keys(&self) -> Dialog {
        let lines: [(&[&str], &str); 7] = [
            (&["Ctrl", "K"], self.words.key_palette),
            (&["/"], self.words.key_search),
            (&["j"], self.words.key_down),
            (&["k"], self.words.key_up),
            (&["Enter"], self.words.key_open),
            (&["x"], self.words.key_select),
            (&["?"], self.words.key_help),
        ];
        let rows = lines.into_iter().map(|(keys, text)| el("div").add(el("dt").add(kbd(keys))).add(el("dd").text(text)));
        // WCAG 2.1.4: shortcuts of one letter can be turned off.
        let switch = el("label")
            .class("check")
            .add(el("input").class("tick-box").attr("type", "checkbox").attr("data-keys-switch", ""))
            .add(el("span").text(self.words.keys_switch));
        Dialog::new(
            self.shell.lang,
            "keys",
            self.words.keys_title,
            Html::join([el("dl").class("facts").each(rows).html(), switch.html()]),
        )
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn page(lang: Lang) -> Shell {
        Shell {
            company: "守山精機".into(),
            here: "/assets?q=<x>".into(),
            nav: vec![NavGroup::new(
                "資産",
                vec![NavItem::new("情報資産台帳", "/assets", Icon::Table).active(true).badge(3, "確認待ち 3件")],
            )],
            user: Some(UserMenu { name: "森 幸子".into(), detail: "情報セキュリティ担当".into() }),
            ..Shell::new(lang, "情報資産台帳", Html::text("中身"))
        }
    }

    #[test]
    fn the_frame_speaks_the_language_of_the_reader() {
        let ja = page(Lang::Ja).render().unwrap();
        assert!(ja.starts_with("<!doctype html>\n<html lang=\"ja\" data-theme=\"auto\">"), "{ja}");
        assert!(ja.contains("本文へ移動") && ja.contains("<title>情報資産台帳 – 守山精機 – mamori</title>"));
        let en = page(Lang::En).render().unwrap();
        assert!(en.contains("Skip to content") && !en.contains("本文へ移動"));
    }

    #[test]
    fn nothing_in_the_frame_breaks_the_policy() {
        for frame in [Frame::Full, Frame::Bare, Frame::Print] {
            let html = Shell { frame, ..page(Lang::Ja) }.render().unwrap();
            assert!(!html.contains(" style=") && !html.contains("<style") && !html.contains(" onclick="), "{frame:?}");
            assert!(!html.contains("<script>") && !html.contains("http://www.") || html.contains("xmlns"), "{frame:?}");
            assert!(!html.contains("q=<x>"), "the address is escaped");
        }
    }

    #[test]
    fn a_page_for_printing_has_no_navigation() {
        let html = Shell { frame: Frame::Print, ..page(Lang::Ja) }.render().unwrap();
        assert!(!html.contains("<nav") && html.contains("<h1>"));
    }

    #[test]
    fn the_active_item_is_marked_for_everybody() {
        let html = page(Lang::Ja).render().unwrap();
        assert!(html.contains("aria-current=\"page\"") && html.contains("確認待ち 3件"));
    }
}
