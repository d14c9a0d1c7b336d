//! What a measure may cost, and what it brings over the years.

use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::{Lang, Words};
use mamori_kernel::reckoning::Reckoning;
use mamori_kernel::yen::Yen;

use super::LARGEST;
use super::loss::{too_large, yen_words};

/// From which multiple of the loss a measure counts as far too dear. The seed says "far above" without a number; twice is our choice.
const FAR_ABOVE: i64 = 2;

/// Longest plan, in years; measures of information technology do not live longer.
const MOST_YEARS: usize = 30;

/// What to think of a price (S2-D5-22).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Worth {
    /// Costs less a year than the loss it is against.
    Good,
    /// Costs as much or more: weigh it, look for something cheaper.
    Weigh,
    /// Costs more than twice the loss: think of giving up the business or the data that makes the risk.
    ConsiderAvoiding,
}

impl Worth {
    /// In words for people.
    #[must_use]
    pub const fn words(self) -> Words {
        match self {
            Self::Good => Words::new("費用が年間予想損失額より小さく、見合います", "Costs less than the loss it prevents"),
            Self::Weigh => Words::new(
                "費用が年間予想損失額以上です。安い方法を探すか、ほかの効果も含めて判断します",
                "Costs as much as the loss or more: look for something cheaper or name its other benefits",
            ),
            Self::ConsiderAvoiding => Words::new(
                "費用が年間予想損失額を大きく上回ります。その情報や業務をやめる「回避」も考えます",
                "Costs far more than the loss: consider avoiding the risk by giving up the data or the work",
            ),
        }
    }
}

/// Compares a yearly price with an annual loss (S2-D5-22).
#[must_use]
pub fn worth(yearly_cost: Yen, annual_loss: Yen) -> Worth {
    if yearly_cost < annual_loss {
        Worth::Good
    } else if yearly_cost.0 > annual_loss.0.saturating_mul(FAR_ABOVE) {
        Worth::ConsiderAvoiding
    } else {
        Worth::Weigh
    }
}

/// A measure in money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Investment {
    /// ALE without the measure, yen a year.
    pub before: Yen,
    /// ALE with the measure, yen a year; 0 when the risk is gone.
    pub after: Yen,
    /// Paid once, at the beginning of the first year (事前対策費用).
    pub initial: Yen,
    /// Running cost of each year (対策運用費用); its length is the length of the plan.
    pub yearly: Vec<Yen>,
}

/// One year of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearOfReturn {
    /// 1 for the first year.
    pub year: usize,
    /// Cost of this year; the first includes what is paid once.
    pub cost: Yen,
    /// Saving − cost, summed up to the end of this year.
    pub cumulative: Yen,
}

/// What a measure brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Return {
    /// ALE before − after; negative when the risk grew in spite of the measure.
    pub yearly_saving: Yen,
    /// Over all years.
    pub total_saving: Yen,
    /// Over all years, with what is paid once.
    pub total_cost: Yen,
    /// Saving − cost over all years.
    pub net: Yen,
    /// Return on investment in thousandths, rounded half away from zero; `None` when the measure costs nothing.
    pub permille: Option<i64>,
    /// The first year at whose end savings have paid all costs so far.
    pub pays_back_in: Option<usize>,
    /// Year by year.
    pub years: Vec<YearOfReturn>,
    /// Every step.
    pub reckoning: Reckoning,
}

fn not_negative(field: &'static str, ja: &str, en: &str, amount: Yen) -> Result<()> {
    if (Yen::ZERO..=LARGEST).contains(&amount) {
        return Ok(());
    }
    Err(Error::field(
        field,
        Words::owned(
            format!("{ja}に「{}」は使えません。0円以上の金額を入力してください。", amount.format(Lang::Ja)),
            format!("{en} cannot be {}. Enter ¥0 or more.", amount.format(Lang::En)),
        ),
    ))
}

fn check(plan: &Investment) -> Result<()> {
    not_negative("before", "対策前の年間予想損失額", "The annual loss without the measure", plan.before)?;
    not_negative("after", "対策後の年間予想損失額", "The annual loss with the measure", plan.after)?;
    not_negative("initial", "初期費用", "The initial cost", plan.initial)?;
    for (index, cost) in plan.yearly.iter().enumerate() {
        let year = index + 1;
        not_negative("yearly", &format!("{year}年目の費用"), &format!("The cost of year {year}"), *cost)?;
    }
    if plan.yearly.is_empty() || plan.yearly.len() > MOST_YEARS {
        return Err(Error::field(
            "yearly",
            Words::owned(
                format!("計算する年数は1〜{MOST_YEARS}年にしてください。毎年の費用がない場合は0円と入力します。"),
                format!("Plan for 1 to {MOST_YEARS} years. Enter ¥0 for a year without running cost."),
            ),
        ));
    }
    Ok(())
}

/// Yearly saving, return on investment and the year in which the measure has paid for itself.
///
/// Not discounted: over the three to five years of a small company's plan, interest is smaller than the uncertainty of the estimates.
///
/// # Errors
/// Field errors for negative amounts, no year or more than thirty, or sums beyond [`LARGEST`].
pub fn invest(plan: &Investment) -> Result<Return> {
    check(plan)?;
    let yearly_saving = Yen(plan.before.0 - plan.after.0);
    let mut years = Vec::with_capacity(plan.yearly.len());
    let (mut total_cost, mut total_saving) = (plan.initial, Yen::ZERO);
    for (index, running) in plan.yearly.iter().enumerate() {
        let sums = total_cost.checked_add(*running).zip(total_saving.checked_add(yearly_saving));
        let Some((cost, saving)) = sums.filter(|(cost, _)| *cost <= LARGEST) else { return Err(too_large("yearly")) };
        (total_cost, total_saving) = (cost, saving);
        let paid = if index == 0 { Yen(plan.initial.0 + running.0) } else { *running };
        years.push(YearOfReturn { year: index + 1, cost: paid, cumulative: Yen(saving.0 - cost.0) });
    }
    let net = Yen(total_saving.0 - total_cost.0);
    let permille = (total_cost > Yen::ZERO).then(|| rounded(i128::from(net.0) * 1_000, i128::from(total_cost.0)));
    let pays_back_in = years.iter().find(|year| year.cumulative >= Yen::ZERO).map(|year| year.year);
    let mut found =
        Return { yearly_saving, total_saving, total_cost, net, permille, pays_back_in, years, reckoning: Reckoning::default() };
    found.reckoning = explain(plan, &found);
    Ok(found)
}

/// Half away from zero; the divisor is positive.
fn rounded(value: i128, by: i128) -> i64 {
    let magnitude = (value.abs() * 2 + by) / (by * 2);
    i64::try_from(if value < 0 { -magnitude } else { magnitude }).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}

/// `125.0%` from thousandths.
fn percent(permille: i64) -> String {
    let sign = if permille < 0 { "-" } else { "" };
    let size = permille.unsigned_abs();
    format!("{sign}{}.{}%", size / 10, size % 10)
}

fn explain(plan: &Investment, found: &Return) -> Reckoning {
    let years = found.years.len();
    let source = || Words::new("S2-D5-22, S2-D6-18", "S2-D5-22, S2-D6-18");
    let both = |make: &dyn Fn(Lang) -> String| Words::owned(make(Lang::Ja), make(Lang::En));
    let rate = match found.permille {
        Some(permille) => Words::owned(percent(permille), percent(permille)),
        None => Words::new("費用なし", "no cost"),
    };
    let back = match found.pays_back_in {
        Some(year) => Words::owned(format!("{year}年目"), format!("in year {year}")),
        None => Words::owned(format!("{years}年以内には回収できない"), format!("not within {years} years")),
    };
    Reckoning::default()
        .step(
            Words::new("年間の効果額", "Saving a year"),
            both(&|lang| format!("ALE {} − {}", plan.before.format(lang), plan.after.format(lang))),
            yen_words(found.yearly_saving),
            source(),
        )
        .step(
            Words::new("効果額の合計", "Saving over all years"),
            Words::owned(
                format!("{} × {years}年", found.yearly_saving.format(Lang::Ja)),
                format!("{} × {years} years", found.yearly_saving.format(Lang::En)),
            ),
            yen_words(found.total_saving),
            source(),
        )
        .step(
            Words::new("費用の合計", "Cost over all years"),
            Words::owned(
                format!("初期 {} + 毎年の費用 {years}年分", plan.initial.format(Lang::Ja)),
                format!("initial {} + running cost of {years} years", plan.initial.format(Lang::En)),
            ),
            yen_words(found.total_cost),
            Words::new("S2-D6-12", "S2-D6-12"),
        )
        .step(
            Words::new("投資対効果", "Return on investment"),
            both(&|lang| {
                format!(
                    "({} − {}) ÷ {}",
                    found.total_saving.format(lang),
                    found.total_cost.format(lang),
                    found.total_cost.format(lang)
                )
            }),
            rate,
            source(),
        )
        .step(
            Words::new("費用を回収する年", "Pays for itself"),
            Words::new("累計の効果額 ≥ 累計の費用 になる最初の年", "first year with summed savings ≥ summed costs"),
            back,
            source(),
        )
}
