//! The numbers of one scenario, by every method: pure, without database or clock.

use mamori_kernel::error::{Error, FieldError, Result};
use mamori_kernel::lang::{Lang, Words};
use mamori_kernel::reckoning::Reckoning;
use mamori_kernel::yen::Yen;

use super::{MatrixClass, Standing};
use crate::appetite::Appetite;
use crate::four_factor::rules::{Factor, Scale};
use crate::ipa::rules::Band;
use crate::matrix::rules::{Frequency, Impact, Matrix};
use crate::quantity::rules::{
    AnnualLoss, Computed, Distribution, LARGEST, LossInput, Occurrence, Range, Share, Simulation, View, annual_loss, simulate,
    single_loss,
};

/// Tries of the simulation: enough that the 95 % figure moves by less than a per cent with another seed.
pub const TRIALS: u32 = 10_000;

/// Weakness and likelihood at one stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stage {
    /// 脆弱性.
    pub weakness: Option<i64>,
    /// 発生可能性.
    pub likelihood: Option<i64>,
}

/// The four factors at all stages. Asset value and threat are the same at every stage: a company can hardly change them (S2-D3-11).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    /// 資産価値.
    pub asset_value: Option<i64>,
    /// 脅威.
    pub threat: Option<i64>,
    /// Now.
    pub now: Stage,
    /// As if there were no measures.
    pub before: Stage,
    /// Aimed at.
    pub target: Stage,
    /// Judged again after the measures (S2-D6-06).
    pub after: Stage,
}

/// The products.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Values {
    /// 固有.
    pub inherent: Option<i64>,
    /// 現在.
    pub current: Option<i64>,
    /// 目標.
    pub target: Option<i64>,
    /// 残留.
    pub residual: Option<i64>,
}

impl Values {
    /// The value that counts against the appetite: what remains after the measures once it has been judged, what is now until then.
    #[must_use]
    pub fn standing(self) -> Option<i64> {
        self.residual.or(self.current)
    }
}

impl Levels {
    /// A stage with what it leaves open taken from now; `None` when nothing was said about it.
    #[must_use]
    pub fn filled(&self, stage: Stage) -> Option<Stage> {
        if stage == Stage::default() {
            return None;
        }
        Some(Stage { weakness: stage.weakness.or(self.now.weakness), likelihood: stage.likelihood.or(self.now.likelihood) })
    }

    fn product(&self, stage: Stage) -> Option<i64> {
        [self.asset_value, self.threat, stage.weakness, stage.likelihood]
            .into_iter()
            .try_fold(1_i64, |product, level| level.and_then(|level| product.checked_mul(level)))
    }

    /// All four products; one is missing while a factor of it is.
    #[must_use]
    pub fn values(&self) -> Values {
        let at = |stage: Stage| self.filled(stage).and_then(|stage| self.product(stage));
        Values { inherent: at(self.before), current: at(self.now), target: at(self.target), residual: at(self.after) }
    }
}

/// `part` of `whole` steps up from the lowest to the highest number of a factor; in doubt the higher one.
#[must_use]
pub fn onto(scale: &Scale, factor: Factor, part: i64, whole: i64) -> i64 {
    let (low, high) = scale.bounds(factor);
    let span = high.saturating_sub(low);
    low + (span * part.clamp(0, whole) + whole - 1) / whole
}

/// How a risk stands against the appetite, by score or by yearly loss (S2-D6-08, S2-D6-09).
#[must_use]
pub fn standing(appetite: Appetite, values: Values, ale: Option<i64>) -> Standing {
    match appetite.is_above(values.standing(), ale) {
        None => Standing::Unknown,
        Some(true) => Standing::Above,
        Some(false) => Standing::Acceptable,
    }
}

/// 大・中・小 of a cell.
#[must_use]
pub fn matrix_class(impact: Impact, frequency: Frequency) -> MatrixClass {
    match Matrix::default().assess(impact, frequency).band {
        Band::Large => MatrixClass::High,
        Band::Middle => MatrixClass::Middle,
        Band::Small => MatrixClass::Low,
    }
}

/// What was entered about money.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Money {
    /// AV in yen.
    pub value: Option<i64>,
    /// EF in per cent; everything when not given.
    pub exposure: Option<i64>,
    /// Persons in the asset.
    pub persons: Option<i64>,
    /// Yen for each.
    pub per_person: Option<i64>,
    /// Sum of itemised costs, yen.
    pub other: Option<i64>,
    /// ARO as typed.
    pub occurrences: String,
    /// Least, likely and largest loss of one case, yen.
    pub range: [Option<i64>; 3],
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loss {
    /// SLE.
    pub single: Option<Computed>,
    /// ALE.
    pub annual: Option<AnnualLoss>,
    /// Frequency and loss for the simulation.
    pub simulation: Option<SimulationInput>,
}

/// What the simulation draws from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SimulationInput {
    frequency: Range,
    loss: Range,
}

impl Eq for SimulationInput {}

/// The ledger's field for a field of the rules.
fn ledger_field(field: &str) -> &str {
    match field {
        "asset_value" => "loss_value",
        "occurrence" => "occurrences",
        "items" => "other_loss",
        "loss" => "loss_least",
        other => other,
    }
}

fn field_errors(error: Error) -> Vec<FieldError> {
    match error {
        Error::Invalid(list) => {
            list.into_iter().map(|one| FieldError { field: ledger_field(&one.field).to_owned(), message: one.message }).collect()
        }
        other => vec![FieldError { field: "loss_value".to_owned(), message: other.words() }],
    }
}

/// Collects the good and keeps the bad.
struct Sieve(Vec<FieldError>);

impl Sieve {
    fn take<T>(&mut self, result: Result<T>) -> Option<T> {
        result.map_err(|error| self.0.extend(field_errors(error))).ok()
    }

    fn reject(&mut self, field: &str, ja: &'static str, en: &'static str) {
        self.0.push(FieldError { field: field.to_owned(), message: Words::new(ja, en) });
    }
}

/// Works out SLE and ALE from what was entered: value × share, persons × share × amount, itemised costs, added up (S2-D5-22..24).
///
/// # Errors
/// Every field that does not fit: amounts of 0 or less, shares outside 1–100, an ARO that is none, losses out of order, half a pair.
pub fn money(entered: &Money) -> std::result::Result<Loss, Vec<FieldError>> {
    let mut sieve = Sieve(Vec::new());
    let exposure = match entered.exposure {
        None => sieve.take(Share::new(1, 1)),
        Some(percent) => match u64::try_from(percent).ok().filter(|percent| (1..=100).contains(percent)) {
            Some(percent) => sieve.take(Share::new(percent, 100)),
            None => {
                let (ja, en) = (
                    "被害の割合は1〜100の整数（%）で入力してください。被害がないなら、このリスクは起きません。",
                    "Enter the share that is hit as a whole number from 1 to 100 (%). Where nothing is hit there is no risk.",
                );
                sieve.reject("exposure", ja, en);
                None
            }
        },
    };
    let occurrence = match entered.occurrences.trim() {
        "" => None,
        text => sieve.take(Occurrence::parse(text)),
    };
    let parts = match exposure {
        Some(exposure) => parts(entered, exposure, &mut sieve),
        None => Vec::new(),
    };
    let single = sieve_sum(parts, &mut sieve);
    let annual = match (&single, occurrence) {
        (Some(single), Some(occurrence)) => sieve.take(annual_loss(&LossInput::Itemised(single.clone()), occurrence)),
        _ => None,
    };
    let simulation = range(entered.range, occurrence, entered.occurrences.trim().is_empty(), &mut sieve);
    if sieve.0.is_empty() { Ok(Loss { single, annual, simulation }) } else { Err(sieve.0) }
}

fn parts(entered: &Money, exposure: Share, sieve: &mut Sieve) -> Vec<Computed> {
    let mut parts = Vec::new();
    if let Some(value) = entered.value {
        parts.extend(sieve.take(single_loss(&LossInput::Value { asset_value: Yen(value), exposure })));
    }
    match (entered.persons, entered.per_person) {
        (Some(persons), Some(amount)) => match u64::try_from(persons) {
            Ok(persons) => {
                let input = LossInput::Persons { persons, exposure, per_person: Yen(amount) };
                parts.extend(sieve.take(single_loss(&input)));
            }
            Err(_) => sieve.reject("persons", "人数は1人以上で入力してください。", "Enter one person or more."),
        },
        (Some(_), None) => sieve.reject(
            "per_person",
            "人数があるときは、1人あたりの金額も入力してください。目安は28,308円（公表された平均）です。",
            "With a number of persons, the amount per person is needed too. A published mean is ¥28,308.",
        ),
        (None, Some(_)) => sieve.reject(
            "persons",
            "1人あたりの金額があるときは、人数も入力してください。",
            "With an amount per person, the number of persons is needed too.",
        ),
        (None, None) => {}
    }
    if let Some(other) = entered.other {
        let amount = Yen(other);
        let words = Words::owned(amount.format(Lang::Ja), amount.format(Lang::En));
        let reckoning = Reckoning::default().step(
            Words::new("その他の費用", "Other costs"),
            Words::new("内訳の合計として入力", "entered as the sum of its items"),
            words,
            Words::new("S2-D5-23", "S2-D5-23"),
        );
        parts.extend(sieve.take(single_loss(&LossInput::Itemised(Computed { value: amount, reckoning }))));
    }
    parts
}

/// One part stands for itself; several are added with one more step.
fn sieve_sum(mut parts: Vec<Computed>, sieve: &mut Sieve) -> Option<Computed> {
    if parts.len() < 2 {
        return parts.pop();
    }
    let mut steps = Vec::new();
    let mut sum = Yen::ZERO;
    for part in &parts {
        steps.extend(part.reckoning.steps.iter().cloned());
        sum = match sum.checked_add(part.value).filter(|sum| *sum <= LARGEST) {
            Some(sum) => sum,
            None => {
                sieve.reject(
                    "other_loss",
                    "損失の合計が大きすぎます。金額の桁を確かめてください。",
                    "The losses add up to too much. Please check the number of digits.",
                );
                return None;
            }
        };
    }
    let list = |lang| parts.iter().map(|part| part.value.format(lang)).collect::<Vec<_>>().join(" + ");
    let reckoning = Reckoning { steps }.step(
        Words::new("単一損失予想額（SLE）の合計", "Single loss expectancy (SLE), sum"),
        Words::owned(list(Lang::Ja), list(Lang::En)),
        Words::owned(sum.format(Lang::Ja), sum.format(Lang::En)),
        Words::new("S2-D5-22, S2-D5-23", "S2-D5-22, S2-D5-23"),
    );
    Some(Computed { value: sum, reckoning })
}

fn range(
    given: [Option<i64>; 3],
    occurrence: Option<Occurrence>,
    no_occurrence: bool,
    sieve: &mut Sieve,
) -> Option<SimulationInput> {
    let [least, likely, most] = given;
    if least.is_none() && likely.is_none() && most.is_none() {
        return None;
    }
    for (field, amount) in [("loss_least", least), ("loss_likely", likely), ("loss_most", most)] {
        if amount.is_none() {
            sieve.reject(
                field,
                "金額の幅は、最も小さい場合・ありそうな場合・最も大きい場合の三つとも入力してください。",
                "A range needs all three amounts: least, likely and most.",
            );
        }
    }
    if no_occurrence {
        sieve.reject(
            "occurrences",
            "金額の幅で調べるには、発生の回数も必要です。「1/5」のように入力してください。",
            "The range needs the cases a year too. Enter something like 1/5.",
        );
    }
    let loss = sieve.take(Range::of_yen(Yen(least?), Yen(likely?), Yen(most?)))?;
    let occurrence = occurrence?;
    let frequency = sieve.take(Range::of_occurrences(occurrence, occurrence, occurrence))?;
    Some(SimulationInput { frequency, loss })
}

/// Runs the simulation. The seed comes from the row's id, so that the same risk with the same numbers always shows the same picture.
///
/// # Errors
/// A field error when it happens more often than daily.
pub fn spread(input: SimulationInput, row_id: &str) -> std::result::Result<Distribution, Vec<FieldError>> {
    let simulation = Simulation {
        frequency: input.frequency,
        loss: input.loss,
        view: View::Expectation,
        trials: TRIALS,
        seed: seed_of(row_id),
    };
    simulate(&simulation).map_err(field_errors)
}

/// FNV-1a of the id: any spread will do, as long as it never changes.
fn seed_of(row_id: &str) -> u64 {
    row_id.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests;
