//! What is true of an information asset: its importance, its medium, whether a second copy is known, how long it is kept.

use jiff::ToSpan;
use jiff::civil::Date;
use mamori_kernel::lang::{Lang, Words};
use mamori_kernel::reckoning::Reckoning;
use mamori_kernel::text::squash_heading;
use mamori_kernel::time::{Retention, parse_date_loose};

use super::{Availability, Confidentiality, InformationAsset, Integrity, Media, Storage};
use crate::catalog;

/// 重要度 = the highest of confidentiality, integrity and availability, 0–2 (S2-D4-03). `None` until all three are rated: a value that
/// nobody gave must not look like a low one.
pub fn importance(c: Option<Confidentiality>, i: Option<Integrity>, a: Option<Availability>) -> Option<i64> {
    Some(c?.number().max(i?.number()).max(a?.number()))
}

/// 媒体分類 follows from the place (S2-D3-04): paper is paper, everything else is electronic.
pub fn media(storage: Storage) -> Media {
    if storage == Storage::Paper { Media::Paper } else { Media::Electronic }
}

/// What is known of further copies (S2-D4-24).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copies {
    /// Nobody has said.
    Unknown,
    /// Somebody has said that there is none.
    None,
    /// There is one.
    Exists,
}

/// Reads the field "where else a copy lies".
pub fn copies(text: &str) -> Copies {
    match squash_heading(text).as_str() {
        "" | "?" | "不明" | "未確認" | "unknown" => Copies::Unknown,
        "なし" | "無し" | "無" | "ない" | "-" | "ー" | "none" | "no" => Copies::None,
        _ => Copies::Exists,
    }
}

/// Normalises a retention period: `５年間` and `5 years` become `5年`; words such as 契約終了後5年 stay as they are.
///
/// # Errors
/// A message when the text is a day that does not exist, such as `2026/2/30まで`.
pub fn retention(text: &str) -> Result<String, Words> {
    match Retention::parse(text) {
        None => Ok(String::new()),
        Some(Retention::Text(words)) if impossible_day(&words) => Err(Words::owned(
            format!("保存期限「{words}」は実在しない日です。2027/3/31まで、5年、永久 のように入力してください。"),
            format!("Retention “{words}” is not a real day. Please enter, for example, 2027-03-31, 5年 or 永久."),
        )),
        Some(known) => Ok(known.label(Lang::Ja)),
    }
}

fn impossible_day(text: &str) -> bool {
    let folded = mamori_kernel::text::nfkc(text);
    let day = folded.trim().trim_end_matches("まで保存").trim_end_matches("まで").trim();
    // Two separators between figures only: it was meant as a day.
    let figures = !day.is_empty() && day.chars().all(|c| c.is_ascii_digit() || "/-.年月日".contains(c));
    figures && day.chars().filter(|c| !c.is_ascii_digit()).count() >= 2 && parse_date_loose(day).is_err()
}

/// The last day of keeping; `None` where there is none or nobody knows.
pub fn keep_until(asset: &InformationAsset) -> Option<Date> {
    Retention::parse(&asset.retention)?.due(asset.registered_on?)
}

/// The usual day of the next review: a year later (S2-D4-09, S2-D4-22).
pub fn next_review(from: Date) -> Option<Date> {
    from.checked_add(1.year()).ok()
}

/// Works out what the program fills in by itself.
pub fn complete(asset: &mut InformationAsset) {
    asset.importance = importance(asset.confidentiality, asset.integrity, asset.availability);
    if let Some(storage) = asset.storage {
        asset.media = Some(media(storage));
    }
    asset.single_copy = copies(&asset.copies.0) != Copies::Exists;
    if let Ok(normal) = retention(&asset.retention) {
        asset.retention = normal;
    }
}

/// Guesses the kind of place from words such as `Office365`, `袖机の引き出し` (layouts A and B have no such column, S2-D3-04).
/// `None` when the words fit several kinds or none.
pub fn storage_of(media: Option<Media>, place: &str) -> Option<Storage> {
    use mamori_ledger::Choice as _;
    const MORE: [(&str, Storage); 22] = [
        ("机", Storage::Paper),
        ("棚", Storage::Paper),
        ("ファイル", Storage::Paper),
        ("倉庫", Storage::Paper),
        ("ロッカー", Storage::Paper),
        ("キャビネット", Storage::Paper),
        ("金庫", Storage::Paper),
        ("office365", Storage::ExternalServer),
        ("microsoft365", Storage::ExternalServer),
        ("googledrive", Storage::ExternalServer),
        ("googleworkspace", Storage::ExternalServer),
        ("gmail", Storage::ExternalServer),
        ("onedrive", Storage::ExternalServer),
        ("sharepoint", Storage::ExternalServer),
        ("dropbox", Storage::ExternalServer),
        ("box", Storage::ExternalServer),
        ("aws", Storage::ExternalServer),
        ("クラウド", Storage::ExternalServer),
        ("nas", Storage::InternalServer),
        ("サーバ", Storage::InternalServer),
        ("スマホ", Storage::MobileDevice),
        ("usb", Storage::RemovableMedia),
    ];
    if media == Some(Media::Paper) {
        return Some(Storage::Paper);
    }
    let text = squash_heading(place);
    if text.is_empty() {
        return None;
    }
    if let Some(exact) = mamori_ledger::parse::choice(&Storage::set(), place).and_then(Storage::parse) {
        return Some(exact);
    }
    let mut found: Vec<Storage> =
        MORE.iter().filter(|(word, _)| text.contains(&squash_heading(word))).map(|(_, storage)| *storage).collect();
    for place in catalog::places() {
        let named = place.import_names.iter().any(|name| name.chars().count() >= 3 && text.contains(&squash_heading(name)));
        found.extend(Storage::parse(&place.code).filter(|_| named));
    }
    if media == Some(Media::Electronic) {
        found.retain(|storage| *storage != Storage::Paper);
    }
    // 社外サーバー contains サーバー: the outside wins over the inside.
    if found.contains(&Storage::ExternalServer) {
        found.retain(|storage| *storage != Storage::InternalServer);
    }
    found.sort_unstable();
    found.dedup();
    match found.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// Explains what [`complete`] worked out.
pub fn reckon(asset: &InformationAsset, field: &str) -> Option<Reckoning> {
    match field {
        "importance" => Some(explain_importance(asset)),
        "single_copy" => Some(explain_copies(asset)),
        "media" => asset.storage.map(explain_media),
        "threat_level" | "weakness_level" | "likelihood" | "risk_value" | "risk_band" => super::risk_reckoning(asset, field),
        _ => None,
    }
}

fn explain_importance(asset: &InformationAsset) -> Reckoning {
    let numbers = [
        asset.confidentiality.map(Confidentiality::number),
        asset.integrity.map(Integrity::number),
        asset.availability.map(Availability::number),
    ];
    let shown = numbers.map(|number| number.map_or_else(|| "?".to_owned(), |number| number.to_string())).join(", ");
    let value = match asset.importance {
        Some(value) => Words::owned(value.to_string(), value.to_string()),
        None => Words::new("未評価（3つとも選ぶと決まります）", "not rated yet (choose all three)"),
    };
    Reckoning::default().step(
        Words::new("重要度", "Importance"),
        Words::owned(
            format!("max(機密性, 完全性, 可用性) = max({shown})"),
            format!("max(confidentiality, integrity, availability) = max({shown})"),
        ),
        value,
        Words::new("3つのうち最も高い値（S2-D4-03）", "The highest of the three (S2-D4-03)"),
    )
}

fn explain_copies(asset: &InformationAsset) -> Reckoning {
    let (what, value) = match copies(&asset.copies.0) {
        Copies::Unknown => (
            Words::new("写しの場所が書かれていません", "no place of a copy is written"),
            Words::new("1か所のみ（未確認）", "one place only (not confirmed)"),
        ),
        Copies::None => (Words::new("「なし」と書かれています", "“none” is written"), Words::new("1か所のみ", "one place only")),
        Copies::Exists => {
            (Words::new("写しの場所が書かれています", "the place of a copy is written"), Words::new("写しあり", "a copy exists"))
        }
    };
    Reckoning::default().step(
        Words::new("1か所のみ", "One place only"),
        what,
        value,
        Words::new("「写し・バックアップの場所」から判定（S2-D4-24）", "Judged by “Copies and backups” (S2-D4-24)"),
    )
}

fn explain_media(storage: Storage) -> Reckoning {
    use mamori_ledger::Choice as _;
    let name = |lang| storage.label(lang);
    let media = media(storage);
    let set = Media::set();
    Reckoning::default().step(
        Words::new("媒体分類", "Medium"),
        Words::owned(format!("媒体・保存先が「{}」", name(Lang::Ja)), format!("stored in “{}”", name(Lang::En))),
        Words::owned(set.label(media.code(), Lang::Ja), set.label(media.code(), Lang::En)),
        Words::new(
            "書類は紙、それ以外は電磁記録媒体（S2-D3-04）",
            "Documents are paper, everything else is electronic (S2-D3-04)",
        ),
    )
}

/// The number that follows a code of our own pattern `A-001`; `None` for codes of other patterns.
pub fn code_number(code: &str) -> Option<u64> {
    code.strip_prefix("A-")?.parse().ok()
}

/// A code of our own pattern.
pub fn code_of(number: u64) -> String {
    format!("A-{number:03}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use jiff::civil::date;

    #[test]
    fn importance_of_the_textbook() {
        let of = |c, i, a| importance(Confidentiality::of(c), Integrity::of(i), Availability::of(a));
        assert_eq!(of(2, 2, 2), Some(2), "顧客マスタデータ");
        assert_eq!(of(0, 1, 1), Some(1), "企業パンフレット");
        assert_eq!(of(0, 0, 0), Some(0));
        assert_eq!(importance(Confidentiality::of(2), None, Availability::of(0)), None);
        assert_eq!(Confidentiality::of(3), None);
    }

    #[test]
    fn copies_have_three_answers() {
        assert_eq!(copies(""), Copies::Unknown);
        assert_eq!(copies(" なし "), Copies::None);
        assert_eq!(copies("総務のNAS"), Copies::Exists);
    }

    #[test]
    fn retention_is_normalised_and_impossible_days_refused() {
        assert_eq!(retention("５年間").unwrap(), "5年");
        assert_eq!(retention("永久保存").unwrap(), "永久");
        assert_eq!(retention("契約終了後5年").unwrap(), "契約終了後5年");
        assert_eq!(retention("").unwrap(), "");
        assert!(retention("2026/2/30まで").unwrap_err().ja.contains("2026/2/30"));
        for text in ["5年", "6か月", "永久", "2026年3月31日まで", "契約終了後5年"] {
            assert_eq!(
                retention(&retention(text).unwrap()).unwrap(),
                retention(text).unwrap(),
                "a second import changes nothing"
            );
        }
    }

    #[test]
    fn places_of_other_layouts_find_their_kind() {
        assert_eq!(storage_of(Some(Media::Paper), "袖机"), Some(Storage::Paper));
        assert_eq!(storage_of(Some(Media::Electronic), "クラウド Office365"), Some(Storage::ExternalServer));
        assert_eq!(storage_of(None, "社外サーバー（会計）"), Some(Storage::ExternalServer));
        assert_eq!(storage_of(None, "総務のNAS"), Some(Storage::InternalServer));
        assert_eq!(storage_of(None, "鍵付きキャビネット"), Some(Storage::Paper));
        assert_eq!(storage_of(Some(Media::Electronic), "3階"), None, "a guess that nothing supports is not made");
    }

    #[test]
    fn completing_fills_only_what_follows() {
        let mut asset =
            InformationAsset { storage: Some(Storage::OfficePc), retention: "７年".to_owned(), ..InformationAsset::default() };
        complete(&mut asset);
        assert_eq!((asset.media, asset.importance, asset.single_copy), (Some(Media::Electronic), None, true));
        assert_eq!(asset.retention, "7年");
        asset.registered_on = Some(date(2016, 7, 1));
        assert_eq!(keep_until(&asset), Some(date(2023, 7, 1)));
        let words = reckon(&asset, "importance").unwrap();
        assert!(words.steps.first().unwrap().expression.ja.contains("max(?, ?, ?)"));
    }

    #[test]
    fn codes_count_on() {
        assert_eq!(code_number("A-080"), Some(80));
        assert_eq!(code_number("K-1"), None);
        assert_eq!(code_of(81), "A-081");
        assert_eq!(code_of(12_345), "A-12345");
    }
}
