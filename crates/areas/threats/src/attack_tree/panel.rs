//! The form of the selected node and everything that can be done at it. Every action is a plain form.

use mamori_kernel::lang::Lang;
use mamori_ledger::Choice as _;
use mamori_ledger::query::Pick;
use mamori_ui::components::{Badge, Button, Card, Choice, Control, Field};
use mamori_ui::html::{El, Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

use super::Gate;
use super::editor::{Editor, TARGET};
use super::queries::Listed;
use super::rules::{Guard, Tree};
use crate::neighbours::Stride;
use crate::parts::{LETTERS, hidden, letter_label, letter_words, post, threats_of};

impl Editor<'_> {
    /// A form of this tree; carries the version and the selected node.
    fn form(&self, tail: &str, node: &str) -> El {
        post(&format!("/threats/attack_tree/{}/{tail}", self.id()), TARGET)
            .add(hidden("version", self.record.meta.version.to_string()))
            .add(hidden("node", node))
    }

    /// Everything about the selected node.
    pub(super) fn panel(&self, tree: &Tree, at: usize) -> Html {
        let Some(node) = self.nodes.get(at) else { return Html::empty() };
        let mut body = Vec::new();
        if self.edits {
            body.push(self.actions(tree, at, node));
            body.push(self.fields(tree, at, node));
        } else {
            body.push(el("p").class("prewrap").text(&node.note).html());
        }
        body.push(self.risk(node));
        body.push(self.hints(node));
        if self.edits {
            body.push(self.more(tree, at, node));
        }
        let lead = self.ctx.t(if tree.top() == at { "attack-is-top" } else { "attack-is-means" });
        let card = Card::new(node.title.clone(), el("div").class("stack").each(body)).lead(lead);
        el("div").class("attack-panel").attr("id", "attack-panel").attr("tabindex", "-1").add(card).html()
    }

    fn actions(&self, tree: &Tree, at: usize, node: &Listed) -> Html {
        let top = tree.top() == at;
        let button = |code: &str, label: String, icon: Icon| {
            Button::submit(label).secondary().small().icon(icon).attr("name", "do").attr("value", code)
        };
        let quiet = |code: &str, label: String, icon: Icon| {
            Button::submit(label).quiet().small().icon_only(icon).attr("name", "do").attr("value", code)
        };
        let mut form = self.form("act", &node.node.id).class("cluster attack-acts").attr("data-tree-act", "").add(button(
            "child",
            self.ctx.t("attack-child"),
            Icon::Plus,
        ));
        if !top {
            form = form
                .add(button("sibling", self.ctx.t("attack-sibling"), Icon::Plus))
                .add(quiet("up", self.ctx.t("attack-up"), Icon::ArrowUp))
                .add(quiet("down", self.ctx.t("attack-down"), Icon::ArrowDown))
                .add(quiet("out", self.ctx.t("attack-out"), Icon::ArrowLeft))
                .add(quiet("in", self.ctx.t("attack-in"), Icon::ArrowRight))
                .add(quiet("delete", self.ctx.t("attack-delete"), Icon::Trash));
        }
        form.html()
    }

    fn fields(&self, tree: &Tree, at: usize, node: &Listed) -> Html {
        let (ctx, lang) = (self.ctx, self.ctx.lang);
        let typed = |name: &str, stored: String| {
            self.typed.as_ref().filter(|form| form.has(name)).map_or(stored, |form| form.get(name).to_owned())
        };
        let error =
            |name: &str| self.errors.iter().find(|error| error.field == name).map(|error| ctx.w(&error.message).to_owned());
        let mut title = Field::text(lang, "title", ctx.t("attack-title"), typed("title", node.title.clone()))
            .required(true)
            .error(error("title"))
            .attr("maxlength", "200")
            .attr("data-tree-title", "")
            .attr("autocomplete", "off");
        if self.fresh && self.errors.is_empty() {
            title = title.attr("autofocus", "").help(ctx.t("attack-title-help"));
        }
        let mut form = self.form("node", &node.node.id).class("attack-form").attr("data-tree-node", "").add(title);
        if !tree.is_leaf(at) {
            let choices = Gate::set()
                .choices
                .iter()
                .map(|choice| Choice::new(choice.code.to_string(), choice.words.get(lang)).meaning(choice.meaning.get(lang)))
                .collect();
            form = form.add(Field::new(
                lang,
                "gate",
                ctx.t("attack-gate"),
                Control::Radios { value: node.node.gate.code().to_owned(), choices },
            ));
        } else {
            let number = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
            let cost = Control::Yen { value: typed("cost", number(node.node.cost)) };
            let chance = Control::Number {
                value: typed("likelihood", number(node.node.likelihood)),
                unit: Some("%".to_owned()),
                min: Some(0),
                max: Some(100),
            };
            form = form.add(
                el("div")
                    .class("form-columns")
                    .add(
                        Field::new(lang, "cost", ctx.t("attack-cost"), cost).help(ctx.t("attack-cost-help")).error(error("cost")),
                    )
                    .add(
                        Field::new(lang, "likelihood", ctx.t("attack-chance"), chance)
                            .help(ctx.t("attack-chance-help"))
                            .error(error("likelihood")),
                    ),
            );
        }
        form = form.add(self.letters(node)).add(self.measures(node));
        let note = Control::Area { value: typed("note", node.note.clone()), rows: 2 };
        let then = |code: &str, label: String| Button::submit(label).quiet().small().attr("name", "then").attr("value", code);
        let mut buttons =
            el("div").class("cluster").add(Button::submit(ctx.t("attack-save"))).add(then("child", ctx.t("attack-save-child")));
        if tree.top() != at {
            buttons = buttons.add(then("sibling", ctx.t("attack-save-sibling")));
        }
        form.add(Field::new(lang, "note", ctx.t("attack-note"), note).error(error("note"))).add(buttons).html()
    }

    fn letters(&self, node: &Listed) -> Html {
        let lang = self.ctx.lang;
        let choices = LETTERS.into_iter().map(|letter| Choice::new(letter.code(), letter_label(lang, letter))).collect();
        let value = node.stride.map(Stride::code).unwrap_or_default().to_owned();
        let control = Control::Select { value, choices, blank: Some(self.ctx.t("attack-no-letter")) };
        Html::join([Html::from(Field::new(lang, "stride", self.ctx.t("attack-letter"), control)), hidden("has.stride", "1")])
    }

    fn measures(&self, node: &Listed) -> Html {
        let (ctx, lang) = (self.ctx, self.ctx.lang);
        let add = Button::link(ctx.t("attack-new-measure"), "/risk/treatment/new").quiet().small().icon(Icon::Plus);
        if self.picks.is_empty() {
            return el("div").class("field").add(el("p").class("field-help").text(ctx.t("attack-no-measures"))).add(add).html();
        }
        let choices = self.picks.iter().map(|pick: &Pick| Choice::new(pick.id.clone(), pick.label.clone())).collect();
        let control = Control::Checks { values: node.measures.clone(), choices };
        let field = Field::new(lang, "measures", ctx.t("attack-measures"), control).help(ctx.t("attack-measures-help"));
        let badge = match node.node.guard {
            Guard::None => Html::empty(),
            Guard::Planned => Badge::new(ctx.t("attack-mark-planned"), Tone::Info).into(),
            Guard::Done => Badge::new(ctx.t("attack-mark-done"), Tone::Success).into(),
        };
        let count = ctx.t1("attack-measures-count", "count", node.measures.len());
        el("details")
            .class("field")
            .flag("open", !node.measures.is_empty())
            .add(el("summary").text(count).add(Html::text(" ")).add(badge))
            .add(field)
            .add(hidden("has.measures", "1"))
            .add(add)
            .html()
    }

    fn risk(&self, node: &Listed) -> Html {
        let ctx = self.ctx;
        if !node.scenario.is_empty() {
            let (number, title) = self.risk.clone().unwrap_or_default();
            let label = number.map_or(title.clone(), |n| format!("#{n} {title}"));
            let label = if label.is_empty() { ctx.t("attack-to-risk") } else { label };
            let to = Button::link(label, format!("/risk/scenario/{}", node.scenario)).secondary().icon(Icon::Flag);
            return el("p").class("cluster").add(el("span").text(ctx.t("attack-registered"))).add(to).html();
        }
        if !self.edits || !self.registers {
            return Html::empty();
        }
        self.form("risk", &node.node.id)
            .add(Button::submit(ctx.t("attack-register")).secondary().icon(Icon::Flag))
            .add(el("p").class("field-help").text(ctx.t("attack-register-help")))
            .html()
    }

    /// What could stand below: the questions of STRIDE and the threats of the catalogue, the letter of the node first.
    fn hints(&self, node: &Listed) -> Html {
        let (ctx, lang) = (self.ctx, self.ctx.lang);
        let mut letters: Vec<Stride> = LETTERS.to_vec();
        letters.sort_by_key(|letter| node.stride != Some(*letter));
        let known: Vec<&str> = self.nodes.iter().map(|node| node.title.as_str()).collect();
        let blocks = letters.into_iter().map(|letter| {
            let threats = threats_of(letter).map(|threat| {
                let name = threat.name.get(lang);
                let add = (self.edits && !known.contains(&name)).then(|| {
                    Button::submit(ctx.t1("attack-add-hint", "name", name))
                        .quiet()
                        .small()
                        .icon_only(Icon::Plus)
                        .attr("name", "threat")
                        .attr("value", threat.code.as_str())
                });
                let words = el("span")
                    .add(el("b").text(name))
                    .add(el("span").class("muted").text(format!(" {}", threat.example.get(lang))));
                el("li").maybe(add).add(words)
            });
            let list = el("ul").class("attack-hints").each(threats);
            let list = if self.edits { self.form("act", &node.node.id).add(hidden("do", "suggest")).add(list) } else { list };
            el("details")
                .flag("open", node.stride == Some(letter))
                .add(el("summary").text(format!("{} — {}", letter_label(lang, letter), letter_words(letter).2.get(lang))))
                .add(list)
        });
        let narrow = ["attack-narrow-1", "attack-narrow-2", "attack-narrow-3"].map(|key| el("li").text(ctx.t(key)));
        el("details")
            .class("attack-more")
            .add(el("summary").text(ctx.t("attack-hints")))
            .add(el("p").class("field-help").text(ctx.t("attack-narrow")))
            .add(el("ol").class("attack-narrow muted").each(narrow))
            .each(blocks)
            .html()
    }

    fn more(&self, tree: &Tree, at: usize, node: &Listed) -> Html {
        let (ctx, lang) = (self.ctx, self.ctx.lang);
        let area = Control::Area { value: self.outline.clone(), rows: 5 };
        let outline_error =
            self.errors.iter().find(|error| error.field == "outline").map(|error| ctx.w(&error.message).to_owned());
        let outline = self
            .form("act", &node.node.id)
            .add(hidden("do", "outline"))
            .add(
                Field::new(lang, "outline", ctx.t("attack-outline-add"), area)
                    .help(ctx.t("attack-outline-help"))
                    .error(outline_error),
            )
            .add(Button::submit(ctx.t("attack-outline-save")).secondary());
        let own = tree.branch(at);
        let targets: Vec<Choice> = tree
            .order
            .iter()
            .filter(|place| !own.contains(place) && tree.above.get(at).copied().flatten() != Some(**place))
            .filter_map(|place| Some((tree.depth(*place), self.nodes.get(*place)?)))
            .map(|(depth, other)| Choice::new(other.node.id.as_str(), format!("{}{}", "\u{3000}".repeat(depth), other.title)))
            .collect();
        let moving = (tree.top() != at && !targets.is_empty()).then(|| self.mover(lang, node, targets));
        el("details")
            .class("attack-more")
            .flag("open", !self.outline.is_empty())
            .add(el("summary").text(ctx.t("attack-more")))
            .add(el("div").class("stack").add(outline).maybe(moving))
            .html()
    }

    fn mover(&self, lang: Lang, node: &Listed, choices: Vec<Choice>) -> El {
        let control = Control::Select { value: String::new(), choices, blank: Some(self.ctx.t("attack-move-choose")) };
        self.form("act", &node.node.id)
            .add(hidden("do", "below"))
            .add(Field::new(lang, "target", self.ctx.t("attack-move"), control).required(true))
            .add(Button::submit(self.ctx.t("attack-move-save")).secondary())
    }
}
