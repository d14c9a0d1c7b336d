//! SQL about appointments.

use mamori_kernel::error::Result;
use mamori_ledger::Choice as _;
use mamori_store::{Reader, args};

use super::AssignmentPhase;
use super::rules::Held;

/// All appointments in use, in the order of the roles, those whose term is over included.
///
/// # Errors
/// Database faults.
pub async fn held(db: &mut impl Reader) -> Result<Vec<Held>> {
    let rows = db
        .rows(
            "select a.id, a.summary, a.role, a.person, a.phase, a.starts, a.ends, \
               p.name as person_name, p.phone as person_phone, p.left_on, d.name as deputy_name, d.phone as deputy_phone \
             from role_assignment a \
               join security_role r on r.company_id = a.company_id and r.id = a.role \
               join person p on p.company_id = a.company_id and p.id = a.person \
               left join person d on d.company_id = a.company_id and d.id = a.deputy \
             where a.company_id = $1 and a.retired_at = '' order by r.position, a.starts, a.id",
            args![],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Held {
                id: row.get("id")?,
                summary: row.text("summary")?,
                role_id: row.text("role")?,
                person_id: row.text("person")?,
                person: row.text("person_name")?,
                phone: row.text("person_phone")?,
                left_on: row.text("left_on")?.parse().ok(),
                deputy: row.text("deputy_name")?,
                deputy_phone: row.text("deputy_phone")?,
                phase: AssignmentPhase::parse(&row.text("phase")?),
                starts: row.text("starts")?.parse().ok(),
                ends: row.text("ends")?.parse().ok(),
            })
        })
        .collect()
}

/// What an appointment takes over from its role.
pub(super) struct RoleTerms {
    /// Name.
    pub(super) name: String,
    /// Stands on the chart of 平時.
    pub(super) peace: bool,
    /// Stands on the chart of 有事.
    pub(super) emergency: bool,
    /// Usual term in months.
    pub(super) term_months: Option<i64>,
}

/// Name, phases and term of a role; `None` when the company has no such row.
///
/// # Errors
/// Database faults.
pub(super) async fn role_terms(db: &mut impl Reader, role_id: &str) -> Result<Option<RoleTerms>> {
    let row =
        db.first("select name, phase, term_months from security_role where company_id = $1 and id = $2", args![role_id]).await?;
    row.map(|row| {
        let phases: Vec<String> = serde_json::from_str(&row.text("phase")?).unwrap_or_default();
        let on = |code: &str| phases.iter().any(|phase| phase == code);
        Ok(RoleTerms {
            name: row.text("name")?,
            peace: on("peace"),
            emergency: on("emergency"),
            term_months: row.get("term_months")?,
        })
    })
    .transpose()
}

/// Appointments that name a row in `column` (`role` or `person`).
///
/// # Errors
/// Database faults.
pub(super) async fn naming(db: &mut impl Reader, column: &'static str, row_id: &str) -> Result<Vec<String>> {
    let text = format!("select id from role_assignment where company_id = $1 and {column} = $2");
    let rows = db.rows(&text, args![row_id]).await?;
    rows.iter().map(|row| row.get("id")).collect()
}
