//! SQL about roles.

use std::collections::HashMap;

use mamori_kernel::error::Result;
use mamori_kernel::lang::Lang;
use mamori_store::{Reader, args};

use crate::assignment::rules::RoleFact;

/// What the program wants to know of the company when it judges the organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompanyFacts {
    /// Name.
    pub name: String,
    /// Language in which catalogues are copied into ledgers.
    pub lang: Lang,
    /// Number of people that the company stated of itself.
    pub headcount: i64,
}

/// The company at hand.
///
/// # Errors
/// Database faults.
pub async fn company(db: &mut impl Reader) -> Result<CompanyFacts> {
    let row = db.first("select name, lang, headcount from company where id = $1", args![]).await?;
    let Some(row) = row else { return Ok(CompanyFacts::default()) };
    Ok(CompanyFacts {
        name: row.text("name")?,
        lang: Lang::parse(&row.text("lang")?).unwrap_or_default(),
        headcount: row.get("headcount")?,
    })
}

/// Row ids by code, roles out of use included: what a company put aside is not offered again.
///
/// # Errors
/// Database faults.
pub async fn ids_by_code(db: &mut impl Reader) -> Result<HashMap<String, String>> {
    let rows = db.rows("select code, id from security_role where company_id = $1", args![]).await?;
    rows.iter().map(|row| Ok((row.text("code")?, row.get("id")?))).collect()
}

/// What is above each role; `column` is `above_peace` or `above_emergency`.
///
/// # Errors
/// Database faults.
pub(super) async fn parents(db: &mut impl Reader, column: &'static str) -> Result<HashMap<String, String>> {
    let text = format!("select id, {column} as above from security_role where company_id = $1 and {column} is not null");
    let rows = db.rows(&text, args![]).await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.text("above")?))).collect()
}

/// The place after the last role.
///
/// # Errors
/// Database faults.
pub(super) async fn next_position(db: &mut impl Reader) -> Result<i64> {
    let last = db.count("select coalesce(max(position), 0) as n from security_role where company_id = $1", args![]).await?;
    Ok(last.saturating_add(1))
}

/// How many roles are in use.
///
/// # Errors
/// Database faults.
pub async fn count(db: &mut impl Reader) -> Result<i64> {
    db.count("select count(*) as n from security_role where company_id = $1 and retired_at = ''", args![]).await
}

fn list(text: &str) -> Vec<String> {
    serde_json::from_str(text).unwrap_or_default()
}

/// All roles in use, as the rules and the charts need them.
///
/// # Errors
/// Database faults.
pub async fn facts(db: &mut impl Reader) -> Result<Vec<RoleFact>> {
    let rows = db
        .rows(
            "select id, code, name, kind, phase, above_peace, above_emergency, independent_of, small_set \
             from security_role where company_id = $1 and retired_at = '' order by position, id",
            args![],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let phases = list(&row.text("phase")?);
            let on = |code: &str| phases.iter().any(|phase| phase == code);
            Ok(RoleFact {
                id: row.get("id")?,
                code: row.text("code")?,
                name: row.text("name")?,
                main: row.text("kind")? == "main",
                small_set: row.get("small_set")?,
                peace: on("peace"),
                emergency: on("emergency"),
                above_peace: row.text("above_peace")?,
                above_emergency: row.text("above_emergency")?,
                independent_of: list(&row.text("independent_of")?),
            })
        })
        .collect()
}
