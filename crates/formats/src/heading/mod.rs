//! What the columns of a foreign table mean: finds the heading by its words, wherever it stands and however it is decorated.
//!
//! A heading may have two lines (`評価値` over `機密性`, `完全性`, `可用性`), merged or not, a title above it and notes between. Headings are compared
//! by [`mamori_kernel::text::squash_heading`], so blanks, line breaks, brackets and width do not matter.

mod score;

use std::ops::Range;

use crate::sheet::{Cell, Sheet, Workbook};
use score::Words;

/// A heading further down than this is not found; nobody looks there either.
const SEARCHED_ROWS: usize = 40;

/// A column that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnSpec<'a> {
    /// Name of the field, handed back to nobody: for the caller's orientation.
    pub id: &'a str,
    /// How the column may be called, in any language, usual name first.
    pub names: Vec<&'a str>,
    /// How the heading above it may be called where several columns share one; empty where there is none.
    pub groups: Vec<&'a str>,
}

/// A heading that was found. All numbers are indices from 0 into [`Sheet::rows`] and columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// The rows of the heading; the data begins at `header_rows.end`.
    pub header_rows: Range<usize>,
    /// For every spec the column and how sure the match is (0–1; 1 is the very name); `None` where no column fits.
    pub columns: Vec<Option<(usize, f64)>>,
    /// Columns with a heading that fits no spec, with the words as written (`group name`).
    pub unknown: Vec<(usize, String)>,
}

impl Heading {
    /// The sum of all confidences; comparable between sheets.
    #[must_use]
    pub fn score(&self) -> f64 {
        self.columns.iter().flatten().map(|(_, sure)| sure).sum()
    }
}

/// The best heading of a sheet, or `None` where no row names at least two of the columns (one, where only one is asked for).
#[must_use]
pub fn find(sheet: &Sheet, specs: &[ColumnSpec<'_>]) -> Option<Heading> {
    let wanted = specs.iter().map(Words::of).collect::<Vec<_>>();
    let shown = shown_rows(sheet);
    let mut best: Option<Heading> = None;
    for top in 0..sheet.rows.len().min(SEARCHED_ROWS) {
        if sheet.is_blank_row(top) {
            continue;
        }
        // One line before two: where both read equally well, the second line is data.
        for lines in 1..=2 {
            let found = read(&shown, top..top + lines, &wanted);
            let better = best.as_ref().is_none_or(|b| found.score() > b.score() + 1e-9);
            if is_credible(&found, specs.len()) && better {
                best = Some(found);
            }
        }
    }
    best
}

/// The sheet of a workbook whose heading fits best, by index, and that heading. Visible sheets are preferred.
#[must_use]
pub fn best_sheet(workbook: &Workbook, specs: &[ColumnSpec<'_>]) -> Option<(usize, Heading)> {
    let weight = |at: usize, heading: &Heading| {
        let hidden = workbook.sheets.get(at).is_some_and(|sheet| sheet.hidden);
        if hidden { heading.score() * 0.5 } else { heading.score() }
    };
    let mut best: Option<(usize, Heading)> = None;
    for (at, sheet) in workbook.sheets.iter().enumerate() {
        let Some(found) = find(sheet, specs) else { continue };
        if best.as_ref().is_none_or(|(b, heading)| weight(at, &found) > weight(*b, heading)) {
            best = Some((at, found));
        }
    }
    best
}

fn is_credible(heading: &Heading, wanted: usize) -> bool {
    let matched = heading.columns.iter().flatten().count();
    let exact = heading.columns.iter().flatten().filter(|(_, sure)| *sure >= 0.9).count();
    matched >= wanted.min(2) && exact >= 1
}

/// Reads given rows as heading.
fn read(shown: &[Vec<String>], rows: Range<usize>, wanted: &[Words]) -> Heading {
    let written = written(shown, &rows);
    let mut pairs = Vec::new();
    for (column, words) in written.iter().enumerate() {
        for (spec, want) in wanted.iter().enumerate() {
            pairs.extend(want.match_with(words).map(|sure| (sure, spec, column)));
        }
    }
    // Surest pairs first; among equals the leftmost column, as people read.
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)).then(a.1.cmp(&b.1)));
    let mut columns = vec![None; wanted.len()];
    let mut taken = vec![false; written.len()];
    for (sure, spec, column) in pairs {
        if let (Some(slot @ None), Some(free @ false)) = (columns.get_mut(spec), taken.get_mut(column)) {
            *slot = Some((column, sure));
            *free = true;
        }
    }
    let is_free = |column: &usize| taken.get(*column) == Some(&false);
    let unknown = written.iter().enumerate().filter(|(c, w)| is_free(c) && !w.is_blank()).map(|(c, w)| (c, w.shown())).collect();
    Heading { header_rows: rows, columns, unknown }
}

/// Merged regions looked at; a sheet with more of them at its top is no table.
const SEEN_MERGES: usize = 2_000;

/// The texts of the searched rows as a person sees them: a merged region shows its value in each of its cells.
fn shown_rows(sheet: &Sheet) -> Vec<Vec<String>> {
    let rows = sheet.rows.iter().take(SEARCHED_ROWS + 1);
    let mut shown: Vec<Vec<String>> = rows.map(|cells| cells.iter().map(Cell::text).collect()).collect();
    for merge in sheet.merges.iter().filter(|m| m.top <= SEARCHED_ROWS).take(SEEN_MERGES) {
        let text = sheet.cell(merge.top, merge.left).text();
        if text.is_empty() {
            continue;
        }
        for row in shown.iter_mut().take(merge.bottom + 1).skip(merge.top) {
            if row.len() <= merge.right {
                row.resize(merge.right + 1, String::new());
            }
            row.iter_mut().take(merge.right + 1).skip(merge.left).for_each(|cell| cell.clone_from(&text));
        }
    }
    shown
}

/// The words over each column: the last line is the name, the line above the group; where the last line is blank, the upper one is the name.
fn written(shown: &[Vec<String>], rows: &Range<usize>) -> Vec<score::Written> {
    let line = |row: usize| shown.get(row).map(Vec::as_slice).unwrap_or_default();
    let text = |row: usize, column: usize| line(row).get(column).map(String::as_str).unwrap_or_default();
    let width = rows.clone().map(|row| line(row).len()).max().unwrap_or(0);
    let mut group = String::new();
    let mut out = Vec::new();
    for column in 0..width {
        let lower = text(rows.end - 1, column);
        if rows.len() == 1 {
            out.push(score::Written::new("", lower));
            continue;
        }
        let upper = text(rows.start, column);
        if upper == lower || lower.is_empty() {
            upper.clone_into(&mut group);
            out.push(score::Written::new("", upper));
        } else {
            // A group heading that was not merged stands only over its first column.
            if !upper.is_empty() {
                upper.clone_into(&mut group);
            }
            out.push(score::Written::new(&group, lower));
        }
    }
    out
}

#[cfg(test)]
mod tests;
