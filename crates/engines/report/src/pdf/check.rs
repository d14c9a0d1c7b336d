//! Finds what cannot be typeset before the typesetter does, so that the reader learns where it is.

use mamori_kernel::lang::Words;

use crate::doc::{Block, Document, Figure, Table, Width};
use crate::error::RenderError;

/// The counts that name blocks without a caption.
#[derive(Default)]
struct Seen {
    tables: usize,
    figures: usize,
}

/// Checks the whole document.
///
/// # Errors
/// The first thing in reading order that cannot be printed.
pub(super) fn document(document: &Document) -> Result<(), RenderError> {
    if document.meta.title.trim().is_empty() {
        return Err(RenderError::NoTitle);
    }
    blocks(&document.blocks, true, true, &mut Seen::default())
}

fn blocks(list: &[Block], may_break: bool, may_turn: bool, seen: &mut Seen) -> Result<(), RenderError> {
    for block in list {
        match block {
            Block::Heading { level, text } if !(1..=4).contains(level) => {
                return Err(RenderError::HeadingLevel { heading: text.clone(), level: *level });
            }
            Block::Table(one) => table(one, seen)?,
            Block::Figure(one) => figure(one, seen)?,
            Block::PageBreak if !may_break => {
                return Err(RenderError::Nested { block: Words::new("改ページ", "page break") });
            }
            Block::Landscape(_) if !may_turn => {
                return Err(RenderError::Nested { block: Words::new("横向きの区間", "landscape section") });
            }
            Block::Landscape(inner) => blocks(inner, may_break, false, seen)?,
            Block::Columns(panels) => {
                for panel in panels {
                    positive(panel.weight, Words::new("段組みの幅", "a column weight"))?;
                    blocks(&panel.blocks, false, false, seen)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn positive(value: f32, place: Words) -> Result<(), RenderError> {
    // The upper bound keeps sums of weights finite; no sheet is a kilometre wide.
    if value.is_finite() && value > 0.0 && value < 1e6 {
        Ok(())
    } else {
        Err(RenderError::Size { place, value: value.to_string() })
    }
}

fn named(caption: &str, number: usize) -> String {
    if caption.is_empty() { format!("#{number}") } else { caption.to_owned() }
}

fn figure(figure: &Figure, seen: &mut Seen) -> Result<(), RenderError> {
    seen.figures += 1;
    let name = named(&figure.caption, seen.figures);
    if figure.alt.trim().is_empty() {
        return Err(RenderError::NoAlt { figure: name });
    }
    if !(1..=100).contains(&figure.width) {
        let place = Words::owned(format!("図「{name}」の幅"), format!("the width of picture “{name}”"));
        return Err(RenderError::Size { place, value: figure.width.to_string() });
    }
    figure.data_table.as_ref().map_or(Ok(()), |one| table(one, seen))
}

fn table(table: &Table, seen: &mut Seen) -> Result<(), RenderError> {
    seen.tables += 1;
    let name = named(&table.caption, seen.tables);
    let expected = table.columns.len();
    for column in &table.columns {
        if let Width::Weight(value) | Width::Millimetres(value) = column.width {
            positive(value, Words::owned(format!("表「{name}」の列幅"), format!("a column width of table “{name}”")))?;
        }
    }
    heading(table, &name)?;
    for (index, row) in table.rows.iter().enumerate() {
        let found = row.iter().map(|cell| usize::from(cell.colspan)).sum();
        // A cell that covers no column would be lost.
        if found != expected || expected == 0 || row.iter().any(|cell| cell.colspan == 0) {
            return Err(RenderError::TableShape { table: name, heading: false, row: index + 1, expected, found });
        }
    }
    Ok(())
}

/// Heading rows may hold cells that reach down into the next rows; each row together with those must fill all columns.
fn heading(table: &Table, name: &str) -> Result<(), RenderError> {
    let expected = table.columns.len();
    let height = table.header.len();
    let mut reached = vec![0_usize; height];
    for (index, row) in table.header.iter().enumerate() {
        let own: usize = row.iter().map(|cell| usize::from(cell.colspan)).sum();
        let found = own + reached.get(index).copied().unwrap_or_default();
        let fits = row.iter().all(|cell| cell.colspan > 0 && cell.rowspan > 0 && index + usize::from(cell.rowspan) <= height);
        if found != expected || !fits {
            return Err(RenderError::TableShape { table: name.to_owned(), heading: true, row: index + 1, expected, found });
        }
        for cell in row {
            for below in reached.iter_mut().skip(index + 1).take(usize::from(cell.rowspan) - 1) {
                *below += usize::from(cell.colspan);
            }
        }
    }
    Ok(())
}
