//! Dates as people type them, and as Excel stores them.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::era::Era;
use super::people::iso_date;
use crate::lang::Lang;
use crate::text::{is_blank, kanji_numerals_to_digits, nfkc, truncate_chars};

/// Why a text is no date.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DateError {
    /// Nothing was entered.
    Blank,
    /// The form is not known; holds the text, shortened.
    Unrecognised(String),
    /// The year has two digits and no era: 26 may be 2026, 平成26年 or a day.
    AmbiguousYear(String),
    /// Year and month stand there, the day is missing.
    MissingDay {
        /// The year.
        year: i16,
        /// The month.
        month: i16,
    },
    /// A month above 12, or 0.
    NoSuchMonth(i16),
    /// The month has no such day.
    NoSuchDay {
        /// The year.
        year: i16,
        /// The month, 1–12.
        month: i8,
        /// The day asked for.
        day: i16,
        /// The last day this month has.
        last: i8,
    },
    /// The date lies before the first day of the era it names.
    BeforeEra {
        /// Name of the era in Japanese.
        era: &'static str,
        /// First day of the era.
        start: Date,
    },
    /// An Excel serial number outside Excel's calendar (1900-01-01 to 9999-12-31), or no number.
    SerialOutOfRange,
}

impl DateError {
    /// What is wrong, why, and what to enter instead, in the reader's language.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Blank, Lang::Ja) => "日付が空欄です。2026-11-20 のように入力してください。".to_owned(),
            (Self::Blank, Lang::En) => "The date is empty. Enter it like 2026-11-20.".to_owned(),
            (Self::Unrecognised(text), Lang::Ja) => {
                format!(
                    "「{text}」は日付として読めません。2026-11-20、2026/11/20、令和8年11月20日 のいずれかの形で入力してください。"
                )
            }
            (Self::Unrecognised(text), Lang::En) => {
                format!("“{text}” cannot be read as a date. Use 2026-11-20, 2026/11/20 or 令和8年11月20日.")
            }
            (Self::AmbiguousYear(text), Lang::Ja) => {
                format!(
                    "「{text}」は年が2けたのため、西暦か和暦か判断できません。2026-11-20 のように西暦4けたか、R8.11.20 のように元号を付けて入力してください。"
                )
            }
            (Self::AmbiguousYear(text), Lang::En) => {
                format!(
                    "“{text}” has a two-digit year, which may be Gregorian or an era year. Write four digits (2026-11-20) or the era (R8.11.20)."
                )
            }
            (Self::MissingDay { year, month }, Lang::Ja) => {
                format!("{year}年{month}月の「日」がありません。日まで入力してください。")
            }
            (Self::MissingDay { year, month }, Lang::En) => {
                format!("The day is missing after {year}-{month:02}. Enter the full date.")
            }
            (Self::NoSuchMonth(month), Lang::Ja) => format!("{month}月はありません。月は1から12で入力してください。"),
            (Self::NoSuchMonth(month), Lang::En) => format!("There is no month {month}. Months go from 1 to 12."),
            (Self::NoSuchDay { year, month, day, last }, Lang::Ja) => {
                format!("{year}年{month}月{day}日は存在しません。{year}年{month}月は{last}日までです。")
            }
            (Self::NoSuchDay { year, month, day, last }, Lang::En) => {
                format!("{year}-{month:02}-{day:02} does not exist. That month has {last} days.")
            }
            (Self::BeforeEra { era, start }, Lang::Ja) => {
                format!(
                    "{era}は{}年{}月{}日からです。その前の元号か西暦で入力してください。",
                    start.year(),
                    start.month(),
                    start.day()
                )
            }
            (Self::BeforeEra { era, start }, Lang::En) => {
                format!("The era {era} begins on {}. Use the era before it or the Gregorian year.", iso_date(*start))
            }
            (Self::SerialOutOfRange, Lang::Ja) => {
                "Excelの日付として扱える範囲（1900年から9999年）を外れています。日付を入力し直してください。".to_owned()
            }
            (Self::SerialOutOfRange, Lang::En) => {
                "The number lies outside Excel's calendar (1900 to 9999). Enter the date again.".to_owned()
            }
        }
    }
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for DateError {}

/// Reads a date in any form a Japanese office uses.
///
/// `2026-11-20`, `2026/11/20`, `2026.11.20`, `2026年11月20日`, `20261120`, `令和8年11月20日`, `令和八年十一月二十日`, `R8.11.20`, `平成元年1月8日`, `Ｈ31/4/30`,
/// all also in full width, with a weekday behind (`（金）`) or a time of day, which is dropped. A year after the end of its era is accepted,
/// because forms printed before the change still say 平成32年.
///
/// # Errors
/// Says which part is wrong: see [`DateError`]. `26.11.20` is refused as ambiguous, never guessed.
pub fn parse_date_loose(text: &str) -> Result<Date, DateError> {
    if is_blank(text) {
        return Err(DateError::Blank);
    }
    let shown = || truncate_chars(text.trim(), 30);
    let folded = nfkc(text);
    let body = strip_tail(folded.trim());
    let unrecognised = || DateError::Unrecognised(shown());
    if let Some((era, rest)) = Era::strip_name(body) {
        return era_date(era, rest, shown);
    }
    let body = kanji_numerals_to_digits(body);
    if body.len() == 8 && body.bytes().all(|b| b.is_ascii_digit()) {
        let part = |from: usize, to: usize| body.get(from..to).and_then(|p| p.parse().ok());
        return match (part(0, 4), part(4, 6), part(6, 8)) {
            (Some(year), Some(month), Some(day)) => checked(year, month, day),
            _ => Err(unrecognised()),
        };
    }
    let parts = numbers(&body).ok_or_else(unrecognised)?;
    match parts.as_slice() {
        [(4, year), (_, month), (_, day)] => checked(*year, *month, *day),
        [(4, year), (_, month)] => Err(DateError::MissingDay { year: *year, month: *month }),
        [(1 | 2, _), (1 | 2, _), (1 | 2, _)] => Err(DateError::AmbiguousYear(shown())),
        _ => Err(unrecognised()),
    }
}

fn era_date(era: &'static Era, rest: &str, shown: impl Fn() -> String) -> Result<Date, DateError> {
    let unrecognised = || DateError::Unrecognised(shown());
    let rest = rest.trim_start_matches(['.', ' ']);
    let rest = match rest.strip_prefix('元') {
        Some(tail) => format!("1{tail}"),
        None => kanji_numerals_to_digits(rest),
    };
    let parts = numbers(&rest).ok_or_else(unrecognised)?;
    match parts.as_slice() {
        [(1 | 2, n @ 1..), (_, month), (_, day)] => {
            let year = era.gregorian_year(*n).ok_or_else(unrecognised)?;
            let found = checked(year, *month, *day)?;
            if found < era.start {
                return Err(DateError::BeforeEra { era: era.ja, start: era.start });
            }
            Ok(found)
        }
        [(1 | 2, n @ 1..), (_, month)] => {
            let year = era.gregorian_year(*n).ok_or_else(unrecognised)?;
            Err(DateError::MissingDay { year, month: *month })
        }
        _ => Err(unrecognised()),
    }
}

/// Drops a weekday in brackets and a time of day.
fn strip_tail(text: &str) -> &str {
    let mut body = text;
    if let Some((head, tail)) = body.split_once(['T', ' ']) {
        let looks_like_time =
            tail.contains(':') && tail.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | '-' | 'Z'));
        if looks_like_time {
            body = head;
        }
    }
    if let Some((head, tail)) = body.split_once('(') {
        let weekday = tail.trim_end_matches(')').trim_end_matches("曜日").trim_end_matches('曜');
        let mut letters = weekday.chars();
        if let (Some('月' | '火' | '水' | '木' | '金' | '土' | '日'), None) = (letters.next(), letters.next()) {
            body = head;
        }
    }
    body.trim()
}

/// The numbers of a date with one kind of separator between them, each with its count of digits; `None` where anything else stands there.
fn numbers(text: &str) -> Option<Vec<(usize, i16)>> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let kanji = compact.contains('年');
    let split: Vec<&str> = if kanji {
        let (year, rest) = compact.split_once('年')?;
        let (month, rest) = rest.split_once('月')?;
        match rest.strip_suffix('日') {
            Some(day) => vec![year, month, day],
            None if rest.is_empty() => vec![year, month],
            None => return None,
        }
    } else {
        let separator = compact.chars().find(|c| !c.is_ascii_digit())?;
        if !matches!(separator, '-' | '/' | '.' | '・' | '−' | '‐') {
            return None;
        }
        compact.split(separator).collect()
    };
    split
        .into_iter()
        .map(|part| {
            let digits = (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
            Some((part.len(), part.parse().ok().filter(|_| digits)?))
        })
        .collect()
}

fn checked(year: i16, month: i16, day: i16) -> Result<Date, DateError> {
    let month = match i8::try_from(month) {
        Ok(month @ 1..=12) => month,
        _ => return Err(DateError::NoSuchMonth(month)),
    };
    let last = date_of_month(year, month);
    match i8::try_from(day) {
        Ok(small) if small >= 1 && small <= last => {
            Date::new(year, month, small).map_err(|_| DateError::NoSuchDay { year, month, day, last })
        }
        _ => Err(DateError::NoSuchDay { year, month, day, last }),
    }
}

fn date_of_month(year: i16, month: i8) -> i8 {
    Date::new(year, month, 1).map_or(31, |first| first.days_in_month())
}

/// The date of an Excel serial number; the time of day (the fraction) is dropped.
///
/// `date1904` is the workbook's setting for the calendar of old Macintosh versions. Serial 60 of the 1900 calendar is 1900-02-29, a day that
/// never was (Excel inherited it from Lotus 1-2-3); it is refused.
///
/// # Errors
/// [`DateError::SerialOutOfRange`] for anything outside 1900-01-01 to 9999-12-31, [`DateError::NoSuchDay`] for serial 60.
pub fn from_excel_serial(serial: f64, date1904: bool) -> Result<Date, DateError> {
    if !serial.is_finite() || !(0.0..3_000_000.0).contains(&serial) {
        return Err(DateError::SerialOutOfRange);
    }
    let days = serial.floor() as i64;
    let (epoch, days) = match (date1904, days) {
        (true, _) => (date(1904, 1, 1), days),
        (false, 0) => return Err(DateError::SerialOutOfRange),
        (false, 60) => return Err(DateError::NoSuchDay { year: 1900, month: 2, day: 29, last: 28 }),
        (false, 1..60) => (date(1899, 12, 31), days),
        (false, _) => (date(1899, 12, 30), days),
    };
    epoch.checked_add(days.days()).map_err(|_| DateError::SerialOutOfRange)
}

/// The serial number of a date in Excel's 1900 calendar; `None` before 1900-01-01, which Excel cannot show.
#[must_use]
pub fn to_excel_serial(day: Date) -> Option<f64> {
    let since = |epoch: Date| epoch.until(day).ok().map(|span| span.get_days());
    let days = if day < date(1900, 3, 1) { since(date(1899, 12, 31))? } else { since(date(1899, 12, 30))? };
    (days >= 1).then_some(f64::from(days))
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
