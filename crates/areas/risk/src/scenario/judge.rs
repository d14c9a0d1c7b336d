//! Fills in what the program works out for a row before it is saved.

use mamori_kernel::error::Result;
use mamori_kernel::lang::Words;
use mamori_kernel::time;
use mamori_ledger::Choice as _;
use mamori_ledger::hooks::Saving;
use mamori_ledger::record::{Record, Value};

use super::rules::{self, Levels, Money, Stage};
use super::{State, queries};
use crate::appetite::{Appetite, queries as appetite};
use crate::four_factor::rules::Factor;
use crate::matrix::rules::{Frequency, Impact};
use crate::scale::{Version, off_scale, queries as scale};

/// The level fields with their factor.
pub(crate) const LEVELS: [(&str, Factor); 10] = [
    ("asset_value", Factor::AssetValue),
    ("threat_level", Factor::Threat),
    ("weakness_level", Factor::Weakness),
    ("likelihood", Factor::Likelihood),
    ("weakness_before", Factor::Weakness),
    ("likelihood_before", Factor::Likelihood),
    ("weakness_target", Factor::Weakness),
    ("likelihood_target", Factor::Likelihood),
    ("weakness_after", Factor::Weakness),
    ("likelihood_after", Factor::Likelihood),
];

/// The levels of a row.
pub fn levels(record: &Record) -> Levels {
    let int = |field: &str| record.get(field).as_int();
    let stage = |weakness: &str, likelihood: &str| Stage { weakness: int(weakness), likelihood: int(likelihood) };
    Levels {
        asset_value: int("asset_value"),
        threat: int("threat_level"),
        now: stage("weakness_level", "likelihood"),
        before: stage("weakness_before", "likelihood_before"),
        target: stage("weakness_target", "likelihood_target"),
        after: stage("weakness_after", "likelihood_after"),
    }
}

/// The money of a row.
pub fn entered(record: &Record) -> Money {
    let int = |field: &str| record.get(field).as_int();
    Money {
        value: int("loss_value"),
        exposure: int("exposure"),
        persons: int("persons"),
        per_person: int("per_person"),
        other: int("other_loss"),
        occurrences: record.get("occurrences").as_str().to_owned(),
        range: [int("loss_least"), int("loss_likely"), int("loss_most")],
    }
}

fn number(value: Option<i64>) -> Value {
    value.map_or(Value::Null, Value::Int)
}

/// Completes and judges a row.
pub(super) async fn complete(saving: &mut Saving<'_>) -> Result<()> {
    basics(saving).await?;
    state(saving);
    let version = scale::current(saving.tx).await?;
    let appetite = appetite::current(saving.tx).await?;
    check_levels(saving, &version);
    let ale = price(saving);
    weigh(saving.new, appetite, ale);
    // A result stays bound to the version it was judged with until somebody judges again.
    if LEVELS.iter().any(|(field, _)| saving.changed(field)) {
        saving.new.values.set("method", version.number);
    }
    let assets = saving.new.get("assets").as_list().to_vec();
    let ipa = queries::ipa_value(saving.tx, &assets).await?;
    saving.new.values.set("ipa_value", number(ipa));
    Ok(())
}

/// Number, department, dates.
async fn basics(saving: &mut Saving<'_>) -> Result<()> {
    if saving.new.get("number").as_int().is_none() {
        let next = queries::next_number(saving.tx).await?;
        saving.new.values.set("number", next);
    }
    if let (true, Some(first)) = (saving.new.get("department").is_empty(), saving.new.get("assets").as_list().first().cloned()) {
        let department = crate::treatment::queries::department_of(saving.tx, &first).await?;
        if !department.is_empty() {
            saving.new.values.set("department", department);
        }
    }
    let today = time::today(saving.tx.now());
    if saving.old.is_none() {
        if saving.new.get("found_on").is_empty() {
            saving.new.values.set("found_on", today);
        }
        if saving.new.get("review_on").is_empty() {
            saving.new.values.set("review_on", crate::acceptance::rules::latest_review(today));
        }
    }
    let (found, review) = (saving.new.get("found_on").as_date(), saving.new.get("review_on").as_date());
    if (saving.changed("found_on") || saving.changed("review_on"))
        && found.zip(review).is_some_and(|(found, review)| review < found)
    {
        saving.reject(
            "review_on",
            Words::new(
                "見直す日が、見つけた日より前になっています。見つけた日以降の日にしてください。",
                "The day of review is before the day on which the risk was found. Choose a later day.",
            ),
        );
    }
    if let Some(times) = saving.new.get("happened").as_int()
        && times < 0
    {
        saving.reject("happened", Words::new("回数は0以上で入力してください。", "Enter 0 or more."));
    }
    Ok(())
}

/// 受容中 is a decision: it comes from the approval and never from a form or a file.
fn state(saving: &mut Saving<'_>) {
    let accepted = State::Accepted.code();
    let decided = saving.tx.memo(super::ops::DECIDED) == Some(saving.new.meta.id.as_str());
    if saving.new.get("state").as_str() == accepted && saving.changed("state") && !decided {
        saving.reject(
            "state",
            Words::new(
                "「受容中」は承認で付きます。リスクの画面から「受容を申請」を押し、承認を受けてください。",
                "“Accepted” is set by an approval. Open the risk and ask for acceptance.",
            ),
        );
    }
}

fn check_levels(saving: &mut Saving<'_>, version: &Version) {
    for (field, factor) in LEVELS {
        if let Some(level) = saving.new.get(field).as_int()
            && saving.changed(field)
            && let Some(message) = off_scale(&version.scale, factor, level)
        {
            saving.reject(field, message);
        }
    }
}

/// SLE, ALE and the simulation; returns the ALE that counts.
fn price(saving: &mut Saving<'_>) -> Option<i64> {
    let loss = match rules::money(&entered(saving.new)) {
        Ok(loss) => loss,
        Err(errors) => {
            saving.errors.extend(errors);
            return None;
        }
    };
    let ale = loss.annual.as_ref().map(|annual| annual.annual.0);
    saving.new.values.set("sle", number(loss.single.map(|single| single.value.0)));
    saving.new.values.set("ale", number(ale));
    let drawn = ["loss_least", "loss_likely", "loss_most", "occurrences"];
    match loss.simulation {
        None => {
            saving.new.values.set("ale_mean", Value::Null);
            saving.new.values.set("ale_p95", Value::Null);
        }
        Some(_) if !drawn.iter().any(|field| saving.changed(field)) && !saving.new.get("ale_p95").is_empty() => {}
        Some(input) => match rules::spread(input, &saving.new.meta.id) {
            Ok(found) => {
                saving.new.values.set("ale_mean", found.mean.0);
                saving.new.values.set("ale_p95", found.p95.0);
            }
            Err(errors) => saving.errors.extend(errors),
        },
    }
    ale.or_else(|| saving.new.get("ale_mean").as_int())
}

/// The products, the standing and the cell.
fn weigh(record: &mut Record, appetite: Appetite, ale: Option<i64>) {
    let values = levels(record).values();
    record.values.set("inherent_value", number(values.inherent));
    record.values.set("current_value", number(values.current));
    record.values.set("target_value", number(values.target));
    record.values.set("residual_value", number(values.residual));
    record.values.set("standing", rules::standing(appetite, values, ale).code());
    let cell = Impact::parse(record.get("impact").as_str()).zip(Frequency::parse(record.get("frequency").as_str()));
    let class = cell.map(|(impact, frequency)| rules::matrix_class(impact, frequency).code());
    record.values.set("matrix_class", class.map_or(Value::Null, Value::from));
}
