//! ALE with a range: many tries with a seed, and what they show.

use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::{Lang, Words};
use mamori_kernel::reckoning::Reckoning;
use mamori_kernel::yen::{Yen, group_thousands};

use super::loss::yen_words;
use super::portable::{Random, exp};
use super::quantile::{Quantiles, Range};

/// Tries that are allowed: fewer say nothing about the 95 % figure, more only cost time.
const TRIALS: std::ops::RangeInclusive<u32> = 100..=200_000;

/// Highest frequency, cases a year: what happens more than daily is work, not risk.
pub const MOST_OFTEN: f64 = 366.0;

/// Bars of the histogram, at most; their width is a round number.
const BARS: i64 = 20;

/// What one try stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum View {
    /// Frequency × loss: how sure are we of the ALE itself? The right view to compare measures and for the yearly budget.
    #[default]
    Expectation,
    /// One year is played: a random number of cases (Poisson), each with its own loss. Most years of a rare risk cost nothing, a few cost
    /// all: the right view for reserves and insurance.
    Year,
}

/// What is simulated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Simulation {
    /// Cases a year.
    pub frequency: Range,
    /// Yen for one case.
    pub loss: Range,
    /// What one try stands for.
    pub view: View,
    /// Number of tries, usually 10,000.
    pub trials: u32,
    /// The start of the random numbers; stored with the result, so that anyone can repeat it.
    pub seed: u64,
}

/// One bar of the histogram: `from` ≤ loss < `to`; the last also holds `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bin {
    /// Lower bound.
    pub from: Yen,
    /// Upper bound.
    pub to: Yen,
    /// Tries inside.
    pub count: u32,
}

/// What the tries show. All amounts are yen a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distribution {
    /// Number of tries.
    pub trials: u32,
    /// Mean, rounded half up.
    pub mean: Yen,
    /// Half of the tries are at or below it.
    pub median: Yen,
    /// 95 of 100 tries are at or below it.
    pub p95: Yen,
    /// Smallest try.
    pub least: Yen,
    /// Largest try.
    pub most: Yen,
    /// Histogram from smallest to largest.
    pub bins: Vec<Bin>,
    /// Exceedance curve at the bounds of the bins: amount, and how many tries are at or above it.
    pub exceedance: Vec<(Yen, u32)>,
    /// Every step.
    pub reckoning: Reckoning,
    /// All tries, smallest first.
    sorted: Vec<i64>,
}

impl Distribution {
    /// Tries at or above an amount, such as the company's limit.
    #[must_use]
    pub fn at_or_above(&self, amount: Yen) -> u32 {
        let below = self.sorted.partition_point(|loss| *loss < amount.0);
        count(self.sorted.len() - below)
    }

    /// The smallest loss that is not exceeded in `percent` of 100 tries (nearest rank); 100 gives the largest.
    #[must_use]
    pub fn percentile(&self, percent: u8) -> Yen {
        nearest_rank(&self.sorted, percent)
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn nearest_rank(sorted: &[i64], percent: u8) -> Yen {
    let rank = (sorted.len() * usize::from(percent.min(100))).div_ceil(100).max(1);
    Yen(sorted.get(rank - 1).copied().unwrap_or(0))
}

/// Simulates a risk.
///
/// **Same seed, same numbers, on every machine.** The tries use only `+ − × ÷` on 64-bit floats, which IEEE 754 rounds in one way;
/// logarithm and exponential are our own (see `portable`), the random numbers are integers, and every try is rounded to whole yen before
/// anything is summed. (32-bit x86 without SSE2 is the known exception of Rust and is no target of this product.)
///
/// # Errors
/// A field error on `trials` outside 100–200,000, or on `occurrence` above 366 cases a year.
pub fn simulate(simulation: &Simulation) -> Result<Distribution> {
    if !TRIALS.contains(&simulation.trials) {
        return Err(Error::field(
            "trials",
            Words::owned(
                format!("試行回数に「{}」は使えません。100〜200,000回にしてください。", simulation.trials),
                format!("{} tries are not possible. Choose 100 to 200,000.", simulation.trials),
            ),
        ));
    }
    if simulation.frequency.most() > MOST_OFTEN {
        return Err(Error::field(
            "occurrence",
            Words::new(
                "発生頻度は年366回までにしてください。毎日より多く起きることは、1日または1か月分をまとめて1件として見積もります。",
                "Frequencies go up to 366 a year. Estimate what happens more than daily as one case a day or a month.",
            ),
        ));
    }
    let mut losses = draw(simulation);
    losses.sort_unstable();
    Ok(describe(simulation, losses))
}

fn draw(simulation: &Simulation) -> Vec<i64> {
    let mut random = Random::new(simulation.seed);
    let (frequency, loss) = (Quantiles::new(simulation.frequency), Quantiles::new(simulation.loss));
    let one = |random: &mut Random| {
        let often = frequency.at(random.uniform());
        match simulation.view {
            View::Expectation => (often * loss.at(random.uniform())).round() as i64,
            View::Year => {
                let cases = random.occurrences(exp(-often));
                (0..cases).map(|_| loss.at(random.uniform()).round() as i64).sum()
            }
        }
    };
    (0..simulation.trials).map(|_| one(&mut random)).collect()
}

fn describe(simulation: &Simulation, sorted: Vec<i64>) -> Distribution {
    let trials = i128::from(simulation.trials);
    let sum: i128 = sorted.iter().map(|loss| i128::from(*loss)).sum();
    let mean = Yen(i64::try_from((sum * 2 + trials) / (trials * 2)).unwrap_or(i64::MAX));
    let bins = histogram(&sorted);
    let mut found = Distribution {
        trials: simulation.trials,
        mean,
        median: nearest_rank(&sorted, 50),
        p95: nearest_rank(&sorted, 95),
        least: nearest_rank(&sorted, 0),
        most: nearest_rank(&sorted, 100),
        bins,
        exceedance: Vec::new(),
        reckoning: Reckoning::default(),
        sorted,
    };
    let bounds = found.bins.iter().map(|bin| bin.from).chain(found.bins.last().map(|bin| bin.to));
    found.exceedance = bounds.map(|amount| (amount, found.at_or_above(amount))).collect();
    found.reckoning = explain(simulation, &found);
    found
}

/// 1, 2 or 5 times a power of ten, at least `rough`.
fn round_width(rough: i64) -> i64 {
    let mut power = 1_i64;
    loop {
        for factor in [1, 2, 5] {
            if power.saturating_mul(factor) >= rough {
                return power.saturating_mul(factor);
            }
        }
        power = power.saturating_mul(10);
    }
}

fn histogram(sorted: &[i64]) -> Vec<Bin> {
    let (Some(least), Some(most)) = (sorted.first().copied(), sorted.last().copied()) else { return Vec::new() };
    let width = round_width((most - least + BARS - 1) / BARS);
    let mut from = least - least.rem_euclid(width);
    let mut rest = sorted;
    let mut bins = Vec::new();
    while !rest.is_empty() {
        let to = from.saturating_add(width);
        let last = to >= most;
        let inside = rest.partition_point(|loss| if last { *loss <= to } else { *loss < to });
        bins.push(Bin { from: Yen(from), to: Yen(to), count: count(inside) });
        rest = rest.get(inside..).unwrap_or_default();
        from = to;
    }
    bins
}

fn explain(simulation: &Simulation, found: &Distribution) -> Reckoning {
    let source = || Words::new("三点見積り(PERT)、モンテカルロ法", "three-point estimate (PERT), Monte Carlo method");
    let both = |make: &dyn Fn(Lang) -> String| Words::owned(make(Lang::Ja), make(Lang::En));
    let money = |value: f64, lang| Yen(value.round() as i64).format(lang);
    let (frequency, loss) = (simulation.frequency, simulation.loss);
    let often = |value: f64| format!("{:.3}", value);
    let tries = group_thousands(u64::from(found.trials));
    let (rule, seed) = (
        match simulation.view {
            View::Expectation => Words::new("頻度 × 損失額", "frequency × loss"),
            View::Year => Words::new("1年に起きた件ごとの損失額の合計", "sum of the losses of the cases of one year"),
        },
        simulation.seed,
    );
    Reckoning::default()
        .step(
            Words::new("平均の発生頻度(年)", "Mean frequency a year"),
            both(&|_| {
                format!("({} + 4 × {} + {}) ÷ 6", often(frequency.least()), often(frequency.likely()), often(frequency.most()))
            }),
            both(&|_| often(frequency.mean())),
            source(),
        )
        .step(
            Words::new("平均の損失額(1件)", "Mean loss of a case"),
            both(&|lang| {
                format!("({} + 4 × {} + {}) ÷ 6", money(loss.least(), lang), money(loss.likely(), lang), money(loss.most(), lang))
            }),
            both(&|lang| money(loss.mean(), lang)),
            source(),
        )
        .step(
            Words::new("平均の年間損失額", "Mean loss a year"),
            Words::owned(
                format!("{}を{tries}回計算した平均(乱数の種 {seed})", rule.ja),
                format!("mean of {tries} tries of {} (seed {seed})", rule.en),
            ),
            yen_words(found.mean),
            source(),
        )
        .step(
            Words::new("中央値", "Median"),
            Words::owned(format!("{tries}回を小さい順に並べた50%の位置"), format!("the 50% place of {tries} sorted tries")),
            yen_words(found.median),
            source(),
        )
        .step(
            Words::new("95%値", "95% figure"),
            Words::owned(format!("{tries}回を小さい順に並べた95%の位置"), format!("the 95% place of {tries} sorted tries")),
            yen_words(found.p95),
            source(),
        )
}
