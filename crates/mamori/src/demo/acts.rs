//! Deeds whose content is a few fields of a few rows: `catalogs/demo/` lists them with their day and doer.
//!
//! A file reads like a diary. Codes name rows (`K-06`, `A-055`, `1511`); days are offsets from today. What a value means is known from the
//! ledger's field: see [`super::chapter`].

use std::collections::BTreeMap;

use serde::Deserialize;

/// Something that somebody did on a day.
#[derive(Debug, Deserialize)]
pub(super) struct Act {
    /// Offset from today.
    pub day: i32,
    /// Number of the person.
    pub by: String,
    /// What.
    #[serde(flatten)]
    pub what: What,
}

/// What was done.
#[derive(Debug, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub(super) enum What {
    /// A row is written.
    Add { ledger: String, code: String, values: toml::Table },
    /// A row is changed; `cause` stands in the history of a risk, `note` is a comment beside it.
    Change {
        code: String,
        values: toml::Table,
        #[serde(default)]
        cause: String,
        #[serde(default)]
        note: String,
    },
    /// A row that another deed made gets a code: the one to which a field of a row points.
    Call { row: String, field: String, code: String },
    /// The company says how much risk it bears.
    Appetite { score: i64, yen: i64, reason: String },
    /// Suggestions are entered as risks: their keys by the code that the risk gets.
    Suggested { keys: BTreeMap<String, String> },
    /// A suggestion is put aside.
    Dismiss { key: String, reason: String },
    /// Approval is asked for.
    Ask { row: String, reason: String },
    /// Somebody at a place of the route decides.
    Decide { row: String, place: i64, verdict: String, comment: String },
    /// A STRIDE sheet is taken apart: names and kinds.
    Parts { model: String, parts: Vec<(String, String)> },
    /// Cells are judged: part, letter, verdict, note.
    Judge { model: String, cells: Vec<(String, String, String, String)> },
    /// A weak cell becomes a risk.
    Weak { model: String, part: String, letter: String, threat: String, code: String },
    /// A tree grows below its top.
    Grow { tree: String, outline: String },
    /// Nodes of a tree are filled in.
    Nodes { tree: String, nodes: Vec<Node> },
    /// A node becomes a risk.
    Branch { tree: String, title: String, code: String },
    /// A case becomes a risk.
    Learn { case: String, code: String },
    /// The prevention of one kind becomes a treatment.
    Prevent { case: String, family: String, code: String },
    /// The cost of the measures comes into the budget.
    TakeOver,
    /// A request is drafted for everything of a fiscal year (0 is today's) that nobody asked for.
    Request { year: i64, code: String },
    /// Money for a measure is spent.
    Spend { on: String, yen: i64 },
    /// Questions of a check are answered: `yes`, `partly`, `no`, `unknown`, with a remark after a bar.
    Answers { check: String, answers: BTreeMap<String, String> },
    /// A check is finished or reviewed.
    Move { check: String, to: String },
    /// An answer becomes a risk.
    Find { check: String, item: String, code: String },
}

/// What is known of a node of a tree.
#[derive(Debug, Deserialize)]
pub(super) struct Node {
    pub title: String,
    #[serde(flatten)]
    pub values: toml::Table,
}
