//! SQL behind the directory.

use jiff::civil::Date;
use mamori_approval::Member;
use mamori_kernel::access::Role;
use mamori_kernel::error::Result;
use mamori_kernel::lang::Lang;
use mamori_store::{Reader, Row, args};

use crate::account::queries::parse_roles;

/// A person in use or not, with the account whose membership is open. A retired row counts as somebody who left.
const PERSON: &str = "select p.id as person_id, p.name, p.email, p.left_on, p.retired_at, u.id as user_id, u.email as user_email, u.lang, \
     u.disabled_at, m.roles from person p \
     left join membership m on m.company_id = p.company_id and m.person_id = p.id and m.ended_at = '' \
     left join user_account u on u.id = m.user_id where p.company_id = $1";

/// An account with an open membership, with its person where there is one.
const ACCOUNT: &str = "select p.id as person_id, coalesce(p.name, u.name) as name, p.email, p.left_on, p.retired_at, u.id as user_id, \
     u.email as user_email, u.lang, u.disabled_at, m.roles from membership m join user_account u on u.id = m.user_id \
     left join person p on p.company_id = m.company_id and p.id = m.person_id where m.company_id = $1 and m.ended_at = ''";

fn member(row: &Row) -> Result<Member> {
    let left_on: Option<Date> = row.text("left_on")?.parse().ok();
    // Taken out of use without a last day: gone since the day of the entry.
    let retired: Option<Date> = row.text("retired_at")?.get(..10).and_then(|day| day.parse().ok());
    let (at_work, of_account) = (row.text("email")?, row.text("user_email")?);
    Ok(Member {
        person_id: row.text("person_id")?,
        user_id: row.text("user_id")?,
        name: row.text("name")?,
        email: if at_work.is_empty() { of_account } else { at_work },
        lang: Lang::parse(&row.text("lang")?).unwrap_or_default(),
        left_on: left_on.or(retired),
        disabled: !row.text("disabled_at")?.is_empty(),
    })
}

/// A person; where he has several accounts, the one that works.
///
/// # Errors
/// Database faults.
pub(super) async fn by_person(db: &mut impl Reader, person_id: &str) -> Result<Option<Member>> {
    let text = format!("{PERSON} and p.id = $2 order by case when u.disabled_at = '' then 0 else 1 end, u.id limit 1");
    db.first(&text, args![person_id]).await?.as_ref().map(member).transpose()
}

/// An account of this company.
///
/// # Errors
/// Database faults.
pub(super) async fn by_user(db: &mut impl Reader, user_id: &str) -> Result<Option<Member>> {
    let text = format!("{ACCOUNT} and u.id = $2");
    db.first(&text, args![user_id]).await?.as_ref().map(member).transpose()
}

/// Accounts that hold a role in this company.
///
/// # Errors
/// Database faults.
pub(super) async fn accounts_with(db: &mut impl Reader, role: Role) -> Result<Vec<Member>> {
    let text = format!("{ACCOUNT} and m.roles like $2 order by u.id");
    let rows = db.rows(&text, args![format!("%\"{}\"%", role.code())]).await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in &rows {
        if parse_roles(&row.text("roles")?).contains(&role) {
            found.push(member(row)?);
        }
    }
    Ok(found)
}

/// Who holds a role on a day, with the deputy: ids of people. Appointments for emergencies only do not count.
///
/// # Errors
/// Database faults.
pub(super) async fn holders(db: &mut impl Reader, role_id: &str, today: Date) -> Result<Vec<(String, String)>> {
    let rows = db
        .rows(
            "select person, deputy from role_assignment where company_id = $1 and role = $2 and retired_at = '' and phase <> 'emergency' \
             and (starts = '' or starts <= $3) and (ends = '' or ends >= $3) order by starts, id",
            args![role_id, today],
        )
        .await?;
    rows.iter().map(|row| Ok((row.text("person")?, row.text("deputy")?))).collect()
}

/// The name of a role; empty when the company has no such row.
///
/// # Errors
/// Database faults.
pub(super) async fn role_name(db: &mut impl Reader, role_id: &str) -> Result<String> {
    let row = db.first("select name from security_role where company_id = $1 and id = $2", args![role_id]).await?;
    row.map_or_else(|| Ok(String::new()), |row| row.text("name"))
}

/// The role in use with a code.
///
/// # Errors
/// Database faults.
pub(super) async fn role_id(db: &mut impl Reader, code: &str) -> Result<Option<String>> {
    let row = db
        .first(
            "select id from security_role where company_id = $1 and code = $2 and retired_at = '' order by id limit 1",
            args![code],
        )
        .await?;
    row.map(|row| row.get("id")).transpose()
}

/// The head of a department and the department above it: ids, empty if none. `None` when the company has no such department.
///
/// # Errors
/// Database faults.
pub(super) async fn department(db: &mut impl Reader, department_id: &str) -> Result<Option<(String, String)>> {
    let row = db.first("select manager, parent from department where company_id = $1 and id = $2", args![department_id]).await?;
    row.map(|row| Ok((row.text("manager")?, row.text("parent")?))).transpose()
}
