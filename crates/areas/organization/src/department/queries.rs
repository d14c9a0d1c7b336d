//! SQL about departments.

use std::collections::HashMap;

use jiff::civil::Date;
use mamori_kernel::error::Result;
use mamori_store::{Reader, args};

/// A department as the tree shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Row id.
    pub id: String,
    /// Short code; may be empty.
    pub code: String,
    /// Name.
    pub name: String,
    /// Id of the department above; empty at the top.
    pub parent: String,
    /// Name of its head; empty when none is named.
    pub manager: String,
    /// Telephone number of its head.
    pub manager_phone: String,
    /// People in service who belong to it directly.
    pub people: i64,
}

/// What is above each department, for all of the company.
///
/// # Errors
/// Database faults.
pub async fn parents(db: &mut impl Reader) -> Result<HashMap<String, String>> {
    let rows = db.rows("select id, parent from department where company_id = $1 and parent is not null", args![]).await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.text("parent")?))).collect()
}

/// A department and everything below it, itself first. Empty when the company has no such department.
///
/// # Errors
/// Database faults.
pub async fn subtree(db: &mut impl Reader, department_id: &str) -> Result<Vec<String>> {
    // `union` (not `union all`) drops what was seen, so even a circle in old data ends.
    let rows = db
        .rows(
            "with recursive below(id) as (\
               select d.id from department d where d.company_id = $1 and d.id = $2 \
               union select d.id from department d join below b on d.parent = b.id where d.company_id = $1\
             ) select id from below",
            args![department_id],
        )
        .await?;
    rows.iter().map(|row| row.get("id")).collect()
}

/// The name of a department in or out of use; `None` when the company has no such row.
///
/// # Errors
/// Database faults.
pub async fn name(db: &mut impl Reader, department_id: &str) -> Result<Option<String>> {
    let row = db.first("select name from department where company_id = $1 and id = $2", args![department_id]).await?;
    row.map(|row| row.text("name")).transpose()
}

/// The id of the department with a code or, failing that, a name.
///
/// # Errors
/// Database faults.
pub async fn find(db: &mut impl Reader, code_or_name: &str) -> Result<Option<String>> {
    let row = db
        .first(
            "select id from department where company_id = $1 and retired_at = '' and (code = $2 or name = $2) \
             order by case when code = $2 then 0 else 1 end, id limit 1",
            args![code_or_name],
        )
        .await?;
    row.map(|row| row.get("id")).transpose()
}

/// All departments in use, in their order, with their heads and how many people are in service on a day.
///
/// # Errors
/// Database faults.
pub async fn nodes(db: &mut impl Reader, today: Date) -> Result<Vec<Node>> {
    let rows = db
        .rows(
            "select d.id, d.code, d.name, d.parent, m.name as manager, m.phone as manager_phone, \
               (select count(*) from person p where p.company_id = $1 and p.department = d.id and p.retired_at = '' \
                  and (p.left_on = '' or p.left_on >= $2)) as people \
             from department d left join person m on m.company_id = d.company_id and m.id = d.manager \
             where d.company_id = $1 and d.retired_at = '' order by d.position, d.id",
            args![today],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Node {
                id: row.get("id")?,
                code: row.text("code")?,
                name: row.text("name")?,
                parent: row.text("parent")?,
                manager: row.text("manager")?,
                manager_phone: row.text("manager_phone")?,
                people: row.get("people")?,
            })
        })
        .collect()
}

/// The place after the last department.
///
/// # Errors
/// Database faults.
pub(super) async fn next_position(db: &mut impl Reader) -> Result<i64> {
    let last = db.count("select coalesce(max(position), 0) as n from department where company_id = $1", args![]).await?;
    Ok(last.saturating_add(1))
}
