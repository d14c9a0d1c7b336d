//! One walk over every text of a document, so that nothing printed can be forgotten when texts are checked.

use super::{Block, Document, Figure, Inline, Meta, Table};

impl Document {
    /// Calls `change` with every text that is printed, in reading order. SVG sources are texts too: their labels are printed.
    pub(crate) fn each_text(&mut self, change: &mut dyn FnMut(&mut String)) {
        meta(&mut self.meta, change);
        blocks(&mut self.blocks, change);
    }

    /// Calls `change` with every picture in reading order.
    pub(crate) fn each_figure(&mut self, change: &mut dyn FnMut(&mut Figure)) {
        figures(&mut self.blocks, change);
    }
}

fn meta(meta: &mut Meta, change: &mut dyn FnMut(&mut String)) {
    let Meta { lang: _, title, subtitle, company, doc_number, version, date: _, author, classification, approvals, history } =
        meta;
    for text in [title, subtitle, company, doc_number, version, author, classification] {
        change(text);
    }
    for stamp in approvals {
        change(&mut stamp.label);
        change(&mut stamp.name);
    }
    for revision in history {
        for text in [&mut revision.version, &mut revision.summary, &mut revision.author, &mut revision.approver] {
            change(text);
        }
    }
}

fn blocks(list: &mut [Block], change: &mut dyn FnMut(&mut String)) {
    for block in list {
        match block {
            Block::Heading { level: _, text } => change(text),
            Block::Paragraph(parts) => inlines(parts, change),
            Block::Bullets(items) | Block::Numbered(items) => items.iter_mut().for_each(|parts| inlines(parts, change)),
            Block::KeyValues(lines) => {
                for line in lines {
                    change(&mut line.key);
                    inlines(&mut line.value, change);
                }
            }
            Block::Table(one) => table(one, change),
            Block::Figure(figure) => {
                change(&mut figure.svg);
                change(&mut figure.caption);
                change(&mut figure.alt);
                if let Some(one) = &mut figure.data_table {
                    table(one, change);
                }
            }
            Block::Callout { tone: _, title, text } => {
                change(title);
                inlines(text, change);
            }
            Block::Stats(stats) => {
                for stat in stats {
                    for text in [&mut stat.label, &mut stat.value, &mut stat.note] {
                        change(text);
                    }
                }
            }
            Block::PageBreak => {}
            Block::Landscape(inner) => blocks(inner, change),
            Block::Columns(panels) => panels.iter_mut().for_each(|panel| blocks(&mut panel.blocks, change)),
        }
    }
}

fn inlines(parts: &mut [Inline], change: &mut dyn FnMut(&mut String)) {
    parts.iter_mut().for_each(|part| change(&mut part.text));
}

fn table(table: &mut Table, change: &mut dyn FnMut(&mut String)) {
    change(&mut table.caption);
    table.header.iter_mut().flatten().for_each(|cell| change(&mut cell.text));
    table.rows.iter_mut().flatten().for_each(|cell| change(&mut cell.text));
}

fn figures(list: &mut [Block], change: &mut dyn FnMut(&mut Figure)) {
    for block in list {
        match block {
            Block::Figure(figure) => change(figure),
            Block::Landscape(inner) => figures(inner, change),
            Block::Columns(panels) => panels.iter_mut().for_each(|panel| figures(&mut panel.blocks, change)),
            _ => {}
        }
    }
}
