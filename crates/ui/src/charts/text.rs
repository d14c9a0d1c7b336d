//! Fitting Japanese and Latin text into a picture, where nothing wraps by itself.

/// Width in pixels of `text` at `size` pixels, as BIZ UDPGothic sets it: full-width characters take the size, Latin letters their own width.
/// Bold is about 2 % wider and the fixed-width face of PDFs narrower; both fit what is fitted here.
pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(|character| em(character) * size).sum()
}

/// Widths of U+0020 to U+007E in hundredths of the size, measured in BIZ UDPGothic Regular.
const LATIN: [u8; 95] = [
    33, 33, 47, 92, 80, 100, 89, 29, 49, 49, 50, 84, 31, 48, 31, 50, 76, 63, 76, 76, 76, 76, 76, 76, 76, 76, 31, 31, 84, 84, 84,
    77, 98, 76, 77, 80, 84, 70, 66, 84, 82, 42, 54, 75, 60, 98, 82, 86, 74, 89, 76, 71, 70, 84, 74, 98, 80, 72, 75, 50, 50, 50,
    50, 31, 50, 65, 71, 64, 71, 69, 50, 67, 70, 32, 38, 63, 33, 94, 70, 68, 71, 71, 45, 59, 47, 70, 58, 88, 60, 61, 58, 52, 44,
    52, 50,
];

fn em(character: char) -> f64 {
    let code = u32::from(character);
    let latin = usize::try_from(code).ok().and_then(|code| code.checked_sub(0x20)).and_then(|at| LATIN.get(at));
    match latin {
        Some(hundredths) => f64::from(*hundredths) / 100.0,
        None if (0xFF61..=0xFF9F).contains(&code) || matches!(character, '「' | '」' | '・') => 0.5,
        None if code < 0x1100 => 0.7,
        None => 1.0,
    }
}

/// `text`, cut with "…" when it is wider than `room` pixels.
pub fn fit(text: &str, room: f64, size: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let room = room - size;
    let mut used = 0.0;
    let mut kept: String = text
        .chars()
        .take_while(|character| {
            used += em(*character) * size;
            used <= room
        })
        .collect();
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

/// `text` in at most `lines` lines, each at most `room` pixels wide. Two lines are broken where a reader would break them; otherwise see [`fill`].
pub fn wrap(text: &str, room: f64, size: f64, lines: usize) -> Vec<String> {
    let text = text.trim();
    let needs_two = width(text, size) > room && width(text, size) <= room * 2.0;
    match halve(text, room, size).filter(|_| needs_two && lines >= 2) {
        Some((first, second)) => vec![first.trim_end().to_owned(), second.to_owned()],
        None => fill(text, room, size, lines),
    }
}

#[derive(PartialEq, Eq)]
enum Script {
    Hiragana,
    Katakana,
    Latin,
    Other,
}

impl Script {
    fn of(character: char) -> Self {
        match character {
            'ぁ'..='ゟ' => Self::Hiragana,
            'ァ'..='ヺ' | 'ー' => Self::Katakana,
            other if other.is_ascii() => Self::Latin,
            _ => Self::Other,
        }
    }
}

/// The best place to break into two lines: after a mark or a space or before a bracket, then between scripts, then anywhere; the more even the better.
fn halve(text: &str, room: f64, size: f64) -> Option<(&str, &str)> {
    let mut best: Option<(f64, (&str, &str))> = None;
    let mut before = None;
    for (at, after) in text.char_indices() {
        let Some(last) = before.replace(after) else { continue };
        let (first, second) = text.split_at(at);
        let widest = width(first.trim_end(), size).max(width(second, size));
        if after == ' ' || widest > room || hangs(&after.to_string()) || (last.is_ascii_graphic() && after.is_ascii_graphic()) {
            continue;
        }
        let natural = matches!(last, '・' | '、' | '/' | ' ' | '\u{3000}') || matches!(after, '(' | '\u{FF08}' | '「');
        let (from, to) = (Script::of(last), Script::of(after));
        // A word of hiragana belongs to what stands before it, so the break comes where hiragana ends, not where it begins.
        let between_words = from != to && to != Script::Hiragana;
        let cost = widest
            + if natural {
                0.0
            } else if between_words {
                size * 1.5
            } else {
                size * 5.0
            };
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, (first, second)));
        }
    }
    best.map(|(_, halves)| halves)
}

/// `text` in at most `lines` lines of `room` pixels; the last is cut with "…". Latin words stay whole where they fit, and a mark such as 、。」 or ー hangs over the edge instead of starting a line.
fn fill(text: &str, room: f64, size: f64, lines: usize) -> Vec<String> {
    let mut done: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut pieces = pieces(text).into_iter().peekable();
    while let Some(piece) = pieces.next() {
        let too_wide = !line.is_empty() && width(&line, size) + width(piece.trim_end(), size) > room && !hangs(&piece);
        if too_wide {
            if done.len() + 1 >= lines {
                line.push_str(&piece);
                line.extend(pieces);
                break;
            }
            done.push(line.trim_end().to_owned());
            line = String::new();
        }
        line.push_str(&piece);
    }
    if !line.trim().is_empty() {
        // A mark that hangs out at the very end is no reason to cut the word before it.
        let last = line.trim_end();
        let room =
            if last.chars().next_back().is_some_and(|mark| hangs(mark.encode_utf8(&mut [0; 4]))) { room + size } else { room };
        done.push(fit(last, room, size));
    }
    done
}

/// Latin words with the space after them; every other character alone.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut open = false;
    for character in text.chars() {
        let latin = character.is_ascii_graphic();
        match pieces.last_mut() {
            Some(last) if open && (latin || character == ' ') => last.push(character),
            _ => pieces.push(character.to_string()),
        }
        open = latin;
    }
    pieces
}

fn hangs(piece: &str) -> bool {
    matches!(piece, "、" | "。" | "」" | ")" | "\u{FF09}" | "ー" | "っ" | "ッ" | "ゃ" | "ゅ" | "ょ" | "・")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn short_text_is_left_alone_and_long_text_is_cut() {
        assert_eq!(fit("営業部", 60.0, 14.0), "営業部");
        assert_eq!(fit("情報システム管理部門", 84.0, 14.0), "情報システ…");
        assert!(width(&fit("情報システム管理部門", 84.0, 14.0), 14.0) <= 84.0);
    }

    #[test]
    fn lines_break_between_characters_but_not_inside_words() {
        assert_eq!(wrap("個人所有のスマートフォン", 98.0, 14.0, 2), ["個人所有の", "スマートフォン"]);
        assert_eq!(wrap("品質保証・技術管理部", 126.0, 14.0, 2), ["品質保証・", "技術管理部"]);
        assert_eq!(wrap("最高責任者(CISO)", 110.0, 14.0, 2), ["最高責任者", "(CISO)"]);
        assert_eq!(wrap("最高情報セキュリティ責任者(CISO)", 164.0, 12.0, 2), ["最高情報セキュリティ", "責任者(CISO)"]);
        assert_eq!(wrap("Information Security Officer", 110.0, 14.0, 3), ["Information", "Security", "Officer"]);
        assert_eq!(wrap("あいうえおかきくけこさしすせそ", 56.0, 14.0, 2), ["あいうえ", "おかき…"]);
        assert_eq!(wrap("", 56.0, 14.0, 2), Vec::<String>::new());
    }
}
