//! SQL of stocktakes.

use jiff::civil::Date;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::id;
use mamori_ledger::Choice as _;
use mamori_ledger::query::Sql;
use mamori_store::{Reader, Tx, args};

use super::ItemState;
use super::rules::Progress;

/// An asset that a new stocktake asks about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Row id.
    pub asset: String,
    /// Name.
    pub name: String,
    /// Department; `None` if nobody was named.
    pub department: Option<String>,
    /// Owner.
    pub owner: Option<String>,
}

/// Assets in use of some departments; of the whole company when none is named.
///
/// # Errors
/// Database faults.
pub async fn asked(db: &mut impl Reader, departments: &[String]) -> Result<Vec<Asked>> {
    let mut sql = Sql::default();
    let condition = within("a", departments, &mut sql);
    let text = format!(
        "select a.id, a.name, a.department, a.owner from information_asset a where a.company_id = $1 and a.retired_at = ''{condition} order by a.code, a.id"
    );
    let rows = db.rows(&text, sql.args).await?;
    rows.iter()
        .map(|row| {
            Ok(Asked {
                asset: row.get("id")?,
                name: row.text("name")?,
                department: row.get("department")?,
                owner: row.get("owner")?,
            })
        })
        .collect()
}

fn within(alias: &str, departments: &[String], sql: &mut Sql) -> String {
    if departments.is_empty() {
        return String::new();
    }
    let list = sql.bind_all(departments.iter());
    format!(" and {alias}.department in ({list})")
}

/// The name of an open stocktake that still waits for answers of these departments; `None` when nobody would be asked twice.
///
/// # Errors
/// Database faults.
pub async fn running(db: &mut impl Reader, departments: &[String]) -> Result<Option<String>> {
    let mut sql = Sql::default();
    let condition = within("i", departments, &mut sql);
    let text = format!(
        "select s.name from stocktake s join stocktake_item i on i.stocktake = s.id and i.company_id = $1 \
         where s.company_id = $1 and s.state = 'open' and s.retired_at = '' and i.state = 'waiting'{condition} limit 1"
    );
    db.first(&text, sql.args).await?.map(|row| row.text("name")).transpose()
}

/// Writes the items of a new stocktake. They name their asset without a link, so that an asset stays retirable.
///
/// # Errors
/// Database faults.
pub async fn insert_items(tx: &mut Tx, stocktake: &str, asked: &[Asked]) -> Result<()> {
    let (user, now) = (tx.actor().user_id.clone(), tx.now());
    for one in asked {
        tx.exec(
            "insert into stocktake_item (company_id, id, created_by, created_at, updated_by, updated_at, asset_name, stocktake, asset, department, owner, state) \
             values ($1, $2, $3, $4, $3, $4, $5, $6, $7, $8, $9, 'waiting')",
            args![id::new(), &user, now, &one.name, stocktake, &one.asset, one.department.clone(), one.owner.clone()],
        )
        .await?;
    }
    Ok(())
}

/// An answer to be written.
#[derive(Clone, Debug)]
pub struct Answer<'a> {
    /// The item.
    pub item: &'a str,
    /// The version that was read.
    pub version: i64,
    /// What was answered.
    pub state: ItemState,
    /// Who; empty for a withdrawn answer.
    pub by: &'a str,
    /// When; `None` for a withdrawn answer.
    pub on: Option<Date>,
    /// In his words.
    pub note: &'a str,
}

/// Writes an answer.
///
/// # Errors
/// [`Error::Conflict`] when somebody else answered in the meantime; database faults.
pub async fn answer(tx: &mut Tx, answer: &Answer<'_>) -> Result<()> {
    let (user, now) = (tx.actor().user_id.clone(), tx.now());
    let on = answer.on.map(|day| day.to_string()).unwrap_or_default();
    let touched = tx
        .exec(
            "update stocktake_item set state = $4, answered_by = $5, answered_on = $6, note = $7, updated_by = $8, updated_at = $9, version = version + 1 \
             where company_id = $1 and id = $2 and version = $3",
            args![answer.item, answer.version, answer.state.code(), answer.by, on, answer.note, user, now],
        )
        .await?;
    if touched == 0 { Err(Error::Conflict { current: answer.version.saturating_add(1) }) } else { Ok(()) }
}

/// How far one department is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByDepartment {
    /// Row id; empty for assets without a department.
    pub department: String,
    /// Name; empty as well.
    pub name: String,
    /// How far.
    pub progress: Progress,
}

/// How far every department is, by name.
///
/// # Errors
/// Database faults.
pub async fn progress(db: &mut impl Reader, stocktake: &str) -> Result<Vec<ByDepartment>> {
    let rows = db
        .rows(
            "select coalesce(i.department, '') as department, coalesce(d.name, '') as name, i.state as state, count(*) as n \
             from stocktake_item i left join department d on d.id = i.department and d.company_id = $1 \
             where i.company_id = $1 and i.stocktake = $2 and i.retired_at = '' \
             group by coalesce(i.department, ''), coalesce(d.name, ''), i.state order by name, department",
            args![stocktake],
        )
        .await?;
    let mut all: Vec<ByDepartment> = Vec::new();
    for row in &rows {
        let department = row.text("department")?;
        if all.last().is_none_or(|last| last.department != department) {
            all.push(ByDepartment { department, name: row.text("name")?, progress: Progress::default() });
        }
        let count = u64::try_from(row.get::<i64>("n")?).unwrap_or(0);
        if let (Some(last), Some(state)) = (all.last_mut(), ItemState::parse(&row.text("state")?)) {
            last.progress.add(state, count);
        }
    }
    Ok(all)
}

/// Open stocktakes with their due date and last reminder: (id, name, due, reminded).
///
/// # Errors
/// Database faults.
pub async fn open(db: &mut impl Reader) -> Result<Vec<(String, String, Option<Date>, Option<Date>)>> {
    let text = "select id, name, due, reminded_on from stocktake where company_id = $1 and state = 'open' and retired_at = '' order by due, id";
    let rows = db.rows(text, args![]).await?;
    rows.iter()
        .map(|row| Ok((row.get("id")?, row.text("name")?, row.text("due")?.parse().ok(), row.text("reminded_on")?.parse().ok())))
        .collect()
}

/// Whom to write to about the open items of a department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// Department.
    pub department: String,
    /// Its head; empty if nobody is named.
    pub name: String,
    /// Where mail reaches him; empty if nowhere.
    pub email: String,
    /// Open items.
    pub waiting: i64,
}

/// Departments with open items and their heads.
///
/// # Errors
/// Database faults.
pub async fn recipients(db: &mut impl Reader, stocktake: &str) -> Result<Vec<Recipient>> {
    let rows = db
        .rows(
            "select d.name as department, coalesce(p.name, '') as person, coalesce(p.email, '') as email, count(*) as n \
             from stocktake_item i join department d on d.id = i.department and d.company_id = $1 \
             left join person p on p.id = d.manager and p.company_id = $1 and p.retired_at = '' \
             where i.company_id = $1 and i.stocktake = $2 and i.state = 'waiting' and i.retired_at = '' \
             group by d.id, d.name, coalesce(p.name, ''), coalesce(p.email, '') order by d.name, d.id",
            args![stocktake],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Recipient {
                department: row.text("department")?,
                name: row.text("person")?,
                email: row.text("email")?,
                waiting: row.get("n")?,
            })
        })
        .collect()
}

/// The language in which the company is written to.
///
/// # Errors
/// Database faults.
pub async fn company_lang(db: &mut impl Reader) -> Result<mamori_kernel::lang::Lang> {
    let row = db.first("select lang from company where id = $1", args![]).await?;
    let code = row.map(|row| row.text("lang")).transpose()?.unwrap_or_default();
    Ok(mamori_kernel::lang::Lang::parse(&code).unwrap_or_default())
}
