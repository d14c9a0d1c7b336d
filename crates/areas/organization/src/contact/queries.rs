//! SQL about contacts.

use std::collections::HashSet;

use jiff::civil::Date;
use mamori_kernel::error::Result;
use mamori_store::{Reader, args};

use super::ContactKind;
use mamori_ledger::Choice as _;

/// A line of the contact network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactLine {
    /// Row id.
    pub id: String,
    /// The body, with its department and person.
    pub name: String,
    /// Kind.
    pub kind: Option<ContactKind>,
    /// What one calls it for.
    pub purpose: String,
    /// Telephone number.
    pub phone: String,
    /// Web page.
    pub url: String,
    /// When somebody answers.
    pub hours: String,
    /// We must tell it.
    pub duty: bool,
}

/// Codes that the company has, rows out of use included: what it put aside is not offered again.
///
/// # Errors
/// Database faults.
pub(super) async fn codes(db: &mut impl Reader) -> Result<HashSet<String>> {
    let rows = db.rows("select code from contact where company_id = $1 and code <> ''", args![]).await?;
    rows.iter().map(|row| row.text("code")).collect()
}

/// How many contacts are in use.
///
/// # Errors
/// Database faults.
pub async fn count(db: &mut impl Reader) -> Result<i64> {
    db.count("select count(*) as n from contact where company_id = $1 and retired_at = ''", args![]).await
}

/// How many contacts were last checked on or before a day (or never), and the oldest check among them.
///
/// # Errors
/// Database faults.
pub(super) async fn unchecked(db: &mut impl Reader, until: Date) -> Result<(i64, Option<Date>)> {
    let row = db
        .first(
            "select count(*) as n, min(case when checked_on = '' then null else checked_on end) as oldest \
             from contact where company_id = $1 and retired_at = '' and checked_on <= $2",
            args![until],
        )
        .await?;
    match row {
        Some(row) => Ok((row.get("n")?, row.text("oldest")?.parse().ok())),
        None => Ok((0, None)),
    }
}

/// All contacts in use for the contact network: those we must tell first, then by kind and name.
///
/// # Errors
/// Database faults.
pub async fn lines(db: &mut impl Reader) -> Result<Vec<ContactLine>> {
    let rows = db
        .rows(
            "select id, organisation, department, person, kind, purpose, phone, url, hours, duty from contact \
             where company_id = $1 and retired_at = '' order by duty desc, kind, organisation, id",
            args![],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let parts = [row.text("organisation")?, row.text("department")?, row.text("person")?];
            let named: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
            Ok(ContactLine {
                id: row.get("id")?,
                name: named.join(" "),
                kind: ContactKind::parse(&row.text("kind")?),
                purpose: row.text("purpose")?,
                phone: row.text("phone")?,
                url: row.text("url")?,
                hours: row.text("hours")?,
                duty: row.get("duty")?,
            })
        })
        .collect()
}
