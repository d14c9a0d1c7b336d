#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
use proptest::prelude::*;

use super::*;
use crate::attack_tree::Gate;

fn node(id: &str, parent: &str, gate: Gate) -> Node {
    Node { id: id.into(), parent: (!parent.is_empty()).then(|| parent.into()), gate, ..Node::default() }
}

fn leaf(id: &str, parent: &str, cost: Option<i64>, likelihood: Option<i64>) -> Node {
    Node { cost, likelihood, ..node(id, parent, Gate::Or) }
}

fn ids(tree: &Tree, places: &[usize]) -> Vec<String> {
    places.iter().map(|at| tree.nodes[*at].id.clone()).collect()
}

/// The sheet of S2-D5-05: 「鍵付きキャビネットが利用できない」→ 2 factors → 2 causes each → 2 situations each, 15 nodes.
#[test]
fn the_cabinet_of_the_textbook_has_fifteen_nodes() {
    let text = "鍵を開けられない\n\t鍵がない\n\t\t持ち帰った\n\t\tなくした\n\t鍵が合わない\n\t\t鍵が曲がった\n\t\t鍵を取り替えた\n\
                棚が使えない\n\t棚が壊れた\n\t\t地震で倒れた\n\t\t長年の傷み\n\t棚に近づけない\n\t\t部屋に入れない\n\t\t物でふさがれた\n";
    let lines = parse_outline(text);
    let mut nodes = vec![node("0", "", Gate::Or)];
    let mut open = vec!["0".to_owned()];
    for (number, line) in lines.iter().enumerate() {
        open.truncate(line.depth);
        let id = (number + 1).to_string();
        nodes.push(node(&id, &open[line.depth - 1], Gate::Or));
        open.push(id);
    }
    let tree = plant(nodes).unwrap();
    assert_eq!(tree.order.len(), 15);
    let of_depth = |depth| (0..15).filter(|at| tree.depth(*at) == depth).count();
    assert_eq!([of_depth(0), of_depth(1), of_depth(2), of_depth(3)], [1, 2, 4, 8]);
}

#[test]
fn an_outline_reads_spaces_tabs_and_bullets() {
    let lines = parse_outline("・盗む\n\n　合鍵を作る\n　　借りる\n  - 壊す\n");
    let read: Vec<_> = lines.iter().map(|line| (line.title.as_str(), line.depth)).collect();
    assert_eq!(read, [("盗む", 1), ("合鍵を作る", 2), ("借りる", 3), ("壊す", 2)]);
    assert_eq!(parse_outline("      深い\n浅い").iter().map(|line| line.depth).collect::<Vec<_>>(), [1, 1]);
}

/// Opening the safe: learn the combination (bribe 20,000, or listen and persuade 20,000 + 40,000) or cut it open 10,000.
fn safe(cut: Guard) -> Tree {
    let mut nodes = vec![
        node("open", "", Gate::Or),
        leaf("cut", "open", Some(10_000), Some(20)),
        node("learn", "open", Gate::Or),
        leaf("bribe", "learn", Some(20_000), Some(30)),
        node("overhear", "learn", Gate::And),
        leaf("listen", "overhear", Some(20_000), Some(50)),
        leaf("persuade", "overhear", Some(40_000), Some(80)),
    ];
    nodes[1].guard = cut;
    plant(nodes).unwrap()
}

#[test]
fn an_or_takes_the_least_and_an_and_adds() {
    let tree = safe(Guard::None);
    let all = outlook(&tree, Guard::None);
    let cheapest = all.cheapest.unwrap();
    assert_eq!((cheapest.value, ids(&tree, &cheapest.nodes)), (10_000, vec!["open".to_owned(), "cut".to_owned()]));
    let likeliest = all.likeliest.unwrap();
    assert!((likeliest.value - 0.4).abs() < 1e-12, "50 % × 80 %");
    assert_eq!(ids(&tree, &likeliest.nodes), ["open", "learn", "overhear", "listen", "persuade"]);
    assert_eq!((all.leaves, all.without_cost, all.without_likelihood), (4, 0, 0));
}

#[test]
fn a_measure_blocks_its_node_from_the_day_that_it_stands() {
    let planned = safe(Guard::Planned);
    assert_eq!(outlook(&planned, Guard::Done).cheapest.unwrap().value, 10_000, "planned is not done");
    assert_eq!(outlook(&planned, Guard::Planned).cheapest.unwrap().value, 20_000);
    assert_eq!(outlook(&safe(Guard::Done), Guard::Done).cheapest.unwrap().value, 20_000);
    let mut nodes = safe(Guard::Done).nodes;
    nodes[2].guard = Guard::Done;
    let closed = outlook(&plant(nodes).unwrap(), Guard::Done);
    assert!(closed.is_closed() && closed.cheapest.is_none() && closed.leaves == 0);
    assert!(!closed.could_be_cheaper() && !closed.could_be_likelier());
}

#[test]
fn a_leaf_without_numbers_is_neither_free_nor_impossible() {
    let nodes = vec![node("top", "", Gate::Or), leaf("known", "top", Some(500), Some(10)), leaf("dark", "top", None, None)];
    let told = outlook(&plant(nodes).unwrap(), Guard::None);
    assert_eq!(told.cheapest.as_ref().unwrap().value, 500);
    assert_eq!((told.cost_floor, told.likelihood_ceiling), (Some(0), 1.0));
    assert!(told.could_be_cheaper() && told.could_be_likelier());
    assert_eq!((told.without_cost, told.without_likelihood), (1, 1));
    let nodes = vec![node("top", "", Gate::And), leaf("known", "top", Some(500), Some(10)), leaf("dark", "top", None, None)];
    let told = outlook(&plant(nodes).unwrap(), Guard::None);
    assert!(told.cheapest.is_none() && told.could_be_cheaper());
    assert_eq!(told.cost_floor, Some(500), "at least the part that is known");
}

#[test]
fn what_is_no_tree_is_named() {
    assert_eq!(plant(Vec::new()), Err(vec![Fault::NoTop]));
    let two = vec![node("a", "", Gate::Or), node("b", "", Gate::Or)];
    assert_eq!(plant(two), Err(vec![Fault::ManyTops(vec!["a".into(), "b".into()])]));
    let strange = vec![node("a", "", Gate::Or), node("b", "elsewhere", Gate::Or)];
    assert_eq!(plant(strange), Err(vec![Fault::StrangeParent("b".into())]));
    let circle = vec![node("a", "", Gate::Or), node("b", "c", Gate::Or), node("c", "b", Gate::Or), node("d", "c", Gate::Or)];
    assert_eq!(plant(circle), Err(vec![Fault::Circle(vec!["b".into(), "c".into()])]));
    assert_eq!(plant(vec![node("a", "a", Gate::Or)]), Err(vec![Fault::NoTop, Fault::Circle(vec!["a".into()])]));
}

#[test]
fn the_branch_and_the_path_of_a_node() {
    let tree = safe(Guard::None);
    let overhear = tree.find("overhear").unwrap();
    assert_eq!(ids(&tree, &tree.branch(overhear)), ["overhear", "listen", "persuade"]);
    assert_eq!(ids(&tree, &tree.path_to(overhear)), ["open", "learn", "overhear"]);
}

/// A random tree: node n hangs below one of the nodes before it.
fn trees() -> impl Strategy<Value = Tree> {
    let guard = prop_oneof![4 => Just(Guard::None), 1 => Just(Guard::Planned), 1 => Just(Guard::Done)];
    let one = (
        any::<prop::sample::Index>(),
        any::<bool>(),
        prop::option::weighted(0.8, 0..1000_i64),
        prop::option::weighted(0.8, 0..=100_i64),
        guard,
    );
    prop::collection::vec(one, 1..14).prop_map(|drawn| {
        let nodes = drawn.into_iter().enumerate().map(|(at, (parent, and, cost, likelihood, guard))| Node {
            id: at.to_string(),
            parent: (at > 0).then(|| parent.index(at).to_string()),
            gate: if and { Gate::And } else { Gate::Or },
            cost,
            likelihood,
            guard,
        });
        plant(nodes.collect()).unwrap()
    })
}

/// Every way by trying out: the sets of leaves that bring a node about.
fn ways(tree: &Tree, at: usize, counts: Guard) -> Vec<Vec<usize>> {
    if counts != Guard::None && tree.nodes[at].guard >= counts {
        return Vec::new();
    }
    if tree.is_leaf(at) {
        return vec![vec![at]];
    }
    let below = tree.below(at).iter().map(|below| ways(tree, *below, counts));
    if tree.nodes[at].gate == Gate::Or {
        return below.flatten().collect();
    }
    below.fold(vec![Vec::new()], |so_far, more| {
        so_far.iter().flat_map(|left| more.iter().map(|right| [left.as_slice(), right].concat())).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn the_best_ways_are_those_that_trying_out_finds(tree in trees(), counts in prop_oneof![Just(Guard::None), Just(Guard::Planned), Just(Guard::Done)]) {
        let all = ways(&tree, tree.top(), counts);
        prop_assume!(all.len() < 5_000);
        let told = outlook(&tree, counts);
        let cost = |way: &Vec<usize>| way.iter().map(|at| tree.nodes[*at].cost).sum::<Option<i64>>();
        let chance = |way: &Vec<usize>| way.iter().map(|at| tree.nodes[*at].likelihood.map(|n| n as f64 / 100.0)).product::<Option<f64>>();
        prop_assert_eq!(told.cheapest.as_ref().map(|way| way.value), all.iter().filter_map(cost).min());
        prop_assert_eq!(told.cost_floor, all.iter().map(|way| way.iter().map(|at| tree.nodes[*at].cost.unwrap_or(0)).sum::<i64>()).min());
        let likeliest = all.iter().filter_map(chance).reduce(f64::max);
        prop_assert_eq!(told.likeliest.is_some(), likeliest.is_some());
        if let (Some(way), Some(tried)) = (&told.likeliest, likeliest) {
            prop_assert!((way.value - tried).abs() < 1e-9);
        }
        prop_assert_eq!(told.is_closed(), all.is_empty());
        // The nodes that are marked are a way of that very value.
        if let Some(way) = &told.cheapest {
            let leaves: Vec<usize> = way.nodes.iter().copied().filter(|at| tree.is_leaf(*at)).collect();
            prop_assert_eq!(cost(&leaves), Some(way.value));
            let mut sorted = leaves.clone();
            sorted.sort_unstable();
            let mut known: Vec<Vec<usize>> = all.clone();
            known.iter_mut().for_each(|way| way.sort_unstable());
            prop_assert!(known.contains(&sorted));
        }
    }

    #[test]
    fn a_measure_never_makes_an_attack_cheaper(tree in trees()) {
        let (bare, now, later) = (outlook(&tree, Guard::None), outlook(&tree, Guard::Done), outlook(&tree, Guard::Planned));
        for (before, after) in [(&bare, &now), (&now, &later)] {
            if let (Some(before), Some(after)) = (&before.cheapest, &after.cheapest) {
                prop_assert!(before.value <= after.value);
            }
            prop_assert!(before.likelihood_ceiling >= after.likelihood_ceiling);
        }
    }
}
