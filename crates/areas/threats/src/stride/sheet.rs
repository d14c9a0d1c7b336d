//! The grid, parts × six letters, and the form of one cell.

use mamori_kernel::lang::Lang;
use mamori_ledger::Choice as _;
use mamori_ledger::web::Ctx;
use mamori_ui::components::{Alert, Button, Card, Choice, Control, Field};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

use super::queries::{Judged, Part};
use super::{ElementKind, Verdict, ops, panel, rules};
use crate::neighbours::Stride;
use crate::parts::{LETTERS, hidden, letter_label, letter_words, link, post, replaceable, threats_of};

/// The part of the page that is replaced after every step.
pub(super) const TARGET: &str = "stride-sheet";

/// What the page shows.
pub(super) struct Sheet<'a> {
    /// The request.
    pub ctx: &'a Ctx,
    /// Row id of the model.
    pub model: &'a str,
    /// Parts in order.
    pub parts: &'a [Part],
    /// Judged cells.
    pub judged: &'a [Judged],
    /// The reader may change it.
    pub edits: bool,
    /// He may register risks.
    pub registers: bool,
    /// The open cell.
    pub open: Option<(&'a Part, Stride)>,
    /// Number and title of the open cell's risk.
    pub risk: Option<(Option<i64>, String)>,
    /// What just happened, or what went wrong.
    pub notice: Html,
}

impl Sheet<'_> {
    /// Everything below the heading.
    pub(super) fn html(&self) -> Html {
        let mut body = vec![self.notice.clone()];
        if self.parts.is_empty() {
            body.push(Alert::new(Tone::Info, self.ctx.t("stride-begin")).text(self.ctx.t("stride-begin-how")).into());
        } else {
            body.push(panel::figures(self.ctx.lang, panel::count(self.parts, self.judged)));
            body.push(self.grid());
        }
        if let Some((part, letter)) = self.open {
            body.push(self.cell_form(part, letter));
        }
        if self.edits {
            body.push(self.part_forms());
        }
        let found = panel::findings(self.ctx.lang, self.model, self.parts, self.judged);
        if self.judged.iter().any(|cell| cell.verdict.is_some()) {
            body.push(Card::new(self.ctx.t("stride-result"), found).into());
        }
        replaceable(self.ctx, TARGET, el("div").class("stack").attr("data-editor", "").each(body))
    }

    fn judged(&self, part: &Part, letter: Stride) -> Option<&Judged> {
        self.judged.iter().find(|cell| cell.part == part.id && cell.letter == letter)
    }

    fn grid(&self) -> Html {
        let lang = self.ctx.lang;
        let head = LETTERS.map(|letter| {
            let (name, breaks, _) = letter_words(letter);
            el("th")
                .attr("scope", "col")
                .attr("title", breaks.get(lang))
                .add(el("b").text(letter.code()))
                .add(el("span").class("stride-letter").text(name.get(lang)))
        });
        let rows = self.parts.iter().map(|part| {
            let kind = ElementKind::set().label(part.kind.code(), lang).to_owned();
            let name =
                el("th").attr("scope", "row").add(el("b").text(&part.name)).add(el("span").class("stride-kind muted").text(kind));
            el("tr").add(name).each(LETTERS.map(|letter| self.cell(part, letter)))
        });
        let table = el("table")
            .class("table stride-grid")
            .add(el("caption").class("sr").text(self.ctx.t("stride-grid")))
            .add(el("thead").add(el("tr").add(el("th").attr("scope", "col").text(self.ctx.t("stride-part"))).each(head)))
            .add(el("tbody").each(rows));
        let set = Verdict::set();
        let legend = set.choices.iter().filter_map(|choice| {
            let verdict = Verdict::parse(&choice.code)?;
            Some(el("span").text(format!("{} {}", verdict.sign(), choice.words.get(lang))))
        });
        let frame = el("div")
            .class("table-frame")
            .attr("tabindex", "0")
            .attr("role", "region")
            .attr("aria-label", self.ctx.t("stride-grid"));
        Html::join([
            frame.add(table).html(),
            el("p").class("cluster muted").each(legend).add(el("span").text(self.ctx.t("stride-legend"))).html(),
        ])
    }

    fn cell(&self, part: &Part, letter: Stride) -> Html {
        let lang = self.ctx.lang;
        let cell = self.judged(part, letter);
        let verdict = cell.and_then(|cell| cell.verdict);
        let (sign, word, tone) = match verdict {
            Some(verdict) => (verdict.sign(), Verdict::set().label(verdict.code(), lang).to_owned(), verdict.tone().name()),
            None => ("・", self.ctx.t("stride-not-yet"), "neutral"),
        };
        let asked = rules::applies(part.kind, letter);
        let here = self.open.is_some_and(|(open, asked)| open.id == part.id && asked == letter);
        let risk = cell.is_some_and(|cell| !cell.scenario.is_empty());
        let mut label = format!("{} — {}: {word}", part.name, letter_label(lang, letter));
        if risk {
            label.push_str(&format!(" ({})", self.ctx.t("stride-registered")));
        }
        let class = match (verdict.is_some(), asked) {
            (true, _) => format!("stride-cell tone-{tone}"),
            (false, true) => "stride-cell stride-asked".to_owned(),
            (false, false) => "stride-cell stride-aside".to_owned(),
        };
        let inside = link(&ops::address(self.model, &part.id, letter), TARGET)
            .class(class)
            .attr("title", &label)
            .opt("aria-current", here.then_some("true"))
            .add(el("span").attr("aria-hidden", "true").text(sign))
            .add(el("span").class("sr").text(label))
            .maybe(risk.then_some(Icon::Flag));
        el("td").class("center").add(inside).html()
    }

    fn cell_form(&self, part: &Part, letter: Stride) -> Html {
        let (ctx, lang) = (self.ctx, self.ctx.lang);
        let (_, breaks, ask) = letter_words(letter);
        let cell = self.judged(part, letter);
        let mut body = vec![el("p").class("lead").text(ask.get(lang)).html()];
        if self.edits {
            body.push(self.answer(part, letter, cell));
        } else if let Some(cell) = cell {
            let word = cell.verdict.map(|verdict| Verdict::set().label(verdict.code(), lang).to_owned()).unwrap_or_default();
            body.push(el("p").add(el("b").text(word)).html());
            body.push(el("p").class("prewrap").text(&cell.note).html());
        }
        body.push(self.risk_form(part, letter));
        let hints = threats_of(letter).map(|threat| {
            el("li")
                .add(el("b").text(threat.name.get(lang)))
                .add(el("span").class("muted").text(format!(" {}", threat.example.get(lang))))
        });
        let hints = el("details").add(el("summary").text(ctx.t("stride-hints"))).add(el("ul").class("stride-points").each(hints));
        body.push(hints.html());
        let title = format!("{} — {}", part.name, letter_label(lang, letter));
        let card = Card::new(title, el("div").class("stack").each(body)).lead(ctx.t1("stride-breaks", "what", breaks.get(lang)));
        el("div").attr("id", "stride-cell").attr("tabindex", "-1").attr("data-arrive", "").add(card).html()
    }

    fn answer(&self, part: &Part, letter: Stride, cell: Option<&Judged>) -> Html {
        let (ctx, lang) = (self.ctx, self.ctx.lang);
        let choices = Verdict::set()
            .choices
            .iter()
            .map(|choice| {
                Choice::new(choice.code.to_string(), choice.words.get(lang))
                    .meaning(choice.meaning.get(lang))
                    .tone(Tone::from_name(&choice.tone))
            })
            .collect();
        let value = cell.and_then(|cell| cell.verdict).map(Verdict::code).unwrap_or_default().to_owned();
        let note = Control::Area { value: cell.map(|cell| cell.note.clone()).unwrap_or_default(), rows: 3 };
        post(&format!("/threats/stride_model/{}/verdict", self.model), TARGET)
            .add(hidden("element", &part.id))
            .add(hidden("letter", letter.code()))
            .add(hidden("version", cell.map_or(0, |cell| cell.version).to_string()))
            .add(Field::new(lang, "verdict", ctx.t("stride-verdict"), Control::Radios { value, choices }))
            .add(Field::new(lang, "note", ctx.t("stride-note"), note).help(ctx.t("stride-note-help")))
            .add(
                el("div")
                    .class("cluster")
                    .add(Button::submit(ctx.t("stride-save-next")).attr("name", "then").attr("value", "next"))
                    .add(Button::submit(ctx.t("stride-save")).secondary()),
            )
            .html()
    }

    fn risk_form(&self, part: &Part, letter: Stride) -> Html {
        let (ctx, lang) = (self.ctx, self.ctx.lang);
        let known = self.judged(part, letter).filter(|cell| !cell.scenario.is_empty());
        if let (Some(cell), Some((number, title))) = (known, &self.risk) {
            let number = number.map(|n| format!("#{n} ")).unwrap_or_default();
            let to = Button::link(format!("{number}{title}"), format!("/risk/scenario/{}", cell.scenario))
                .secondary()
                .icon(Icon::Flag);
            return el("p").class("cluster").add(el("span").text(ctx.t("stride-registered"))).add(to).html();
        }
        if !self.registers || !self.edits {
            return Html::empty();
        }
        let choices = threats_of(letter).map(|threat| Choice::new(threat.code.as_str(), threat.name.get(lang))).collect();
        let threat = Control::Select { value: String::new(), choices, blank: Some(ctx.t("stride-threat-none")) };
        post(&format!("/threats/stride_model/{}/risk", self.model), TARGET)
            .class("stride-register")
            .add(hidden("element", &part.id))
            .add(hidden("letter", letter.code()))
            .add(Field::new(lang, "threat", ctx.t("stride-threat"), threat).help(ctx.t("stride-threat-help")))
            .add(Button::submit(ctx.t("stride-register")).secondary().icon(Icon::Flag))
            .html()
    }

    fn part_forms(&self) -> Html {
        let (ctx, lang) = (self.ctx, self.ctx.lang);
        let fresh = part_fields(lang, ctx, "new", "", "");
        let add = post(&format!("/threats/stride_model/{}/element", self.model), TARGET)
            .class("stride-part")
            .each(fresh)
            .add(Button::submit(ctx.t("stride-add")).icon(Icon::Plus));
        let known = self.parts.iter().map(|part| {
            let act = |code: &str, label: String, icon: Icon| {
                Button::submit(label).quiet().small().icon_only(icon).attr("name", "do").attr("value", code)
            };
            post(&format!("/threats/stride_model/{}/element/{}", self.model, part.id), TARGET)
                .class("stride-part")
                .each(part_fields(lang, ctx, &part.id, &part.name, part.kind.code()))
                .add(
                    el("div")
                        .class("cluster")
                        .add(
                            Button::submit(ctx.t("stride-part-save"))
                                .secondary()
                                .small()
                                .attr("name", "do")
                                .attr("value", "save"),
                        )
                        .add(act("up", ctx.t("stride-up"), Icon::ArrowUp))
                        .add(act("down", ctx.t("stride-down"), Icon::ArrowDown))
                        .add(act("retire", ctx.t("stride-remove"), Icon::Trash)),
                )
        });
        let known = (!self.parts.is_empty()).then(|| {
            el("details").add(el("summary").text(ctx.t("stride-parts-change"))).add(el("div").class("stack").each(known))
        });
        Card::new(ctx.t("stride-parts"), el("div").class("stack").add(add).maybe(known)).lead(ctx.t("stride-parts-lead")).into()
    }
}

fn part_fields(lang: Lang, ctx: &Ctx, prefix: &str, name: &str, kind: &str) -> [Html; 2] {
    let choices =
        ElementKind::set().choices.iter().map(|choice| Choice::new(choice.code.to_string(), choice.words.get(lang))).collect();
    let blank = kind.is_empty().then(|| ctx.t("stride-kind-choose"));
    let control = Control::Select { value: kind.to_owned(), choices, blank };
    [
        Field::text(lang, "name", ctx.t("stride-part-name"), name)
            .prefix(format!("p-{prefix}"))
            .required(true)
            .attr("maxlength", "100")
            .into(),
        Field::new(lang, "kind", ctx.t("stride-part-kind"), control).prefix(format!("p-{prefix}")).required(true).into(),
    ]
}
