//! What departments and roles have in common: both form trees by naming what is above them.

use std::collections::{HashMap, HashSet};

/// True when putting `id` below `above` would make it its own superior, however many steps further up.
///
/// `parents` holds for every id what is directly above it now.
pub fn closes_a_cycle(id: &str, above: &str, parents: &HashMap<String, String>) -> bool {
    let mut seen = HashSet::new();
    let mut at = above;
    while !at.is_empty() {
        // A circle that does not contain `id` was there before; walking it for ever helps nobody.
        if at == id || !seen.insert(at) {
            return at == id;
        }
        at = parents.get(at).map_or("", String::as_str);
    }
    false
}

/// Ids in tree order (a parent, then everything below it) with their depth from 0. Siblings keep the given order; an id whose parent
/// is not in the list, or which lies on a circle, stands at the top, so that nothing is ever missing from a page.
pub fn tree_order(nodes: &[(String, String)]) -> Vec<(usize, String)> {
    let known: HashSet<&str> = nodes.iter().map(|(id, _)| id.as_str()).collect();
    let mut order = Vec::with_capacity(nodes.len());
    let mut placed = HashSet::new();
    for (id, parent) in nodes {
        if !known.contains(parent.as_str()) {
            place(nodes, id, 0, &mut placed, &mut order);
        }
    }
    for (id, _) in nodes {
        place(nodes, id, 0, &mut placed, &mut order);
    }
    order
}

fn place(nodes: &[(String, String)], id: &str, depth: usize, placed: &mut HashSet<String>, order: &mut Vec<(usize, String)>) {
    if !placed.insert(id.to_owned()) {
        return;
    }
    order.push((depth, id.to_owned()));
    for (child, _) in nodes.iter().filter(|(_, parent)| parent == id) {
        place(nodes, child, depth.saturating_add(1), placed, order);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|(id, parent)| ((*id).to_owned(), (*parent).to_owned())).collect()
    }

    fn parents(list: &[(&str, &str)]) -> HashMap<String, String> {
        pairs(list).into_iter().collect()
    }

    #[test]
    fn a_section_cannot_stand_above_its_own_division() {
        let now = parents(&[("製造部", ""), ("加工課", "製造部"), ("第一係", "加工課")]);
        assert!(closes_a_cycle("製造部", "第一係", &now));
        assert!(closes_a_cycle("製造部", "製造部", &now));
        assert!(!closes_a_cycle("第一係", "製造部", &now));
        assert!(!closes_a_cycle("製造部", "", &now));
    }

    #[test]
    fn an_old_circle_elsewhere_does_not_hang_the_check() {
        assert!(!closes_a_cycle("c", "a", &parents(&[("a", "b"), ("b", "a")])));
    }

    #[test]
    fn the_tree_lists_everything_once_even_orphans_and_circles() {
        let order = tree_order(&pairs(&[("b", "a"), ("a", ""), ("c", "gone"), ("x", "y"), ("y", "x"), ("d", "b")]));
        let shown: Vec<String> = order.iter().map(|(depth, id)| format!("{depth}{id}")).collect();
        assert_eq!(shown, ["0a", "1b", "2d", "0c", "0x", "1y"]);
    }
}
