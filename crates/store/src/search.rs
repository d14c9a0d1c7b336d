//! The search index over all ledgers: our own tokens (kernel::text) in FTS5 or a tsvector, one document a row.

use mamori_kernel::error::Result;
use mamori_kernel::text::{search_query, search_tokens};

use crate::arg::Arg;
use crate::args;
use crate::db::Engine;
use crate::tx::{Append, Tx};
use crate::view::Reader as _;

/// What is known of a row for finding it and for judging who may see it.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The ledger's code.
    pub ledger: String,
    /// The row.
    pub row_id: String,
    /// What the reader sees.
    pub title: String,
    /// A second line.
    pub subtitle: String,
    /// Everything that can be found.
    pub text: String,
    /// For department scope; empty if none.
    pub department_id: String,
    /// For own scope; empty if none.
    pub owner_id: String,
    /// 0–3.
    pub classification: i64,
}

/// Puts a row into the index, replacing what stood there. `new` says that nothing can stand there yet.
///
/// # Errors
/// As [`Tx::exec`].
pub async fn put(tx: &mut Tx, new: bool, doc: &Document) -> Result<()> {
    let engine = tx.engine();
    let tokens = search_tokens(&doc.text);
    let known = if new {
        None
    } else {
        tx.first("select doc_no from search_doc where company_id = $1 and row_id = $2", args![&doc.row_id]).await?
    };
    let doc_no = match known {
        Some(row) => {
            let doc_no: i64 = row.get("doc_no")?;
            tx.exec_quietly(
                "update search_doc set title = $3, subtitle = $4, department_id = $5, owner_id = $6, classification = $7, ledger = $8 \
                 where company_id = $1 and doc_no = $2",
                args![doc_no, &doc.title, &doc.subtitle, &doc.department_id, &doc.owner_id, doc.classification, &doc.ledger],
            )
            .await?;
            forget(tx, doc_no).await?;
            doc_no
        }
        None => {
            let doc_no = fresh_number();
            tx.append(
                &DOCUMENT,
                args![
                    doc_no,
                    &doc.ledger,
                    &doc.row_id,
                    &doc.title,
                    &doc.subtitle,
                    &doc.department_id,
                    &doc.owner_id,
                    doc.classification
                ],
            )
            .await?;
            doc_no
        }
    };
    let words = match engine {
        Engine::Sqlite => &WORDS_SQLITE,
        Engine::Postgres => &WORDS_PG,
    };
    tx.append(words, args![doc_no, tokens]).await
}

static DOCUMENT: Append = Append {
    table: "search_doc",
    head: "insert into search_doc (company_id, doc_no, ledger, row_id, title, subtitle, department_id, owner_id, classification) values",
    row: "(@, ?, ?, ?, ?, ?, ?, ?, ?)",
    tail: "",
};

static WORDS_SQLITE: Append =
    Append { table: "search_fts", head: "insert into search_fts (rowid, tokens) values", row: "(?, ?)", tail: "" };
static WORDS_PG: Append = Append {
    table: "search_fts",
    head: "insert into search_fts (rowid, tokens) values",
    row: "(?, to_tsvector('simple', ?))",
    tail: "",
};

/// Positive, unique with overwhelming probability, made without asking the database: the random half of a UUID.
fn fresh_number() -> i64 {
    let bits = uuid::Uuid::new_v4().as_u128() as u64;
    i64::try_from(bits >> 2).unwrap_or(1)
}

async fn forget(tx: &mut Tx, doc_no: i64) -> Result<()> {
    tx.exec_quietly("delete from search_fts where rowid = $2 and $1 <> ''", args![doc_no]).await?;
    Ok(())
}

/// Takes a row out of the index.
///
/// # Errors
/// As [`Tx::exec`].
pub async fn remove(tx: &mut Tx, row_id: &str) -> Result<()> {
    let known = tx.first("select doc_no from search_doc where company_id = $1 and row_id = $2", args![row_id]).await?;
    if let Some(row) = known {
        let doc_no: i64 = row.get("doc_no")?;
        forget(tx, doc_no).await?;
        tx.exec_quietly("delete from search_doc where company_id = $1 and doc_no = $2", args![doc_no]).await?;
    }
    Ok(())
}

/// SQL that is true for documents matching the reader's words, with the argument to bind as `$n`. `None` when nothing can match everything (an empty query).
///
/// The SQL is to be used as `d.doc_no in (…)`.
pub fn matching(engine: Engine, words: &str, n: usize) -> Option<(String, Arg)> {
    let query = search_query(words);
    if query.is_empty() {
        return None;
    }
    let expression = match engine {
        Engine::Sqlite => query.fts5(),
        Engine::Postgres => query.tsquery(),
    };
    let sql = match engine {
        Engine::Sqlite => format!("select rowid from search_fts where search_fts match ${n}"),
        Engine::Postgres => format!("select rowid from search_fts where tokens @@ to_tsquery('simple', ${n})"),
    };
    Some((sql, Arg::from(expression)))
}
