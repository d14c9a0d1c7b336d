//! Nodes become a tree, or it is said why they do not.

use std::collections::HashMap;

use crate::attack_tree::Gate;

/// How far the measures at a node are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guard {
    /// No measure.
    #[default]
    None,
    /// A measure is planned or under way.
    Planned,
    /// A measure is in place.
    Done,
}

/// A node as the rules see it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// Row id.
    pub id: String,
    /// Row id of the node above; `None` for the top.
    pub parent: Option<String>,
    /// How the nodes below bring it about.
    pub gate: Gate,
    /// What the attacker spends, yen; counts where nothing stands below.
    pub cost: Option<i64>,
    /// Percent; counts where nothing stands below.
    pub likelihood: Option<i64>,
    /// How far its measures are.
    pub guard: Guard,
}

/// Why nodes are no tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing stands at the top.
    NoTop,
    /// Several stand at the top.
    ManyTops(Vec<String>),
    /// Names a node above that is not in this tree.
    StrangeParent(String),
    /// Stands, over others, below itself.
    Circle(Vec<String>),
}

/// A tree: one top, and every node below it exactly once. Nodes are named by their place in [`Tree::nodes`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tree {
    /// The nodes in the order in which they came.
    pub nodes: Vec<Node>,
    /// For every node those below it, in order.
    pub below: Vec<Vec<usize>>,
    /// For every node the one above it.
    pub above: Vec<Option<usize>>,
    /// From the top down, every node before those below it.
    pub order: Vec<usize>,
}

impl Tree {
    /// The top.
    pub fn top(&self) -> usize {
        self.order.first().copied().unwrap_or_default()
    }

    /// The place of a row id.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.nodes.iter().position(|node| node.id == id)
    }

    /// Those directly below.
    pub fn below(&self, at: usize) -> &[usize] {
        self.below.get(at).map_or(&[], Vec::as_slice)
    }

    /// Nothing stands below it.
    pub fn is_leaf(&self, at: usize) -> bool {
        self.below(at).is_empty()
    }

    /// The node and everything below it, from the top down.
    pub fn branch(&self, at: usize) -> Vec<usize> {
        let mut open = vec![at];
        let mut found = Vec::new();
        while let Some(next) = open.pop() {
            found.push(next);
            open.extend(self.below(next).iter().rev());
        }
        found
    }

    /// From the top down to the node, both included.
    pub fn path_to(&self, at: usize) -> Vec<usize> {
        let mut path = vec![at];
        let mut here = at;
        while let Some(above) = self.above.get(here).copied().flatten() {
            path.push(above);
            here = above;
        }
        path.reverse();
        path
    }

    /// How deep a node stands; the top is 0.
    pub fn depth(&self, at: usize) -> usize {
        self.path_to(at).len().saturating_sub(1)
    }
}

/// Makes a tree out of nodes, which come in the order of their siblings.
///
/// # Errors
/// Every [`Fault`] that was found; then there is no tree.
pub fn plant(nodes: Vec<Node>) -> Result<Tree, Vec<Fault>> {
    let places: HashMap<&str, usize> = nodes.iter().enumerate().map(|(at, node)| (node.id.as_str(), at)).collect();
    let mut faults = Vec::new();
    let mut below = vec![Vec::new(); nodes.len()];
    let mut above = vec![None; nodes.len()];
    let mut tops = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        let Some(parent) = &node.parent else {
            tops.push(at);
            continue;
        };
        match places.get(parent.as_str()) {
            None => faults.push(Fault::StrangeParent(node.id.clone())),
            Some(over) => {
                if let (Some(list), Some(place)) = (below.get_mut(*over), above.get_mut(at)) {
                    list.push(at);
                    *place = Some(*over);
                }
            }
        }
    }
    let name =
        |places: &[usize]| -> Vec<String> { places.iter().filter_map(|at| nodes.get(*at)).map(|node| node.id.clone()).collect() };
    match tops.as_slice() {
        [] => faults.push(Fault::NoTop),
        [_] => {}
        many => faults.push(Fault::ManyTops(name(many))),
    }
    let order = walk(&tops, &below, nodes.len());
    let mut reached = vec![false; nodes.len()];
    for at in &order {
        if let Some(seen) = reached.get_mut(*at) {
            *seen = true;
        }
    }
    let lost = circle(&above, &reached);
    if !lost.is_empty() {
        faults.push(Fault::Circle(name(&lost)));
    }
    if faults.is_empty() { Ok(Tree { nodes, below, above, order }) } else { Err(faults) }
}

fn walk(tops: &[usize], below: &[Vec<usize>], most: usize) -> Vec<usize> {
    let mut open: Vec<usize> = tops.iter().rev().copied().collect();
    let mut order = Vec::with_capacity(most);
    while let Some(next) = open.pop() {
        order.push(next);
        open.extend(below.get(next).into_iter().flatten().rev());
    }
    order
}

/// Nodes that cannot be reached from a top although each of them stands below another one: they hang in a circle.
fn circle(above: &[Option<usize>], reached: &[bool]) -> Vec<usize> {
    let in_circle = |start: usize| {
        let mut here = start;
        for _ in 0..above.len() {
            match above.get(here).copied().flatten() {
                Some(over) if over == start => return true,
                Some(over) => here = over,
                None => return false,
            }
        }
        false
    };
    (0..above.len()).filter(|at| !reached.get(*at).copied().unwrap_or(true) && in_circle(*at)).collect()
}
