//! What a tree says in words and numbers: the two best ways, before and after measures, and what is not known.

use mamori_kernel::i18n;
use mamori_kernel::lang::Lang;
use mamori_kernel::yen::Yen;
use mamori_ui::components::Alert;
use mamori_ui::html::{Html, el};
use mamori_ui::tone::Tone;

use super::drawing::Picture;
use super::outline;
use super::queries::Listed;
use super::rules::{Fault, Guard, Outlook, Tree, outlook, plant};

/// A likelihood in percent, with as many digits as it takes to tell it from zero.
pub(super) fn percent(value: f64) -> String {
    let percent = value * 100.0;
    if percent == 0.0 || percent >= 10.0 {
        format!("{percent:.0}%")
    } else if percent >= 0.1 {
        format!("{percent:.1}%")
    } else {
        "<0.1%".to_owned()
    }
}

/// What is wrong with a tree, with the names of the nodes.
pub(super) fn faults(lang: Lang, nodes: &[Listed], faults: &[Fault]) -> Html {
    let name = |ids: &[String]| -> String {
        let titles =
            ids.iter().map(|id| nodes.iter().find(|node| node.node.id == *id).map_or(id.as_str(), |node| node.title.as_str()));
        titles
            .map(|title| lang.pick("「", "“").to_owned() + title + lang.pick("」", "”"))
            .collect::<Vec<_>>()
            .join(lang.pick("、", ", "))
    };
    let points = faults.iter().map(|fault| match fault {
        Fault::NoTop => i18n::t(lang, "attack-fault-no-top"),
        Fault::ManyTops(ids) => i18n::ta(lang, "attack-fault-tops", &[("names", name(ids).into())]),
        Fault::StrangeParent(id) => i18n::ta(lang, "attack-fault-strange", &[("names", name(std::slice::from_ref(id)).into())]),
        Fault::Circle(ids) => i18n::ta(lang, "attack-fault-circle", &[("names", name(ids).into())]),
    });
    Alert::new(Tone::Danger, i18n::t(lang, "attack-fault")).points(points.collect::<Vec<_>>()).into()
}

fn titles(lang: Lang, tree: &Tree, nodes: &[Listed], way: &[usize]) -> String {
    let leaves = way.iter().filter(|at| tree.is_leaf(**at)).filter_map(|at| nodes.get(*at)).map(|node| node.title.clone());
    leaves.collect::<Vec<_>>().join(lang.pick(" ＋ ", " + "))
}

/// The table of the two ways: without measures, as things stand, and when the planned measures are done.
pub(super) fn ways(lang: Lang, tree: &Tree, nodes: &[Listed]) -> Html {
    let all = [(Guard::None, "attack-without"), (Guard::Done, "attack-now"), (Guard::Planned, "attack-planned")];
    // Without measures the three cases are one.
    let guarded = nodes.iter().any(|node| node.node.guard != Guard::None);
    let shown = if guarded { all.as_slice() } else { &[(Guard::None, "attack-without")] };
    let rows = shown.iter().map(|(counts, key)| {
        let (counts, key) = (*counts, *key);
        let told = outlook(tree, counts);
        let (cheapest, likeliest) = (cost_cell(lang, tree, nodes, &told), chance_cell(lang, tree, nodes, &told));
        el("tr")
            .add(el("th").attr("scope", "row").text(i18n::t(lang, key)))
            .add(el("td").add(cheapest))
            .add(el("td").add(likeliest))
    });
    let head = ["attack-case", "attack-cheapest", "attack-likeliest"];
    let head = head.map(|key| el("th").attr("scope", "col").text(i18n::t(lang, key)));
    let table = el("table")
        .class("table table-compact")
        .add(el("caption").class("sr").text(i18n::t(lang, "attack-ways")))
        .add(el("thead").add(el("tr").each(head)))
        .add(el("tbody").each(rows));
    let told = outlook(tree, Guard::Done);
    let unknown = (told.without_cost + told.without_likelihood > 0).then(|| {
        let args = [
            ("cost", told.without_cost.to_string().into()),
            ("likelihood", told.without_likelihood.to_string().into()),
            ("leaves", told.leaves.to_string().into()),
        ];
        el("p").class("muted").text(i18n::ta(lang, "attack-unknown", &args))
    });
    let frame = el("div")
        .class("table-frame")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", i18n::t(lang, "attack-ways"));
    let how = el("details")
        .add(el("summary").text(i18n::t(lang, "attack-how")))
        .add(el("p").class("muted").text(i18n::t(lang, "attack-how-text")));
    el("div").class("attack-ways").add(frame.add(table)).maybe(unknown).add(how).html()
}

fn cost_cell(lang: Lang, tree: &Tree, nodes: &[Listed], told: &Outlook) -> Html {
    if told.is_closed() {
        return Html::text(i18n::t(lang, "attack-closed"));
    }
    let floor = Yen(told.cost_floor.unwrap_or_default()).format(lang);
    match &told.cheapest {
        Some(way) => {
            let less = told
                .could_be_cheaper()
                .then(|| el("span").class("muted").text(i18n::ta(lang, "attack-floor", &[("value", floor.into())])));
            cell(&Yen(way.value).format(lang), &titles(lang, tree, nodes, &way.nodes), less.map(Html::from))
        }
        None => Html::text(i18n::ta(lang, "attack-no-cost", &[("value", floor.into())])),
    }
}

fn chance_cell(lang: Lang, tree: &Tree, nodes: &[Listed], told: &Outlook) -> Html {
    if told.is_closed() {
        return Html::text(i18n::t(lang, "attack-closed"));
    }
    let ceiling = percent(told.likelihood_ceiling);
    match &told.likeliest {
        Some(way) => {
            let more = told
                .could_be_likelier()
                .then(|| el("span").class("muted").text(i18n::ta(lang, "attack-ceiling", &[("value", ceiling.into())])));
            cell(&percent(way.value), &titles(lang, tree, nodes, &way.nodes), more.map(Html::from))
        }
        None => Html::text(i18n::ta(lang, "attack-no-chance", &[("value", ceiling.into())])),
    }
}

fn cell(value: &str, way: &str, more: Option<Html>) -> Html {
    let value = el("b").class("num").text(value).html();
    let way = el("span").class("attack-way").text(way).html();
    Html::join([value, way, more.unwrap_or_default()])
}

/// Picture, ways and outline for reading: on the detail page.
pub(super) fn whole(lang: Lang, title: &str, nodes: &[Listed]) -> Html {
    let tree = match plant(nodes.iter().map(|listed| listed.node.clone()).collect()) {
        Ok(tree) => tree,
        Err(found) => return faults(lang, nodes, &found),
    };
    let told = outlook(&tree, Guard::Done);
    let picture = Picture { lang, title, tree: &tree, nodes, outlook: &told, links: None, selected: "" }.svg();
    let words = el("details").add(el("summary").text(i18n::t(lang, "attack-as-text"))).add(outline::plain(lang, &tree, nodes));
    el("div")
        .class("stack")
        .add(
            el("div")
                .class("attack-picture attack-fit")
                .attr("tabindex", "0")
                .attr("role", "region")
                .attr("aria-label", title)
                .add(Html::raw(picture)),
        )
        .add(el("div").add(ways(lang, &tree, nodes)))
        .add(words)
        .html()
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn a_small_likelihood_is_not_shown_as_none() {
        assert_eq!([0.0, 0.0004, 0.004, 0.05, 0.4, 1.0].map(percent), ["0%", "<0.1%", "0.4%", "5.0%", "40%", "100%"]);
    }
}
