//! SQL of the checks.

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_ledger::LedgerDef;
use mamori_ledger::query::{Sql, reach_sql};
use mamori_store::{Reader, Tx, args};

use crate::score::Score;

/// A check in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// Row id.
    pub id: String,
    /// Name.
    pub title: String,
    /// Id of the catalogue.
    pub catalogue: String,
    /// Version of the catalogue.
    pub edition: String,
    /// Scope.
    pub scope: String,
    /// Code of the state.
    pub state: String,
    /// The day.
    pub held_on: Option<Date>,
    /// Last day to answer.
    pub due: Option<Date>,
    /// Answered, in per cent.
    pub progress: i64,
    /// Score, in per cent.
    pub score: Option<i64>,
    /// Who answers.
    pub owner: String,
}

const COLUMNS: &str =
    "id, title, catalogue, edition, scope, state, held_on, due, coalesce(progress, 0) as progress, score, owner";

fn listed(row: &mamori_store::Row) -> Result<Listed> {
    Ok(Listed {
        id: row.get("id")?,
        title: row.text("title")?,
        catalogue: row.text("catalogue")?,
        edition: row.text("edition")?,
        scope: row.text("scope")?,
        state: row.text("state")?,
        held_on: row.text("held_on")?.parse().ok(),
        due: row.text("due")?.parse().ok(),
        progress: row.get("progress")?,
        score: row.get("score")?,
        owner: row.get::<Option<String>>("owner")?.unwrap_or_default(),
    })
}

/// Which checks of one's reach are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// In one of these states; empty for all.
    pub states: &'a [&'a str],
    /// Of this catalogue; empty for all.
    pub catalogue: &'a str,
    /// Due on this day or before.
    pub due_until: Option<Date>,
    /// Of this owner.
    pub owner: Option<&'a str>,
    /// At most so many.
    pub limit: i64,
}

/// Checks that the reader may see, the newest first.
///
/// # Errors
/// [`mamori_kernel::error::Error::NotFound`] without any reach; database faults.
pub async fn list(db: &mut impl Reader, def: &LedgerDef, wanted: &Wanted<'_>) -> Result<Vec<Listed>> {
    let mut sql = Sql::default();
    let reach = reach_sql(def, &db.actor().clone(), Action::View, &mut sql)?;
    let mut text = format!("select {COLUMNS} from check_sheet t where t.company_id = $1 and t.retired_at = '' and ({reach})");
    if !wanted.states.is_empty() {
        text.push_str(&format!(" and state in ({})", sql.bind_all(wanted.states.iter().copied())));
    }
    if !wanted.catalogue.is_empty() {
        text.push_str(&format!(" and catalogue = {}", sql.bind(wanted.catalogue)));
    }
    if let Some(day) = wanted.due_until {
        text.push_str(&format!(" and due <> '' and due <= {}", sql.bind(day)));
    }
    if let Some(owner) = wanted.owner {
        text.push_str(&format!(" and owner = {}", sql.bind(owner)));
    }
    text.push_str(&format!(" order by held_on desc, id desc limit {}", sql.bind(wanted.limit.max(1))));
    db.rows(&text, sql.args).await?.iter().map(listed).collect()
}

/// The check that a process made for a row, if there is one.
///
/// # Errors
/// Database faults.
pub async fn made_for(db: &mut impl Reader, path: &str) -> Result<Option<String>> {
    let text = "select id from check_sheet where company_id = $1 and made_for = $2 and retired_at = '' order by id desc limit 1";
    db.first(text, args![path]).await?.map(|row| row.get("id")).transpose()
}

/// Takes the row's lock, so that two people who answer at once are served one after the other (PostgreSQL; SQLite has one writer).
pub(crate) async fn lock(tx: &mut Tx, id: &str) -> Result<()> {
    tx.exec("update check_sheet set progress = progress where company_id = $1 and id = $2", args![id]).await.map(|_| ())
}

/// Notes where a check stands. The row's version stays: whoever edits its name at the same time is not disturbed by answers.
pub(crate) async fn count(tx: &mut Tx, id: &str, state: &str, score: &Score) -> Result<()> {
    let text = "update check_sheet set state = $3, progress = $4, score = $5, not_known = $6, findings = $7 \
                where company_id = $1 and id = $2";
    let args = args![id, state, score.progress(), score.percent(), score.unknown, score.findings];
    tx.exec(text, args).await.map(|_| ())
}

/// True when a check has answers.
pub(crate) async fn has_answers(db: &mut impl Reader, id: &str) -> Result<bool> {
    let text = "select id from check_answer where company_id = $1 and sheet = $2 limit 1";
    Ok(db.first(text, args![id]).await?.is_some())
}
