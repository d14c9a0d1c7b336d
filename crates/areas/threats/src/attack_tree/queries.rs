//! SQL of the trees.

use std::collections::BTreeMap;

use mamori_kernel::error::{Error, Result};
use mamori_ledger::Choice as _;
use mamori_ledger::query::Sql;
use mamori_risk::treatment::State as TreatmentState;
use mamori_store::{Reader, Row, Tx, args, dialect};

use super::Gate;
use super::rules::{Guard, Node};
use crate::neighbours::Stride;

/// A node with what the pages show of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listed {
    /// Row id, node above, gate, numbers, measures.
    pub node: Node,
    /// Title.
    pub title: String,
    /// STRIDE letter.
    pub stride: Option<Stride>,
    /// Row ids of the measures.
    pub measures: Vec<String>,
    /// Note.
    pub note: String,
    /// Row id of the registered risk; empty if none.
    pub scenario: String,
}

/// The nodes of a tree in the order of their siblings, with how far their measures are.
///
/// # Errors
/// Database faults.
pub async fn nodes(db: &mut impl Reader, tree: &str) -> Result<Vec<Listed>> {
    let text = "select id, title, parent, gate, stride, cost, likelihood, measures, note, scenario from attack_node \
                where company_id = $1 and tree = $2 and retired_at = '' order by coalesce(position, 999999), id";
    let rows = db.rows(text, args![tree]).await?;
    let mut nodes: Vec<Listed> = rows.iter().map(read).collect::<Result<_>>()?;
    let used: Vec<&String> = nodes.iter().flat_map(|node| &node.measures).collect();
    let guards = guards(db, &used).await?;
    for node in &mut nodes {
        node.node.guard = node.measures.iter().filter_map(|id| guards.get(id)).copied().max().unwrap_or_default();
    }
    Ok(nodes)
}

fn read(row: &Row) -> Result<Listed> {
    let parent = row.text("parent")?;
    Ok(Listed {
        node: Node {
            id: row.get("id")?,
            parent: (!parent.is_empty()).then_some(parent),
            gate: Gate::parse(&row.text("gate")?).unwrap_or_default(),
            cost: row.get("cost")?,
            likelihood: row.get("likelihood")?,
            guard: Guard::None,
        },
        title: row.text("title")?,
        stride: Stride::parse(&row.text("stride")?),
        measures: serde_json::from_str(&row.text("measures")?).unwrap_or_default(),
        note: row.text("note")?,
        scenario: row.text("scenario")?,
    })
}

/// How far measures are: what was given up, or is out of use, guards nothing.
async fn guards(db: &mut impl Reader, ids: &[&String]) -> Result<BTreeMap<String, Guard>> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut sql = Sql::default();
    let list = sql.bind_all(ids.iter().map(|id| id.as_str()));
    let text = format!("select id, state from treatment where company_id = $1 and retired_at = '' and id in ({list})");
    let rows = db.rows(&text, sql.args).await?;
    rows.iter()
        .map(|row| {
            let guard = match TreatmentState::parse(&row.text("state")?) {
                Some(TreatmentState::Done) => Guard::Done,
                Some(state) if state.is_open() => Guard::Planned,
                _ => Guard::None,
            };
            Ok((row.get("id")?, guard))
        })
        .collect()
}

/// Takes the tree for a change: its version grows by one. Every change of a node goes through here, so that two people who draw the
/// same tree notice each other. `version` is the one the reader saw; `None` takes it as it is.
///
/// # Errors
/// [`Error::Conflict`] when another person changed the tree meanwhile; [`Error::NotFound`].
pub async fn take(tx: &mut Tx, tree: &str, version: Option<i64>) -> Result<()> {
    let (user, now) = (tx.actor().user_id.clone(), dialect::instant(tx.now()));
    let text = "update attack_tree set version = version + 1, updated_by = $4, updated_at = $5 \
                where company_id = $1 and id = $2 and (version = $3 or $3 = 0)";
    if tx.exec(text, args![tree, version.unwrap_or(0), user, now]).await? > 0 {
        return Ok(());
    }
    let text = "select version from attack_tree where company_id = $1 and id = $2";
    let row = tx.first(text, args![tree]).await?.ok_or(Error::NotFound)?;
    Err(Error::Conflict { current: row.get("version")? })
}

/// Gives a node its place among its siblings.
///
/// # Errors
/// Database faults.
pub async fn place(tx: &mut Tx, node: &str, position: i64) -> Result<()> {
    let text = "update attack_node set position = $3 where company_id = $1 and id = $2 and (position is null or position <> $3)";
    tx.exec(text, args![node, position]).await?;
    Ok(())
}

/// Nodes of a tree that were taken out of use at an instant, with the nodes above them.
///
/// # Errors
/// Database faults.
pub async fn deleted(db: &mut impl Reader, tree: &str, at: &str) -> Result<Vec<(String, String)>> {
    let text = "select id, parent from attack_node where company_id = $1 and tree = $2 and retired_at = $3 and retired_at <> '' order by id";
    db.rows(text, args![tree, at]).await?.iter().map(|row| Ok((row.get("id")?, row.text("parent")?))).collect()
}

/// Moves the nodes of a tree into its department.
///
/// # Errors
/// Database faults.
pub async fn move_to(tx: &mut Tx, tree: &str, department: Option<&str>) -> Result<()> {
    let text = "update attack_node set department = $3 where company_id = $1 and tree = $2";
    tx.exec(text, args![tree, department]).await?;
    Ok(())
}

/// Forgets the links that hold a node to its tree and to the node above: a branch can then be taken out of use as a whole.
///
/// # Errors
/// Database faults.
pub async fn loosen(tx: &mut Tx, node: &str) -> Result<()> {
    let text = "delete from link where company_id = $1 and from_id = $2 and field in ('tree', 'parent')";
    tx.exec(text, args![node]).await?;
    Ok(())
}
