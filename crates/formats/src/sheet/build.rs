//! Collects cells under the limits and turns them into a [`Sheet`].

use std::collections::BTreeMap;

use super::{Cell, Limits, Merge, ReadError, Sheet, cell_name};

/// Excel's own bounds; a reference beyond them is not from Excel.
const EXCEL_ROWS: u32 = 1_048_576;
const EXCEL_COLUMNS: u32 = 16_384;

/// Merged regions of one sheet; a table with more is not made by people.
const MOST_MERGES: usize = 200_000;
/// Charged to the text budget for each repeated value, so that many overlapping regions end in a clear refusal instead of a long wait.
const FILL_COST: usize = 50;

/// What all sheets of one workbook may use together.
pub(super) struct Budget<'a> {
    limits: &'a Limits,
    cells: usize,
    text: usize,
}

impl<'a> Budget<'a> {
    pub fn new(limits: &'a Limits) -> Self {
        Self { limits, cells: 0, text: 0 }
    }

    fn take(&mut self, cells: usize, text: usize) -> Result<(), ReadError> {
        self.cells += cells;
        self.text += text;
        if self.cells > self.limits.cells || self.text > self.limits.text_bytes {
            return Err(ReadError::TooManyCells { limit: self.limits.cells });
        }
        Ok(())
    }
}

/// A sheet in the making; cells may come in any order.
pub(super) struct Builder<'b, 'a> {
    name: String,
    hidden: bool,
    budget: &'b mut Budget<'a>,
    rows: BTreeMap<u32, Vec<Cell>>,
}

impl<'b, 'a> Builder<'b, 'a> {
    pub fn new(name: &str, hidden: bool, budget: &'b mut Budget<'a>) -> Self {
        Self { name: name.to_owned(), hidden, budget, rows: BTreeMap::new() }
    }

    /// Puts text; blank text is nothing. The length is checked before the text is copied.
    pub fn put_text(&mut self, row: u32, column: u32, text: &str) -> Result<(), ReadError> {
        let limit = self.budget.limits.cell_chars;
        if text.len() > limit && text.chars().count() > limit {
            return Err(ReadError::CellTooLong { sheet: self.name.clone(), cell: self.name_of(row, column), limit });
        }
        let mut text = text.to_owned();
        if text.contains('\r') {
            text = text.replace("\r\n", "\n").replace('\r', "\n");
        }
        self.budget.take(0, text.len())?;
        self.put(row, column, Cell::from_text(text))
    }

    /// Puts a cell; `Empty` is ignored so that formatted blank cells never count.
    pub fn put(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), ReadError> {
        if cell.is_empty() {
            return Ok(());
        }
        if row >= EXCEL_ROWS || column >= EXCEL_COLUMNS {
            return Err(ReadError::Damaged { detail: format!("cell reference row {row} column {column}") });
        }
        let limits = self.budget.limits;
        let at = index(column);
        if at >= limits.columns {
            let cell = self.name_of(row, column);
            return Err(ReadError::TooManyColumns { sheet: self.name.clone(), cell, limit: limits.columns });
        }
        if !self.rows.contains_key(&row) && self.rows.len() >= limits.rows {
            return Err(ReadError::TooManyRows { sheet: self.name.clone(), limit: limits.rows });
        }
        let cells = self.rows.entry(row).or_default();
        if cells.len() <= at {
            self.budget.take(at + 1 - cells.len(), 0)?;
            cells.resize(at + 1, Cell::Empty);
        }
        if let Some(slot) = cells.get_mut(at) {
            *slot = cell;
        }
        Ok(())
    }

    /// The finished sheet; merges are `(top, left, bottom, right)` from 0.
    pub fn finish(mut self, merges: &[(u32, u32, u32, u32)]) -> Result<Sheet, ReadError> {
        let (Some(first), Some(last)) = (self.rows.keys().next().copied(), self.rows.keys().next_back().copied()) else {
            return Ok(Sheet { name: self.name, hidden: self.hidden, first_row: 1, ..Sheet::default() });
        };
        if merges.len() > MOST_MERGES {
            return Err(ReadError::TooManyCells { limit: self.budget.limits.cells });
        }
        let mut kept = Vec::new();
        for &(top, left, bottom, right) in merges {
            let (top, bottom) = (top.max(first), bottom.min(last));
            let right = right.min(u32::try_from(self.budget.limits.columns).unwrap_or(u32::MAX));
            if top > bottom || left > right {
                continue;
            }
            self.fill_down(top, left, bottom)?;
            let row = |r: u32| index(r - first);
            kept.push(Merge { top: row(top), bottom: row(bottom), left: index(left), right: index(right) });
        }
        let mut rows = vec![Vec::new(); index(last - first) + 1];
        for (row, cells) in self.rows {
            if let Some(slot) = rows.get_mut(index(row - first)) {
                *slot = cells;
            }
        }
        Ok(Sheet { name: self.name, hidden: self.hidden, rows, first_row: index(first) + 1, merges: kept })
    }

    /// Repeats the value of a vertically merged cell in each row that has other content.
    fn fill_down(&mut self, top: u32, left: u32, bottom: u32) -> Result<(), ReadError> {
        let value = self.rows.get(&top).and_then(|cells| cells.get(index(left))).cloned().unwrap_or_default();
        if value.is_empty() || bottom == top {
            return Ok(());
        }
        let used: Vec<u32> = self.rows.range(top + 1..=bottom).map(|(row, _)| *row).collect();
        for row in used {
            self.budget.take(0, value.text().len() + FILL_COST)?;
            self.put(row, left, value.clone())?;
        }
        Ok(())
    }

    fn name_of(&self, row: u32, column: u32) -> String {
        cell_name(index(row) + 1, index(column))
    }
}

fn index(value: u32) -> usize {
    usize::try_from(value).unwrap_or(usize::MAX)
}
