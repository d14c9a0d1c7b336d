//! The editor: picture, ways, outline, and the panel of the selected node. The whole of it is replaced after every step.

use mamori_kernel::error::FieldError;
use mamori_ledger::Record;
use mamori_ledger::query::Pick;
use mamori_ledger::web::{Ctx, Form};
use mamori_ui::components::{Alert, Button, Card};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

use super::drawing::Picture;
use super::queries::Listed;
use super::rules::{Guard, Tree, outlook, plant};
use super::{ops, outline, summary};
use crate::parts::{post, replaceable};

/// The part of the page that is replaced after every step.
pub(super) const TARGET: &str = "attack-editor";

/// What the page shows.
pub(super) struct Editor<'a> {
    /// The request.
    pub ctx: &'a Ctx,
    /// The tree's row.
    pub record: &'a Record,
    /// Its nodes.
    pub nodes: &'a [Listed],
    /// The reader may change it.
    pub edits: bool,
    /// He may register risks.
    pub registers: bool,
    /// Row id of the selected node; unknown ones mean the top.
    pub selected: String,
    /// The selected node is new and waits for its name.
    pub fresh: bool,
    /// Measures that can be attached.
    pub picks: Vec<Pick>,
    /// Number and title of the selected node's risk.
    pub risk: Option<(Option<i64>, String)>,
    /// What just happened, or what went wrong.
    pub notice: Html,
    /// What was typed into the node's form when it did not fit.
    pub typed: Option<Form>,
    /// What was typed as an outline when it did not fit.
    pub outline: String,
    /// What did not fit.
    pub errors: Vec<FieldError>,
}

impl Editor<'_> {
    pub(super) fn id(&self) -> &str {
        &self.record.meta.id
    }

    /// Everything below the heading.
    pub(super) fn html(&self) -> Html {
        let frame = el("div")
            .class("attack-editor stack")
            .attr("data-editor", if self.fresh { "title" } else { "item" })
            .add(self.notice.clone());
        let planted = plant(self.nodes.iter().map(|listed| listed.node.clone()).collect());
        let editor = match planted {
            Ok(tree) => frame.add(self.tree(&tree)),
            Err(faults) => frame.add(summary::faults(self.ctx.lang, self.nodes, &faults)).add(self.lost()),
        };
        replaceable(self.ctx, TARGET, editor)
    }

    /// The nodes of a tree that does not hang together, by name: nothing is hidden.
    fn lost(&self) -> Html {
        let items = self
            .nodes
            .iter()
            .map(|node| el("li").add(el("a").attr("href", format!("/threats/attack_node/{}", node.node.id)).text(&node.title)));
        Card::new(self.ctx.t("attack-nodes"), el("ul").each(items)).into()
    }

    fn tree(&self, tree: &Tree) -> Html {
        let (ctx, lang) = (self.ctx, self.ctx.lang);
        let at = tree.find(&self.selected).unwrap_or_else(|| tree.top());
        let selected = self.nodes.get(at).map(|node| node.node.id.clone()).unwrap_or_default();
        let told = outlook(tree, Guard::Done);
        let title = self.record.get("title").as_str();
        let links = |node: &str| ops::address(self.id(), node);
        let picture = Picture { lang, title, tree, nodes: self.nodes, outlook: &told, links: Some(&links), selected: &selected };
        let picture = el("div")
            .class("attack-picture")
            .attr("data-keep-scroll", "")
            .attr("tabindex", "0")
            .attr("role", "region")
            .attr("aria-label", ctx.t("attack-picture"))
            .add(Html::raw(picture.svg()));
        let list = outline::tree(lang, tree, self.nodes, &told, &selected, &links);
        let keys = el("details").class("attack-keys js-only").add(el("summary").text(ctx.t("attack-keys"))).add(self.keys());
        let outline = Card::new(ctx.t("attack-outline"), el("div").add(list).maybe(self.edits.then_some(keys)));
        let ways = Card::new(ctx.t("attack-ways"), summary::ways(lang, tree, self.nodes)).lead(ctx.t("attack-ways-lead"));
        let columns = el("div")
            .class("attack-columns")
            .add(el("div").class("attack-list").add(outline))
            .add(self.panel(tree, at))
            .add(el("div").class("attack-told").add(ways));
        Html::join([picture.html(), columns.html()])
    }

    fn keys(&self) -> Html {
        let keys = [
            ("↑ ↓ ← →", "attack-key-move"),
            ("Enter", "attack-key-edit"),
            ("Insert / Ctrl+Enter", "attack-key-child"),
            ("Shift+Enter", "attack-key-sibling"),
            ("Alt+↑ ↓ ← →", "attack-key-order"),
            ("Delete", "attack-key-delete"),
            ("Ctrl+Z", "attack-key-undo"),
            ("Esc", "attack-key-back"),
        ];
        let rows =
            keys.map(|(key, sentence)| el("div").add(el("dt").add(el("kbd").text(key))).add(el("dd").text(self.ctx.t(sentence))));
        el("dl").class("attack-key-list").each(rows).html()
    }
}

/// The message after a step, with a way back where there is one.
pub(super) fn notice(ctx: &Ctx, tree: &str, outcome: &ops::Outcome) -> Html {
    if outcome.said.is_empty() {
        return Html::empty();
    }
    let undo = outcome.undo.as_ref().map(|at| {
        post(&format!("/threats/attack_tree/{tree}/undo/{at}"), TARGET)
            .attr("data-tree-undo", "")
            .add(Button::submit(ctx.t("attack-undo")).secondary().small().icon(Icon::Undo))
    });
    let said = ctx.t1(outcome.said, "count", outcome.count);
    el("div").attr("role", "status").add(Alert::new(Tone::Success, said).actions(Html::join(undo))).html()
}
