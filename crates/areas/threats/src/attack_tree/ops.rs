//! What people do with a tree: add, move, delete and undo, fill in, register as a risk. Each is one transaction under the tree's version.

use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::{Lang, Words};
use mamori_ledger::ops::{self, Gate as Through};
use mamori_ledger::{Choice as _, Ledger as _, Record, Registry, Values, query};
use mamori_risk::catalogs_risk;
use mamori_risk::scenario;
use mamori_store::{Tx, dialect};

use super::queries::{self, Listed};
use super::rules::{MOST_NODES, Tree, parse_outline, plant};
use super::{AttackNode, AttackTree, NodeKind};
use crate::neighbours::{Draft, Source, Stride};
use crate::parts::{may_register, refuse, shape};

/// A change of the tree at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed<'a> {
    /// Adds a node below.
    Child,
    /// Adds a node after it, below the same one.
    Sibling,
    /// One place up among its siblings.
    Up,
    /// One place down.
    Down,
    /// Below the sibling before it.
    In,
    /// Beside the node above it.
    Out,
    /// Below another node, at the end.
    Below(&'a str),
    /// Takes it and everything below it away.
    Delete,
    /// Adds a threat of the catalogue below.
    Suggest(&'a str),
    /// Adds the lines of a text below; indented lines stand below the line before.
    Outline(&'a str),
}

/// What a change led to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The node that is selected afterwards.
    pub node: String,
    /// It is new and waits for its name.
    pub fresh: bool,
    /// Key of the sentence that says what happened; empty for nothing to say.
    pub said: &'static str,
    /// How many nodes it was about.
    pub count: usize,
    /// The instant that undoes it.
    pub undo: Option<String>,
    /// Something was written; otherwise the transaction is given up.
    pub changed: bool,
}

/// A tree taken for a change.
struct Held {
    record: Record,
    nodes: Vec<Listed>,
    tree: Tree,
}

impl Held {
    fn id(&self, at: usize) -> String {
        self.tree.nodes.get(at).map(|node| node.id.clone()).unwrap_or_default()
    }

    fn ids(&self, places: &[usize]) -> Vec<String> {
        places.iter().map(|at| self.id(*at)).collect()
    }

    fn siblings(&self, at: usize) -> Vec<String> {
        self.above(at).map_or_else(Vec::new, |over| self.ids(self.tree.below(over)))
    }

    fn above(&self, at: usize) -> Option<usize> {
        self.tree.above.get(at).copied().flatten()
    }
}

async fn hold(registry: &Registry, tx: &mut Tx, id: &str, version: Option<i64>) -> Result<Held> {
    let trees = shape(registry, tx, AttackTree::CODE).await?;
    let record = query::find(tx, &trees, id, Action::Edit).await?;
    ops::in_use(&record)?;
    queries::take(tx, id, version).await?;
    let nodes = queries::nodes(tx, id).await?;
    let tree = plant(nodes.iter().map(|listed| listed.node.clone()).collect()).map_err(|_| broken())?;
    Ok(Held { record, nodes, tree })
}

/// What is said where a tree does not hang together.
pub(super) fn broken() -> Error {
    Error::refused(
        "ツリーの項目のつながりが壊れているため、この操作はできません。画面の上に出ている説明を確認してください。",
        "The nodes of this tree do not hang together, so this cannot be done. Please see the explanation at the top of the page.",
    )
}

/// Changes the tree at a node. `version` is the one that the reader saw.
///
/// # Errors
/// [`Error::Conflict`] when another person changed the tree meanwhile; [`Error::Refused`] for what cannot be; [`Error::NotFound`].
pub async fn act(registry: &Registry, tx: &mut Tx, id: &str, version: i64, node: &str, deed: Deed<'_>) -> Result<Outcome> {
    let held = hold(registry, tx, id, Some(version)).await?;
    change(registry, tx, &held, node, deed).await
}

/// A second change in the same transaction, right after a save.
///
/// # Errors
/// As [`act`].
pub async fn then(registry: &Registry, tx: &mut Tx, id: &str, node: &str, deed: Deed<'_>) -> Result<Outcome> {
    let held = hold(registry, tx, id, None).await?;
    change(registry, tx, &held, node, deed).await
}

async fn change(registry: &Registry, tx: &mut Tx, held: &Held, node: &str, deed: Deed<'_>) -> Result<Outcome> {
    let at = held.tree.find(node).ok_or(Error::NotFound)?;
    match deed {
        Deed::Child => add(registry, tx, held, at, held.tree.below(at).len(), "", None).await,
        Deed::Sibling => {
            let (over, place) = beside(held, at)?;
            add(registry, tx, held, over, place.saturating_add(1), "", None).await
        }
        Deed::Suggest(code) => {
            let threat = catalogs_risk::get().threat(code).ok_or(Error::NotFound)?;
            let letter = threat.stride.first().and_then(|letter| Stride::parse(letter));
            let title = threat.name.get(tx.actor().lang);
            let mut done = add(registry, tx, held, at, held.tree.below(at).len(), title, letter).await?;
            (done.node, done.fresh, done.said) = (node.to_owned(), false, "attack-suggested");
            Ok(done)
        }
        Deed::Outline(text) => outline(registry, tx, held, at, text).await,
        Deed::Up | Deed::Down => shift(tx, registry, held, at, deed == Deed::Down).await,
        Deed::In | Deed::Out | Deed::Below(_) => move_to(registry, tx, held, at, deed).await,
        Deed::Delete => delete(registry, tx, held, at).await,
    }
}

/// The node above and the place among its children; the top has none.
fn beside(held: &Held, at: usize) -> Result<(usize, usize)> {
    let Some(over) = held.above(at) else {
        return refuse(
            "頂点は一つだけなので、横に並べることも、動かすことも、消すこともできません。下に追加してください。",
            "There is only one top: nothing stands beside it, and it can be neither moved nor deleted. Please add below it.",
        );
    };
    let place = held.tree.below(over).iter().position(|below| *below == at).unwrap_or_default();
    Ok((over, place))
}

fn room(held: &Held, more: usize) -> Result<()> {
    if held.nodes.len().saturating_add(more) <= MOST_NODES {
        return Ok(());
    }
    refuse(
        "一つのツリーの項目は300個までです。大きな枝は、別のツリーに分けてください。",
        "A tree holds at most 300 nodes. Please make a tree of its own for a large branch.",
    )
}

async fn create(
    registry: &Registry,
    tx: &mut Tx,
    held: &Held,
    over: &str,
    place: usize,
    title: &str,
    letter: Option<Stride>,
) -> Result<String> {
    let title = match (title.is_empty(), tx.actor().lang) {
        (false, _) => title,
        (true, Lang::Ja) => "新しい手段",
        (true, Lang::En) => "New means",
    };
    let values = Values::default()
        .with("title", title)
        .with("tree", held.record.meta.id.as_str())
        .with("parent", over)
        .with("kind", NodeKind::Means.code())
        .with("position", position(place))
        .with("stride", letter.map(Stride::code).unwrap_or_default())
        .with("department", held.record.get("department").as_str());
    let nodes = shape(registry, tx, AttackNode::CODE).await?;
    Ok(ops::create(registry, tx, &nodes, values, None, Through::Program).await?.meta.id)
}

fn position(place: usize) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX).saturating_add(1)
}

/// Writes the order of siblings. It goes along with a logged change and needs no entry of its own.
async fn arrange(tx: &mut Tx, order: &[String]) -> Result<()> {
    for (place, id) in order.iter().enumerate() {
        queries::place(tx, id, position(place)).await?;
    }
    Ok(())
}

async fn add(
    registry: &Registry,
    tx: &mut Tx,
    held: &Held,
    over: usize,
    place: usize,
    title: &str,
    letter: Option<Stride>,
) -> Result<Outcome> {
    room(held, 1)?;
    let made = create(registry, tx, held, &held.id(over), place, title, letter).await?;
    let mut order = held.ids(held.tree.below(over));
    order.insert(place.min(order.len()), made.clone());
    arrange(tx, &order).await?;
    Ok(Outcome { node: made, fresh: true, said: "", count: 1, undo: None, changed: true })
}

async fn outline(registry: &Registry, tx: &mut Tx, held: &Held, at: usize, text: &str) -> Result<Outcome> {
    let lines = parse_outline(text);
    if lines.is_empty() {
        return Err(Error::field(
            "outline",
            Words::new("1行に1項目ずつ、文字を入力してください。", "Please write one node a line."),
        ));
    }
    room(held, lines.len())?;
    let mut open = vec![(held.id(at), held.tree.below(at).len())];
    for line in &lines {
        open.truncate(line.depth);
        let Some((over, used)) = open.last_mut() else { break };
        let (over, place) = (over.clone(), *used);
        *used = used.saturating_add(1);
        let made = create(registry, tx, held, &over, place, &line.title, None).await?;
        open.push((made, 0));
    }
    Ok(Outcome { node: held.id(at), fresh: false, said: "attack-outlined", count: lines.len(), undo: None, changed: true })
}

async fn shift(tx: &mut Tx, registry: &Registry, held: &Held, at: usize, down: bool) -> Result<Outcome> {
    let (_, place) = beside(held, at)?;
    let mut order = held.siblings(at);
    let to = if down { place.saturating_add(1) } else { place.saturating_sub(1) };
    let done = Outcome { node: held.id(at), ..Outcome::default() };
    if to == place || to >= order.len() {
        return Ok(done);
    }
    order.swap(place, to);
    arrange(tx, &order).await?;
    let nodes = shape(registry, tx, AttackNode::CODE).await?;
    // The order is part of the picture that people discussed: it is logged at the node that was moved.
    let now = query::find(tx, &nodes, &held.id(at), Action::View).await?;
    let diff = serde_json::json!({ "position": [position(place), position(to)] });
    tx.log(mamori_store::Change::new("move", AttackNode::CODE, &now.meta.id, &ops::label(&nodes.def, &now), diff)).await?;
    Ok(Outcome { changed: true, ..done })
}

async fn move_to(registry: &Registry, tx: &mut Tx, held: &Held, at: usize, deed: Deed<'_>) -> Result<Outcome> {
    let (over, place) = beside(held, at)?;
    let id = held.id(at);
    let stay = Outcome { node: id.clone(), ..Outcome::default() };
    let siblings = held.tree.below(over);
    let (target, to) = match deed {
        Deed::In => match place.checked_sub(1).and_then(|before| siblings.get(before)) {
            Some(before) => (*before, held.tree.below(*before).len()),
            None => return Ok(stay),
        },
        Deed::Out => match held.above(over) {
            Some(high) => {
                (high, held.tree.below(high).iter().position(|below| *below == over).unwrap_or_default().saturating_add(1))
            }
            None => return Ok(stay),
        },
        Deed::Below(other) => {
            let target = held.tree.find(other).ok_or(Error::NotFound)?;
            (target, held.tree.below(target).len())
        }
        _ => return Ok(stay),
    };
    if target == over {
        return Ok(stay);
    }
    let nodes = shape(registry, tx, AttackNode::CODE).await?;
    let values = Values::default().with("parent", held.id(target).as_str()).with("position", position(to));
    ops::update(registry, tx, &nodes, &id, None, values, Through::Program).await.map_err(first_reason)?;
    let mut order = held.ids(held.tree.below(target));
    order.insert(to.min(order.len()), id);
    arrange(tx, &order).await?;
    Ok(Outcome { said: "attack-moved", changed: true, ..stay })
}

/// A field that this page does not show is told as a refusal.
fn first_reason(error: Error) -> Error {
    match error {
        Error::Invalid(fields) => match fields.into_iter().next() {
            Some(field) => Error::Refused(field.message),
            None => broken(),
        },
        other => other,
    }
}

async fn delete(registry: &Registry, tx: &mut Tx, held: &Held, at: usize) -> Result<Outcome> {
    let (over, _) = beside(held, at)?;
    let branch = held.tree.branch(at);
    let nodes = shape(registry, tx, AttackNode::CODE).await?;
    for below in branch.iter().rev() {
        ops::retire(registry, tx, &nodes, &held.id(*below), None).await?;
    }
    let at = dialect::instant(tx.now());
    Ok(Outcome { node: held.id(over), fresh: false, said: "attack-deleted", count: branch.len(), undo: Some(at), changed: true })
}

/// Brings back what was deleted at an instant.
///
/// # Errors
/// [`Error::Refused`] when there is nothing, or the node above is gone as well; [`Error::NotFound`].
pub async fn undo(registry: &Registry, tx: &mut Tx, id: &str, at: &str) -> Result<Outcome> {
    let held = hold(registry, tx, id, None).await?;
    let gone = queries::deleted(tx, id, at).await?;
    let above = gone.iter().find(|(_, parent)| !gone.iter().any(|(other, _)| other == parent));
    let Some((top, parent)) = above else {
        return refuse(
            "元に戻すものが見つかりません。すでに元に戻っています。",
            "There is nothing to bring back; it has been brought back already.",
        );
    };
    if held.tree.find(parent).is_none() {
        return refuse(
            "上の項目も消えているため、元に戻せません。先に上の項目を元に戻してください。",
            "The node above is gone as well. Please bring that back first.",
        );
    }
    room(&held, gone.len())?;
    let nodes = shape(registry, tx, AttackNode::CODE).await?;
    for (node, _) in &gone {
        ops::restore(registry, tx, &nodes, node).await?;
    }
    Ok(Outcome { node: top.clone(), fresh: false, said: "attack-undone", count: gone.len(), undo: None, changed: true })
}

/// Saves the fields of a node; the title of the top is the tree's own. True when something changed.
///
/// # Errors
/// As [`act`]; [`Error::Invalid`] for numbers that make no sense.
pub async fn save(registry: &Registry, tx: &mut Tx, id: &str, version: i64, node: &str, values: Values) -> Result<bool> {
    let held = hold(registry, tx, id, Some(version)).await?;
    let at = held.tree.find(node).ok_or(Error::NotFound)?;
    let title = values.get("title").as_str();
    let mut changed = false;
    if held.above(at).is_none() && !title.is_empty() && title != held.record.get("goal").as_str() {
        let trees = shape(registry, tx, AttackTree::CODE).await?;
        ops::update(registry, tx, &trees, id, None, Values::default().with("goal", title), Through::Program).await?;
        changed = true;
    }
    let nodes = shape(registry, tx, AttackNode::CODE).await?;
    let before = query::find(tx, &nodes, node, Action::View).await?;
    let after = ops::update(registry, tx, &nodes, node, None, values, Through::Program).await?;
    Ok(changed || after.meta.version != before.meta.version)
}

/// Where a node is shown; also the identity of the risk that comes from it.
pub fn address(tree: &str, node: &str) -> String {
    format!("/threats/attack_tree/{tree}/editor?node={node}")
}

/// Registers a node as a risk; gives the row id of the risk. Done twice it gives the same risk.
///
/// # Errors
/// As [`act`]; [`Error::Forbidden`] for those who may not register risks.
pub async fn register(registry: &Registry, tx: &mut Tx, id: &str, version: i64, node: &str) -> Result<String> {
    let held = hold(registry, tx, id, Some(version)).await?;
    let at = held.tree.find(node).ok_or(Error::NotFound)?;
    if let Some(known) = held.nodes.get(at).filter(|node| !node.scenario.is_empty()) {
        // Nothing was written but the tree's version.
        tx.technical();
        return Ok(known.scenario.clone());
    }
    may_register(tx, held.record.get("department").as_str())?;
    let draft = draft(tx.actor().lang, &held, at);
    let risk = scenario::ops::add(tx, registry, draft).await?;
    let nodes = shape(registry, tx, AttackNode::CODE).await?;
    let values = Values::default().with("scenario", risk.as_str());
    ops::update(registry, tx, &nodes, node, None, values, Through::Program).await?;
    Ok(risk)
}

fn draft(lang: Lang, held: &Held, at: usize) -> Draft {
    let tree = AttackTree::from_record(&held.record);
    let title = |at: usize| held.nodes.get(at).map(|node| node.title.clone()).unwrap_or_default();
    let path: Vec<String> = held.tree.path_to(at).into_iter().map(title).collect();
    let mut story = match lang {
        Lang::Ja => format!("アタックツリー「{}」\n{}", tree.title, path.join(" ← ")),
        Lang::En => format!("Attack tree “{}”\n{}", tree.title, path.join(" ← ")),
    };
    let note = held.nodes.get(at).map(|node| node.note.clone()).unwrap_or_default();
    for more in [&tree.worst_case.0, &note] {
        if !more.is_empty() {
            story.push('\n');
            story.push_str(more);
        }
    }
    let some = |id: &str| (!id.is_empty()).then(|| id.to_owned());
    let title = if path.len() > 1 { format!("{}（{}）", title(at), tree.goal) } else { tree.goal.clone() };
    Draft {
        title,
        story,
        assets: tree.assets.ids.clone(),
        department: some(&tree.department.id),
        owner: some(&tree.owner.id),
        source: Source::AttackTree,
        source_key: address(&held.record.meta.id, &held.id(at)),
        ..Draft::default()
    }
}
