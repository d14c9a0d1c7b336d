//! The tree of departments on one page.

use std::collections::HashMap;

use mamori_kernel::access::Action;
use mamori_kernel::lang::Lang;
use mamori_ledger::web::{Access, Ctx, Page, Routes, WebResult};
use mamori_ui::charts::{self, OrganisationBox};
use mamori_ui::components::{Align, Button, Card, Column, DataTable, EmptyState, Row};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;

use super::queries::{self, Node};
use crate::rules;

/// Above this number the picture would need a wall; the table remains.
const DRAWN: usize = 40;

/// The pages of this noun besides those of the engine.
pub(crate) fn routes() -> Routes {
    Routes::default().get("/organization/department/tree", Access::Can("department", Action::View), tree)
}

async fn tree(ctx: Ctx) -> WebResult {
    let mut view = ctx.view().await?;
    let nodes = queries::nodes(&mut view, ctx.today()).await?;
    let body = if nodes.is_empty() { empty(&ctx) } else { body(&ctx, &nodes) };
    let print = Button::plain(ctx.t("chart-print")).icon(Icon::Print).attr("data-print", "");
    Ok(Page::new(ctx.t("department-tree-title"), body)
        .lead(ctx.t("department-tree-lead"))
        .actions(print.into())
        .crumb(ctx.t("department-list"), "/organization/department"))
}

fn empty(ctx: &Ctx) -> Html {
    EmptyState::new(ctx.t("department-tree-empty"))
        .icon(Icon::Building)
        .why(ctx.t("department-tree-empty-why"))
        .actions(Button::link(ctx.t("department-tree-new"), "/organization/department/new").primary())
        .into()
}

fn body(ctx: &Ctx, nodes: &[Node]) -> Html {
    let pairs: Vec<(String, String)> = nodes.iter().map(|node| (node.id.clone(), node.parent.clone())).collect();
    let order = rules::tree_order(&pairs);
    let by_id: HashMap<&str, &Node> = nodes.iter().map(|node| (node.id.as_str(), node)).collect();
    let with_below = totals(&order, &by_id);
    let rows = order.iter().enumerate().filter_map(|(at, (depth, id))| {
        let node = by_id.get(id.as_str())?;
        let total = with_below.get(at).copied().unwrap_or_default();
        Some(
            Row::new(id, &node.name)
                .href(format!("/organization/department/{id}"))
                .text(format!("{}{}", "\u{3000}".repeat(*depth), node.name))
                .text(&node.code)
                .text(if node.manager.is_empty() { ctx.t("department-no-head") } else { node.manager.clone() })
                .text(node.people.to_string())
                .text(total.to_string()),
        )
    });
    let columns = vec![
        Column::new(ctx.t("department-col-name")),
        Column::new(ctx.t("department-col-code")),
        Column::new(ctx.t("department-col-head")),
        Column::new(ctx.t("department-col-people")).align(Align::End),
        Column::new(ctx.t("department-col-total")).align(Align::End),
    ];
    let table = DataTable::new(ctx.lang, ctx.t("department-tree-title"), columns).rows(rows);
    let picture = (nodes.len() <= DRAWN)
        .then(|| Card::new(ctx.t("department-picture"), el("div").class("chart-wide").add(picture(ctx, &order, &by_id))));
    el("div").class("stack").maybe(picture).add(table).html()
}

/// People of each department with everything below it: in tree order, below means "follows with a greater depth".
fn totals(order: &[(usize, String)], by_id: &HashMap<&str, &Node>) -> Vec<i64> {
    let people = |id: &str| by_id.get(id).map_or(0, |node| node.people);
    order
        .iter()
        .enumerate()
        .map(|(at, (depth, id))| {
            let below = order.iter().skip(at.saturating_add(1)).take_while(|(deeper, _)| deeper > depth);
            below.fold(people(id), |sum, (_, id)| sum.saturating_add(people(id)))
        })
        .collect()
}

fn picture(ctx: &Ctx, order: &[(usize, String)], by_id: &HashMap<&str, &Node>) -> Html {
    let boxes = boxes(order, by_id, ctx.lang);
    let chart = charts::organisation(
        &ctx.t("department-tree-title"),
        &ctx.t("department-no-head"),
        &ctx.t("department-col-name"),
        &ctx.t("department-col-head"),
        &boxes,
    );
    // The table below already says the same in words.
    el("figure").class("chart").add(chart.picture()).html()
}

/// Builds the nested boxes from the flat tree order.
fn boxes(order: &[(usize, String)], by_id: &HashMap<&str, &Node>, lang: Lang) -> Vec<OrganisationBox> {
    let mut open: Vec<(usize, OrganisationBox)> = Vec::new();
    let mut top = Vec::new();
    let close = |open: &mut Vec<(usize, OrganisationBox)>, top: &mut Vec<OrganisationBox>, depth: usize| {
        while open.last().is_some_and(|(deeper, _)| *deeper >= depth) {
            let Some((_, done)) = open.pop() else { break };
            match open.last_mut() {
                Some((_, parent)) => parent.below.push(done),
                None => top.push(done),
            }
        }
    };
    for (depth, id) in order {
        let Some(node) = by_id.get(id.as_str()) else { continue };
        close(&mut open, &mut top, *depth);
        let people: Vec<&str> = [node.manager.as_str()].into_iter().filter(|name| !name.is_empty()).collect();
        let mut drawn = OrganisationBox::new(&node.name, people);
        drawn.href = Some(format!("/organization/department/{id}"));
        if node.people > 0 {
            drawn.note = Some(match lang {
                Lang::Ja => format!("{}人", node.people),
                Lang::En => format!("{} people", node.people),
            });
        }
        open.push((*depth, drawn));
    }
    close(&mut open, &mut top, 0);
    top
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    fn node(id: &str, parent: &str, people: i64) -> Node {
        Node {
            id: id.to_owned(),
            code: String::new(),
            name: id.to_owned(),
            parent: parent.to_owned(),
            manager: String::new(),
            manager_phone: String::new(),
            people,
        }
    }

    #[test]
    fn a_division_counts_its_sections_and_draws_them_below() {
        let nodes = [node("製造部", "", 1), node("加工課", "製造部", 9), node("検査課", "製造部", 8), node("営業部", "", 5)];
        let pairs: Vec<_> = nodes.iter().map(|node| (node.id.clone(), node.parent.clone())).collect();
        let order = rules::tree_order(&pairs);
        let by_id: HashMap<&str, &Node> = nodes.iter().map(|node| (node.id.as_str(), node)).collect();
        assert_eq!(totals(&order, &by_id), [18, 9, 8, 5]);
        let drawn = boxes(&order, &by_id, Lang::Ja);
        assert_eq!(drawn.len(), 2);
        assert_eq!(drawn[0].below.iter().map(|one| one.role.as_str()).collect::<Vec<_>>(), ["加工課", "検査課"]);
        assert_eq!(drawn[1].note.as_deref(), Some("5人"));
    }
}
