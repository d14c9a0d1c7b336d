//! Least, likely, most as a PERT distribution, and a table that turns a uniform number into one of it.

use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Words;
use mamori_kernel::yen::Yen;

use super::portable::power;
use super::{LARGEST, Occurrence};

/// An estimate by three points. Between them the PERT distribution: a beta distribution scaled to least…most whose mean is
/// (least + 4 × likely + most) / 6, with little weight at the ends (Malcolm et al. 1959, the usual shape for expert estimates).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    least: f64,
    likely: f64,
    most: f64,
}

impl Range {
    /// Three amounts for one case. The least may be 0 yen, the most not.
    ///
    /// # Errors
    /// A field error on `loss` when they are out of order, negative, all 0 or beyond [`LARGEST`].
    pub fn of_yen(least: Yen, likely: Yen, most: Yen) -> Result<Self> {
        if Yen::ZERO <= least && least <= likely && likely <= most && Yen::ZERO < most && most <= LARGEST {
            // Amounts up to 10^15 are exact in 53 bits.
            return Ok(Self { least: least.0 as f64, likely: likely.0 as f64, most: most.0 as f64 });
        }
        Err(Error::field(
            "loss",
            Words::owned(
                format!(
                    "損失額は「最小 ≤ 最もありそう ≤ 最大」の順に、最大は1円以上で入力してください(入力: {least}、{likely}、{most})。"
                ),
                format!(
                    "Enter losses in the order least ≤ likely ≤ most, with the most above ¥0 (given: {}, {}, {}).",
                    least.0, likely.0, most.0
                ),
            ),
        ))
    }

    /// Three frequencies, in cases a year.
    ///
    /// # Errors
    /// A field error on `occurrence` when they are out of order.
    pub fn of_occurrences(least: Occurrence, likely: Occurrence, most: Occurrence) -> Result<Self> {
        let [a, b, c] = [least, likely, most].map(|occurrence| occurrence.fraction().approximate());
        if a <= b && b <= c {
            return Ok(Self { least: a, likely: b, most: c });
        }
        Err(Error::field(
            "occurrence",
            Words::owned(
                format!("発生頻度は「最小 ≤ 最もありそう ≤ 最大」の順に入力してください(入力: {least}、{likely}、{most})。"),
                format!("Enter frequencies in the order least ≤ likely ≤ most (given: {least}, {likely}, {most})."),
            ),
        ))
    }

    /// The smallest value.
    #[must_use]
    pub const fn least(self) -> f64 {
        self.least
    }

    /// The likeliest value.
    #[must_use]
    pub const fn likely(self) -> f64 {
        self.likely
    }

    /// The largest value.
    #[must_use]
    pub const fn most(self) -> f64 {
        self.most
    }

    /// (least + 4 × likely + most) / 6.
    #[must_use]
    pub fn mean(self) -> f64 {
        (self.least + 4.0 * self.likely + self.most) / 6.0
    }
}

/// Cells of the distribution function; its error against a direct sample is below 10⁻⁴ of the span.
const CELLS: u16 = 2_048;
/// Steps of the table from uniform number to value.
const STEPS: u16 = 2_048;

/// The inverse of a PERT distribution function, tabulated once, then read in constant time.
#[derive(Clone, Debug)]
pub struct Quantiles {
    least: f64,
    span: f64,
    /// `STEPS + 1` values from 0 to 1 at equal probabilities.
    table: Vec<f64>,
}

impl Quantiles {
    /// The table of an estimate.
    pub fn new(range: Range) -> Self {
        let span = range.most - range.least;
        if span <= 0.0 {
            return Self { least: range.least, span: 0.0, table: Vec::new() };
        }
        let left = 4.0 * (range.likely - range.least) / span;
        let right = 4.0 * (range.most - range.likely) / span;
        let density = |x: f64| power(x, left) * power(1.0 - x, right);
        Self { least: range.least, span, table: invert(&cumulate(density)) }
    }

    /// The value at a probability in 0 ≤ p < 1, linear between table entries.
    pub fn at(&self, probability: f64) -> f64 {
        let place = probability * f64::from(STEPS);
        let index = place as usize;
        match (self.table.get(index), self.table.get(index + 1)) {
            (Some(below), Some(above)) => self.least + self.span * (below + (above - below) * (place - index as f64)),
            _ => self.least + self.span * self.table.last().copied().unwrap_or(0.0),
        }
    }
}

/// The distribution function at the cell borders, from 0 to 1, by Simpson's rule.
fn cumulate(density: impl Fn(f64) -> f64) -> Vec<f64> {
    let width = 1.0 / f64::from(CELLS);
    let mut sum = 0.0;
    let mut borders = vec![0.0];
    let mut before = density(0.0);
    for cell in 0..CELLS {
        let from = f64::from(cell) * width;
        let after = density((f64::from(cell) + 1.0) * width);
        sum += before + 4.0 * density(from + width / 2.0) + after;
        borders.push(sum);
        before = after;
    }
    for border in &mut borders {
        *border /= sum;
    }
    borders
}

/// Where the distribution function reaches 0, 1/STEPS, … 1.
fn invert(borders: &[f64]) -> Vec<f64> {
    let width = 1.0 / f64::from(CELLS);
    let mut cells = borders.iter().zip(borders.iter().skip(1)).enumerate().peekable();
    let mut table = Vec::with_capacity(usize::from(STEPS) + 1);
    table.push(0.0);
    for step in 1..STEPS {
        let wanted = f64::from(step) / f64::from(STEPS);
        while cells.next_if(|(_, (_, above))| **above < wanted).is_some() {}
        let value = match cells.peek() {
            Some((cell, (below, above))) => {
                let inside = if *above > *below { (wanted - **below) / (**above - **below) } else { 0.0 };
                (*cell as f64 + inside) * width
            }
            None => 1.0,
        };
        table.push(value);
    }
    table.push(1.0);
    table
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn the_table_has_the_mean_and_the_median_of_the_distribution() {
        for (least, likely, most) in [(0, 50, 100), (10, 10, 100), (10, 90, 90), (5, 20, 300)] {
            let range = Range::of_yen(Yen(least), Yen(likely), Yen(most)).unwrap();
            let table = Quantiles::new(range);
            let mean = (0..10_000_u32).map(|i| table.at((f64::from(i) + 0.5) / 10_000.0)).sum::<f64>() / 10_000.0;
            assert!((mean - range.mean()).abs() < 0.001 * (range.most() - range.least()), "{mean} {range:?}");
            assert_eq!((table.at(0.0), table.at(1.0)), (range.least(), range.most()));
        }
        let even = Quantiles::new(Range::of_yen(Yen(0), Yen(50), Yen(100)).unwrap());
        assert!((even.at(0.5) - 50.0).abs() < 1e-9);
        // Likely at the least: density (1 − x)⁴, so the median is 1 − 0.5^(1/5).
        let steep = Quantiles::new(Range::of_yen(Yen(0), Yen(0), Yen(1)).unwrap());
        assert!((steep.at(0.5) - (1.0 - 0.5_f64.powf(0.2))).abs() < 1e-6);
    }

    #[test]
    fn one_value_three_times_is_that_value() {
        let table = Quantiles::new(Range::of_yen(Yen(7), Yen(7), Yen(7)).unwrap());
        assert_eq!((table.at(0.0), table.at(0.99)), (7.0, 7.0));
    }
}
