//! SQL for suggestions: assets as they need them, what was handled, what was put aside.

use std::collections::BTreeSet;

use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_kernel::id;
use mamori_ledger::Ledger as _;
use mamori_ledger::query::{Sql, reach_sql};
use mamori_store::{Reader, Tx, args};

use super::rules::Asset;
use crate::neighbours::InformationAsset;

/// Assets in use that the reader may see, in the order of the ledger.
///
/// # Errors
/// [`mamori_kernel::error::Error::NotFound`] without permission; database faults.
pub async fn assets(db: &mut impl Reader) -> Result<Vec<Asset>> {
    let actor = db.actor().clone();
    let mut sql = Sql::default();
    let reach = reach_sql(&InformationAsset::def(), &actor, Action::View, &mut sql)?;
    let text = format!(
        "select t.id, t.name, t.storage, t.confidentiality, t.integrity, t.availability, t.importance from information_asset t \
         where t.company_id = $1 and t.retired_at = '' and t.storage <> '' and {reach} order by t.importance desc, t.id"
    );
    let rows = db.rows(&text, sql.args).await?;
    rows.iter()
        .map(|row| {
            let grade = |name: &str| -> Result<Option<i64>> { Ok(row.text(name)?.parse().ok()) };
            Ok(Asset {
                id: row.get("id")?,
                name: row.text("name")?,
                storage: row.text("storage")?,
                grades: [grade("confidentiality")?, grade("integrity")?, grade("availability")?],
                importance: row.get("importance")?,
            })
        })
        .collect()
}

/// Keys of suggestions that became risks.
///
/// # Errors
/// Database faults.
pub async fn accepted(db: &mut impl Reader) -> Result<BTreeSet<String>> {
    let text = "select source_key from scenario where company_id = $1 and source = 'suggested' and source_key <> ''";
    db.rows(text, vec![]).await?.iter().map(|row| row.text("source_key")).collect()
}

/// A suggestion that was put aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dismissed {
    /// Its key.
    pub key: String,
    /// Its title on that day.
    pub title: String,
    /// Why.
    pub reason: String,
    /// By whom.
    pub by: String,
    /// When.
    pub at: String,
}

/// All of them, the newest first.
///
/// # Errors
/// Database faults.
pub async fn dismissed(db: &mut impl Reader) -> Result<Vec<Dismissed>> {
    let text = "select source_key, title, reason, dismissed_by, dismissed_at from scenario_dismissal \
         where company_id = $1 order by dismissed_at desc, id desc";
    let rows = db.rows(text, vec![]).await?;
    rows.iter()
        .map(|row| {
            Ok(Dismissed {
                key: row.text("source_key")?,
                title: row.text("title")?,
                reason: row.text("reason")?,
                by: row.text("dismissed_by")?,
                at: row.text("dismissed_at")?,
            })
        })
        .collect()
}

/// Puts a suggestion aside; told twice, the newer reason stays. The caller logs.
///
/// # Errors
/// Database faults.
pub(super) async fn dismiss(tx: &mut Tx, key: &str, title: &str, reason: &str) -> Result<()> {
    let (now, by) = (tx.now(), tx.actor().name.clone());
    tx.exec(
        "insert into scenario_dismissal (company_id, id, source_key, title, reason, dismissed_by, dismissed_at) \
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (company_id, source_key) do update set reason = excluded.reason, \
         title = excluded.title, dismissed_by = excluded.dismissed_by, dismissed_at = excluded.dismissed_at",
        args![id::new(), key, title, reason, by, now],
    )
    .await?;
    Ok(())
}

/// Takes a suggestion back; returns whether it was there. The caller logs.
///
/// # Errors
/// Database faults.
pub(super) async fn take_back(tx: &mut Tx, key: &str) -> Result<bool> {
    let text = "delete from scenario_dismissal where company_id = $1 and source_key = $2";
    Ok(tx.exec(text, args![key]).await? > 0)
}
