//! The nine cells of importance × likelihood.

use super::{Band, Bands, Grade, Likelihood, RiskValue, risk_value};

/// One cell of the heat map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeatCell {
    /// Row: importance.
    pub importance: Grade,
    /// Column: likelihood of damage.
    pub likelihood: Likelihood,
    /// Risk value of everything in the cell.
    pub value: RiskValue,
    /// Band, and so the colour, of the cell.
    pub band: Band,
    /// Number of assets in the cell.
    pub count: usize,
}

/// Three rows of three cells: importance high at the top, likelihood low at the left, so the worst is top right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeatMap {
    /// Cells by row, each row from likelihood 1 to 3.
    pub rows: Vec<Vec<HeatCell>>,
}

impl HeatMap {
    /// Number of assets in a band.
    #[must_use]
    pub fn count_in(&self, band: Band) -> usize {
        self.rows.iter().flatten().filter(|cell| cell.band == band).map(|cell| cell.count).sum()
    }
}

/// Counts assets into the nine cells. Assets without a complete assessment do not belong here; show their number beside.
#[must_use]
pub fn heat_map(bands: Bands, assessed: impl IntoIterator<Item = (Grade, Likelihood)>) -> HeatMap {
    let assessed: Vec<(Grade, Likelihood)> = assessed.into_iter().collect();
    let cell = |importance: Grade, likelihood: Likelihood| {
        let value = risk_value(bands.scale(), importance, likelihood);
        let count = assessed.iter().filter(|asset| **asset == (importance, likelihood)).count();
        HeatCell { importance, likelihood, value, band: bands.band(value), count }
    };
    let rows = Grade::ALL
        .iter()
        .rev()
        .map(|importance| Likelihood::ALL.iter().map(|likelihood| cell(*importance, *likelihood)).collect())
        .collect();
    HeatMap { rows }
}
