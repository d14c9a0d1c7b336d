//! Where the boxes of a picture stand: the top above, every node centred over those below it. A bunch of leaves is listed below each
//! other, which keeps wide trees readable.

use mamori_ui::charts::text;

use super::queries::Listed;
use super::rules::Tree;

/// Width of a box.
pub(super) const WIDE: f64 = 172.0;
/// Size of the titles.
pub(super) const SIZE: f64 = 13.0;
/// Height of a line of a title.
pub(super) const LINE: f64 = 18.0;
/// Height of the line of figures under the title.
pub(super) const FIGURES: f64 = 17.0;
const PAD: f64 = 10.0;
const GAP: f64 = 18.0;
const LEVEL: f64 = 54.0;
const STACK: f64 = 14.0;
/// How far listed leaves stand to the right of the line that leads down to them.
pub(super) const INDENT: f64 = 24.0;
/// Leaves beside each other below the top, before they are listed as well.
const SIDE_BY_SIDE: usize = 3;

/// A box.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Placed {
    pub x: f64,
    pub y: f64,
    pub height: f64,
    pub lines: Vec<String>,
    /// Those below stand in a list.
    pub listed: bool,
}

impl Placed {
    pub fn middle(&self) -> f64 {
        self.x + WIDE / 2.0
    }
    pub fn foot(&self) -> f64 {
        self.y + self.height
    }
}

/// All boxes, by the place of their node.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    pub boxes: Vec<Placed>,
    pub width: f64,
    pub height: f64,
}

/// Places a tree. `figures` tells whether a node has a line of figures.
pub(super) fn place(tree: &Tree, nodes: &[Listed], figures: &dyn Fn(usize) -> bool) -> Layout {
    let mut boxes: Vec<Placed> = nodes
        .iter()
        .enumerate()
        .map(|(at, node)| {
            let lines = text::wrap(&node.title, WIDE - PAD * 2.0, SIZE, 3);
            let rows = u32::try_from(lines.len().max(1)).unwrap_or(1);
            let extra = if figures(at) { FIGURES } else { 0.0 };
            Placed { height: f64::from(rows) * LINE + extra + PAD * 1.6, lines, listed: listed(tree, at), ..Placed::default() }
        })
        .collect();
    let mut widths = vec![WIDE; nodes.len()];
    for at in tree.order.iter().rev().copied() {
        let below = tree.below(at);
        let row: f64 = below.iter().filter_map(|child| widths.get(*child)).map(|wide| wide + GAP).sum::<f64>() - GAP;
        let wide = if boxes.get(at).is_some_and(|placed| placed.listed) { WIDE / 2.0 + INDENT + WIDE } else { row };
        if let Some(own) = widths.get_mut(at) {
            *own = wide.max(WIDE);
        }
    }
    let mut left = vec![0.0; nodes.len()];
    for at in tree.order.iter().copied() {
        let (start, wide) = (get(&left, at), get(&widths, at));
        let Some(placed) = boxes.get(at).cloned() else { continue };
        let x = if placed.listed { start } else { start + (wide - WIDE) / 2.0 };
        if let Some(own) = boxes.get_mut(at) {
            own.x = x;
        }
        let mut next = start;
        let mut top = placed.foot() + LEVEL;
        for child in tree.below(at).iter().copied() {
            let Some(below) = boxes.get_mut(child) else { continue };
            below.y = top;
            if placed.listed {
                below.x = x + WIDE / 2.0 + INDENT;
                if let Some(place) = left.get_mut(child) {
                    *place = below.x;
                }
                top += below.height + STACK;
            } else {
                if let Some(place) = left.get_mut(child) {
                    *place = next;
                }
                next += get(&widths, child) + GAP;
            }
        }
    }
    let width = boxes.iter().map(|placed| placed.x + WIDE).fold(0.0, f64::max);
    let height = boxes.iter().map(Placed::foot).fold(0.0, f64::max);
    Layout { boxes, width, height }
}

fn get(values: &[f64], at: usize) -> f64 {
    values.get(at).copied().unwrap_or_default()
}

fn listed(tree: &Tree, at: usize) -> bool {
    let below = tree.below(at);
    let few = if at == tree.top() { SIDE_BY_SIDE } else { 1 };
    below.len() > few && below.iter().all(|child| tree.is_leaf(*child))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use proptest::prelude::*;

    use super::*;
    use crate::attack_tree::rules::{Node, plant};

    fn placed(parents: &[usize]) -> Layout {
        let nodes: Vec<Listed> = std::iter::once(None)
            .chain(parents.iter().copied().map(Some))
            .enumerate()
            .map(|(at, parent)| Listed {
                title: format!("項目{at}"),
                node: Node { id: at.to_string(), parent: parent.map(|n| n.to_string()), ..Node::default() },
                ..Listed::default()
            })
            .collect();
        let tree = plant(nodes.iter().map(|node| node.node.clone()).collect()).unwrap();
        place(&tree, &nodes, &|_| true)
    }

    #[test]
    fn a_parent_stands_over_the_middle_of_its_children() {
        let picture = placed(&[0, 0, 1, 2]);
        let middle = |at: usize| picture.boxes[at].middle();
        assert!((middle(0) - f64::midpoint(middle(1), middle(2))).abs() < 0.01);
        assert!((middle(1) - middle(3)).abs() < 0.01);
    }

    #[test]
    fn fifteen_nodes_of_the_textbook_fit_a_screen() {
        let picture = placed(&[0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6]);
        assert!(picture.width < 1_200.0, "{}", picture.width);
    }

    proptest! {
        #[test]
        fn no_two_boxes_overlap(drawn in prop::collection::vec(any::<prop::sample::Index>(), 0..30)) {
            let parents: Vec<usize> = drawn.iter().enumerate().map(|(at, index)| index.index(at + 1)).collect();
            let picture = placed(&parents);
            for (at, one) in picture.boxes.iter().enumerate() {
                for other in &picture.boxes[at + 1..] {
                    let beside = one.x + WIDE <= other.x + 0.01 || other.x + WIDE <= one.x + 0.01;
                    let above = one.foot() <= other.y + 0.01 || other.foot() <= one.y + 0.01;
                    prop_assert!(beside || above, "{one:?} {other:?}");
                }
            }
        }
    }
}
