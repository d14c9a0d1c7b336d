//! Encodings of text files from Japanese offices.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{EUC_JP, Encoding, ISO_2022_JP, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

use super::ReadError;

/// The encoding of a csv or tsv.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextEncoding {
    /// UTF-8, with or without byte-order mark.
    Utf8,
    /// CP932 (Windows-31J, "Shift_JIS" of Windows), what Excel calls ANSI in Japan.
    Cp932,
    /// UTF-16 little endian, Excel's "Unicode text".
    Utf16Le,
    /// UTF-16 big endian.
    Utf16Be,
    /// EUC-JP, from older Unix systems.
    EucJp,
    /// ISO-2022-JP, from older mail systems.
    Iso2022Jp,
}

impl TextEncoding {
    /// All encodings, the usual ones first.
    pub const ALL: [Self; 6] = [Self::Utf8, Self::Cp932, Self::Utf16Le, Self::Utf16Be, Self::EucJp, Self::Iso2022Jp];

    /// The name for people, the same in both languages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Cp932 => "Shift_JIS (CP932)",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::EucJp => "EUC-JP",
            Self::Iso2022Jp => "ISO-2022-JP",
        }
    }

    /// Reads a name as typed on a command line: `utf-8`, `cp932`, `sjis`, `shift_jis`, `utf-16le`, …
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().replace(['-', '_', ' '], "").as_str() {
            "utf8" | "utf8bom" => Some(Self::Utf8),
            "cp932" | "sjis" | "shiftjis" | "windows31j" | "ms932" => Some(Self::Cp932),
            "utf16" | "utf16le" => Some(Self::Utf16Le),
            "utf16be" => Some(Self::Utf16Be),
            "eucjp" => Some(Self::EucJp),
            "iso2022jp" | "jis" => Some(Self::Iso2022Jp),
            _ => None,
        }
    }

    fn coding(self) -> &'static Encoding {
        match self {
            Self::Utf8 => UTF_8,
            // The Shift_JIS of the WHATWG Encoding Standard is CP932 with the NEC and IBM characters (①, 髙, ㈱).
            Self::Cp932 => SHIFT_JIS,
            Self::Utf16Le => UTF_16LE,
            Self::Utf16Be => UTF_16BE,
            Self::EucJp => EUC_JP,
            Self::Iso2022Jp => ISO_2022_JP,
        }
    }
}

const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The text of a file and the encoding it was read with. `wanted` overrides the detection.
pub(super) fn decode(bytes: &[u8], wanted: Option<TextEncoding>) -> Result<(String, TextEncoding), ReadError> {
    let encoding = wanted.unwrap_or_else(|| guess(bytes));
    let body = match encoding {
        TextEncoding::Utf8 => bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes),
        TextEncoding::Utf16Le => bytes.strip_prefix(b"\xFF\xFE").unwrap_or(bytes),
        TextEncoding::Utf16Be => bytes.strip_prefix(b"\xFE\xFF").unwrap_or(bytes),
        _ => bytes,
    };
    match encoding.coding().decode_without_bom_handling(body) {
        (text, false) => Ok((text.into_owned(), encoding)),
        (text, true) => {
            let before = text.split('\u{FFFD}').next().unwrap_or_default();
            Err(ReadError::WrongEncoding { encoding, line: before.matches('\n').count() + 1 })
        }
    }
}

fn guess(bytes: &[u8]) -> TextEncoding {
    if bytes.starts_with(UTF8_MARK) {
        return TextEncoding::Utf8;
    }
    if let Some(wide) = utf16(bytes) {
        return wide;
    }
    if std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0x1B) {
        return TextEncoding::Utf8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    match detector.guess(Some(b"jp"), Utf8Detection::Allow) {
        found if found == EUC_JP => TextEncoding::EucJp,
        found if found == ISO_2022_JP => TextEncoding::Iso2022Jp,
        found if found == UTF_8 => TextEncoding::Utf8,
        // A guess of a European or Chinese code page comes from very short files; here it is CP932.
        _ => TextEncoding::Cp932,
    }
}

/// UTF-16 by its mark, or by the zero bytes that ASCII digits and separators have in it.
fn utf16(bytes: &[u8]) -> Option<TextEncoding> {
    if bytes.starts_with(b"\xFF\xFE") {
        return Some(TextEncoding::Utf16Le);
    }
    if bytes.starts_with(b"\xFE\xFF") {
        return Some(TextEncoding::Utf16Be);
    }
    let sample = bytes.get(..bytes.len().min(4_096))?;
    let zeros = |parity: usize| sample.iter().enumerate().filter(|(at, b)| at % 2 == parity && **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    match () {
        () if odd > 0 && even == 0 => Some(TextEncoding::Utf16Le),
        () if even > 0 && odd == 0 => Some(TextEncoding::Utf16Be),
        () => None,
    }
}

/// Whether the bytes can be text: no zero bytes (except in UTF-16) and hardly any control characters.
pub(super) fn could_be_text(bytes: &[u8]) -> bool {
    let sample = bytes.get(..bytes.len().min(65_536)).unwrap_or_default();
    if utf16(bytes).is_some() {
        return true;
    }
    if sample.contains(&0) {
        return false;
    }
    let controls = sample.iter().filter(|b| **b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C | 0x1B)).count();
    controls * 100 <= sample.len()
}
