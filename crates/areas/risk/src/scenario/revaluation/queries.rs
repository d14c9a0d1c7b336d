//! The arithmetic of a risk as SQL, for 100,000 rows at once. A test holds it together with the arithmetic of a single save.

use std::collections::{BTreeMap, BTreeSet};

use mamori_kernel::error::Result;
use mamori_kernel::{id, time};
use mamori_ledger::query::Sql;
use mamori_store::{Change, Reader, Tx, args};

use crate::scenario::queries::{CAUSE, FOR_NOW};

/// Old level → new level of each factor field, for a change of the scale; empty where nothing moves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    /// 資産価値.
    pub asset_value: Vec<(i64, i64)>,
    /// 脅威.
    pub threat: Vec<(i64, i64)>,
    /// 脆弱性.
    pub weakness: Vec<(i64, i64)>,
    /// 発生可能性.
    pub likelihood: Vec<(i64, i64)>,
}

/// What all risks are judged by anew.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Revaluation {
    /// Levels that get other numbers.
    pub moves: Moves,
    /// Version of the scale that rows with other levels are bound to from now on; `None` leaves the version.
    pub method: Option<i64>,
    /// Highest acceptable score.
    pub score: i64,
    /// Highest acceptable yearly loss, yen.
    pub yen: i64,
    /// Why, for the history.
    pub cause: String,
}

/// Numbers are ours (0–9, checked by the scale), so they stand in the text.
fn moved(column: &str, moves: &[(i64, i64)]) -> String {
    if moves.is_empty() {
        return column.to_owned();
    }
    let whens: String = moves.iter().map(|(from, to)| format!(" when {from} then {to}")).collect();
    format!("case {column}{whens} else {column} end")
}

/// `p`: the rows between two ids whose levels, values or standing would be others, with the new ones. The same arithmetic as
/// [`crate::scenario::rules::Levels::values`] and [`crate::scenario::rules::standing`]; a test holds them together.
fn revalued(work: &Revaluation, from: &str, to: &str, sql: &mut Sql) -> String {
    let (low, high) = (sql.bind(from), sql.bind(to));
    let moves = &work.moves;
    let levels: Vec<String> = [
        ("asset_value", &moves.asset_value),
        ("threat_level", &moves.threat),
        ("weakness_level", &moves.weakness),
        ("likelihood", &moves.likelihood),
        ("weakness_before", &moves.weakness),
        ("likelihood_before", &moves.likelihood),
        ("weakness_target", &moves.weakness),
        ("likelihood_target", &moves.likelihood),
        ("weakness_after", &moves.weakness),
        ("likelihood_after", &moves.likelihood),
    ]
    .iter()
    .map(|(column, moves)| format!("{} as {column}", moved(column, moves)))
    .collect();
    let product = |stage: &str| {
        format!(
            "case when weakness_{stage} is null and likelihood_{stage} is null then null else asset_value * threat_level * \
             coalesce(weakness_{stage}, weakness_level) * coalesce(likelihood_{stage}, likelihood) end"
        )
    };
    let (score, yen) = (work.score, work.yen);
    // What was judged with the new version already has its levels.
    let older = work.method.map_or_else(String::new, |number| format!(" and coalesce(method, 0) < {number}"));
    // What stands there now goes along as `was_…`: a second look at the table would cost as much as the first.
    let was: Vec<String> = LEVEL_COLUMNS.iter().map(|column| format!("{column} as was_{column}")).collect();
    let differs: Vec<String> =
        LEVEL_COLUMNS.iter().map(|column| format!("coalesce({column}, -1) <> coalesce(was_{column}, -1)")).collect();
    format!(
        "with l as (select id, retired_at, state, impact, frequency, method, standing as was_standing, coalesce(ale, ale_mean) as loss, \
           {}, {} from scenario where company_id = $1 and id >= {low} and id <= {high}{older}), \
         v as (select l.*, {} as inherent_value, asset_value * threat_level * weakness_level * likelihood as current_value, \
           {} as target_value, {} as residual_value from l), \
         j as (select v.*, case when coalesce(residual_value, current_value) is null and loss is null then 'unknown' \
           when coalesce(residual_value, current_value, 0) > {score} or coalesce(loss, 0) > {yen} then 'above' else 'acceptable' end as standing \
           from v), \
         p as (select * from j where was_standing <> standing or {})",
        was.join(", "),
        levels.join(", "),
        product("before"),
        product("target"),
        product("after"),
        differs.join(" or "),
    )
}

/// Judges all risks between two ids anew, set-based: history first, then the rows. Returns how many changed. The caller logs.
///
/// # Errors
/// Database faults.
pub async fn revalue(tx: &mut Tx, work: &Revaluation, from: &str, to: &str) -> Result<u64> {
    let (today, now, user) = (time::today(tx.now()), tx.now(), tx.actor().user_id.clone());
    let mut sql = Sql::default();
    let rows = revalued(work, from, to, &mut sql);
    let day = sql.bind(today);
    let text = format!(
        "{rows} update scenario_history set until_date = {day} where company_id = $1 and until_date = '{FOR_NOW}' \
         and scenario in (select id from p)"
    );
    tx.exec(&text, sql.args).await?;
    let mut sql = Sql::default();
    let rows = revalued(work, from, to, &mut sql);
    let (day, cause, prefix) = (sql.bind(today), sql.bind(work.cause.as_str()), sql.bind(id::new()));
    let method = work.method.map_or_else(|| "p.method".to_owned(), |number| number.to_string());
    // A fresh id in front keeps the order of the lines; the row's own id behind it makes each line's id its own.
    let text = format!(
        "{rows} insert into scenario_history (company_id, id, scenario, on_date, until_date, state, inherent_value, current_value, \
         target_value, residual_value, standing, asset_value, threat_level, weakness_level, likelihood, impact, frequency, method, cause) \
         select $1, {prefix} || '-' || p.id, p.id, {day}, '{FOR_NOW}', p.state, p.inherent_value, p.current_value, p.target_value, \
         p.residual_value, p.standing, p.asset_value, p.threat_level, p.weakness_level, p.likelihood, p.impact, p.frequency, {method}, {cause} \
         from p where p.retired_at = ''"
    );
    tx.exec(&text, sql.args).await?;
    let mut sql = Sql::default();
    let rows = revalued(work, from, to, &mut sql);
    let (at, by) = (sql.bind(now), sql.bind(user));
    let columns = LEVEL_COLUMNS.map(|column| format!("{column} = p.{column}")).join(", ");
    let method = work.method.map_or_else(String::new, |number| format!(", method = {number}"));
    let text = format!(
        "{rows} update scenario set {columns}, standing = p.standing, version = scenario.version + 1, updated_at = {at}, updated_by = {by}\
         {method} from p where scenario.id = p.id and scenario.company_id = $1"
    );
    tx.exec(&text, sql.args).await
}

const LEVEL_COLUMNS: [&str; 14] = [
    "asset_value",
    "threat_level",
    "weakness_level",
    "likelihood",
    "weakness_before",
    "likelihood_before",
    "weakness_target",
    "likelihood_target",
    "weakness_after",
    "likelihood_after",
    "inherent_value",
    "current_value",
    "target_value",
    "residual_value",
];

/// Judges all risks against another appetite, set-based; returns how many changed their standing. Writes history and one log entry.
///
/// # Errors
/// Database faults.
pub async fn rejudge(tx: &mut Tx, score: i64, yen: i64) -> Result<u64> {
    let work = Revaluation { score, yen, cause: tx.memo(CAUSE).unwrap_or_default().to_owned(), ..Revaluation::default() };
    let changed = revalue(tx, &work, "", LAST_ID).await?;
    if changed > 0 {
        let what = serde_json::json!({ "score": score, "yen": yen, "changed": changed });
        tx.log(Change::new("rejudge", "scenario", "", &work.cause, what)).await?;
    }
    Ok(changed)
}

/// Behind every row id.
pub(crate) const LAST_ID: &str = "zzzz";

/// Row ids that cut the register into pieces of `size` rows, in order: each piece is from one id to the next, both included.
///
/// # Errors
/// Database faults.
pub async fn pieces(db: &mut impl Reader, size: i64) -> Result<Vec<(String, String, i64)>> {
    let text = "select min(id) as a, max(id) as b, count(*) as n from \
         (select id, (row_number() over (order by id) - 1) / $2 as piece from scenario where company_id = $1) x group by piece order by a";
    let rows = db.rows(text, args![size]).await?;
    rows.iter().map(|row| Ok((row.get("a")?, row.get("b")?, row.get("n")?))).collect()
}

/// How many risks use each level: factor field, level, count. Rows out of use count as well: they can be taken back.
///
/// # Errors
/// Database faults.
pub async fn used_levels(db: &mut impl Reader) -> Result<Vec<(String, i64, i64)>> {
    // One look at the table; there are few combinations, however many risks.
    let columns: Vec<&str> = LEVEL_COLUMNS.into_iter().take(10).collect();
    let columns = columns.join(", ");
    let text = format!("select {columns}, count(*) as n from scenario where company_id = $1 group by {columns}");
    let mut found: BTreeMap<(&str, i64), i64> = BTreeMap::new();
    for row in db.rows(&text, vec![]).await? {
        let count: i64 = row.get("n")?;
        for (factor, columns) in FACTOR_COLUMNS {
            let mut levels = BTreeSet::new();
            for column in columns {
                levels.extend(row.get::<Option<i64>>(column)?);
            }
            for level in levels {
                *found.entry((factor, level)).or_default() += count;
            }
        }
    }
    Ok(found.into_iter().map(|((factor, level), count)| (factor.to_owned(), level, count)).collect())
}

const FACTOR_COLUMNS: [(&str, &[&str]); 4] = [
    ("asset_value", &["asset_value"]),
    ("threat", &["threat_level"]),
    ("weakness", &["weakness_level", "weakness_before", "weakness_target", "weakness_after"]),
    ("likelihood", &["likelihood", "likelihood_before", "likelihood_target", "likelihood_after"]),
];
