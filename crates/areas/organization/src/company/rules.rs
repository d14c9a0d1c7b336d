//! What a company's profile may hold. Pure.

use mamori_kernel::error::{Error, FieldError, Result};
use mamori_kernel::lang::{Lang, Words};
use mamori_kernel::text::{nfkc, parse_integer};

use super::Profile;

/// Branches of industry: the divisions of the Japan Standard Industrial Classification (rev. 14, 2023), by code.
pub const INDUSTRIES: [(&str, Words); 19] = [
    ("agriculture", Words::new("農業、林業、漁業", "Agriculture, forestry and fisheries")),
    ("mining", Words::new("鉱業、採石業", "Mining and quarrying")),
    ("construction", Words::new("建設業", "Construction")),
    ("manufacturing", Words::new("製造業", "Manufacturing")),
    ("utilities", Words::new("電気・ガス・熱供給・水道業", "Electricity, gas, heat and water")),
    ("information", Words::new("情報通信業", "Information and communications")),
    ("transport", Words::new("運輸業、郵便業", "Transport and postal services")),
    ("trade", Words::new("卸売業、小売業", "Wholesale and retail trade")),
    ("finance", Words::new("金融業、保険業", "Finance and insurance")),
    ("real-estate", Words::new("不動産業、物品賃貸業", "Real estate and leasing")),
    ("professional", Words::new("学術研究、専門・技術サービス業", "Research, professional and technical services")),
    ("hospitality", Words::new("宿泊業、飲食サービス業", "Accommodation and food services")),
    ("personal", Words::new("生活関連サービス業、娯楽業", "Personal services and amusement")),
    ("education", Words::new("教育、学習支援業", "Education and learning support")),
    ("medical", Words::new("医療、福祉", "Medical care and welfare")),
    ("compound", Words::new("複合サービス事業", "Compound services")),
    ("services", Words::new("サービス業(ほかに分類されないもの)", "Other services")),
    ("public", Words::new("公務", "Public service")),
    ("other", Words::new("その他", "Other")),
];

/// The name of a branch; an unknown one (typed into an older version) is shown as it is.
pub fn industry_words(code: &str) -> Words {
    INDUSTRIES.iter().find(|(known, _)| *known == code).map_or_else(|| Words::owned(code, code), |(_, words)| words.clone())
}

/// The name of a month, 1–12; empty for any other number.
pub fn month_name(lang: Lang, month: i64) -> String {
    const ENGLISH: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let name = usize::try_from(month).ok().and_then(|month| ENGLISH.get(month.checked_sub(1)?));
    match (name, lang) {
        (None, _) => String::new(),
        (Some(_), Lang::Ja) => format!("{month}月"),
        (Some(name), Lang::En) => (*name).to_owned(),
    }
}

/// Reads a number of people as typed (`48`, `４８`, `48名`); `None` when it is none or not between 1 and 1,000,000.
pub fn read_headcount(typed: &str) -> Option<i64> {
    let plain = nfkc(typed);
    let plain = plain.trim().trim_end_matches(['人', '名']);
    parse_integer(plain).filter(|count| (1..=1_000_000).contains(count))
}

/// Judges a profile: everything that is wrong at once.
///
/// # Errors
/// [`Error::Invalid`] with `name`, `industry`, `headcount`, `fiscal_start_month`, `doc_prefix`.
pub fn check(profile: &Profile) -> Result<()> {
    let mut wrong: Vec<FieldError> = Vec::new();
    let mut reject = |field: &str, message: Words| wrong.push(FieldError { field: field.to_owned(), message });
    if !(1..=100).contains(&profile.name.trim().chars().count()) {
        reject(
            "name",
            Words::new("会社名を100文字以内で入力してください。", "Please enter the company's name in up to 100 characters."),
        );
    }
    if profile.name_kana.chars().count() > 100 {
        reject("name_kana", Words::new("ふりがなは100文字以内にしてください。", "The reading has at most 100 characters."));
    }
    if !INDUSTRIES.iter().any(|(code, _)| *code == profile.industry) {
        reject(
            "industry",
            Words::new(
                "業種を一覧から選んでください。近いものでかまいません。",
                "Please choose the industry from the list; the nearest will do.",
            ),
        );
    }
    if !(1..=1_000_000).contains(&profile.headcount) {
        reject(
            "headcount",
            Words::new(
                "人数を1以上の整数で入力してください。パート・アルバイトも含めます。",
                "Please enter the number of people as a whole number from 1, part-timers included.",
            ),
        );
    }
    if !(1..=12).contains(&profile.fiscal_start_month) {
        reject(
            "fiscal_start_month",
            Words::new("年度が始まる月を1〜12から選んでください。", "Please choose the month in which the fiscal year starts."),
        );
    }
    if profile.doc_prefix.chars().count() > 20 {
        reject(
            "doc_prefix",
            Words::new("文書番号の先頭は20文字以内にしてください。", "The start of document numbers has at most 20 characters."),
        );
    }
    if wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong)) }
}

/// Judges a company code, by which the command line names it: 2–32 of `a-z 0-9 -`, starting with a letter.
///
/// # Errors
/// [`Error::Invalid`] on `code`.
pub fn check_code(code: &str) -> Result<()> {
    let fits = (2..=32).contains(&code.len())
        && code.starts_with(|c: char| c.is_ascii_lowercase())
        && code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if fits {
        return Ok(());
    }
    Err(Error::field(
        "code",
        Words::new(
            "会社コードは、半角の英小文字で始まる2〜32文字の英小文字、数字、ハイフンにしてください。",
            "A company code has 2 to 32 lower-case letters, digits or hyphens and starts with a letter.",
        ),
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    fn profile() -> Profile {
        Profile {
            name: "山田精密工業株式会社".into(),
            name_kana: String::new(),
            industry: "manufacturing".into(),
            headcount: 48,
            fiscal_start_month: 4,
            lang: Lang::Ja,
            doc_prefix: String::new(),
        }
    }

    #[test]
    fn a_complete_profile_passes_and_an_empty_one_names_every_field() {
        assert!(check(&profile()).is_ok());
        let empty = Profile { name: " ".into(), industry: "x".into(), headcount: 0, fiscal_start_month: 13, ..profile() };
        let Err(Error::Invalid(wrong)) = check(&empty) else { panic!("passed") };
        let fields: Vec<&str> = wrong.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["name", "industry", "headcount", "fiscal_start_month"]);
    }

    #[test]
    fn people_are_counted_as_typed() {
        assert_eq!(read_headcount("４８名"), Some(48));
        assert_eq!(read_headcount("1,200 人"), Some(1200));
        assert_eq!(read_headcount("0"), None);
        assert_eq!(read_headcount("たくさん"), None);
    }

    #[test]
    fn codes() {
        assert!(check_code("main").is_ok() && check_code("yamada-2").is_ok());
        for bad in ["", "a", "Main", "2nd", "a b", "会社"] {
            assert!(check_code(bad).is_err(), "{bad}");
        }
    }
}
