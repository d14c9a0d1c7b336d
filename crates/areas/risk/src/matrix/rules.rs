//! Nine cells with an order of priority: no multiplication, so nobody argues about points.

use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Words;
use mamori_kernel::reckoning::Reckoning;
use mamori_ledger::Choice;

use crate::ipa::rules::{Band, Grade, Likelihood, Suggestion, SuggestionBounds, suggest};

/// 影響 (S2-D3-09).
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[choice(set = "matrix_impact")]
pub enum Impact {
    /// 重.
    #[choice(
        code = "heavy",
        ja = "重",
        en = "Heavy",
        tone = "danger",
        meaning_ja = "会社が続けられるかどうかに関わる",
        meaning_en = "Touches the survival of the company"
    )]
    Heavy,
    /// 中.
    #[choice(
        code = "middle",
        ja = "中",
        en = "Middle",
        tone = "warning",
        meaning_ja = "ひとつの事業が続けられるかどうかに関わる",
        meaning_en = "Touches the survival of one line of business"
    )]
    Middle,
    /// 軽.
    #[choice(
        code = "light",
        ja = "軽",
        en = "Light",
        tone = "info",
        meaning_ja = "日々の業務に支障が出る",
        meaning_en = "Disturbs daily work"
    )]
    Light,
}

/// 発生確率 (S2-D3-09).
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[choice(set = "matrix_frequency")]
pub enum Frequency {
    /// 頻.
    #[choice(
        code = "often",
        ja = "頻",
        en = "Often",
        tone = "danger",
        meaning_ja = "いつ起きてもおかしくない",
        meaning_en = "To be expected at any time"
    )]
    Often,
    /// 中.
    #[choice(
        code = "sometimes",
        ja = "中",
        en = "Sometimes",
        tone = "warning",
        meaning_ja = "ときどき起きる",
        meaning_en = "Happens now and then"
    )]
    Sometimes,
    /// 稀.
    #[choice(
        code = "rare",
        ja = "稀",
        en = "Rare",
        tone = "info",
        meaning_ja = "めったにないが、ないとは言い切れない",
        meaning_en = "Seldom, but it cannot be excluded"
    )]
    Rare,
}

impl Impact {
    /// Rows from top to bottom.
    pub const ALL: [Self; 3] = [Self::Heavy, Self::Middle, Self::Light];

    const fn row(self) -> usize {
        match self {
            Self::Heavy => 0,
            Self::Middle => 1,
            Self::Light => 2,
        }
    }

    /// Name for people.
    #[must_use]
    pub const fn words(self) -> Words {
        match self {
            Self::Heavy => Words::new("重", "Heavy"),
            Self::Middle => Words::new("中", "Middle"),
            Self::Light => Words::new("軽", "Light"),
        }
    }

    const fn grade(self) -> Grade {
        match self {
            Self::Heavy => Grade::High,
            Self::Middle => Grade::Medium,
            Self::Light => Grade::Low,
        }
    }
}

impl Frequency {
    /// Columns from left to right.
    pub const ALL: [Self; 3] = [Self::Often, Self::Sometimes, Self::Rare];

    const fn column(self) -> usize {
        match self {
            Self::Often => 0,
            Self::Sometimes => 1,
            Self::Rare => 2,
        }
    }

    /// Name for people.
    #[must_use]
    pub const fn words(self) -> Words {
        match self {
            Self::Often => Words::new("頻", "Often"),
            Self::Sometimes => Words::new("中", "Sometimes"),
            Self::Rare => Words::new("稀", "Rare"),
        }
    }

    const fn likelihood(self) -> Likelihood {
        match self {
            Self::Often => Likelihood::High,
            Self::Sometimes => Likelihood::Medium,
            Self::Rare => Likelihood::Low,
        }
    }
}

/// The order in which the nine cells are worked on: 1 first, 9 last. Rows 重 中 軽, columns 頻 中 稀.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Matrix([[u8; 3]; 3]);

impl Default for Matrix {
    /// The seed fixes only 重×頻 as first (T25). The rest is our choice: the further up and left the sooner, and of two cells that are
    /// equally far the one with the graver impact, because a company does not recover from a heavy case.
    fn default() -> Self {
        Self([[1, 2, 4], [3, 5, 7], [6, 8, 9]])
    }
}

/// The result for one risk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// 1 first … 9 last.
    pub priority: u8,
    /// Places 1–3 大, 4–6 中, 7–9 小.
    pub band: Band,
    /// Treatment to think of first (S2-D6-02).
    pub suggestion: Suggestion,
    /// Every step.
    pub reckoning: Reckoning,
}

impl Matrix {
    /// An order chosen by the company; rows 重 中 軽, columns 頻 中 稀.
    ///
    /// # Errors
    /// A field error on `matrix` unless each place from 1 to 9 is used once and no cell comes before one that is at least as grave
    /// and at least as frequent (which makes 重×頻 first and 軽×稀 last).
    pub fn new(places: [[u8; 3]; 3]) -> Result<Self> {
        let mut seen: Vec<u8> = places.iter().flatten().copied().collect();
        seen.sort_unstable();
        if seen != [1, 2, 3, 4, 5, 6, 7, 8, 9] {
            return Err(Error::field(
                "matrix",
                Words::new(
                    "優先順位は1〜9を1回ずつ使ってください。抜けているか、2回使われている番号があります。",
                    "Use each place from 1 to 9 once. A number is missing or used twice.",
                ),
            ));
        }
        let matrix = Self(places);
        for (worse, milder) in neighbours() {
            if matrix.priority(worse.0, worse.1) > matrix.priority(milder.0, milder.1) {
                let name = |(impact, frequency): Cell, ja: bool| {
                    let (i, f) = (impact.words(), frequency.words());
                    if ja { format!("{}×{}", i.ja, f.ja) } else { format!("{} × {}", i.en, f.en) }
                };
                return Err(Error::field(
                    "matrix",
                    Words::owned(
                        format!(
                            "「{}」が「{}」より先になっています。重いもの・よく起きるものを先にしてください。",
                            name(milder, true),
                            name(worse, true)
                        ),
                        format!(
                            "{} comes before {}. Put what is graver or more frequent first.",
                            name(milder, false),
                            name(worse, false)
                        ),
                    ),
                ));
            }
        }
        Ok(matrix)
    }

    /// Place of a cell: 1 first … 9 last.
    #[must_use]
    pub fn priority(&self, impact: Impact, frequency: Frequency) -> u8 {
        self.0.get(impact.row()).and_then(|row| row.get(frequency.column())).copied().unwrap_or(9)
    }

    /// The nine cells in the order in which they are worked on.
    #[must_use]
    pub fn in_order(&self) -> Vec<(Impact, Frequency)> {
        let mut cells: Vec<Cell> =
            Impact::ALL.into_iter().flat_map(|impact| Frequency::ALL.map(|frequency| (impact, frequency))).collect();
        cells.sort_by_key(|(impact, frequency)| self.priority(*impact, *frequency));
        cells
    }

    /// Reads the cell of a risk.
    #[must_use]
    pub fn assess(&self, impact: Impact, frequency: Frequency) -> Assessment {
        let priority = self.priority(impact, frequency);
        let band = match priority {
            1..=3 => Band::Large,
            4..=6 => Band::Middle,
            _ => Band::Small,
        };
        let suggestion = suggest(SuggestionBounds::default(), impact.grade(), frequency.likelihood(), band);
        let (i, f) = (impact.words(), frequency.words());
        let reckoning = Reckoning::default()
            .step(
                Words::new("優先順位", "Priority"),
                Words::owned(format!("影響 {} × 発生確率 {}", i.ja, f.ja), format!("impact {} × frequency {}", i.en, f.en)),
                Words::owned(format!("9マス中{priority}番"), format!("{priority} of 9")),
                Words::new("S2-D3-09、会社の設定", "S2-D3-09, company setting"),
            )
            .step(
                Words::new("大・中・小", "Band"),
                Words::new("1〜3番 大、4〜6番 中、7〜9番 小", "1–3 Large, 4–6 Middle, 7–9 Small"),
                Words::new(band.label_ja(), band.label_en()),
                Words::new("S2-D3-09", "S2-D3-09"),
            );
        Assessment { priority, band, suggestion, reckoning }
    }
}

type Cell = (Impact, Frequency);

/// Pairs of cells side by side, the worse first.
fn neighbours() -> Vec<(Cell, Cell)> {
    let mut pairs = Vec::new();
    for impact in Impact::ALL {
        for (often, seldom) in Frequency::ALL.into_iter().zip(Frequency::ALL.into_iter().skip(1)) {
            pairs.push(((impact, often), (impact, seldom)));
        }
    }
    for frequency in Frequency::ALL {
        for (grave, mild) in Impact::ALL.into_iter().zip(Impact::ALL.into_iter().skip(1)) {
            pairs.push(((grave, frequency), (mild, frequency)));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use crate::ipa::rules::Treatment;

    #[test]
    fn t25_nine_cells_with_heavy_and_often_first() {
        let matrix = Matrix::default();
        let order = matrix.in_order();
        assert_eq!(order.len(), 9);
        assert_eq!((order[0], order[8]), ((Impact::Heavy, Frequency::Often), (Impact::Light, Frequency::Rare)));
        let places: Vec<u8> = order.iter().map(|(impact, frequency)| matrix.priority(*impact, *frequency)).collect();
        assert_eq!(places, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
        assert_eq!(Matrix::new(matrix.0).unwrap(), matrix);
    }

    #[test]
    fn the_corners_suggest_the_four_treatments() {
        let first = |impact, frequency| Matrix::default().assess(impact, frequency).suggestion.treatment;
        assert_eq!(first(Impact::Heavy, Frequency::Often), Treatment::Avoid);
        assert_eq!(first(Impact::Light, Frequency::Often), Treatment::Reduce);
        assert_eq!(first(Impact::Heavy, Frequency::Rare), Treatment::Transfer);
        assert_eq!(first(Impact::Light, Frequency::Rare), Treatment::Accept);
        let found = Matrix::default().assess(Impact::Heavy, Frequency::Often);
        assert_eq!((found.band, found.reckoning.steps[0].value.ja.as_ref()), (Band::Large, "9マス中1番"));
    }

    #[test]
    fn an_order_that_makes_no_sense_is_refused() {
        let message = |places| match Matrix::new(places).unwrap_err() {
            Error::Invalid(fields) => fields[0].message.en.clone().into_owned(),
            other => panic!("{other}"),
        };
        assert!(message([[1, 2, 4], [3, 5, 7], [6, 8, 8]]).contains("used twice"));
        assert!(message([[0, 2, 4], [3, 5, 7], [6, 8, 9]]).contains("missing"));
        assert!(message([[2, 1, 4], [3, 5, 7], [6, 8, 9]]).contains("Heavy × Sometimes comes before Heavy × Often"));
        assert!(message([[1, 2, 5], [3, 4, 7], [8, 6, 9]]).contains("Light × Sometimes comes before Light × Often"));
        assert!(Matrix::new([[1, 3, 6], [2, 5, 8], [4, 7, 9]]).is_ok());
    }
}
