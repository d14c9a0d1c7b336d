//! The table of results.

use std::fmt::Write as _;

/// One line of the speed table.
#[derive(Clone, Debug)]
pub struct Line {
    /// What was measured, with its count.
    pub work: String,
    /// The budget in the unit; a floor for rates, else a ceiling.
    pub budget: f64,
    /// What was measured.
    pub measured: f64,
    /// `ms`, `MB`, `kB`, `/s`.
    pub unit: &'static str,
    /// More is better.
    pub floor: bool,
    /// How it was measured, further figures.
    pub note: String,
}

impl Line {
    /// A line with a ceiling.
    pub fn at_most(work: impl Into<String>, budget: f64, unit: &'static str, measured: f64, note: impl Into<String>) -> Line {
        Line { work: work.into(), budget, measured, unit, floor: false, note: note.into() }
    }

    /// A line with a floor.
    pub fn at_least(work: impl Into<String>, budget: f64, unit: &'static str, measured: f64, note: impl Into<String>) -> Line {
        Line { floor: true, ..Line::at_most(work, budget, unit, measured, note) }
    }

    /// Within the budget.
    pub fn holds(&self) -> bool {
        if self.floor { self.measured >= self.budget } else { self.measured <= self.budget }
    }

    fn row(&self) -> String {
        let sign = if self.floor { "≥" } else { "≤" };
        let ratio = if self.budget > 0.0 { self.measured / self.budget } else { 0.0 };
        let verdict = if self.holds() { "ok" } else { "**missed**" };
        format!(
            "| {} | {sign} {} {} | {} {} | {ratio:.2} | {verdict} | {} |",
            self.work,
            number(self.budget),
            self.unit,
            number(self.measured),
            self.unit,
            self.note
        )
    }
}

fn number(value: f64) -> String {
    if value >= 100.0 {
        format!("{value:.0}")
    } else if value >= 10.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.2}")
    }
}

/// The whole page: what was measured where, and the table.
pub fn page(machine: &str, lines: &[Line]) -> String {
    let held = lines.iter().filter(|line| line.holds()).count();
    let mut text = format!(
        "# Speed, measured\n\n\
         Made by `make bench`; the budgets are those of the design. Everything goes over HTTP on the loopback of one machine that runs\n\
         client and server together. A ratio says how much of a budget is used (of a floor: how far it is exceeded).\n\n\
         {machine}\n\n{held} of {} lines within budget.\n\n\
         | work | budget | measured | ratio | | how |\n| --- | --- | --- | --- | --- | --- |\n",
        lines.len()
    );
    for line in lines {
        let _ = writeln!(text, "{}", line.row());
    }
    text
}

/// Sorted durations in ms.
#[derive(Clone, Debug, Default)]
pub struct Times(Vec<f64>);

impl Times {
    /// Puts them in order.
    pub fn new(mut all: Vec<f64>) -> Times {
        all.sort_by(f64::total_cmp);
        Times(all)
    }

    /// The value below which a share of them lies; 0 without any.
    pub fn share(&self, share: f64) -> f64 {
        let at = (share * self.0.len() as f64).floor() as usize;
        self.0.get(at.min(self.0.len().saturating_sub(1))).copied().unwrap_or_default()
    }

    /// The middle one.
    pub fn median(&self) -> f64 {
        self.share(0.5)
    }

    /// `p50 1.2, p95 3.4, n = 100`.
    pub fn told(&self) -> String {
        format!("p50 {}, p95 {}, n = {}", number(self.median()), number(self.share(0.95)), self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ceiling_is_missed_above_and_a_floor_below() {
        assert!(Line::at_most("start", 2000.0, "ms", 150.0, "").holds());
        assert!(!Line::at_most("start", 2000.0, "ms", 2001.0, "").holds());
        assert!(Line::at_least("requests", 2000.0, "/s", 2500.0, "").holds());
        assert!(!Line::at_least("requests", 2000.0, "/s", 1999.0, "").holds());
        let page = page(
            "2 cores",
            &[Line::at_most("start", 200.0, "ms", 150.0, "five"), Line::at_least("requests", 2000.0, "/s", 10.0, "")],
        );
        assert!(page.contains("| start | ≤ 200 ms | 150 ms | 0.75 | ok | five |"), "{page}");
        assert!(page.contains("1 of 2 lines") && page.contains("**missed**"));
    }

    #[test]
    fn shares_of_times() {
        let times = Times::new((1..=100).rev().map(f64::from).collect());
        assert!((times.median() - 51.0).abs() < f64::EPSILON && (times.share(0.95) - 96.0).abs() < f64::EPSILON);
        assert!((Times::new(vec![]).median()).abs() < f64::EPSILON);
    }
}
