//! From what a person typed (in a form or a cell) to a value, with a message that names the allowed values.

use jiff::civil::Date;
use mamori_kernel::lang::{Lang, Words};
use mamori_kernel::text::{normalise, parse_decimal, parse_integer, squash_heading};
use mamori_kernel::time::parse_date_loose;

use crate::def::{ChoiceSet, FieldDef, Kind};
use crate::record::Value;

/// How many allowed values a message lists before it says "and so on".
const LISTED: usize = 12;

/// The labels of a set for a message.
fn allowed(set: &ChoiceSet, lang: Lang) -> String {
    let shown: Vec<&str> =
        set.choices.iter().filter(|choice| !choice.hidden).take(LISTED).map(|choice| choice.words.get(lang)).collect();
    let more = set.choices.len() > LISTED;
    let joined = shown.join(lang.pick("、", ", "));
    if more { format!("{joined}{}", lang.pick(" など", " …")) } else { joined }
}

/// A message about a field: heading, what was found, what is allowed.
pub fn not_allowed(field: &FieldDef, found: &str, ja: &str, en: &str) -> Words {
    let short = mamori_kernel::text::truncate_chars(found, 40);
    Words::owned(
        format!("{}「{short}」は{ja}", field.words.get(Lang::Ja)),
        format!("{} “{short}” {en}", field.words.get(Lang::En)),
    )
}

/// The field is empty but must be given.
pub fn missing(field: &FieldDef) -> Words {
    let (ja, en) = (field.words.get(Lang::Ja), field.words.get(Lang::En));
    match field.kind {
        Kind::Choice | Kind::Flags | Kind::Ref | Kind::Refs => {
            Words::owned(format!("{ja}を選んでください。"), format!("Please choose: {en}."))
        }
        _ => Words::owned(format!("{ja}を入力してください。"), format!("Please enter: {en}.")),
    }
}

/// Reads one choice by code, label or alias; also `2:部分的に…` by its leading code.
pub fn choice<'a>(set: &'a ChoiceSet, text: &str) -> Option<&'a str> {
    if let Some(found) = set.find(text.trim()) {
        return Some(&found.code);
    }
    let wanted = squash_heading(text);
    if wanted.is_empty() {
        return None;
    }
    let hit = set.choices.iter().find(|choice| {
        [&choice.words.ja, &choice.words.en, &choice.code]
            .into_iter()
            .chain(choice.aliases.iter())
            .any(|name| !name.is_empty() && squash_heading(name) == wanted)
    });
    if let Some(found) = hit {
        return Some(&found.code);
    }
    let folded = normalise(text);
    let lead = folded.split([':', '.', ' ', '-', '(']).next().unwrap_or_default().trim();
    if lead.len() == folded.len() {
        return None;
    }
    set.choices.iter().find(|choice| choice.code.eq_ignore_ascii_case(lead)).map(|choice| choice.code.as_ref())
}

fn yes_no(text: &str) -> Option<bool> {
    match normalise(text).as_str() {
        "1" | "true" | "yes" | "y" | "on" | "はい" | "有" | "あり" | "有り" | "○" | "◯" | "〇" | "済" | "該当" | "レ" | "✓" => {
            Some(true)
        }
        "" | "0" | "false" | "no" | "n" | "off" | "いいえ" | "無" | "なし" | "無し" | "×" | "x" | "-" | "未" | "非該当" => {
            Some(false)
        }
        _ => None,
    }
}

/// Reads a date and says why it is none.
fn date(field: &FieldDef, text: &str) -> Result<Date, Words> {
    parse_date_loose(text).map_err(|_| {
        not_allowed(
            field,
            text,
            "日付として読めません。2026/11/20、2026-11-20、令和8年11月20日 のように、実在する日付を入力してください。",
            "is not a date. Please enter a real date such as 2026-11-20 or 2026/11/20.",
        )
    })
}

/// Splits a cell or field that lists several things.
pub fn split_list(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', ',', '，', ';', '；', '\n', '／']).map(str::trim).filter(|part| !part.is_empty())
}

/// The text without what nobody sees but a program obeys: NUL (which PostgreSQL cannot hold) and other control characters, marks that
/// turn the direction of writing (a file `exe.xcod` would read as `docx.exe`), zero-width characters (two equal-looking names that
/// differ). The joiner U+200D stays: emoji of families are made with it. A tabulator or page break becomes a space.
pub fn visible(text: &str) -> std::borrow::Cow<'_, str> {
    let hidden = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\r'))
            || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    if !text.contains(hidden) {
        return text.into();
    }
    let shown = text.chars().filter_map(|c| match c {
        '\t' | '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}' => Some(' '),
        c => (!hidden(c)).then_some(c),
    });
    shown.collect::<String>().into()
}

/// Reads any kind except references.
///
/// # Errors
/// A message in both languages: what is wrong with which value, and what is allowed.
pub fn value(field: &FieldDef, text: &str) -> Result<Value, Words> {
    let seen = visible(text);
    let trimmed = seen.trim_matches([' ', '\t', '\r', '\n', '\u{3000}']);
    if field.kind == Kind::Bool {
        return yes_no(trimmed)
            .map(Value::Bool)
            .ok_or_else(|| not_allowed(field, trimmed, "「はい」か「いいえ」で入力してください。", "must be “yes” or “no”."));
    }
    if trimmed.is_empty() {
        return Ok(Value::Null);
    }
    match field.kind {
        Kind::Text | Kind::Email | Kind::Url => one_line(field, trimmed),
        Kind::Long => {
            let text = trimmed.replace("\r\n", "\n").replace('\r', "\n");
            fits(field, &text)?;
            Ok(Value::Text(text))
        }
        Kind::Int | Kind::Yen => parse_integer(trimmed).map(Value::Int).ok_or_else(|| {
            not_allowed(
                field,
                trimmed,
                "整数ではありません。数字だけを入力してください。",
                "is not a whole number. Please enter digits only.",
            )
        }),
        Kind::Decimal => parse_decimal(trimmed).map(Value::Real).ok_or_else(|| {
            not_allowed(field, trimmed, "数値ではありません。数字で入力してください。", "is not a number. Please enter a number.")
        }),
        Kind::Date => date(field, trimmed).map(Value::Date),
        Kind::Choice => {
            let Some(set) = &field.choices else { return Ok(Value::Null) };
            match choice(set, trimmed) {
                Some(code) => Ok(Value::Text(code.to_owned())),
                None => Err(not_a_choice(field, set, trimmed)),
            }
        }
        Kind::Flags => {
            let Some(set) = &field.choices else { return Ok(Value::Null) };
            let mut codes: Vec<String> = Vec::new();
            for part in split_list(trimmed) {
                match choice(set, part) {
                    Some(code) if codes.iter().any(|known| known == code) => {}
                    Some(code) => codes.push(code.to_owned()),
                    None => return Err(not_a_choice(field, set, part)),
                }
            }
            Ok(Value::List(codes))
        }
        Kind::Bool | Kind::Ref | Kind::Refs => Ok(Value::Text(trimmed.to_owned())),
    }
}

fn not_a_choice(field: &FieldDef, set: &ChoiceSet, found: &str) -> Words {
    not_allowed(
        field,
        found,
        &format!("選べる値ではありません。次のどれかにしてください：{}", allowed(set, Lang::Ja)),
        &format!("is not one of the allowed values: {}", allowed(set, Lang::En)),
    )
}

fn one_line(field: &FieldDef, text: &str) -> Result<Value, Words> {
    // A line break inside a name is kept out of lists and headers, but the words on both sides stay.
    let text = text.replace("\r\n", " ").replace(['\n', '\r'], " ");
    fits(field, &text)?;
    if field.kind == Kind::Email && !looks_like_email(&text) {
        return Err(not_allowed(
            field,
            &text,
            "メールアドレスの形になっていません。name@example.co.jp のように入力してください。",
            "is not an e-mail address. Please enter it like name@example.co.jp.",
        ));
    }
    if field.kind == Kind::Url && !(text.starts_with("https://") || text.starts_with("http://")) {
        return Err(not_allowed(
            field,
            &text,
            "https:// で始まるアドレスを入力してください。",
            "must be an address that begins with https://.",
        ));
    }
    Ok(Value::Text(text))
}

fn fits(field: &FieldDef, text: &str) -> Result<(), Words> {
    let count = text.chars().count();
    if count <= field.max {
        return Ok(());
    }
    let max = field.max;
    Err(Words::owned(
        format!("{}は{max}文字までです（現在{count}文字）。短くしてください。", field.words.get(Lang::Ja)),
        format!("{} can have at most {max} characters (now {count}). Please shorten it.", field.words.get(Lang::En)),
    ))
}

/// Enough to catch a typing mistake; whether the address exists only a mail can tell (RFC 5321 §4.1.2).
fn looks_like_email(text: &str) -> bool {
    match text.split_once('@') {
        Some((local, domain)) => {
            !local.is_empty()
                && domain.contains('.')
                && !domain.starts_with('.')
                && !domain.ends_with('.')
                && !text.contains(char::is_whitespace)
                && !domain.contains('@')
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use std::borrow::Cow;
    use std::sync::Arc;

    use super::*;
    use crate::def::ChoiceDef;

    fn set() -> ChoiceSet {
        let make = |code: &'static str, ja: &'static str, en: &'static str| ChoiceDef {
            code: Cow::Borrowed(code),
            words: Words::new(ja, en),
            meaning: Words::default(),
            tone: Cow::Borrowed(""),
            aliases: vec![Cow::Borrowed("高い")],
            hidden: false,
        };
        ChoiceSet {
            code: Cow::Borrowed("level"),
            choices: vec![make("2", "部分的に実施", "Partly"), make("3", "未実施", "Not done")],
        }
    }

    fn field(kind: Kind) -> FieldDef {
        let mut field = FieldDef::new("x", Words::new("項目", "Field"), kind);
        field.choices = Some(Arc::new(set()));
        field.max = 10;
        field
    }

    #[test]
    fn choices_are_read_by_code_label_alias_and_leading_code() {
        let set = set();
        assert_eq!(choice(&set, "2"), Some("2"));
        assert_eq!(choice(&set, "未 実施"), Some("3"));
        assert_eq!(choice(&set, "partly"), Some("2"));
        assert_eq!(choice(&set, "３:対策を実施していない"), Some("3"));
        assert_eq!(choice(&set, "9:なし"), None);
    }

    #[test]
    fn messages_name_the_value_and_what_is_allowed() {
        let error = value(&field(Kind::Choice), "たぶん").unwrap_err();
        assert_eq!(error.ja, "項目「たぶん」は選べる値ではありません。次のどれかにしてください：部分的に実施、未実施");
        assert!(value(&field(Kind::Date), "2026-02-30").is_err());
        assert!(value(&field(Kind::Text), "12345678901").unwrap_err().ja.contains("10文字まで"));
    }

    #[test]
    fn numbers_and_yes_no_come_in_japanese_forms() {
        assert_eq!(value(&field(Kind::Int), "１，２３４").unwrap(), Value::Int(1234));
        assert_eq!(value(&field(Kind::Bool), "有").unwrap(), Value::Bool(true));
        assert_eq!(value(&field(Kind::Bool), "").unwrap(), Value::Bool(false));
        assert!(value(&field(Kind::Bool), "多分").is_err());
        assert_eq!(value(&field(Kind::Flags), "未実施、2").unwrap(), Value::List(vec!["3".into(), "2".into()]));
    }

    #[test]
    fn what_nobody_sees_is_left_out() {
        assert_eq!(value(&field(Kind::Text), "\u{202e}a\0b\u{1b}\u{200b}\tc").unwrap(), Value::Text("ab c".into()));
        assert_eq!(value(&field(Kind::Text), "\u{200b}\u{feff}").unwrap(), Value::Null);
        assert_eq!(value(&field(Kind::Text), "一\r\n二").unwrap(), Value::Text("一 二".into()));
        assert_eq!(value(&field(Kind::Long), "一\0\r\n\u{202e}二").unwrap(), Value::Text("一\n二".into()));
        assert_eq!(value(&field(Kind::Text), "👨\u{200d}👩").unwrap(), Value::Text("👨\u{200d}👩".into()));
    }

    #[test]
    fn mail_addresses_with_typing_mistakes_are_refused() {
        for bad in ["a", "a@b", "@b.jp", "a b@c.jp", "a@.jp", "a@b@c.jp"] {
            let mut mail = field(Kind::Email);
            mail.max = 100;
            assert!(value(&mail, bad).is_err(), "{bad}");
        }
    }
}
