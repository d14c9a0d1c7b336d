//! The tree as an outline: the same as the picture for people who do not see it, and the way to work by keyboard. The links are the
//! items (ARIA tree); without scripts they are ordinary links.

use mamori_kernel::i18n;
use mamori_kernel::lang::Lang;
use mamori_ledger::Choice as _;
use mamori_ui::html::{El, Html, el};

use super::Gate;
use super::drawing::figures;
use super::editor::TARGET;
use super::queries::Listed;
use super::rules::{Guard, Outlook, Tree};
use crate::parts::link;

/// The outline of the editor.
pub(super) fn tree(
    lang: Lang,
    tree: &Tree,
    nodes: &[Listed],
    told: &Outlook,
    selected: &str,
    address: &dyn Fn(&str) -> String,
) -> Html {
    let item = |at: usize, group: &str| -> Html {
        let Some(node) = nodes.get(at) else { return Html::empty() };
        let siblings = tree.above.get(at).copied().flatten().map_or(1, |over| tree.below(over).len());
        let place = tree
            .above
            .get(at)
            .copied()
            .flatten()
            .and_then(|over| tree.below(over).iter().position(|below| *below == at))
            .unwrap_or_default();
        link(&address(&node.node.id), TARGET)
            .class("attack-item")
            .attr("role", "treeitem")
            .attr("data-node", &node.node.id)
            .attr("aria-level", (tree.depth(at) + 1).to_string())
            .attr("aria-posinset", (place + 1).to_string())
            .attr("aria-setsize", siblings.to_string())
            .attr("aria-selected", if node.node.id == selected { "true" } else { "false" })
            .opt("aria-expanded", (!tree.is_leaf(at)).then_some("true"))
            .opt("aria-owns", (!tree.is_leaf(at)).then_some(group))
            .each(words(lang, tree, node, at, Some(told)))
            .html()
    };
    let name = i18n::t(lang, "attack-outline");
    el("ul")
        .class("attack-outline")
        .attr("role", "tree")
        .attr("aria-label", name)
        .attr("data-tree", "")
        .add(branch(tree, nodes, tree.top(), &item, true))
        .html()
}

/// The outline for reading.
pub(super) fn plain(lang: Lang, tree: &Tree, nodes: &[Listed]) -> Html {
    let item = |at: usize, _: &str| {
        nodes.get(at).map_or_else(Html::empty, |node| el("span").each(words(lang, tree, node, at, None)).html())
    };
    el("ul").class("attack-outline").add(branch(tree, nodes, tree.top(), &item, false)).html()
}

fn branch(tree: &Tree, nodes: &[Listed], at: usize, item: &dyn Fn(usize, &str) -> Html, roles: bool) -> El {
    let role = |element: El, role: &str| if roles { element.attr("role", role) } else { element };
    let id = nodes.get(at).map(|node| format!("below-{}", node.node.id)).unwrap_or_default();
    let below = tree.below(at);
    let list = (!below.is_empty()).then(|| {
        let list = if roles { el("ul").attr("id", &id) } else { el("ul") };
        role(list, "group").each(below.iter().map(|below| branch(tree, nodes, *below, item, roles)))
    });
    role(el("li"), "none").add(item(at, &id)).maybe(list)
}

fn words(lang: Lang, tree: &Tree, node: &Listed, at: usize, told: Option<&Outlook>) -> Vec<Html> {
    let tag = |text: String| el("span").class("attack-tag").text(text).html();
    let mut parts = vec![el("span").class("attack-title").text(&node.title).html()];
    if tree.below(at).len() > 1 {
        parts.push(tag(i18n::t(lang, if node.node.gate == Gate::And { "attack-and" } else { "attack-or" })));
    }
    if tree.is_leaf(at) {
        parts.push(el("span").class("muted num").text(figures(lang, node)).html());
    }
    if let Some(letter) = node.stride {
        parts.push(tag(letter.code().to_owned()));
    }
    let on = |way: Option<&Vec<usize>>| way.is_some_and(|way| way.contains(&at));
    if on(told.and_then(|told| told.cheapest.as_ref()).map(|way| &way.nodes)) {
        parts.push(tag(format!("¥ {}", i18n::t(lang, "attack-short-cheapest"))));
    }
    if on(told.and_then(|told| told.likeliest.as_ref()).map(|way| &way.nodes)) {
        parts.push(tag(format!("% {}", i18n::t(lang, "attack-short-likeliest"))));
    }
    match node.node.guard {
        Guard::Done => parts.push(tag(i18n::t(lang, "attack-mark-done"))),
        Guard::Planned => parts.push(tag(i18n::t(lang, "attack-mark-planned"))),
        Guard::None => {}
    }
    if !node.scenario.is_empty() {
        parts.push(tag(i18n::t(lang, "attack-mark-risk")));
    }
    parts.into_iter().flat_map(|part| [part, Html::text(" ")]).collect()
}
