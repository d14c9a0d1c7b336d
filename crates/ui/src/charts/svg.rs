//! Writing SVG: every number with at most two decimals, every text escaped.

use std::fmt::Write as _;

use super::palette;
use crate::html::escape;

/// The font of pictures: the one embedded in PDFs first, then what a browser has.
const FONT: &str = "BIZ UDPGothic, BIZ UDGothic, Hiragino Sans, Yu Gothic UI, Noto Sans CJK JP, Noto Sans JP, sans-serif";

/// Where a text stands relative to its x.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text looks.
#[derive(Clone, Copy)]
pub(super) struct Type {
    pub size: f64,
    pub colour: &'static str,
    pub bold: bool,
    pub anchor: Anchor,
}

impl Type {
    pub const fn new(size: f64) -> Self {
        Self { size, colour: palette::INK, bold: false, anchor: Anchor::Start }
    }
    pub const fn colour(self, colour: &'static str) -> Self {
        Self { colour, ..self }
    }
    pub const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }
    pub const fn middle(self) -> Self {
        Self { anchor: Anchor::Middle, ..self }
    }
    pub const fn end(self) -> Self {
        Self { anchor: Anchor::End, ..self }
    }
}

/// A picture in the making.
pub(super) struct Svg {
    width: f64,
    height: f64,
    body: String,
}

impl Svg {
    pub fn new(width: f64, height: f64) -> Self {
        Self { width, height, body: String::new() }
    }

    /// A rectangle; nothing when it has no area.
    pub fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, radius: f64, fill: &str) {
        if width > 0.0 && height > 0.0 {
            let radius = radius.min(width / 2.0).min(height / 2.0);
            let _ = write!(
                self.body,
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\" fill=\"{fill}\"/>",
                n(x),
                n(y),
                n(width),
                n(height),
                n(radius)
            );
        }
    }

    /// A rectangle with a frame.
    pub fn boxed(&mut self, (x, y, width, height): (f64, f64, f64, f64), fill: &str, stroke: &str, stroke_width: f64) {
        let _ = write!(
            self.body,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"6\" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"{}\"/>",
            n(x),
            n(y),
            n(width),
            n(height),
            n(stroke_width)
        );
    }

    pub fn circle(&mut self, x: f64, y: f64, radius: f64, fill: &str) {
        let _ = write!(self.body, "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{fill}\"/>", n(x), n(y), n(radius));
    }

    /// A stroked path without fill.
    pub fn stroke(&mut self, path: &str, colour: &str, width: f64) {
        let _ = write!(
            self.body,
            "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{}\" stroke-linejoin=\"round\"/>",
            n(width)
        );
    }

    /// Text with its baseline at y.
    pub fn text(&mut self, x: f64, y: f64, look: Type, text: &str) {
        let anchor = match look.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let weight = if look.bold { " font-weight=\"700\"" } else { "" };
        let _ = write!(
            self.body,
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\" fill=\"{}\"{anchor}{weight}>{}</text>",
            n(x),
            n(y),
            n(look.size),
            look.colour,
            escape(text)
        );
    }

    /// Text turned a quarter to the left, centred at (x, y).
    pub fn upright(&mut self, x: f64, y: f64, look: Type, text: &str) {
        let _ = write!(self.body, "<g transform=\"translate({} {}) rotate(-90)\">", n(x), n(y));
        self.text(0.0, 0.0, look.middle(), text);
        self.body.push_str("</g>");
    }

    /// Starts a part whose address is `href`; the PDF ignores links it cannot follow.
    pub fn link_start(&mut self, href: Option<&str>, label: &str) {
        if let Some(href) = href {
            let _ = write!(self.body, "<a href=\"{}\">", escape(href));
            // A title and not aria-label: the label would have to repeat the texts inside word for word (WCAG 2.5.3).
            if !label.is_empty() {
                let _ = write!(self.body, "<title>{}</title>", escape(label));
            }
        }
    }

    pub fn link_end(&mut self, href: Option<&str>) {
        if href.is_some() {
            self.body.push_str("</a>");
        }
    }

    /// The finished document. Where a part is a link the picture must not be one opaque image to screen readers.
    pub fn finish(self, title: &str, description: &str) -> String {
        let role = if self.body.contains("<a ") { "group" } else { "img" };
        let label = if description.is_empty() { title.to_owned() } else { format!("{title}: {description}") };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" role=\"{role}\" aria-label=\"{}\" font-family=\"{FONT}\">\
             <title>{}</title><desc>{}</desc>{}</svg>",
            escape(&label),
            escape(title),
            escape(description),
            self.body,
            w = n(self.width),
            h = n(self.height),
        )
    }
}

/// A number with at most two decimals and no trailing zeros.
pub(super) fn n(value: f64) -> String {
    let mut text = format!("{value:.2}");
    if text.contains('.') {
        text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    }
    if text == "-0" { "0".into() } else { text }
}

/// Pixels for the record of a chart.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a sane picture size first")]
pub(super) fn px(value: f64) -> u32 {
    value.ceil().clamp(0.0, 100_000.0) as u32
}

/// A count as a coordinate. Exact up to 2^53, far beyond any ledger.
#[allow(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
pub(super) fn f(count: u64) -> f64 {
    count as f64
}

/// An index as a coordinate.
#[allow(clippy::cast_precision_loss, reason = "indexes are far below 2^53")]
pub(super) fn i(index: usize) -> f64 {
    index as f64
}
