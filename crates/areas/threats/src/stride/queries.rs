//! SQL of the sheets.

use mamori_kernel::error::{Error, Result};
use mamori_ledger::Choice as _;
use mamori_store::{Reader, Tx, args};

use super::{ElementKind, Verdict};
use crate::neighbours::Stride;

/// A part of the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Row id.
    pub id: String,
    /// Name.
    pub name: String,
    /// What it is.
    pub kind: ElementKind,
}

/// A judged cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// Row id.
    pub id: String,
    /// For the optimistic lock.
    pub version: i64,
    /// Row id of the part.
    pub part: String,
    /// The question.
    pub letter: Stride,
    /// The verdict; `None` when it was taken back.
    pub verdict: Option<Verdict>,
    /// The note.
    pub note: String,
    /// Row id of the registered risk; empty if none.
    pub scenario: String,
}

/// The parts of a sheet in order.
///
/// # Errors
/// Database faults.
pub async fn parts(db: &mut impl Reader, model: &str) -> Result<Vec<Part>> {
    let text = "select id, name, kind from stride_element where company_id = $1 and model = $2 and retired_at = '' \
                order by coalesce(position, 9999), id";
    let rows = db.rows(text, args![model]).await?;
    rows.iter()
        .map(|row| {
            let kind = ElementKind::parse(&row.text("kind")?).unwrap_or(ElementKind::Process);
            Ok(Part { id: row.get("id")?, name: row.text("name")?, kind })
        })
        .collect()
}

/// The judged cells of a sheet.
///
/// # Errors
/// Database faults.
pub async fn judged(db: &mut impl Reader, model: &str) -> Result<Vec<Judged>> {
    let text = "select v.id, v.version, v.element, v.letter, v.verdict, v.note, v.scenario from stride_verdict v \
                join stride_element e on e.id = v.element and e.company_id = $1 and e.retired_at = '' \
                where v.company_id = $1 and v.model = $2 and v.retired_at = ''";
    let rows = db.rows(text, args![model]).await?;
    let read = rows.iter().map(|row| {
        let Some(letter) = Stride::parse(&row.text("letter")?) else { return Ok(None) };
        Ok(Some(Judged {
            id: row.get("id")?,
            version: row.get("version")?,
            part: row.text("element")?,
            letter,
            verdict: Verdict::parse(&row.text("verdict")?),
            note: row.text("note")?,
            scenario: row.text("scenario")?,
        }))
    });
    read.filter_map(Result::transpose).collect::<std::result::Result<_, Error>>()
}

/// Holds the sheet until the end of the transaction, so that two people who judge the same new cell come one after the other.
///
/// # Errors
/// Database faults.
pub async fn hold(tx: &mut Tx, model: &str) -> Result<()> {
    tx.exec("update stride_model set version = version where company_id = $1 and id = $2", args![model]).await?;
    Ok(())
}

/// Gives a part its place in the order.
///
/// # Errors
/// Database faults.
pub async fn place(tx: &mut Tx, part: &str, position: i64) -> Result<()> {
    tx.exec("update stride_element set position = $3 where company_id = $1 and id = $2", args![part, position]).await?;
    Ok(())
}

/// Moves the parts and verdicts of a sheet into its department.
///
/// # Errors
/// Database faults.
pub async fn move_to(tx: &mut Tx, model: &str, department: Option<&str>) -> Result<()> {
    let department = department.map(str::to_owned);
    tx.exec("update stride_element set department = $3 where company_id = $1 and model = $2", args![model, department.clone()])
        .await?;
    tx.exec("update stride_verdict set department = $3 where company_id = $1 and model = $2", args![model, department]).await?;
    Ok(())
}

/// Forgets the links that hold a part to its sheet: the sheet can then be taken out of use with all its parts.
///
/// # Errors
/// Database faults.
pub async fn loosen(tx: &mut Tx, row: &str) -> Result<()> {
    let text = "delete from link where company_id = $1 and from_id = $2 and field in ('model', 'element')";
    tx.exec(text, args![row]).await?;
    Ok(())
}
