//! The change log: who, when, what, from where; each entry holds the hash of the one before, per company. Nothing prunes it.

use std::sync::Arc;

use mamori_kernel::error::{Error, Result};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::actor::{Actor, Origin};
use crate::db::Db;
use crate::dialect::instant;
use crate::row::Row;
use crate::tx::{Append, Tx};
use crate::view::{Reader, View};

/// What a use case tells the log.
#[derive(Clone, Debug)]
pub struct Change {
    /// A verb: `create`, `update`, `retire`, `restore`, `import`, `sign-in` …
    pub action: String,
    /// The ledger or other resource.
    pub ledger: String,
    /// The row.
    pub row_id: String,
    /// The row's name at that time, so that history is readable without the row.
    pub label: String,
    /// What changed: `{"field": ["before", "after"]}` in stored form. Never a secret.
    pub diff: Json,
}

impl Change {
    /// An entry.
    pub fn new(action: &str, ledger: &str, row_id: &str, label: &str, diff: Json) -> Change {
        // The hash is that of the text as it is kept.
        let label = crate::arg::storable(label.to_owned());
        Change { action: action.to_owned(), ledger: ledger.to_owned(), row_id: row_id.to_owned(), label, diff }
    }
}

/// An entry as it is kept.
#[derive(Clone, Debug)]
pub struct LogEntry {
    /// Position in the company's chain, from 1.
    pub seq: i64,
    /// Instant (RFC 3339 UTC).
    pub at: String,
    /// The account; empty for the program.
    pub user_id: String,
    /// The name at that time.
    pub actor: String,
    /// The door: `web …`, `api …`, `cli`, `job …`.
    pub origin: String,
    /// The verb.
    pub action: String,
    /// The ledger.
    pub ledger: String,
    /// The row.
    pub row_id: String,
    /// The row's name.
    pub label: String,
    /// What changed, as JSON text.
    pub diff: String,
    /// Hash of the entry before.
    pub prev_hash: String,
    /// Hash of this entry.
    pub hash: String,
}

impl LogEntry {
    /// Reads an entry from a row that selects all columns.
    ///
    /// # Errors
    /// [`Error::Internal`] for a missing column.
    pub fn read(row: &Row) -> Result<LogEntry> {
        Ok(LogEntry {
            seq: row.get("seq")?,
            at: row.get("at")?,
            user_id: row.get("user_id")?,
            actor: row.get("actor")?,
            origin: row.get("origin")?,
            action: row.get("action")?,
            ledger: row.get("ledger")?,
            row_id: row.get("row_id")?,
            label: row.get("label")?,
            diff: row.get("diff")?,
            prev_hash: row.get("prev_hash")?,
            hash: row.get("hash")?,
        })
    }

    /// The hash that this entry ought to have. Fields are length-prefixed, so no two different entries give the same input.
    pub fn computed_hash(&self, company_id: &str) -> String {
        let seq = self.seq.to_string();
        let mut hasher = Sha256::new();
        for part in [
            company_id,
            &seq,
            &self.at,
            &self.user_id,
            &self.actor,
            &self.origin,
            &self.action,
            &self.ledger,
            &self.row_id,
            &self.label,
            &self.diff,
            &self.prev_hash,
        ] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part.as_bytes());
        }
        crate::files::hex(&hasher.finalize())
    }
}

/// The end of the chain while a transaction is open.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    seq: i64,
    hash: String,
    dirty: bool,
}

async fn head(tx: &mut Tx) -> Result<Head> {
    if let Some(head) = &tx.head {
        return Ok(head.clone());
    }
    tx.exec_quietly("insert into change_head (company_id, seq, hash) values ($1, 0, '') on conflict do nothing", vec![]).await?;
    // An update takes the row's lock on PostgreSQL, so that two writers of one company cannot fork the chain.
    let row = tx
        .first("update change_head set seq = seq where company_id = $1 returning seq, hash", vec![])
        .await?
        .ok_or_else(|| Error::Internal("the change log has no head".to_owned()))?;
    Ok(Head { seq: row.get("seq")?, hash: row.get("hash")?, dirty: false })
}

pub(crate) async fn append(tx: &mut Tx, change: Change) -> Result<()> {
    let before = head(tx).await?;
    let actor = tx.actor().clone();
    let mut entry = LogEntry {
        seq: before.seq + 1,
        at: instant(tx.now()),
        user_id: actor.user_id.clone(),
        actor: actor.name.clone(),
        origin: actor.origin.text(),
        action: change.action,
        ledger: change.ledger,
        row_id: change.row_id,
        label: change.label,
        diff: change.diff.to_string(),
        prev_hash: before.hash,
        hash: String::new(),
    };
    entry.hash = entry.computed_hash(&actor.company_id);
    tx.head = Some(Head { seq: entry.seq, hash: entry.hash.clone(), dirty: true });
    static ENTRY: Append = Append {
        table: "change_log",
        head: "insert into change_log (company_id, seq, at, user_id, actor, origin, action, ledger, row_id, label, diff, prev_hash, hash) values",
        row: "(@, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        tail: "",
    };
    tx.append(
        &ENTRY,
        crate::args![
            entry.seq,
            entry.at,
            entry.user_id,
            entry.actor,
            entry.origin,
            entry.action,
            entry.ledger,
            entry.row_id,
            entry.label,
            entry.diff,
            entry.prev_hash,
            entry.hash
        ],
    )
    .await
}

pub(crate) async fn save_head(tx: &mut Tx) -> Result<()> {
    if let Some(head) = tx.head.clone()
        && head.dirty
    {
        tx.exec_quietly("update change_head set seq = $2, hash = $3 where company_id = $1", crate::args![head.seq, head.hash])
            .await?;
    }
    Ok(())
}

/// The outcome of walking a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// The company.
    pub company_id: String,
    /// Entries walked.
    pub entries: i64,
    /// The first entry that does not fit, with the reason; `None` when the chain is whole.
    pub broken: Option<(i64, String)>,
}

/// Walks a company's chain from the first entry to the head.
///
/// # Errors
/// [`Error::Unavailable`] when the database is away.
pub async fn verify(view: &mut View) -> Result<Verification> {
    let company_id = view.actor().company_id.clone();
    let mut expected = Verification { company_id: company_id.clone(), entries: 0, broken: None };
    let mut prev = String::new();
    let mut next = 1_i64;
    loop {
        let rows = view
            .rows("select * from change_log where company_id = $1 and seq >= $2 order by seq limit 2000", crate::args![next])
            .await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            let entry = LogEntry::read(row)?;
            let fault = if entry.seq != next {
                Some(format!("entry {next} is missing (found {})", entry.seq))
            } else if entry.prev_hash != prev {
                Some("does not continue the entry before".to_owned())
            } else if entry.computed_hash(&company_id) != entry.hash {
                Some("content does not match its hash".to_owned())
            } else {
                None
            };
            if let Some(reason) = fault {
                expected.broken = Some((next, reason));
                return Ok(expected);
            }
            expected.entries += 1;
            next += 1;
            prev = entry.hash;
        }
    }
    let head = view.first("select seq, hash from change_head where company_id = $1", vec![]).await?;
    let (seq, hash) = match head {
        Some(row) => (row.get::<i64>("seq")?, row.get::<String>("hash")?),
        None => (0, String::new()),
    };
    if seq != expected.entries || hash != prev {
        expected.broken = Some((expected.entries + 1, format!("the log ends at {} but its head says {seq}", expected.entries)));
    }
    Ok(expected)
}

/// Walks the chains of all companies of the installation.
///
/// # Errors
/// As [`verify`].
pub async fn verify_all(db: &Db) -> Result<Vec<Verification>> {
    let ids = crate::company::company_ids(db).await?;
    let mut all = Vec::with_capacity(ids.len());
    for id in ids {
        let actor = Actor::program(&id, "verify", Origin::Cli, Default::default());
        let mut view = db.view(Arc::new(actor)).await?;
        all.push(verify(&mut view).await?);
    }
    Ok(all)
}
