//! Treatments as pages, reports and "today" need them.

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_ledger::Choice as _;
use mamori_ledger::query::{Sql, reach_sql};
use mamori_store::{Reader, Row, Tx, args};

use super::{Factor, Family, State};

/// A treatment with the names that people read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listed {
    /// Row id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Name of the asset; empty for the whole company.
    pub asset: String,
    /// Code of the policy.
    pub policy: String,
    /// Name of the owner.
    pub owner: String,
    /// Row id of the owner.
    pub owner_id: String,
    /// 期限.
    pub due: Option<Date>,
    /// Cost in yen.
    pub cost: Option<i64>,
    /// 状態.
    pub state: Option<State>,
    /// 完了日.
    pub done_on: Option<Date>,
    /// What is done.
    pub measure: String,
    /// 対策の種類.
    pub kind: Option<Family>,
    /// 下げる因子.
    pub factor: Option<Factor>,
    /// 下げた後の値.
    pub lowers_to: Option<i64>,
    /// Title of the measure that it stands in for; empty if none.
    pub compensates: String,
}

impl Listed {
    /// Past its date and not done.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.state.is_some_and(State::is_open) && self.due.is_some_and(|due| due < today)
    }
}

const COLUMNS: &str = "t.id, t.title, coalesce(a.name, '') as asset_name, t.policy, coalesce(p.name, '') as owner_name, \
     coalesce(t.owner, '') as owner_id, t.due, t.cost, t.state, t.done_on, t.measure, t.kind, t.factor, t.lowers_to, \
     coalesce(c.title, '') as compensates_title \
     from treatment t left join information_asset a on a.id = t.asset and a.company_id = $1 \
     left join person p on p.id = t.owner and p.company_id = $1 \
     left join treatment c on c.id = t.compensates and c.company_id = $1";

fn read(row: &Row) -> Result<Listed> {
    Ok(Listed {
        id: row.get("id")?,
        title: row.text("title")?,
        asset: row.text("asset_name")?,
        policy: row.text("policy")?,
        owner: row.text("owner_name")?,
        owner_id: row.text("owner_id")?,
        due: row.text("due")?.parse().ok(),
        cost: row.get("cost")?,
        state: State::parse(&row.text("state")?),
        done_on: row.text("done_on")?.parse().ok(),
        measure: row.text("measure")?,
        kind: Family::parse(&row.text("kind")?),
        factor: Factor::parse(&row.text("factor")?),
        lowers_to: row.get("lowers_to")?,
        compensates: row.text("compensates_title")?,
    })
}

/// All treatments that the reader may see, open ones first, by due date.
///
/// # Errors
/// [`mamori_kernel::error::Error::NotFound`] without permission; database faults.
pub async fn all(db: &mut impl Reader) -> Result<Vec<Listed>> {
    select(db, "1 = 1", Sql::default()).await
}

/// The treatments of one asset.
///
/// # Errors
/// As [`all`].
pub async fn of_asset(db: &mut impl Reader, asset: &str) -> Result<Vec<Listed>> {
    let mut sql = Sql::default();
    let id = sql.bind(asset);
    let condition = format!(
        "t.id in (select l.from_id from link l where l.company_id = $1 and l.from_ledger = 'treatment' and l.to_id = {id})"
    );
    select(db, &condition, sql).await
}

/// The measures of one risk of the register.
///
/// # Errors
/// As [`all`].
pub async fn of_scenario(db: &mut impl Reader, scenario: &str) -> Result<Vec<Listed>> {
    let mut sql = Sql::default();
    let id = sql.bind(scenario);
    let condition = format!(
        "t.id in (select l.from_id from link l where l.company_id = $1 and l.from_ledger = 'treatment' and l.field = 'risks' and l.to_id = {id})"
    );
    select(db, &condition, sql).await
}

/// Open treatments due until a day, of one owner or of everybody the reader may see.
///
/// # Errors
/// As [`all`].
pub async fn due_until(db: &mut impl Reader, day: Date, owner: Option<&str>) -> Result<Vec<Listed>> {
    let mut sql = Sql::default();
    let until = sql.bind(day);
    let mut condition = format!("t.state in ('planned', 'doing') and t.due <> '' and t.due <= {until}");
    if let Some(owner) = owner {
        let owner = sql.bind(owner);
        condition.push_str(&format!(" and t.owner = {owner}"));
    }
    select(db, &condition, sql).await
}

async fn select(db: &mut impl Reader, condition: &str, mut sql: Sql) -> Result<Vec<Listed>> {
    let actor = db.actor().clone();
    let reach = reach_sql(&super::ledger(), &actor, Action::View, &mut sql)?;
    let text = format!(
        "select {COLUMNS} where t.company_id = $1 and t.retired_at = '' and {reach} and {condition} \
         order by case when t.state in ('planned', 'doing') then 0 else 1 end, t.due, t.id"
    );
    db.rows(&text, sql.args).await?.iter().map(read).collect()
}

/// The department of an asset; empty when it has none.
///
/// # Errors
/// Database faults.
pub async fn department_of(tx: &mut Tx, asset: &str) -> Result<String> {
    match tx.rows("select department from information_asset where company_id = $1 and id = $2", args![asset]).await?.first() {
        Some(row) => row.text("department"),
        None => Ok(String::new()),
    }
}

/// What an asset suggests for a new treatment: name, storage, owner.
///
/// # Errors
/// Database faults.
pub async fn asset_facts(db: &mut impl Reader, asset: &str) -> Result<Option<(String, String, String)>> {
    let row =
        db.first("select name, storage, owner from information_asset where company_id = $1 and id = $2", args![asset]).await?;
    row.map(|row| Ok((row.text("name")?, row.text("storage")?, row.text("owner")?))).transpose()
}

/// The department of a risk of the register; empty when it has none.
///
/// # Errors
/// Database faults.
pub async fn department_of_scenario(tx: &mut Tx, scenario: &str) -> Result<String> {
    match tx.rows("select department from scenario where company_id = $1 and id = $2", args![scenario]).await?.first() {
        Some(row) => row.text("department"),
        None => Ok(String::new()),
    }
}

/// What a risk suggests for a new measure: title, owner.
///
/// # Errors
/// Database faults.
pub async fn scenario_facts(db: &mut impl Reader, scenario: &str) -> Result<Option<(String, String)>> {
    let row = db.first("select title, owner from scenario where company_id = $1 and id = $2", args![scenario]).await?;
    row.map(|row| Ok((row.text("title")?, row.text("owner")?))).transpose()
}

/// SQL that holds for a measure `r` of the scenario whose id is the SQL expression in front.
const MEASURES: &str = "from link l join treatment r on r.id = l.from_id and r.company_id = $1 and r.retired_at = '' \
     where l.company_id = $1 and l.from_ledger = 'treatment' and l.field = 'risks' and l.to_id =";

/// A measure of the risk is planned or under way.
///
/// # Errors
/// Database faults.
pub async fn is_being_treated(db: &mut impl Reader, scenario: &str) -> Result<bool> {
    let text = format!("select count(*) as n {MEASURES} $2 and r.state in ('planned', 'doing')");
    Ok(db.count(&text, args![scenario]).await? > 0)
}

/// The states and policies of some scenarios that are in use: id and codes.
///
/// # Errors
/// Database faults.
pub async fn scenario_states(tx: &mut Tx, ids: &[String]) -> Result<Vec<(String, String, String)>> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(500) {
        let mut sql = Sql::default();
        let list = sql.bind_all(chunk.iter());
        let text = format!("select id, state, policy from scenario where company_id = $1 and retired_at = '' and id in ({list})");
        for row in tx.rows(&text, sql.args).await? {
            found.push((row.get("id")?, row.text("state")?, row.text("policy")?));
        }
    }
    Ok(found)
}

/// A risk whose measures are all done and which nobody has judged again since.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToReassess {
    /// Row id of the scenario.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How many measures are done.
    pub done: i64,
}

/// Risks to re-assess (S2-D6-06) that the reader may change: at least one measure done, none open, and no residual value newer than the
/// last measure; of one owner, or of everybody.
///
/// # Errors
/// [`mamori_kernel::error::Error::NotFound`] without permission; database faults.
pub async fn to_reassess(db: &mut impl Reader, owner: Option<&str>, only: Option<&str>) -> Result<Vec<ToReassess>> {
    let actor = db.actor().clone();
    let mut sql = Sql::default();
    let reach = reach_sql(&crate::scenario::ledger(), &actor, Action::View, &mut sql)?;
    let mut condition = String::new();
    if let Some(owner) = owner {
        condition.push_str(&format!(" and t.owner = {}", sql.bind(owner)));
    }
    if let Some(id) = only {
        condition.push_str(&format!(" and t.id = {}", sql.bind(id)));
    }
    // Begins with the measures, which are few: a register of 100,000 risks is not walked through.
    let text = format!(
        "select t.id, t.title, cast(m.done as bigint) as done from (select l.to_id as scenario, \
         sum(case when r.state = 'done' then 1 else 0 end) as done, sum(case when r.state in ('planned', 'doing') then 1 else 0 end) as open, \
         max(r.done_on) as last from link l join treatment r on r.id = l.from_id and r.company_id = $1 and r.retired_at = '' \
         where l.company_id = $1 and l.from_ledger = 'treatment' and l.field = 'risks' group by l.to_id) m \
         join scenario t on t.id = m.scenario and t.company_id = $1 \
         where m.done > 0 and m.open = 0 and t.retired_at = '' and t.state <> 'closed' and {reach}{condition} \
         and (t.residual_value is null or not exists (select 1 from scenario_history h where h.company_id = $1 and h.scenario = t.id \
         and h.residual_value is not null and h.on_date >= m.last)) order by t.id"
    );
    db.rows(&text, sql.args)
        .await?
        .iter()
        .map(|row| Ok(ToReassess { id: row.get("id")?, title: row.text("title")?, done: row.get("done")? }))
        .collect()
}

/// Codes that lead to technical alternatives for a risk: of its weakness, and the storage place of its first asset.
///
/// # Errors
/// Database faults.
pub async fn hints(db: &mut impl Reader, weakness: &str, asset: &str) -> Result<(String, String)> {
    let weak = db.first("select code from weakness where company_id = $1 and id = $2", args![weakness]).await?;
    let place = db.first("select storage from information_asset where company_id = $1 and id = $2", args![asset]).await?;
    Ok((
        weak.map_or_else(|| Ok(String::new()), |row| row.text("code"))?,
        place.map_or_else(|| Ok(String::new()), |row| row.text("storage"))?,
    ))
}

/// Risks above the appetite that nobody deals with – no measure under way, no acceptance (S2-D6-08): how many, and the day on which the
/// first of them was found.
///
/// # Errors
/// [`mamori_kernel::error::Error::NotFound`] without permission; database faults.
pub async fn above_untreated(db: &mut impl Reader) -> Result<(i64, Option<Date>)> {
    let actor = db.actor().clone();
    let mut sql = Sql::default();
    let reach = reach_sql(&crate::scenario::ledger(), &actor, Action::View, &mut sql)?;
    // 対応中 and 受容中 are kept by the program itself: what is still 検討中 has neither.
    let text = format!(
        "select count(*) as n, min(case when t.found_on = '' then null else t.found_on end) as since from scenario t \
         where t.company_id = $1 and t.retired_at = '' and t.standing = 'above' and t.state = 'open' and {reach}"
    );
    match db.first(&text, sql.args).await? {
        Some(row) => Ok((row.get("n")?, row.text("since")?.parse().ok())),
        None => Ok((0, None)),
    }
}
