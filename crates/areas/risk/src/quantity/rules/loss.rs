//! SLE and ALE: what one case costs, and what that is a year.

use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::{Lang, Words};
use mamori_kernel::reckoning::Reckoning;
use mamori_kernel::yen::{Yen, group_thousands};

use super::{Occurrence, Share};

/// Largest amount that the rules take, a thousand 兆円: more than any company has, small enough that nothing overflows.
pub const LARGEST: Yen = Yen(1_000_000_000_000_000);

/// An amount with the way it came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Computed {
    /// The amount.
    pub value: Yen,
    /// Every step.
    pub reckoning: Reckoning,
}

/// What is known about one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LossInput {
    /// SLE = AV × EF (S2-D5-22).
    Value {
        /// AV, 資産価値 in yen.
        asset_value: Yen,
        /// EF.
        exposure: Share,
    },
    /// Persons who are hit × an amount for each (S2-D1-05, S2-D5-24, S2-D6-09).
    Persons {
        /// Persons in the asset ("how many records do we hold").
        persons: u64,
        /// Share of them that leaks.
        exposure: Share,
        /// Yen per person. A published mean is entered as published: the mean of the published years need not equal it (T7).
        per_person: Yen,
    },
    /// The sum of an itemised table, see [`incident_cost`](super::incident_cost) (S2-D5-23).
    Itemised(Computed),
}

/// Refuses amounts that say nothing.
pub(super) fn positive(field: &'static str, ja: &str, en: &str, amount: Yen) -> Result<Yen> {
    if amount > Yen::ZERO && amount <= LARGEST {
        return Ok(amount);
    }
    Err(Error::field(
        field,
        Words::owned(
            format!(
                "{ja}に「{}」は使えません。1円以上、{}以下の金額を入力してください。",
                amount.format(Lang::Ja),
                LARGEST.format(Lang::Ja)
            ),
            format!("{en} cannot be {}. Enter an amount from ¥1 to {}.", amount.format(Lang::En), LARGEST.format(Lang::En)),
        ),
    ))
}

/// A result beyond what the rules take.
pub(super) fn too_large(field: &'static str) -> Error {
    Error::field(
        field,
        Words::owned(
            format!("計算結果が{}を超えました。金額の桁を確かめてください。", LARGEST.format(Lang::Ja)),
            format!("The result is above {}. Please check the number of digits.", LARGEST.format(Lang::En)),
        ),
    )
}

fn bounded(field: &'static str, amount: Option<Yen>) -> Result<Yen> {
    amount.filter(|amount| *amount <= LARGEST).ok_or_else(|| too_large(field))
}

/// Both languages of an amount.
pub(super) fn yen_words(amount: Yen) -> Words {
    Words::owned(amount.format(Lang::Ja), amount.format(Lang::En))
}

fn source(id: &'static str) -> Words {
    Words::new(id, id)
}

/// SLE, 単一損失予想額: what one case costs.
///
/// # Errors
/// Field errors on `asset_value`, `persons` or `per_person` when an amount or number is 0, negative or beyond [`LARGEST`].
pub fn single_loss(input: &LossInput) -> Result<Computed> {
    match input {
        LossInput::Value { asset_value, exposure } => {
            let value = positive("asset_value", "資産価値", "The value of the asset", *asset_value)?;
            let loss = bounded("asset_value", exposure.fraction().of(value))?;
            Ok(Computed { value: loss, reckoning: value_step(Reckoning::default(), value, *exposure, loss) })
        }
        LossInput::Persons { persons, exposure, per_person } => of_persons(*persons, *exposure, *per_person),
        LossInput::Itemised(sum) => {
            positive("items", "費用の合計", "The sum of the costs", sum.value)?;
            Ok(sum.clone())
        }
    }
}

fn value_step(chain: Reckoning, value: Yen, exposure: Share, loss: Yen) -> Reckoning {
    chain.step(
        Words::new("単一損失予想額(SLE)", "Single loss expectancy (SLE)"),
        Words::owned(
            format!("資産価値 {} × 被害の割合 {exposure}", value.format(Lang::Ja)),
            format!("asset value {} × share hit {exposure}", value.format(Lang::En)),
        ),
        yen_words(loss),
        source("S2-D5-22"),
    )
}

fn of_persons(persons: u64, exposure: Share, per_person: Yen) -> Result<Computed> {
    if persons == 0 {
        return Err(Error::field(
            "persons",
            Words::new(
                "人数が0人のままです。この資産に何人分の情報が入っているかを入力してください。",
                "The number of persons is 0. Enter how many persons the asset holds information about.",
            ),
        ));
    }
    positive("per_person", "1人あたりの金額", "The amount per person", per_person)?;
    let hit = exposure.fraction().of_persons(persons);
    let loss = bounded("persons", i64::try_from(hit).ok().and_then(|hit| per_person.checked_mul(hit)))?;
    let (all, hit) = (group_thousands(persons), group_thousands(hit));
    let reckoning = Reckoning::default()
        .step(
            Words::new("被害を受ける人数", "Persons hit"),
            Words::owned(format!("{all}人 × {exposure}(端数切り上げ)"), format!("{all} persons × {exposure}, rounded up")),
            Words::owned(format!("{hit}人"), format!("{hit} persons")),
            source("S2-D1-05, S2-D6-09"),
        )
        .step(
            Words::new("単一損失予想額(SLE)", "Single loss expectancy (SLE)"),
            Words::owned(
                format!("{hit}人 × {}", per_person.format(Lang::Ja)),
                format!("{hit} persons × {}", per_person.format(Lang::En)),
            ),
            yen_words(loss),
            source("S2-D1-05, S2-D5-22"),
        );
    Ok(Computed { value: loss, reckoning })
}

/// ALE with what it was made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnualLoss {
    /// SLE.
    pub single: Yen,
    /// ARO.
    pub occurrence: Occurrence,
    /// ALE, yen a year.
    pub annual: Yen,
    /// The steps of SLE and the last multiplication.
    pub reckoning: Reckoning,
}

/// ALE = SLE × ARO (S2-D5-22, tests T4–T6).
///
/// # Errors
/// The errors of [`single_loss`], or a field error when the result is beyond [`LARGEST`].
pub fn annual_loss(input: &LossInput, occurrence: Occurrence) -> Result<AnnualLoss> {
    let Computed { value: single, reckoning } = single_loss(input)?;
    let annual = bounded("occurrence", occurrence.fraction().of(single))?;
    let words = occurrence.words();
    let reckoning = reckoning.step(
        Words::new("年間予想損失額(ALE)", "Annual loss expectancy (ALE)"),
        Words::owned(
            format!("SLE {} × ARO {occurrence}({})", single.format(Lang::Ja), words.ja),
            format!("SLE {} × ARO {occurrence} ({})", single.format(Lang::En), words.en),
        ),
        yen_words(annual),
        source("S2-D5-22"),
    );
    Ok(AnnualLoss { single, occurrence, annual, reckoning })
}

/// Whether a value may be accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// At or below the company's limit: it may be accepted once somebody has looked at what remains.
    Acceptable,
    /// Above the limit: treat it.
    NotAcceptable,
}

impl Verdict {
    /// In words for people.
    #[must_use]
    pub const fn words(self) -> Words {
        match self {
            Self::Acceptable => Words::new("受け入れられる(残るリスクを確認)", "Acceptable, after a look at what remains"),
            Self::NotAcceptable => Words::new("受け入れられない(対応が必要)", "Not acceptable; it needs a treatment"),
        }
    }
}

/// Judges an annual loss against the company's amount (S2-D6-09: 150万円 < 200万円 → acceptable; T6). Exactly at the limit is acceptable.
///
/// # Errors
/// A field error on `threshold` when the limit is 0, negative or beyond [`LARGEST`].
pub fn judge(loss: &AnnualLoss, threshold: Yen) -> Result<(Verdict, Reckoning)> {
    positive("threshold", "受容できる金額", "The amount that may be accepted", threshold)?;
    let (verdict, sign) = if loss.annual <= threshold { (Verdict::Acceptable, "≤") } else { (Verdict::NotAcceptable, ">") };
    let compare = |lang| format!("{} {sign} {}", loss.annual.format(lang), threshold.format(lang));
    let reckoning = loss.reckoning.clone().step(
        Words::new("受容の判断", "May it be accepted"),
        Words::owned(compare(Lang::Ja), compare(Lang::En)),
        verdict.words(),
        Words::new("S2-D6-09、会社の設定", "S2-D6-09, company setting"),
    );
    Ok((verdict, reckoning))
}
