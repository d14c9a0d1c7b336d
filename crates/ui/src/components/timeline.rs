//! What happened to a record, and what people said about it.

use mamori_kernel::lang::Lang;

use super::{Avatar, Button};
use crate::{
    html::{Html, component, el},
    tone::Tone,
};

/// A value that changed.
#[derive(Clone, Debug)]
pub struct Change {
    /// Name of the field.
    pub field: String,
    /// Before; empty when it was blank.
    pub before: String,
    /// After; empty when it was cleared.
    pub after: String,
}

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct Event {
    /// Who; empty for the system itself.
    pub who: String,
    /// What, as a sentence without subject: "重要度を変更".
    pub what: String,
    /// When, as shown.
    pub when: String,
    /// When, as ISO 8601 for machines.
    pub when_iso: String,
    /// What changed.
    pub changes: Vec<Change>,
    /// Why, in the person's words.
    pub note: Option<String>,
    /// Colour of the dot.
    pub tone: Tone,
}

/// Events, newest first.
#[derive(Clone, Debug)]
pub struct Timeline {
    lang: Lang,
    events: Vec<Event>,
}

impl Timeline {
    /// A time line.
    pub fn new(lang: Lang, events: Vec<Event>) -> Self {
        Self { lang, events }
    }

    fn render(&self) -> Html {
        let (blank, was, becomes, system) = match self.lang {
            Lang::Ja => ("(空欄)", "変更前", "変更後", "システム"),
            Lang::En => ("(blank)", "Before", "After", "System"),
        };
        let side = |tag: &'static str, word: &str, value: &str| {
            el(tag).add(el("span").class("sr").text(word)).text(if value.is_empty() { blank } else { value })
        };
        let items = self.events.iter().map(|event| {
            let changes = event.changes.iter().map(|change| {
                el("li")
                    .add(el("span").class("change-field").text(&change.field))
                    .add(side("del", was, &change.before))
                    .add(el("span").attr("aria-hidden", "true").text("→"))
                    .add(side("ins", becomes, &change.after))
            });
            let who = if event.who.is_empty() { system } else { &event.who };
            el("li")
                .class(format!("event ink-{}", event.tone.name()))
                .add(
                    el("p")
                        .class("event-head")
                        .add(el("b").text(who))
                        .add(el("span").text(&event.what))
                        .add(el("time").class("muted").attr("datetime", &event.when_iso).text(&event.when)),
                )
                .maybe((!event.changes.is_empty()).then(|| el("ul").class("changes").each(changes)))
                .maybe(event.note.as_ref().map(|note| el("p").class("event-note").text(note)))
        });
        el("ol").class("timeline").each(items).html()
    }
}

/// One comment.
#[derive(Clone, Debug)]
pub struct Comment {
    /// Who wrote it.
    pub who: String,
    /// When, as shown.
    pub when: String,
    /// When, as ISO 8601.
    pub when_iso: String,
    /// The text; line breaks are kept.
    pub text: String,
    /// Buttons for its author.
    pub actions: Html,
}

/// Comments, oldest first, with the box for a new one.
#[derive(Clone, Debug)]
pub struct Comments {
    lang: Lang,
    comments: Vec<Comment>,
    action: Option<String>,
}

impl Comments {
    /// Comments to read.
    pub fn new(lang: Lang, comments: Vec<Comment>) -> Self {
        Self { lang, comments, action: None }
    }

    /// Allows a new one, sent as POST field `text` to `action`.
    #[must_use]
    pub fn writable(self, action: impl Into<String>) -> Self {
        Self { action: Some(action.into()), ..self }
    }

    fn render(&self) -> Html {
        let (label, send, none) = match self.lang {
            Lang::Ja => ("コメントを書く", "投稿", "コメントはまだありません。"),
            Lang::En => ("Write a comment", "Post", "No comments yet."),
        };
        let items = self.comments.iter().map(|comment| {
            el("li")
                .class("comment")
                .add(
                    el("div")
                        .class("comment-head")
                        .add(Html::from(Avatar::new(&comment.who)))
                        .add(el("time").class("muted").attr("datetime", &comment.when_iso).text(&comment.when))
                        .add(comment.actions.clone()),
                )
                .add(el("p").class("prewrap").text(&comment.text))
        });
        let list =
            if self.comments.is_empty() { el("p").class("muted").text(none) } else { el("ol").class("comments").each(items) };
        let form = self.action.as_ref().map(|action| {
            el("form")
                .class("comment-form")
                .attr("method", "post")
                .attr("action", action)
                .attr("data-dirty", "")
                .add(
                    el("label").add(el("span").class("sr").text(label)).add(
                        el("textarea")
                            .class("input")
                            .attr("name", "text")
                            .attr("rows", "2")
                            .attr("maxlength", "10000")
                            .attr("placeholder", label)
                            .flag("required", true),
                    ),
                )
                .add(Html::from(Button::submit(send).secondary()))
        });
        Html::join([list.html(), form.map(Html::from).unwrap_or_default()])
    }
}

component!(Timeline, Comments);
