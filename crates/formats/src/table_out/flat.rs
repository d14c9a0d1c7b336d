//! The heading in one line, for csv.

use super::Table;

impl Table {
    /// The headings of the columns; where one occurs twice, with its group in front (`評価値 機密性`), so that each is unique.
    pub(super) fn flat_headings(&self) -> Vec<String> {
        let times = |heading: &str| self.columns.iter().filter(|c| c.heading == heading).count();
        self.columns
            .iter()
            .map(|column| match &column.group {
                Some(group) if times(&column.heading) > 1 => format!("{group} {}", column.heading),
                _ => column.heading.clone(),
            })
            .collect()
    }
}
