//! The register as reports need it: limited lists in the order of their weight, everything else counted by the database.

use std::collections::BTreeMap;

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_ledger::query::{Sql, reach_sql};
use mamori_store::{Reader, Row};

use crate::scenario::rules::{Levels, Money, Stage, Values};

/// A risk with the names that people read.
#[derive(Clone, Debug, Default)]
pub struct Risk {
    /// Row id.
    pub id: String,
    /// Number in the register.
    pub number: Option<i64>,
    /// Title.
    pub title: String,
    /// Row ids of its assets.
    pub assets: Vec<String>,
    /// Name of the department; empty if none.
    pub department: String,
    /// Name of the owner; empty if none.
    pub owner: String,
    /// Name of the threat; empty if none.
    pub threat: String,
    /// Name of the weakness; empty if none.
    pub weakness: String,
    /// Code of the state.
    pub state: String,
    /// Code of the policy; empty if none.
    pub policy: String,
    /// Code of the standing.
    pub standing: String,
    /// 見直す日.
    pub review_on: Option<Date>,
    /// The four factors at all stages.
    pub levels: Levels,
    /// The four products.
    pub values: Values,
    /// Code of the matrix's band; empty if not judged.
    pub matrix_class: String,
    /// What was entered about money.
    pub money: Money,
    /// SLE in yen.
    pub sle: Option<i64>,
    /// ALE in yen; of the simulation where no single amount was given.
    pub ale: Option<i64>,
    /// 95 % figure in yen.
    pub ale_p95: Option<i64>,
    /// IPA value.
    pub ipa: Option<i64>,
}

impl Risk {
    /// The value that counts: what remains after the measures, until then what is now.
    pub fn value(&self) -> Option<i64> {
        self.values.standing()
    }

    /// Above the appetite.
    pub fn is_above(&self) -> bool {
        self.standing == "above"
    }
}

const COLUMNS: &str = "t.id, t.number, t.title, t.assets, coalesce(d.name, '') as department_name, coalesce(p.name, '') as owner_name, \
     coalesce(h.name, '') as threat_name, coalesce(w.name, '') as weakness_name, t.state, t.policy, t.standing, t.review_on, \
     t.asset_value, t.threat_level, t.weakness_level, t.likelihood, t.weakness_before, t.likelihood_before, t.weakness_target, \
     t.likelihood_target, t.weakness_after, t.likelihood_after, t.inherent_value, t.current_value, t.target_value, t.residual_value, \
     t.matrix_class, t.loss_value, t.exposure, t.persons, t.per_person, t.other_loss, t.occurrences, t.loss_least, t.loss_likely, t.loss_most, \
     t.sle, coalesce(t.ale, t.ale_mean) as loss, t.ale_p95, t.ipa_value \
     from scenario t left join department d on d.id = t.department and d.company_id = $1 \
     left join person p on p.id = t.owner and p.company_id = $1 \
     left join threat h on h.id = t.threat and h.company_id = $1 \
     left join weakness w on w.id = t.weakness and w.company_id = $1";

/// Above the appetite first, then the largest; one order on both databases, whatever they do with nulls.
const ORDER: &str = "order by case when t.standing = 'above' then 0 else 1 end, coalesce(t.residual_value, t.current_value, -1) desc, \
     coalesce(t.ale, t.ale_mean, -1) desc, t.number, t.id";

fn read(row: &Row) -> Result<Risk> {
    let stage = |weakness: &str, likelihood: &str| -> Result<Stage> {
        Ok(Stage { weakness: row.get(weakness)?, likelihood: row.get(likelihood)? })
    };
    Ok(Risk {
        id: row.get("id")?,
        number: row.get("number")?,
        title: row.text("title")?,
        assets: serde_json::from_str(&row.text("assets")?).unwrap_or_default(),
        department: row.text("department_name")?,
        owner: row.text("owner_name")?,
        threat: row.text("threat_name")?,
        weakness: row.text("weakness_name")?,
        state: row.text("state")?,
        policy: row.text("policy")?,
        standing: row.text("standing")?,
        review_on: row.text("review_on")?.parse().ok(),
        levels: Levels {
            asset_value: row.get("asset_value")?,
            threat: row.get("threat_level")?,
            now: stage("weakness_level", "likelihood")?,
            before: stage("weakness_before", "likelihood_before")?,
            target: stage("weakness_target", "likelihood_target")?,
            after: stage("weakness_after", "likelihood_after")?,
        },
        values: Values {
            inherent: row.get("inherent_value")?,
            current: row.get("current_value")?,
            target: row.get("target_value")?,
            residual: row.get("residual_value")?,
        },
        matrix_class: row.text("matrix_class")?,
        money: Money {
            value: row.get("loss_value")?,
            exposure: row.get("exposure")?,
            persons: row.get("persons")?,
            per_person: row.get("per_person")?,
            other: row.get("other_loss")?,
            occurrences: row.text("occurrences")?,
            range: [row.get("loss_least")?, row.get("loss_likely")?, row.get("loss_most")?],
        },
        sle: row.get("sle")?,
        ale: row.get("loss")?,
        ale_p95: row.get("ale_p95")?,
        ipa: row.get("ipa_value")?,
    })
}

/// Which risks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// All that are not closed.
    Living,
    /// Judged by a number.
    Judged,
    /// Above the appetite and neither treated nor accepted.
    Untreated,
    /// Above the appetite and being treated.
    Treated,
    /// Without numbers.
    Unknown,
    /// With a policy or a measure, or above the appetite.
    Planned,
}

impl Which {
    fn condition(self) -> &'static str {
        match self {
            Which::Living => "t.state <> 'closed'",
            Which::Judged => "t.state <> 'closed' and t.standing in ('above', 'acceptable')",
            Which::Untreated => "t.state = 'open' and t.standing = 'above'",
            Which::Treated => "t.state = 'treating' and t.standing = 'above'",
            Which::Unknown => "t.state <> 'closed' and t.standing not in ('above', 'acceptable')",
            Which::Planned => {
                "t.state <> 'closed' and (t.policy <> '' or t.standing = 'above' or t.id in (select l.to_id from link l where \
                 l.company_id = $1 and l.from_ledger = 'treatment' and l.field = 'risks'))"
            }
        }
    }
}

/// The first risks of a kind that the reader may see, gravest first.
///
/// # Errors
/// [`mamori_kernel::error::Error::NotFound`] without permission; database faults.
pub async fn pick(db: &mut impl Reader, which: Which, limit: usize) -> Result<Vec<Risk>> {
    let mut sql = Sql::default();
    let reach = reach(db, &mut sql)?;
    let text = format!(
        "select {COLUMNS} where t.company_id = $1 and t.retired_at = '' and {reach} and {} {ORDER} limit {limit}",
        which.condition()
    );
    db.rows(&text, sql.args).await?.iter().map(read).collect()
}

fn reach(db: &impl Reader, sql: &mut Sql) -> Result<String> {
    reach_sql(&crate::scenario::ledger(), db.actor(), Action::View, sql)
}

/// The register in numbers; closed risks are not counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Totals {
    /// All.
    pub risks: i64,
    /// Above the appetite.
    pub above: i64,
    /// Within it.
    pub acceptable: i64,
    /// Above the appetite, neither treated nor accepted.
    pub untreated: i64,
    /// 対応中.
    pub treating: i64,
    /// 受容中.
    pub accepted: i64,
    /// Past their review date.
    pub late: i64,
    /// With an expected yearly loss.
    pub priced: i64,
    /// Sum of the expected yearly losses, yen.
    pub ale: i64,
}

impl Totals {
    /// Without numbers.
    pub fn unknown(&self) -> i64 {
        self.risks.saturating_sub(self.above).saturating_sub(self.acceptable)
    }
}

const COUNTS: &str = "count(*) as risks, cast(coalesce(sum(case when t.standing = 'above' then 1 else 0 end), 0) as bigint) as above, \
     cast(coalesce(sum(case when t.standing = 'acceptable' then 1 else 0 end), 0) as bigint) as acceptable, \
     coalesce(sum(cast(coalesce(t.ale, t.ale_mean) as double precision)), 0.0) as ale";

/// The sum is added up as a float: a hundred thousand of the largest losses do not fit into 64 bits.
fn loss(row: &Row) -> Result<i64> {
    Ok(row.get::<f64>("ale")? as i64)
}

/// Counts over everything that the reader may see.
///
/// # Errors
/// As [`pick`].
pub async fn totals(db: &mut impl Reader, today: Date) -> Result<Totals> {
    let mut sql = Sql::default();
    let reach = reach(db, &mut sql)?;
    let day = sql.bind(today);
    let sum = |condition: &str| format!("cast(coalesce(sum(case when {condition} then 1 else 0 end), 0) as bigint)");
    let text = format!(
        "select {COUNTS}, {} as untreated, {} as treating, {} as accepted, {} as late, {} as priced from scenario t \
         where t.company_id = $1 and t.retired_at = '' and t.state <> 'closed' and {reach}",
        sum("t.standing = 'above' and t.state = 'open'"),
        sum("t.state = 'treating'"),
        sum("t.state = 'accepted'"),
        sum(&format!("t.review_on <> '' and t.review_on < {day}")),
        sum("coalesce(t.ale, t.ale_mean) is not null"),
    );
    let Some(row) = db.first(&text, sql.args).await? else { return Ok(Totals::default()) };
    Ok(Totals {
        risks: row.get("risks")?,
        above: row.get("above")?,
        acceptable: row.get("acceptable")?,
        untreated: row.get("untreated")?,
        treating: row.get("treating")?,
        accepted: row.get("accepted")?,
        late: row.get("late")?,
        priced: row.get("priced")?,
        ale: loss(&row)?,
    })
}

/// By what risks are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// 部署.
    Department,
    /// 脅威.
    Threat,
    /// 弱点.
    Weakness,
}

/// Counts of one department, threat or weakness.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// Its name; empty for risks without one.
    pub name: String,
    /// All risks.
    pub risks: i64,
    /// Above the appetite.
    pub above: i64,
    /// Within it.
    pub acceptable: i64,
    /// The largest value; `None` while none is judged.
    pub largest: Option<i64>,
    /// Sum of the expected yearly losses, yen.
    pub ale: i64,
}

/// Groups, those with the most above the appetite first.
///
/// # Errors
/// As [`pick`].
pub async fn groups(db: &mut impl Reader, by: By, limit: usize) -> Result<Vec<Group>> {
    let (table, field) = match by {
        By::Department => ("department", "department"),
        By::Threat => ("threat", "threat"),
        By::Weakness => ("weakness", "weakness"),
    };
    let mut sql = Sql::default();
    let reach = reach(db, &mut sql)?;
    let text = format!(
        "select coalesce(g.name, '') as name, {COUNTS}, max(coalesce(t.residual_value, t.current_value)) as largest \
         from scenario t left join {table} g on g.id = t.{field} and g.company_id = $1 \
         where t.company_id = $1 and t.retired_at = '' and t.state <> 'closed' and {reach} \
         group by g.id, g.name order by above desc, risks desc, name limit {limit}"
    );
    let read = |row: &Row| -> Result<Group> {
        Ok(Group {
            name: row.text("name")?,
            risks: row.get("risks")?,
            above: row.get("above")?,
            acceptable: row.get("acceptable")?,
            largest: row.get("largest")?,
            ale: loss(row)?,
        })
    };
    db.rows(&text, sql.args).await?.iter().map(read).collect()
}

/// A cell of the map: 資産価値 × 発生可能性; `None` where a factor is not judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// 資産価値.
    pub asset_value: Option<i64>,
    /// 発生可能性.
    pub likelihood: Option<i64>,
    /// Risks in it.
    pub risks: i64,
    /// Those above the appetite.
    pub above: i64,
}

fn cell(row: &Row) -> Result<Cell> {
    Ok(Cell {
        asset_value: row.get("asset_value")?,
        likelihood: row.get("likelihood")?,
        risks: row.get("risks")?,
        above: row.get("above")?,
    })
}

/// The map of today, or of an earlier day from the history; empty for a day before the first risk.
///
/// # Errors
/// As [`pick`].
pub async fn cells(db: &mut impl Reader, on: Option<Date>) -> Result<Vec<Cell>> {
    let mut sql = Sql::default();
    let reach = reach(db, &mut sql)?;
    let count = |from: &str| {
        format!(
            "{from}.asset_value, {from}.likelihood, count(*) as risks, \
             cast(sum(case when {from}.standing = 'above' then 1 else 0 end) as bigint) as above"
        )
    };
    let text = match on {
        None => format!(
            "select {} from scenario t where t.company_id = $1 and t.retired_at = '' and t.state <> 'closed' and {reach} \
             group by t.asset_value, t.likelihood",
            count("t")
        ),
        Some(day) => {
            let day = sql.bind(day);
            format!(
                "select {} from scenario_history m join scenario t on t.id = m.scenario and t.company_id = $1 \
                 where m.company_id = $1 and m.on_date <= {day} and m.until_date > {day} and m.state <> 'closed' and {reach} \
                 group by m.asset_value, m.likelihood",
                count("m")
            )
        }
    };
    db.rows(&text, sql.args).await?.iter().map(cell).collect()
}

/// Names of assets by row id.
///
/// # Errors
/// Database faults.
pub async fn asset_names(db: &mut impl Reader, risks: &[Risk]) -> Result<BTreeMap<String, String>> {
    let mut wanted: Vec<&String> = risks.iter().flat_map(|risk| &risk.assets).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut found = BTreeMap::new();
    for chunk in wanted.chunks(500) {
        let mut sql = Sql::default();
        let list = sql.bind_all(chunk.iter().copied());
        let text = format!("select id, name from information_asset where company_id = $1 and id in ({list})");
        for row in db.rows(&text, sql.args).await? {
            found.insert(row.get("id")?, row.text("name")?);
        }
    }
    Ok(found)
}
