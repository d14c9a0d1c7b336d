//! Exact fractions: the share of an asset that is hit (EF) and how often a year (ARO).

use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Words;
use mamori_kernel::text::nfkc;
use mamori_kernel::yen::{Yen, group_thousands};

/// Largest numerator and denominator. With [`LARGEST`](super::LARGEST) yen every product stays far inside 128 bits.
const MOST: u64 = 1_000_000_000;

/// A positive fraction in lowest terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fraction {
    numerator: u64,
    denominator: u64,
}

const fn common_divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl Fraction {
    /// The fraction in lowest terms; `None` when either part is 0 or above a thousand million.
    #[must_use]
    pub fn new(numerator: u64, denominator: u64) -> Option<Self> {
        let fits = |part| (1..=MOST).contains(&part);
        let divisor = common_divisor(numerator, denominator);
        (fits(numerator) && fits(denominator))
            .then(|| Self { numerator: numerator / divisor, denominator: denominator / divisor })
    }

    /// The upper part, in lowest terms.
    #[must_use]
    pub const fn numerator(self) -> u64 {
        self.numerator
    }

    /// The lower part, in lowest terms.
    #[must_use]
    pub const fn denominator(self) -> u64 {
        self.denominator
    }

    /// The nearest floating point number, for the simulation only.
    #[must_use]
    pub fn approximate(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }

    /// This part of an amount, rounded half up to whole yen; `None` beyond 64 bits.
    #[must_use]
    pub fn of(self, amount: Yen) -> Option<Yen> {
        let denominator = i128::from(self.denominator);
        let doubled = i128::from(amount.0).checked_mul(i128::from(self.numerator))?.checked_mul(2)?;
        i64::try_from((doubled + denominator).div_euclid(denominator * 2)).ok().map(Yen)
    }

    /// This part of a number of persons; a part of a person is a person.
    #[must_use]
    pub fn of_persons(self, persons: u64) -> u64 {
        let product = u128::from(persons) * u128::from(self.numerator);
        u64::try_from(product.div_ceil(u128::from(self.denominator))).unwrap_or(u64::MAX)
    }
}

/// `12`, `0.25` as an exact fraction over a power of ten: value and its denominator.
fn decimal(text: &str) -> Option<(u64, u64)> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |s: &str| !s.is_empty() && s.len() <= 9 && s.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(part) {
        return None;
    }
    let scale = 10_u64.checked_pow(u32::try_from(part.len()).ok()?)?;
    let value = whole.parse::<u64>().ok()?.checked_mul(scale)?.checked_add(part.parse().ok()?)?;
    Some((value, scale))
}

fn clean(text: &str) -> String {
    nfkc(text).chars().filter(|c| !c.is_whitespace() && *c != ',').collect()
}

/// `a/b` or a decimal, not yet judged: numerator and denominator.
fn parts(text: &str) -> Option<(u64, u64)> {
    match text.split_once('/') {
        Some((above, below)) => {
            let ((a, b), (c, d)) = (decimal(above)?, decimal(below)?);
            Some((a.checked_mul(d)?, b.checked_mul(c)?))
        }
        None => decimal(text),
    }
}

fn reduced((numerator, denominator): (u64, u64)) -> Option<Fraction> {
    let divisor = common_divisor(numerator, denominator).max(1);
    Fraction::new(numerator / divisor, denominator / divisor)
}

/// EF, 暴露係数: the share of an asset's value, or of the persons in it, that one case hits. Above 0, at most 1 (S2-D5-22).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Share(Fraction);

impl Share {
    /// A share such as 40/100.
    ///
    /// # Errors
    /// A field error on `exposure` when the share is 0, above 1, or divides by 0.
    pub fn new(numerator: u64, denominator: u64) -> Result<Self> {
        match Fraction::new(numerator, denominator) {
            Some(fraction) if fraction.numerator <= fraction.denominator => Ok(Self(fraction)),
            _ => Err(Self::unusable(&format!("{numerator}/{denominator}"))),
        }
    }

    /// Reads `40%`, `0.4` or `2/5`.
    ///
    /// # Errors
    /// A field error on `exposure` that names what was typed and what is allowed.
    pub fn parse(text: &str) -> Result<Self> {
        let cleaned = clean(text);
        let read = match cleaned.strip_suffix('%') {
            Some(percent) => parts(percent).and_then(|(above, below)| Some((above, below.checked_mul(100)?))),
            None => parts(&cleaned),
        };
        match read.and_then(reduced) {
            Some(fraction) if fraction.numerator <= fraction.denominator => Ok(Self(fraction)),
            _ => Err(Self::unusable(text.trim())),
        }
    }

    /// The fraction itself.
    #[must_use]
    pub const fn fraction(self) -> Fraction {
        self.0
    }

    fn unusable(given: &str) -> Error {
        Error::field(
            "exposure",
            Words::owned(
                format!(
                    "被害を受ける割合に「{given}」は使えません。0%より大きく100%以下で、「40%」「0.4」「2/5」のように入力してください。"
                ),
                format!(
                    "“{given}” cannot be the share that is hit. Enter more than 0% and at most 100%, such as 40%, 0.4 or 2/5."
                ),
            ),
        )
    }
}

impl std::fmt::Display for Share {
    /// `40%`, `0.1%`, or `1/3` where a percentage would not be exact.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Fraction { numerator, denominator } = self.0;
        let scaled = numerator * 1_000_000;
        if !scaled.is_multiple_of(denominator) {
            return write!(f, "{numerator}/{denominator}");
        }
        let ten_thousandths = scaled / denominator;
        let digits = format!("{}.{:04}", ten_thousandths / 10_000, ten_thousandths % 10_000);
        write!(f, "{}%", digits.trim_end_matches('0').trim_end_matches('.'))
    }
}

/// ARO, 年間発生率: so many times in so many years (S2-D5-22). Kept as a fraction so that "once in ten years" stays exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Occurrence(Fraction);

impl Occurrence {
    /// `times` cases in `years` years.
    ///
    /// # Errors
    /// A field error on `occurrence` when either is 0 (1/0 has no meaning; what never happens is no risk) or too large.
    pub fn new(times: u64, years: u64) -> Result<Self> {
        Fraction::new(times, years).map(Self).ok_or_else(|| Self::unusable(&format!("{times}/{years}")))
    }

    /// Reads `1/10`, `0.2`, `10年に1回`, `年2回`, `5年に1度`.
    ///
    /// # Errors
    /// A field error on `occurrence` that names what was typed and how to write it.
    pub fn parse(text: &str) -> Result<Self> {
        let cleaned = clean(text);
        let counted = cleaned.strip_suffix('回').or_else(|| cleaned.strip_suffix('度'));
        let read = match counted.and_then(|rest| rest.split_once('年')) {
            Some((years, times)) => {
                let years = if years.is_empty() { Some((1, 1)) } else { decimal(years) };
                let times = decimal(times.strip_prefix('に').unwrap_or(times));
                times.zip(years).and_then(|((a, b), (c, d))| Some((a.checked_mul(d)?, b.checked_mul(c)?)))
            }
            None => parts(cleaned.strip_suffix('年').unwrap_or(&cleaned)),
        };
        read.and_then(reduced).map(Self).ok_or_else(|| Self::unusable(text.trim()))
    }

    /// The fraction itself, cases a year.
    #[must_use]
    pub const fn fraction(self) -> Fraction {
        self.0
    }

    /// In words for people: `10年に1回`, `年2回`.
    #[must_use]
    pub fn words(self) -> Words {
        let (times, years) = (group_thousands(self.0.numerator), group_thousands(self.0.denominator));
        match (self.0.numerator, self.0.denominator) {
            (1, 1) => Words::new("年1回", "once a year"),
            (_, 1) => Words::owned(format!("年{times}回"), format!("{times} times a year")),
            (1, _) => Words::owned(format!("{years}年に1回"), format!("once in {years} years")),
            _ => Words::owned(format!("{years}年に{times}回"), format!("{times} times in {years} years")),
        }
    }

    fn unusable(given: &str) -> Error {
        Error::field(
            "occurrence",
            Words::owned(
                format!(
                    "発生頻度に「{given}」は使えません。回数も年数も1以上で、「10年に1回」「1/10」「0.1」のように入力してください。起こらないと考えるなら、このリスクは回避済みとして扱います。"
                ),
                format!(
                    "“{given}” cannot be a frequency. Times and years are both at least 1: write 1/10 or 0.1 for once in ten years. If it cannot happen, treat the risk as avoided."
                ),
            ),
        )
    }
}

impl std::fmt::Display for Occurrence {
    /// `1/10`, or `2` for whole numbers.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Fraction { numerator, denominator: 1 } => write!(f, "{numerator}"),
            Fraction { numerator, denominator } => write!(f, "{numerator}/{denominator}"),
        }
    }
}
