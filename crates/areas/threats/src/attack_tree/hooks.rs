//! What trees and nodes add to the engine's pages and saves.

use mamori_kernel::error::Result;
use mamori_kernel::i18n;
use mamori_kernel::lang::Words;
use mamori_ledger::hooks::{Button, Hooked, Hooks, Panel, Saving};
use mamori_ledger::ops::{self, Gate as Through};
use mamori_ledger::record::Values;
use mamori_ledger::{Choice as _, Ledger as _, Record, Registry};
use mamori_store::{Tx, View};

use super::rules::{Fault, MOST_COST, Node, plant};
use super::{AttackNode, AttackTree, NodeKind, queries, summary};
use crate::parts::{follow, own_department, shape};

/// The tree's parts.
pub(super) struct TreeHooks;

impl Hooks for TreeHooks {
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(async move {
            let goal = saving.new.get("goal").as_str().to_owned();
            let title = saving.new.get("title").as_str().to_owned();
            let follows = saving.old.is_some_and(|old| old.get("title") == old.get("goal") && old.get("title").as_str() == title);
            if title.is_empty() || follows {
                let short: String = goal.chars().take(100).collect();
                saving.new.values.set("title", short);
            }
            Ok(())
        })
    }

    /// A new tree has its top at once; a top that is renamed on the form is renamed in the picture.
    fn after_save<'a>(
        &'a self,
        tx: &'a mut Tx,
        registry: &'a Registry,
        old: Option<&'a Record>,
        new: &'a Record,
    ) -> Hooked<'a, ()> {
        Box::pin(async move {
            follow(registry, tx, AttackNode::CODE, "tree", old, new).await?;
            if old.is_none_or(|old| old.get("goal") != new.get("goal")) {
                name_top(registry, tx, new).await?;
            }
            if old.is_some_and(|old| old.get("department") != new.get("department")) {
                let department = new.get("department").as_str();
                queries::move_to(tx, &new.meta.id, Some(department).filter(|id| !id.is_empty())).await?;
            }
            Ok(())
        })
    }

    fn prefill<'a>(&'a self, view: &'a mut View, values: &'a mut Values) -> Hooked<'a, ()> {
        Box::pin(async move {
            own_department(view, AttackTree::CODE, values);
            Ok(())
        })
    }

    fn panels<'a>(&'a self, view: &'a mut View, _registry: &'a Registry, record: &'a Record) -> Hooked<'a, Vec<Panel>> {
        Box::pin(async move {
            let nodes = queries::nodes(view, &record.meta.id).await?;
            let lang = view.actor().lang;
            let body = summary::whole(lang, record.get("title").as_str(), &nodes);
            Ok(vec![Panel { title: i18n::t(lang, "attack-picture"), body, first: true }])
        })
    }

    fn detail_buttons(&self, view: &View, record: &Record) -> Vec<Button> {
        let label = i18n::t(view.actor().lang, "attack-open");
        vec![Button { label, href: format!("/threats/attack_tree/{}/editor", record.meta.id), primary: true }]
    }
}

async fn name_top(registry: &Registry, tx: &mut Tx, tree: &Record) -> Result<()> {
    let goal = tree.get("goal").as_str();
    let nodes = shape(registry, tx, AttackNode::CODE).await?;
    let known = queries::nodes(tx, &tree.meta.id).await?;
    match known.iter().find(|node| node.node.parent.is_none()) {
        Some(top) => {
            ops::update(registry, tx, &nodes, &top.node.id, None, Values::default().with("title", goal), Through::Program)
                .await?;
        }
        None => {
            let values = Values::default()
                .with("title", goal)
                .with("tree", tree.meta.id.as_str())
                .with("kind", NodeKind::Goal.code())
                .with("position", 1)
                .with("department", tree.get("department").as_str());
            ops::create(registry, tx, &nodes, values, None, Through::Program).await?;
        }
    }
    Ok(())
}

/// The node's parts: whatever way a node is written, its tree stays a tree and its numbers make sense.
pub(super) struct NodeHooks;

impl Hooks for NodeHooks {
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(async move {
            judge_numbers(saving);
            if saving.changed("parent") || saving.changed("tree") {
                judge_place(saving).await?;
            }
            Ok(())
        })
    }

    fn after_save<'a>(
        &'a self,
        tx: &'a mut Tx,
        _registry: &'a Registry,
        _old: Option<&'a Record>,
        new: &'a Record,
    ) -> Hooked<'a, ()> {
        Box::pin(async move { queries::loosen(tx, &new.meta.id).await })
    }

    fn detail_buttons(&self, view: &View, record: &Record) -> Vec<Button> {
        let tree = record.get("tree").as_str();
        let label = i18n::t(view.actor().lang, "attack-open");
        vec![Button { label, href: format!("/threats/attack_tree/{tree}/editor?node={}", record.meta.id), primary: true }]
    }
}

fn judge_numbers(saving: &mut Saving<'_>) {
    if saving.new.get("likelihood").as_int().is_some_and(|percent| !(0..=100).contains(&percent)) {
        saving.reject(
            "likelihood",
            Words::new(
                "成功する見込みは、0から100までの整数で入力してください。わからないときは空欄にします。",
                "Please enter the likelihood as a whole number from 0 to 100, or leave it empty if it is not known.",
            ),
        );
    }
    if saving.new.get("cost").as_int().is_some_and(|yen| !(0..=MOST_COST).contains(&yen)) {
        saving.reject(
            "cost",
            Words::new(
                "攻撃する側の手間は、0円から1兆円までで入力してください。わからないときは空欄にします。",
                "Please enter the attacker's effort between 0 and 1,000,000,000,000 yen, or leave it empty if it is not known.",
            ),
        );
    }
}

async fn judge_place(saving: &mut Saving<'_>) -> Result<()> {
    let id = saving.new.meta.id.clone();
    let parent = saving.new.get("parent").as_str().to_owned();
    let tree = saving.new.get("tree").as_str().to_owned();
    let mut nodes: Vec<Node> = queries::nodes(saving.tx, &tree).await?.into_iter().map(|listed| listed.node).collect();
    let parent = (!parent.is_empty()).then_some(parent);
    match nodes.iter_mut().find(|node| node.id == id) {
        Some(own) => own.parent = parent,
        None => nodes.push(Node { id: id.clone(), parent, ..Node::default() }),
    }
    if let Err(faults) = plant(nodes) {
        let about = |fault: &Fault| match fault {
            Fault::NoTop | Fault::Circle(_) => Words::new(
                "自分の下にある項目の下には移せません。輪になり、頂点まで届かなくなります。",
                "A node cannot go below a node that stands below it: the circle would not reach the top any more.",
            ),
            Fault::ManyTops(_) => Words::new(
                "頂点は一つだけです。上の項目を選んでください。",
                "There is only one top. Please choose the node above.",
            ),
            Fault::StrangeParent(_) => Words::new(
                "上の項目が、このツリーに見つかりません。画面を開き直して、もう一度選んでください。",
                "The node above is not in this tree. Please open the page again and choose once more.",
            ),
        };
        let ours = faults.iter().find(|fault| match fault {
            Fault::NoTop => true,
            Fault::ManyTops(ids) | Fault::Circle(ids) => ids.contains(&id),
            Fault::StrangeParent(strange) => *strange == id,
        });
        if let Some(fault) = ours {
            saving.reject("parent", about(fault));
        }
    }
    Ok(())
}
