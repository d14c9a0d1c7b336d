//! STRIDE sheets, attack trees and cases from elsewhere.

use mamori_kernel::error::{Error, Result};
use mamori_ledger::Choice as _;
use mamori_risk::threat::Stride;
use mamori_store::Tx;
use mamori_threats::attack_tree::{ops as trees, queries as nodes};
use mamori_threats::case_study::ops as cases;
use mamori_threats::stride::{ops as sheets, queries as parts};

use super::acts::{Node, What};
use super::chapter::{remember, resolve};
use super::stage::{Stage, shape};

/// The version that asks for no comparison: nobody else works on the tree while the past is played.
const ANY: i64 = 0;

/// Carries out what concerns threats.
pub(super) async fn perform(stage: &mut Stage<'_>, tx: &mut Tx, what: &What) -> Result<()> {
    match what {
        What::Parts { model, parts } => {
            for (name, kind) in parts {
                sheets::add_part(stage.registry(), tx, stage.id(model)?, name, kind).await?;
            }
            Ok(())
        }
        What::Judge { model, cells } => {
            let id = stage.id(model)?;
            for (part, letter, verdict, note) in cells {
                let part = part_of(tx, id, part).await?;
                let answer = sheets::Answer { part: &part, letter: stride(letter)?, verdict, note, version: 0 };
                sheets::judge(stage.registry(), tx, id, &answer).await?;
            }
            Ok(())
        }
        What::Weak { model, part, letter, threat, code } => {
            let id = stage.id(model)?;
            let part = part_of(tx, id, part).await?;
            let risk = sheets::register(stage.registry(), tx, id, &part, stride(letter)?, threat).await?;
            remember(stage, tx, "scenario", code, &risk).await
        }
        What::Grow { tree, outline } => {
            let id = stage.id(tree)?;
            let known = nodes::nodes(tx, id).await?;
            let top = known.iter().find(|listed| listed.node.parent.is_none()).ok_or(Error::NotFound)?;
            trees::then(stage.registry(), tx, id, &top.node.id, trees::Deed::Outline(outline)).await.map(|_| ())
        }
        What::Nodes { tree, nodes } => fill_in(stage, tx, tree, nodes).await,
        What::Branch { tree, title, code } => {
            let id = stage.id(tree)?;
            let node = node_of(tx, id, title).await?;
            let risk = trees::register(stage.registry(), tx, id, ANY, &node).await?;
            remember(stage, tx, "scenario", code, &risk).await
        }
        What::Learn { case, code } => {
            let risk = cases::register(stage.registry(), tx, stage.id(case)?).await?;
            remember(stage, tx, "scenario", code, &risk).await
        }
        What::Prevent { case, family, code } => {
            let treatment = cases::treat(stage.registry(), tx, stage.id(case)?, family).await?;
            remember(stage, tx, "treatment", code, &treatment).await
        }
        _ => Ok(()),
    }
}

fn stride(letter: &str) -> Result<Stride> {
    Stride::parse(letter).ok_or_else(|| Error::Internal(format!("STRIDE has no “{letter}”")))
}

async fn part_of(tx: &mut Tx, model: &str, name: &str) -> Result<String> {
    let part = parts::parts(tx, model).await?.into_iter().find(|part| part.name == name);
    part.map(|part| part.id).ok_or_else(|| Error::Internal(format!("no part “{name}”")))
}

async fn node_of(tx: &mut Tx, tree: &str, title: &str) -> Result<String> {
    let node = nodes::nodes(tx, tree).await?.into_iter().find(|listed| listed.title == title);
    node.map(|listed| listed.node.id).ok_or_else(|| Error::Internal(format!("no node “{title}”")))
}

async fn fill_in(stage: &Stage<'_>, tx: &mut Tx, tree: &str, nodes: &[Node]) -> Result<()> {
    let id = stage.id(tree)?;
    let shape = shape(stage.registry(), tx, "attack_node").await?;
    for node in nodes {
        let row = node_of(tx, id, &node.title).await?;
        let values = resolve(stage, tx, &shape, &node.values).await?;
        trees::save(stage.registry(), tx, id, ANY, &row, values).await?;
    }
    Ok(())
}
