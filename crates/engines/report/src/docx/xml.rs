//! The few elements of WordprocessingML that a report needs, as text. Children stand in the order that the schema asks for.

use std::fmt::Write as _;

use crate::doc::{Align, Inline};
use crate::tone::Colour;

/// Text without what XML 1.0 cannot hold, with its five marks escaped.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&apos;"),
            '\t' | '\n' => safe.push(character),
            '\u{fffe}' | '\u{ffff}' => {}
            control if control.is_control() => {}
            other => safe.push(other),
        }
    }
    safe
}

/// How a run looks besides its paragraph's style.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Look {
    /// Bold.
    pub bold: bool,
    /// Colour of the letters.
    pub colour: Option<Colour>,
    /// Size in half points.
    pub size: Option<u16>,
}

/// `RRGGBB`.
pub(super) fn hex(colour: Colour) -> String {
    format!("{:06X}", colour.0 & 0xff_ffff)
}

/// A run; line breaks are kept.
pub(super) fn run(text: &str, look: Look) -> String {
    let mut properties = String::new();
    if look.bold {
        properties.push_str("<w:b/><w:bCs/>");
    }
    if let Some(colour) = look.colour {
        let _ = write!(properties, "<w:color w:val=\"{}\"/>", hex(colour));
    }
    if let Some(size) = look.size {
        let _ = write!(properties, "<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>");
    }
    if !properties.is_empty() {
        properties = format!("<w:rPr>{properties}</w:rPr>");
    }
    let mut content = String::new();
    for (index, line) in text.replace("\r\n", "\n").replace('\r', "\n").split('\n').enumerate() {
        if index > 0 {
            content.push_str("<w:br/>");
        }
        if !line.is_empty() {
            let _ = write!(content, "<w:t xml:space=\"preserve\">{}</w:t>", escape(line));
        }
    }
    format!("<w:r>{properties}{content}</w:r>")
}

/// Runs of running text.
pub(super) fn inlines(parts: &[Inline]) -> String {
    parts
        .iter()
        .map(|part| {
            let colour = part.tone.map(|tone| tone.palette().text);
            run(&part.text, Look { bold: part.strong, colour, size: None })
        })
        .collect()
}

/// A paragraph of a style; `properties` follow the style's name in schema order.
pub(super) fn paragraph(style: &str, properties: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{properties}</w:pPr>{runs}</w:p>")
}

/// The alignment of a paragraph.
pub(super) fn aligned(align: Align) -> &'static str {
    match align {
        Align::Left => "",
        Align::Centre => "<w:jc w:val=\"center\"/>",
        Align::Right => "<w:jc w:val=\"right\"/>",
    }
}

/// A field such as `PAGE` with what stands there until Word has counted.
pub(super) fn field(code: &str, shown: &str) -> String {
    format!("<w:fldSimple w:instr=\" {code} \"><w:r><w:t>{}</w:t></w:r></w:fldSimple>", escape(shown))
}

/// A border line of a cell or paragraph: side, eighths of a point, colour.
pub(super) fn border(side: &str, eighths: u16, colour: Colour) -> String {
    format!("<w:{side} w:val=\"single\" w:sz=\"{eighths}\" w:space=\"0\" w:color=\"{}\"/>", hex(colour))
}

/// A background.
pub(super) fn shade(colour: Colour) -> String {
    format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{}\"/>", hex(colour))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_goes_and_marks_are_escaped() {
        assert_eq!(escape("A & <B> \"'\u{0}\u{b}\u{ffff}"), "A &amp; &lt;B&gt; &quot;&apos;");
        let broken = run("一行目\r\n二行目\n", Look::default());
        assert_eq!(broken.matches("<w:br/>").count(), 2, "{broken}");
    }
}
