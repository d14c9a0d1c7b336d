//! SQL of the answers.

use mamori_kernel::error::Result;
use mamori_store::{Reader, Tx, args, dialect};

use crate::score::{Answers, Given};

/// An answer as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Row id.
    pub id: String,
    /// Version of the row.
    pub version: i64,
    /// Code of the item.
    pub item: String,
    /// What was answered.
    pub given: Given,
    /// Who answered.
    pub assessor: String,
    /// The day, ISO 8601; empty if none.
    pub answered_on: String,
    /// Who reviewed it.
    pub reviewed_by: String,
    /// The account that saved it last.
    pub updated_by: String,
}

/// All answers of a check, with the number of files kept with each: one statement, however many items.
///
/// # Errors
/// Database faults.
pub async fn of_sheet(db: &mut impl Reader, sheet: &str) -> Result<Vec<Kept>> {
    let rows = db
        .rows(
            "select a.id, a.version, a.item, a.answer, a.to_be, a.note, a.evidence, a.assessor_name, a.updated_by, a.answered_on, a.reviewed_by, \
               (select count(*) from attachment f where f.company_id = $1 and f.row_id = a.id and f.removed_at = '') as files \
             from check_answer a where a.company_id = $1 and a.sheet = $2 and a.retired_at = ''",
            args![sheet],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Kept {
                id: row.get("id")?,
                version: row.get("version")?,
                item: row.text("item")?,
                given: Given {
                    answer: row.text("answer")?,
                    to_be: row.get("to_be")?,
                    note: row.text("note")?,
                    evidence: row.text("evidence")?,
                    files: row.get("files")?,
                },
                assessor: row.text("assessor_name")?,
                answered_on: row.text("answered_on")?,
                reviewed_by: row.text("reviewed_by")?,
                updated_by: row.text("updated_by")?,
            })
        })
        .collect()
}

/// The answers only, for the rules.
pub fn answers(kept: &[Kept]) -> Answers {
    kept.iter().map(|kept| (kept.item.clone(), kept.given.clone())).collect()
}

/// Notes who reviewed the answers of a check.
pub(crate) async fn reviewed(tx: &mut Tx, sheet: &str, name: &str) -> Result<()> {
    let text =
        "update check_answer set reviewed_by = $3, version = version + 1 where company_id = $1 and sheet = $2 and answer <> ''";
    tx.exec(text, args![sheet, name]).await.map(|_| ())
}

/// Lets the answers follow the check to another department or owner.
pub(crate) async fn follow(tx: &mut Tx, sheet: &str, department: Option<&str>, owner: Option<&str>) -> Result<()> {
    let text = "update check_answer set department = $3, owner = $4 where company_id = $1 and sheet = $2";
    tx.exec(text, args![sheet, department.map(str::to_owned), owner.map(str::to_owned)]).await.map(|_| ())
}

/// Forgets which rows an answer named as evidence.
pub(crate) async fn forget_evidence(tx: &mut Tx, answer: &str) -> Result<()> {
    let text = "delete from link where company_id = $1 and from_id = $2 and field = 'evidence'";
    tx.exec(text, args![answer]).await.map(|_| ())
}

/// Takes the answers out of use together with their check, so that nothing holds on to it.
pub(crate) async fn retire(tx: &mut Tx, sheet: &str) -> Result<()> {
    let now = dialect::instant(tx.now());
    tx.exec("update check_answer set retired_at = $3 where company_id = $1 and sheet = $2", args![sheet, now]).await?;
    tx.exec("delete from link where company_id = $1 and to_id = $2 and from_ledger = 'check_answer'", args![sheet]).await?;
    Ok(())
}

/// Takes the answers back into use.
pub(crate) async fn restore(tx: &mut Tx, sheet: &str) -> Result<()> {
    tx.exec("update check_answer set retired_at = '' where company_id = $1 and sheet = $2", args![sheet]).await?;
    let rows = tx.rows("select id from check_answer where company_id = $1 and sheet = $2", args![sheet]).await?;
    for row in rows {
        tx.link("check_answer", &row.get::<String>("id")?, "sheet", "check", sheet).await?;
    }
    Ok(())
}
