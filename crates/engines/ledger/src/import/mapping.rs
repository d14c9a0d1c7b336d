//! Which column of the file is which field of the ledger.

use std::collections::BTreeMap;

use mamori_formats::heading::{self, ColumnSpec, Heading};
use mamori_formats::sheet::{Sheet, Workbook};
use mamori_kernel::text::squash_heading;
use serde::{Deserialize, Serialize};

use crate::shape::Shape;

/// The heading that we write above the reasons in the file of wrong rows; ignored when that file comes back.
pub const REASON_HEADINGS: [&str; 2] = ["直すところ", "To correct"];

/// A match weaker than this is shown, but left for a person to confirm.
const SURE: f64 = 0.6;

/// Columns to fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// Index of the sheet.
    pub sheet: usize,
    /// Index of the first row of data in the sheet's rows.
    pub first_row: usize,
    /// Column index → field code.
    pub columns: BTreeMap<usize, String>,
    /// Columns with a heading that fits no field: index → heading.
    pub unknown: BTreeMap<usize, String>,
    /// Headings of all columns, for the correcting screen.
    pub headings: BTreeMap<usize, String>,
    /// Empty cells clear what is stored (otherwise they leave it alone).
    pub clear: bool,
    /// Other sheets of the workbook that belong to other ledgers: ledger code → mapping.
    #[serde(default)]
    pub companions: BTreeMap<String, Mapping>,
}

/// What the ledger's columns may be called.
pub fn specs(shape: &Shape) -> Vec<(String, Vec<String>, Vec<String>)> {
    shape
        .fields
        .iter()
        .filter(|field| !field.hidden)
        .map(|field| {
            let mut names: Vec<String> = vec![field.words.ja.to_string(), field.words.en.to_string()];
            names.extend(field.aliases.iter().map(ToString::to_string));
            names.push(field.code.to_string());
            names.retain(|name| !name.is_empty());
            let group = shape.def.groups.iter().find(|group| group.code == field.group);
            let groups = group.map_or_else(Vec::new, |group| vec![group.words.ja.to_string(), group.words.en.to_string()]);
            (field.code.to_string(), names, groups)
        })
        .collect()
}

/// Finds sheet, heading and columns by meaning; `None` when nothing in the file looks like this ledger.
pub fn guess(shape: &Shape, workbook: &Workbook) -> Option<Mapping> {
    with_specs(shape, |wanted| {
        let (sheet, found) = heading::best_sheet(workbook, wanted)?;
        let mapping = read(shape, workbook, sheet, found, wanted)?;
        // A sheet where only one column has a familiar name is not this ledger's.
        let label = mapping.columns.values().any(|code| code == shape.def.label);
        (label || mapping.columns.len() >= 3).then_some(mapping)
    })
}

/// Finds this ledger on a sheet other than `taken`. Stricter than [`guess`], because nobody asked for it: every required field needs a column.
pub fn guess_companion(shape: &Shape, workbook: &Workbook, taken: usize) -> Option<Mapping> {
    with_specs(shape, |wanted| {
        let others = workbook.sheets.iter().enumerate().filter(|(at, sheet)| *at != taken && !sheet.hidden);
        let best = others
            .filter_map(|(at, sheet)| heading::find(sheet, wanted).map(|found| (at, found)))
            .max_by(|(_, a), (_, b)| a.score().total_cmp(&b.score()))?;
        let mapping = read(shape, workbook, best.0, best.1, wanted)?;
        let mapped = |code: &str| mapping.columns.values().any(|known| known == code);
        let whole = shape.fields.iter().filter(|field| field.required && field.editable()).all(|field| mapped(&field.code));
        (whole && mapping.columns.len() >= 2).then_some(mapping)
    })
}

/// A mapping without any column, for a file whose headings say nothing to us: a person names the columns. `None` where there is
/// nothing below.
pub fn unguessed(shape: &Shape, workbook: &Workbook) -> Option<Mapping> {
    let fullest = |sheet: &Sheet| (0..sheet.rows.len()).filter(|row| !sheet.is_blank_row(*row)).count();
    let visible = workbook.sheets.iter().enumerate().filter(|(_, sheet)| !sheet.hidden);
    let (at, _) = visible.max_by_key(|(at, sheet)| (fullest(sheet), std::cmp::Reverse(*at)))?;
    let mapping = with_heading(shape, workbook, at, None)?;
    let rows = workbook.sheets.get(at)?;
    // A heading without a row below it is no table but a text.
    let has_rows = (mapping.first_row..rows.rows.len()).any(|row| !rows.is_blank_row(row));
    has_rows.then(|| Mapping { columns: BTreeMap::new(), ..mapping })
}

/// The mapping with a heading row that a person chose; without one, with the first row that is as wide as most. Columns whose heading is
/// called like a field are that field.
pub fn with_heading(shape: &Shape, workbook: &Workbook, sheet: usize, row: Option<usize>) -> Option<Mapping> {
    let rows = workbook.sheets.get(sheet)?;
    let offered = heading_rows(rows);
    let widest = offered.iter().map(|(_, texts)| texts.len()).max()?;
    let row = match row {
        Some(row) => offered.iter().find(|(at, _)| *at == row)?.0,
        None => offered.iter().find(|(_, texts)| texts.len() * 2 > widest)?.0,
    };
    let mut mapping = Mapping { sheet, first_row: row + 1, ..Mapping::default() };
    let specs = specs(shape);
    for column in 0..rows.width() {
        let shown = rows.shown(row, column);
        if shown.is_empty() {
            continue;
        }
        let squashed = squash_heading(&shown);
        let named =
            |(_, names, _): &&(String, Vec<String>, Vec<String>)| names.iter().any(|name| squash_heading(name) == squashed);
        match specs.iter().find(named) {
            Some((code, _, _)) if !mapping.columns.values().any(|known| known == code) => {
                mapping.columns.insert(column, code.clone());
            }
            _ => {
                mapping.unknown.insert(column, shown.clone());
            }
        }
        mapping.headings.insert(column, shown);
    }
    Some(mapping)
}

/// Rows that may be the heading: the first ones with text, with what stands in them.
pub fn heading_rows(sheet: &Sheet) -> Vec<(usize, Vec<String>)> {
    const OFFERED: usize = 20;
    (0..sheet.rows.len())
        .filter(|row| !sheet.is_blank_row(*row))
        .take(OFFERED)
        .map(|row| (row, (0..sheet.width()).map(|column| sheet.shown(row, column)).filter(|text| !text.is_empty()).collect()))
        .collect()
}

fn with_specs<R>(shape: &Shape, act: impl FnOnce(&[ColumnSpec<'_>]) -> R) -> R {
    let specs = specs(shape);
    let wanted: Vec<ColumnSpec<'_>> = specs
        .iter()
        .map(|(id, names, groups)| ColumnSpec {
            id,
            names: names.iter().map(String::as_str).collect(),
            groups: groups.iter().map(String::as_str).collect(),
        })
        .collect();
    act(&wanted)
}

fn read(shape: &Shape, workbook: &Workbook, sheet: usize, found: Heading, wanted: &[ColumnSpec<'_>]) -> Option<Mapping> {
    let mut mapping = Mapping { sheet, first_row: found.header_rows.end, ..Mapping::default() };
    let rows = workbook.sheets.get(sheet)?;
    let last = found.header_rows.end.saturating_sub(1);
    for column in 0..rows.width() {
        let shown = rows.shown(last, column);
        let shown = if shown.is_empty() { rows.shown(found.header_rows.start, column) } else { shown };
        if !shown.is_empty() {
            mapping.headings.insert(column, shown);
        }
    }
    for (spec, place) in wanted.iter().zip(&found.columns) {
        if let Some((column, sure)) = place
            && *sure >= SURE
        {
            mapping.columns.insert(*column, spec.id.to_owned());
        }
    }
    for (column, text) in found.unknown {
        if !REASON_HEADINGS.contains(&text.as_str()) && !mapping.columns.contains_key(&column) {
            mapping.unknown.insert(column, text);
        }
    }
    debug_assert!(mapping.columns.values().all(|code| shape.field(code).is_some()));
    Some(mapping)
}
