//! The measure check as the rules and its page need it.

use std::collections::BTreeSet;

use mamori_kernel::error::Result;
use mamori_ledger::Choice as _;
use mamori_store::Reader;

use super::AnswerChoice;

/// One question with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Row id.
    pub id: String,
    /// The catalogue's code; empty for the company's own questions.
    pub code: String,
    /// Code of the kind.
    pub kind: String,
    /// The question as the company words it.
    pub question: String,
    /// The answer, if there is one.
    pub answer: Option<AnswerChoice>,
    /// The note.
    pub note: String,
}

/// All questions in use, in order.
///
/// # Errors
/// Database faults.
pub async fn questions(db: &mut impl Reader) -> Result<Vec<Asked>> {
    let rows = db
        .rows(
            "select id, code, kind, question, answer, note from weakness_check \
             where company_id = $1 and retired_at = '' order by coalesce(position, 9999), id",
            vec![],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Asked {
                id: row.get("id")?,
                code: row.text("code")?,
                kind: row.text("kind")?,
                question: row.text("question")?,
                answer: AnswerChoice::parse(&row.text("answer")?),
                note: row.text("note")?,
            })
        })
        .collect()
}

/// Catalogue codes that have a row, in use or retired.
///
/// # Errors
/// Database faults.
pub async fn codes(db: &mut impl Reader) -> Result<BTreeSet<String>> {
    let rows = db.rows("select code from weakness_check where company_id = $1", vec![]).await?;
    rows.iter().map(|row| row.text("code")).collect()
}
