//! Numbers as people write them in Japanese forms.

use super::fold::nfkc;

/// Full-width digits to half-width; nothing else changes.
#[must_use]
pub fn half_width_digits(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            _ => c,
        })
        .collect()
}

/// A whole number, however it was typed: `１，２３４`, `¥1,234`, `3億2,000万円`, `1.5億`, `5千`, `百二十`, `▲300`, `△300`, `－300`, `(300)`.
///
/// Returns `None` for anything else: text around the number, a fraction that is not whole (`1.5`), commas that do not stand every three digits
/// (`1,23`), a value beyond 64 bits. `None` never means zero.
#[must_use]
pub fn parse_integer(text: &str) -> Option<i64> {
    let (negative, body) = sign_and_body(text)?;
    let thousandths = parse_magnitude(&body)?;
    if thousandths % SCALE != 0 {
        return None;
    }
    let value = i64::try_from(thousandths / SCALE).ok()?;
    Some(if negative { -value } else { value })
}

/// A number with a fraction; the same spellings as [`parse_integer`], and a trailing `%`, which divides by 100.
///
/// At most six decimals are kept exactly; more make it `None` rather than a silent rounding.
#[must_use]
pub fn parse_decimal(text: &str) -> Option<f64> {
    let folded = nfkc(text);
    let (percent, rest) = match folded.trim().strip_suffix('%') {
        Some(rest) => (true, rest.to_owned()),
        None => (false, folded),
    };
    let (negative, body) = sign_and_body(&rest)?;
    let scaled = parse_magnitude(&body)?;
    // One division of two exactly known numbers gives the nearest f64; two divisions would not.
    let divisor = if percent { SCALE * 100 } else { SCALE };
    let value = scaled as f64 / divisor as f64;
    Some(if negative { -value } else { value })
}

/// Fractions are carried as whole millionths so that `1.5億` and `278.6万` are exact.
const SCALE: i128 = 1_000_000;

fn sign_and_body(text: &str) -> Option<(bool, String)> {
    let folded = nfkc(text);
    let mut body: String = folded.chars().filter(|c| !c.is_whitespace()).collect();
    let mut negative = false;
    if let Some(inner) = body.strip_prefix('(').and_then(|b| b.strip_suffix(')')) {
        // Accountants' brackets.
        negative = true;
        body = inner.to_owned();
    }
    body = strip_currency(&body);
    if let Some(rest) = body.strip_prefix(['-', '−', '▲', '△', '‐', '–', '—']) {
        if negative {
            return None;
        }
        negative = true;
        body = strip_currency(rest);
    } else if let Some(rest) = body.strip_prefix('+') {
        body = rest.to_owned();
    }
    let body = body.strip_suffix('円').unwrap_or(&body).to_owned();
    (!body.is_empty()).then_some((negative, body))
}

fn strip_currency(body: &str) -> String {
    body.strip_prefix(['¥', '\\']).unwrap_or(body).to_owned()
}

/// Value of an unsigned number in millionths: digit groups, each followed by at most one small unit (十百千) and sections closed by 万億兆.
fn parse_magnitude(body: &str) -> Option<i128> {
    let mut total: i128 = 0;
    let mut section: i128 = 0;
    let mut pending: Option<i128> = None;
    let mut last_large = i128::MAX;
    let mut last_small = i128::MAX;
    let mut rest = body;
    while let Some(c) = rest.chars().next() {
        if let Some(unit) = small_unit(c) {
            if unit >= last_small {
                return None;
            }
            last_small = unit;
            section = section.checked_add(pending.take().unwrap_or(SCALE).checked_mul(unit)?)?;
        } else if let Some(unit) = large_unit(c) {
            let counted = pending.is_some() || section > 0;
            section = section.checked_add(pending.take().unwrap_or(0))?;
            if unit >= last_large || !counted {
                return None;
            }
            last_large = unit;
            last_small = i128::MAX;
            total = total.checked_add(section.checked_mul(unit)?)?;
            section = 0;
        } else {
            if pending.is_some() {
                return None;
            }
            let (value, tail) = leading_number(rest)?;
            pending = Some(value);
            rest = tail;
            continue;
        }
        rest = rest.get(c.len_utf8()..)?;
    }
    total.checked_add(section)?.checked_add(pending.unwrap_or(0))
}

/// The digits at the start of `text` (Arabic with commas and decimals, or kanji digits in place notation) in millionths, and what follows.
fn leading_number(text: &str) -> Option<(i128, &str)> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.')).unwrap_or(text.len());
    if end > 0 {
        let (digits, tail) = text.split_at_checked(end)?;
        return Some((arabic_millionths(digits)?, tail));
    }
    let mut value: i128 = 0;
    let mut used = 0;
    for c in text.chars() {
        let Some(digit) = kanji_digit(c) else { break };
        value = value.checked_mul(10)?.checked_add(digit)?;
        used += c.len_utf8();
    }
    if used == 0 {
        return None;
    }
    Some((value.checked_mul(SCALE)?, text.get(used..)?))
}

fn arabic_millionths(digits: &str) -> Option<i128> {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let mut joined = first.to_owned();
    let mut grouped = false;
    for group in groups {
        grouped = true;
        if group.len() != 3 {
            return None;
        }
        joined.push_str(group);
    }
    let decimals_ok = fraction.len() <= 6 && fraction.bytes().all(|b| b.is_ascii_digit());
    let group_ok = !grouped || (1..=3).contains(&first.len());
    if joined.is_empty() || !decimals_ok || !group_ok || (digits.contains('.') && fraction.is_empty()) {
        return None;
    }
    let fraction: i128 = format!("{fraction:0<6}").parse().ok()?;
    joined.parse::<i128>().ok()?.checked_mul(SCALE)?.checked_add(fraction)
}

fn small_unit(c: char) -> Option<i128> {
    match c {
        '十' | '拾' => Some(10),
        '百' => Some(100),
        '千' => Some(1_000),
        _ => None,
    }
}

fn large_unit(c: char) -> Option<i128> {
    match c {
        '万' | '萬' => Some(10_000),
        '億' => Some(100_000_000),
        '兆' => Some(1_000_000_000_000),
        _ => None,
    }
}

fn kanji_digit(c: char) -> Option<i128> {
    let at = "〇一二三四五六七八九".chars().position(|d| d == c)?;
    i128::try_from(at).ok()
}

/// Every run of kanji numerals replaced by its digits: `令和八年十一月` → `令和8年11月`. Runs that are no number stay as they are.
#[must_use]
pub fn kanji_numerals_to_digits(text: &str) -> String {
    let is_numeral = |c: char| kanji_digit(c).is_some() || small_unit(c).is_some();
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !is_numeral(c)).unwrap_or(rest.len());
        let (run, tail) = rest.split_at(end);
        match parse_magnitude(run).filter(|_| !run.is_empty()) {
            Some(value) => out.push_str(&(value / SCALE).to_string()),
            None => out.push_str(run),
        }
        let next = tail.find(is_numeral).unwrap_or(tail.len());
        let (plain, tail) = tail.split_at(next);
        out.push_str(plain);
        rest = tail;
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_people_type() {
        for (text, value) in [
            ("0", 0),
            ("１２３", 123),
            ("1,234,567円", 1_234_567),
            ("￥1,234", 1_234),
            ("3億2,000万円", 320_000_000),
            ("1.5億", 150_000_000),
            ("278.6万円", 2_786_000),
            ("５千", 5_000),
            ("5百万円", 5_000_000),
            ("百二十", 120),
            ("二〇二六", 2026),
            ("▲300", -300),
            ("△ 300", -300),
            ("－300円", -300),
            ("¥-300", -300),
            ("(1,000)", -1_000),
            ("12.00", 12),
            ("1千2百", 1_200),
            ("0万円", 0),
        ] {
            assert_eq!(parse_integer(text), Some(value), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_number() {
        for text in [
            "",
            "円",
            "-",
            "約100",
            "100人",
            "1,23",
            "1234,567",
            "1.5",
            "1.",
            ".5",
            "万",
            "1万億",
            "3千5千",
            "--1",
            "12 34a",
            "99999999999999999999",
            "1e5",
            "1.2.3",
            ",",
        ] {
            assert_eq!(parse_integer(text), None, "{text}");
        }
    }

    #[test]
    fn decimals() {
        assert_eq!(parse_decimal("７５．５％"), Some(0.755));
        assert_eq!(parse_decimal("1.25"), Some(1.25));
        assert_eq!(parse_decimal("△0.5"), Some(-0.5));
        assert_eq!(parse_decimal("0.1234567"), None);
    }

    #[test]
    fn kanji_numerals_in_text() {
        assert_eq!(kanji_numerals_to_digits("令和八年十一月二十日"), "令和8年11月20日");
        assert_eq!(kanji_numerals_to_digits("二〇二六年"), "2026年");
        assert_eq!(kanji_numerals_to_digits("十年"), "10年");
        assert_eq!(half_width_digits("Ａ１２"), "Ａ12");
    }

    proptest! {
        #[test]
        fn own_format_reads_back(value in -1_000_000_000_000i64..1_000_000_000_000) {
            prop_assert_eq!(parse_integer(&value.to_string()), Some(value));
            prop_assert_eq!(parse_integer(&crate::yen::Yen(value).to_string()), Some(value));
        }

        #[test]
        fn never_panics(text in "[0-9０-９,.億万千百十円▲()¥-]{0,30}") {
            let _ = parse_integer(&text);
            let _ = parse_decimal(&text);
            let _ = kanji_numerals_to_digits(&text);
        }
    }
}
