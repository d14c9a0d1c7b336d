//! The document block by block.

use super::section::{self, text_width};
use super::table::{self, GridCell, GridRow, Lines, grid};
use super::xml::{self, Look, aligned, border, escape, inlines, paragraph};
use super::{cover, package};
use crate::doc::{Align, Block, Document, Figure, Inline, Orientation, Panel, Stat};
use crate::tone::Tone;
use crate::words::{self, Labels};

/// The next paragraph stands on a new page.
pub(super) const PAGE_BREAK: &str = "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>";

/// What goes into the file.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// `word/document.xml`.
    pub document: String,
    /// SVG sources in order; `image1.svg` is the first.
    pub pictures: Vec<String>,
    /// How many lists with numbers there are.
    pub lists: usize,
}

struct Writer<'a> {
    labels: Labels,
    numbering: bool,
    counters: [usize; 4],
    headings: Vec<(u8, String)>,
    seen: usize,
    tables: usize,
    figures: usize,
    parts: Parts,
    orientation: Orientation,
    first_section: bool,
    break_due: bool,
    cover: bool,
    document: &'a Document,
}

/// Writes the whole document.
pub(super) fn write(document: &Document) -> Parts {
    let labels = words::labels(document.meta.lang);
    let mut writer = Writer {
        labels,
        numbering: document.numbering,
        counters: [0; 4],
        headings: Vec::new(),
        seen: 0,
        tables: 0,
        figures: 0,
        parts: Parts::default(),
        orientation: document.orientation,
        first_section: true,
        break_due: false,
        cover: document.cover,
        document,
    };
    writer.collect(&document.blocks);
    let mut body = cover::write(document, &labels);
    if document.toc {
        body.push_str(&cover::contents(&writer.headings, &labels));
    }
    for block in &document.blocks {
        let written = writer.top(block);
        body.push_str(&written);
    }
    body.push_str(&section::properties(writer.orientation, writer.first_section && writer.cover));
    let mut parts = writer.parts;
    parts.document = format!("{}<w:body>{body}</w:body></w:document>", package::DOCUMENT_ROOT);
    parts
}

impl Writer<'_> {
    /// Headings with their numbers, for the contents.
    fn collect(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading { level, text } => {
                    let place = usize::from(*level).clamp(1, 4);
                    for (index, counter) in self.counters.iter_mut().enumerate() {
                        if index + 1 == place {
                            *counter += 1;
                        } else if index + 1 > place {
                            *counter = 0;
                        }
                    }
                    let number: Vec<String> = self.counters.iter().take(place).map(usize::to_string).collect();
                    let text = if self.numbering { format!("{} {text}", number.join(".")) } else { text.clone() };
                    self.headings.push((*level, text));
                }
                Block::Landscape(inner) => self.collect(inner),
                Block::Columns(panels) => panels.iter().for_each(|panel| self.collect(&panel.blocks)),
                _ => {}
            }
        }
    }

    /// A block outside of everything: may begin a section.
    fn top(&mut self, block: &Block) -> String {
        match block {
            Block::PageBreak => {
                self.break_due = true;
                String::new()
            }
            Block::Landscape(inner) => {
                let mut written = self.turn(Orientation::Landscape);
                if written.is_empty() {
                    // The sheet lies across already: a new page is enough.
                    written.push_str(PAGE_BREAK);
                }
                for block in inner {
                    let one = self.block(block, text_width(Orientation::Landscape));
                    written.push_str(&one);
                }
                // The next block turns the sheet back; when none follows, the file ends as it lies.
                self.break_due = self.document.orientation == Orientation::Landscape;
                written
            }
            other => {
                let mut written = self.turn(self.document.orientation);
                if std::mem::take(&mut self.break_due) {
                    written.push_str(PAGE_BREAK);
                }
                let one = self.block(other, text_width(self.orientation));
                written.push_str(&one);
                written
            }
        }
    }

    /// Ends the section when the sheet must lie otherwise; a new section begins a page, so a break that was due is done.
    fn turn(&mut self, wanted: Orientation) -> String {
        if self.orientation == wanted {
            return String::new();
        }
        let ended = section::end(self.orientation, self.first_section && self.cover);
        self.orientation = wanted;
        self.first_section = false;
        self.break_due = false;
        ended
    }

    fn block(&mut self, block: &Block, room: u32) -> String {
        match block {
            Block::Heading { level, text } => self.heading(*level, text),
            Block::Paragraph(parts) => paragraph("Normal", "", &inlines(parts)),
            Block::Bullets(items) => list(items, 2),
            Block::Numbered(items) => {
                self.parts.lists += 1;
                list(items, self.parts.lists + 2)
            }
            Block::KeyValues(lines) => {
                let rows: Vec<GridRow> = lines.iter().map(|line| cover::pair(&line.key, &inlines(&line.value))).collect();
                let name = (room * 3 / 10).min(2_800);
                grid(&[name, room.saturating_sub(name)], &rows, Lines::Below, false) + &cover::gap()
            }
            Block::Table(one) => self.table(one, room),
            Block::Figure(figure) => self.figure(figure, room),
            Block::Callout { tone, title, text } => callout(*tone, title, text, room),
            Block::Stats(stats) => figures(stats, room),
            Block::PageBreak => PAGE_BREAK.to_owned(),
            Block::Landscape(inner) => inner.iter().map(|block| self.block(block, room)).collect(),
            Block::Columns(panels) => self.columns(panels, room),
        }
    }

    fn heading(&mut self, level: u8, text: &str) -> String {
        let index = self.seen;
        self.seen += 1;
        let runs = format!(
            "<w:bookmarkStart w:id=\"{index}\" w:name=\"_Toc{index}\"/>{}<w:bookmarkEnd w:id=\"{index}\"/>",
            xml::run(text, Look::default())
        );
        paragraph(&format!("Heading{}", level.clamp(1, 4)), "", &runs)
    }

    fn table(&mut self, one: &crate::doc::Table, room: u32) -> String {
        let number = (!one.caption.is_empty()).then(|| {
            self.tables += 1;
            self.tables
        });
        table::table(one, number, room, &self.labels)
    }

    fn figure(&mut self, figure: &Figure, room: u32) -> String {
        self.parts.pictures.push(figure.svg.clone());
        let number = self.parts.pictures.len();
        let mut written =
            paragraph("TableText", &format!("<w:keepNext/>{}", aligned(Align::Centre)), &picture(figure, number, room));
        if !figure.caption.is_empty() {
            self.figures += 1;
            let words = format!("{}{}\u{3000}{}", self.labels.figure, self.figures, figure.caption);
            written.push_str(&paragraph("FigureCaption", "", &xml::run(&words, Look { bold: true, ..Look::default() })));
        }
        // A reader whose program draws no SVG still learns what the picture says.
        let grey = Look { colour: Some(Tone::Neutral.palette().text), ..Look::default() };
        written.push_str(&paragraph("TableText", "", &xml::run(&figure.alt, grey)));
        if let Some(data) = &figure.data_table {
            written.push_str(&self.table(data, room));
        }
        written
    }

    fn columns(&mut self, panels: &[Panel], room: u32) -> String {
        if panels.is_empty() {
            return String::new();
        }
        let sum: f32 = panels.iter().map(|panel| panel.weight).sum();
        let width = |panel: &Panel| ((room as f32) * panel.weight / sum).round().clamp(1.0, room as f32) as u32;
        let widths: Vec<u32> = panels.iter().map(width).collect();
        let mut cells = Vec::new();
        for (panel, width) in panels.iter().zip(&widths) {
            let inner = width.saturating_sub(200).max(1);
            let content: String = panel.blocks.iter().map(|block| self.block(block, inner)).collect();
            // A cell ends with a paragraph, whatever its last block is.
            cells.push(GridCell::new(content + &cover::gap()));
        }
        grid(&widths, &[GridRow { cells, heading: false }], Lines::None, false) + &cover::gap()
    }
}

fn list(items: &[Vec<Inline>], number: usize) -> String {
    let properties = format!("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{number}\"/></w:numPr><w:spacing w:after=\"40\"/>");
    items.iter().map(|item| paragraph("Normal", &properties, &inlines(item))).collect()
}

fn callout(tone: Tone, title: &str, text: &[Inline], room: u32) -> String {
    let palette = tone.palette();
    let mut content = String::new();
    if !title.is_empty() {
        let look = Look { bold: true, colour: Some(palette.text), size: Some(21) };
        content.push_str(&paragraph("TableText", "<w:keepNext/>", &xml::run(title, look)));
    }
    content.push_str(&paragraph("TableText", "", &inlines(text)));
    let cell = GridCell { fill: Some(palette.fill), borders: border("left", 36, palette.line), ..GridCell::new(content) };
    grid(&[room], &[GridRow { cells: vec![cell], heading: false }], Lines::None, false) + &cover::gap()
}

fn figures(stats: &[Stat], room: u32) -> String {
    if stats.is_empty() {
        return String::new();
    }
    let count = u32::try_from(stats.len()).unwrap_or(u32::MAX).max(1);
    let cells = stats.iter().map(|stat| {
        let colour = (stat.tone != Tone::Neutral).then(|| stat.tone.palette().text);
        let grey = Look { colour: Some(Tone::Neutral.palette().text), ..Look::default() };
        let value = Look { bold: true, colour, size: Some(36) };
        let mut content = paragraph("TableText", "<w:keepNext/>", &xml::run(&stat.label, grey));
        content.push_str(&paragraph("TableText", "", &xml::run(&stat.value, value)));
        if !stat.note.is_empty() {
            content.push_str(&paragraph("TableSmall", "", &xml::run(&stat.note, grey)));
        }
        GridCell::new(content)
    });
    let row = GridRow { cells: cells.collect(), heading: false };
    grid(&vec![room / count; stats.len()], &[row], Lines::All, false) + &cover::gap()
}

/// Width and height of an SVG by its `viewBox`; a picture without one is taken as 16:9.
fn proportions(svg: &str) -> (f64, f64) {
    let numbers: Vec<f64> = svg
        .split_once("viewBox=\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .map(|(value, _)| value.split([' ', ',']).filter_map(|part| part.parse().ok()).collect())
        .unwrap_or_default();
    match numbers.as_slice() {
        [_, _, width, height] if *width > 0.0 && *height > 0.0 => (*width, *height),
        _ => (16.0, 9.0),
    }
}

/// English metric units in a twentieth of a point.
const EMU: f64 = 635.0;

/// The tallest picture, in twentieths of a point: most of a sheet that lies across.
const TALLEST: f64 = 8_600.0;

fn picture(figure: &Figure, number: usize, room: u32) -> String {
    let (width, height) = proportions(&figure.svg);
    let wide = f64::from(room) * f64::from(figure.width) / 100.0;
    let scale = (wide / width).min(TALLEST / height);
    let (x, y) = ((width * scale * EMU).round(), (height * scale * EMU).round());
    let alt = escape(&figure.alt.replace('\n', " "));
    let name = escape(&figure.caption.replace('\n', " "));
    format!(
        "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{x:.0}\" cy=\"{y:.0}\"/>\
         <wp:docPr id=\"{number}\" name=\"{name}\" descr=\"{alt}\"/>\
         <wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/></wp:cNvGraphicFramePr>\
         <a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic>\
         <pic:nvPicPr><pic:cNvPr id=\"{number}\" name=\"{name}\" descr=\"{alt}\"/><pic:cNvPicPr/></pic:nvPicPr>\
         <pic:blipFill><a:blip r:embed=\"rIdBlank\"><a:extLst><a:ext uri=\"{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}\">\
         <asvg:svgBlip r:embed=\"rIdPicture{number}\"/></a:ext></a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
         <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{x:.0}\" cy=\"{y:.0}\"/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_keeps_its_proportions() {
        assert_eq!(proportions("<svg viewBox=\"0 0 420 240\">"), (420.0, 240.0));
        assert_eq!(proportions("<svg viewBox=\"0 0 0 240\">"), (16.0, 9.0));
        assert_eq!(proportions("<svg>"), (16.0, 9.0));
    }
}
