//! 文書番号: counted per company and fiscal year; a revision keeps the number and gets the next version.

use jiff::civil::Date;
use mamori_kernel::error::Result;
use mamori_kernel::time::{self, FiscalYear};
use mamori_store::{Change, Reader, Tx};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::kind::Kind;
use super::queries;
use crate::method::queries::{keep_setting, setting};

/// Where the last number of a report is kept; that of the asset report has no name behind it, for it was the first.
fn key(kind: Kind) -> String {
    match kind {
        Kind::AssetRisk => "risk.report_number".to_owned(),
        _ => format!("risk.report_number.{}", kind.code()),
    }
}

/// The number of the last report that was issued.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocNumber {
    /// Fiscal year (年度).
    pub year: i16,
    /// Running number within the year, from 1.
    pub sequence: i64,
    /// Version, from 1.
    pub version: i64,
    /// What the number begins with.
    pub prefix: String,
    /// Which report it is, such as `RA`; empty in numbers of the asset report from before there were others.
    #[serde(default)]
    pub letters: String,
    /// When it was issued.
    #[serde(default)]
    pub issued_on: Option<Date>,
    /// When the one before it was issued, on an earlier day: what a report compares with.
    #[serde(default)]
    pub before: Option<Date>,
}

impl DocNumber {
    /// The number as it is printed: `ISMS-RISK-2026-003`.
    pub fn text(&self) -> String {
        let prefix = if self.prefix.is_empty() { String::new() } else { format!("{}-", self.prefix) };
        let letters = if self.letters.is_empty() { Kind::AssetRisk.letters() } else { &self.letters };
        format!("{prefix}{letters}-{}-{:03}", self.year, self.sequence)
    }

    /// The version as it is printed: `2.0`.
    pub fn version_text(&self) -> String {
        format!("{}.0", self.version)
    }

    /// The number after this one: a revision keeps it, a new document counts on, a new fiscal year begins at 1.
    pub fn next(&self, year: i16, prefix: &str, revision: bool) -> DocNumber {
        if revision && self.sequence > 0 {
            return DocNumber { version: self.version.saturating_add(1), ..self.clone() };
        }
        let sequence = if self.year == year { self.sequence.saturating_add(1) } else { 1 };
        DocNumber { year, sequence, version: 1, prefix: prefix.to_owned(), ..self.clone() }
    }
}

/// The last number of the asset report; `None` before the first.
///
/// # Errors
/// Database faults.
pub async fn last_issued(db: &mut impl Reader) -> Result<Option<DocNumber>> {
    last_of(db, Kind::AssetRisk).await
}

/// The last number that was issued for a report; `None` before the first.
///
/// # Errors
/// Database faults.
pub async fn last_of(db: &mut impl Reader, kind: Kind) -> Result<Option<DocNumber>> {
    Ok(serde_json::from_str(&setting(db, &key(kind)).await?).ok())
}

/// Takes the next number of the asset report; as [`issue_of`].
///
/// # Errors
/// Database faults.
pub async fn issue(tx: &mut Tx, revision: bool) -> Result<DocNumber> {
    issue_of(tx, Kind::AssetRisk, revision).await
}

/// Takes the next number of a report and writes it into the log. The caller has judged permission and commits.
///
/// # Errors
/// Database faults.
pub async fn issue_of(tx: &mut Tx, kind: Kind, revision: bool) -> Result<DocNumber> {
    let company = queries::company(tx).await?;
    let fiscal = i8::try_from(company.fiscal_start_month).ok().and_then(FiscalYear::new);
    let today = time::today(tx.now());
    let year = fiscal.map_or_else(|| today.year(), |fiscal| fiscal.year_of(today));
    let last = last_of(tx, kind).await?.unwrap_or_default();
    let before = if last.issued_on == Some(today) { last.before } else { last.issued_on };
    let number = DocNumber {
        letters: kind.letters().to_owned(),
        issued_on: Some(today),
        before,
        ..last.next(year, &company.doc_prefix, revision)
    };
    let kept = serde_json::to_string(&number).map_err(|error| mamori_kernel::error::Error::Internal(error.to_string()))?;
    keep_setting(tx, &key(kind), &kept).await?;
    let diff = json!({ "number": [null, number.text()], "version": [null, number.version_text()] });
    tx.log(Change::new("issue", "risk_report", "", &number.text(), diff)).await?;
    Ok(number)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn numbers_count_on_within_the_year_and_revisions_keep_them() {
        let first = DocNumber::default().next(2026, "DS", false);
        assert_eq!((first.text().as_str(), first.version_text().as_str()), ("DS-RISK-2026-001", "1.0"));
        let revised = first.next(2026, "DS", true);
        assert_eq!((revised.text().as_str(), revised.version_text().as_str()), ("DS-RISK-2026-001", "2.0"));
        assert_eq!(revised.next(2026, "", false).text(), "RISK-2026-002");
        assert_eq!(revised.next(2027, "DS", false).text(), "DS-RISK-2027-001");
        assert_eq!(DocNumber::default().next(2026, "", true).sequence, 1);
    }
}
