//! The cheapest and the likeliest way to the top.
//!
//! A way is what an attacker does in the end: at an OR one of the nodes below, at an AND all of them. Its cost is the sum of its leaves,
//! its likelihood their product (the leaves count as independent). In a tree no leaf serves two nodes, so the best way follows from the
//! bottom up: OR takes the least (greatest), AND adds (multiplies).
//!
//! Leaves without numbers are neither free nor impossible. A way through one of them has no number; what such ways could at best come to
//! is told beside the best known way ([`Outlook::cost_floor`], [`Outlook::likelihood_ceiling`]).

use super::shape::{Guard, Tree};
use crate::attack_tree::Gate;

/// A way with its number.
#[derive(Clone, Debug, PartialEq)]
pub struct Way<T> {
    /// Yen, or the likelihood from 0 to 1.
    pub value: T,
    /// Places of all nodes on it, from the top down.
    pub nodes: Vec<usize>,
}

/// What a tree says.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    /// The way with the least effort among those whose leaves all have a number.
    pub cheapest: Option<Way<i64>>,
    /// No way can cost less than this, whatever the missing numbers are; `None` when no way is left.
    pub cost_floor: Option<i64>,
    /// The most likely way among those whose leaves all have a number.
    pub likeliest: Option<Way<f64>>,
    /// No way can be likelier than this; 0 when no way is left.
    pub likelihood_ceiling: f64,
    /// Leaves that can be reached.
    pub leaves: usize,
    /// Of these, leaves without an effort.
    pub without_cost: usize,
    /// Of these, leaves without a likelihood.
    pub without_likelihood: usize,
}

impl Outlook {
    /// Measures block every way.
    pub fn is_closed(&self) -> bool {
        self.cost_floor.is_none()
    }

    /// A way without numbers could be cheaper than the cheapest known one.
    pub fn could_be_cheaper(&self) -> bool {
        match (&self.cheapest, self.cost_floor) {
            (Some(way), Some(floor)) => floor < way.value,
            (None, Some(_)) => true,
            _ => false,
        }
    }

    /// A way without numbers could be likelier than the likeliest known one.
    pub fn could_be_likelier(&self) -> bool {
        match &self.likeliest {
            Some(way) => self.likelihood_ceiling > way.value,
            None => !self.is_closed(),
        }
    }
}

/// Works out a tree. Nodes whose measures are at least as far as `counts` are blocked, with everything below them;
/// [`Guard::None`] leaves all measures out of account.
pub fn outlook(tree: &Tree, counts: Guard) -> Outlook {
    let blocked = |at: usize| counts != Guard::None && tree.nodes.get(at).is_some_and(|node| node.guard >= counts);
    let cost = |at: usize| tree.nodes.get(at).and_then(|node| node.cost);
    let chance =
        |at: usize| tree.nodes.get(at).and_then(|node| node.likelihood).map(|percent| percent.clamp(0, 100) as f64 / 100.0);
    let cheapest = best(tree, &blocked, &cost, &i64::saturating_add, &|new, old| new < old);
    let floor = best(tree, &blocked, &|at| Some(cost(at).unwrap_or(0)), &i64::saturating_add, &|new, old| new < old);
    let likeliest = best(tree, &blocked, &chance, &|a, b| a * b, &|new, old| new > old);
    let ceiling = best(tree, &blocked, &|at| Some(chance(at).unwrap_or(1.0)), &|a, b| a * b, &|new, old| new > old);
    let open = open_leaves(tree, &blocked);
    Outlook {
        cheapest,
        cost_floor: floor.map(|way| way.value),
        likeliest,
        likelihood_ceiling: ceiling.map_or(0.0, |way| way.value),
        leaves: open.len(),
        without_cost: open.iter().filter(|at| cost(**at).is_none()).count(),
        without_likelihood: open.iter().filter(|at| chance(**at).is_none()).count(),
    }
}

fn best<T: Copy>(
    tree: &Tree,
    blocked: &dyn Fn(usize) -> bool,
    of_leaf: &dyn Fn(usize) -> Option<T>,
    join: &dyn Fn(T, T) -> T,
    better: &dyn Fn(T, T) -> bool,
) -> Option<Way<T>> {
    let mut values: Vec<Option<T>> = vec![None; tree.nodes.len()];
    let mut chosen: Vec<Option<usize>> = vec![None; tree.nodes.len()];
    for at in tree.order.iter().rev().copied() {
        let value_of = |at: usize| values.get(at).copied().flatten();
        let gate = tree.nodes.get(at).map(|node| node.gate).unwrap_or_default();
        let (value, choice) = if blocked(at) {
            (None, None)
        } else if tree.is_leaf(at) {
            (of_leaf(at), None)
        } else if gate == Gate::And {
            let all: Option<Vec<T>> = tree.below(at).iter().map(|below| value_of(*below)).collect();
            (all.and_then(|all| all.into_iter().reduce(join)), None)
        } else {
            let known = tree.below(at).iter().filter_map(|below| Some((value_of(*below)?, *below)));
            let least = known.reduce(|old, new| if better(new.0, old.0) { new } else { old });
            (least.map(|(value, _)| value), least.map(|(_, below)| below))
        };
        if let (Some(place), Some(choose)) = (values.get_mut(at), chosen.get_mut(at)) {
            *place = value;
            *choose = choice;
        }
    }
    let value = values.get(tree.top()).copied().flatten()?;
    Some(Way { value, nodes: trace(tree, &chosen) })
}

/// The nodes of the chosen way: at an OR the chosen one, at an AND all.
fn trace(tree: &Tree, chosen: &[Option<usize>]) -> Vec<usize> {
    let mut open = vec![tree.top()];
    let mut nodes = Vec::new();
    while let Some(at) = open.pop() {
        nodes.push(at);
        match chosen.get(at).copied().flatten() {
            Some(one) => open.push(one),
            None => open.extend(tree.below(at).iter().rev()),
        }
    }
    nodes
}

fn open_leaves(tree: &Tree, blocked: &dyn Fn(usize) -> bool) -> Vec<usize> {
    let mut open = if tree.order.is_empty() { Vec::new() } else { vec![tree.top()] };
    let mut leaves = Vec::new();
    while let Some(at) = open.pop() {
        if blocked(at) {
            continue;
        }
        if tree.is_leaf(at) {
            leaves.push(at);
        }
        open.extend(tree.below(at));
    }
    leaves
}
