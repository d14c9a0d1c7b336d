//! The choices of the information-asset ledger. Words of places, values, stages and groups are content (`catalogs/assets/`).

use mamori_kernel::lang::{Lang, Words};
use mamori_ledger::Choice;

use crate::catalog::{self, Entry, catalog_choice};

/// Further spellings of codes that other programs and older files use for the six places.
const PLACE_CODES: [(&str, &str); 3] = [("paper", "document"), ("removable_media", "portable"), ("mobile_device", "mobile")];

fn place_entries() -> Vec<Entry> {
    let entry = |place: &catalog::Place| {
        let mut aliases = place.import_names.clone();
        aliases.extend(PLACE_CODES.iter().filter(|(code, _)| *code == place.code).map(|(_, alias)| (*alias).to_owned()));
        Entry { code: place.code.clone(), words: place.name.clone(), meaning: place.means.clone(), tone: "", aliases }
    };
    catalog::places().iter().map(entry).collect()
}

catalog_choice! {
    /// 媒体・保存先: the kind of place where the information lies (S2-D4-04, S2-D4-10). Threats depend on it.
    Storage, "asset_storage", place_entries, {
        /// 書類.
        Paper = "paper",
        /// 可搬電子媒体.
        RemovableMedia = "removable_media",
        /// 事務所PC.
        OfficePc = "office_pc",
        /// モバイル機器.
        MobileDevice = "mobile_device",
        /// 社内サーバー.
        InternalServer = "internal_server",
        /// 社外サーバー, also every cloud service.
        ExternalServer = "external_server",
    }
}

fn stage_entries() -> Vec<Entry> {
    let entry = |stage: &catalog::Stage| Entry {
        code: stage.code.clone(),
        words: stage.name.clone(),
        meaning: stage.means.clone(),
        ..Entry::default()
    };
    catalog::stages().iter().map(entry).collect()
}

catalog_choice! {
    /// A stage in the life of information (S2-D4-07).
    Stage, "asset_stage", stage_entries, {
        /// 生成: not in the ledger yet, as a rule.
        Creation = "creation",
        /// 保管.
        Keeping = "keeping",
        /// 利用.
        Use = "use",
        /// 共有.
        Sharing = "sharing",
        /// 保存.
        Retention = "retention",
        /// 破棄.
        Disposal = "disposal",
    }
}

fn group_entries() -> Vec<Entry> {
    let entry = |group: &catalog::UserGroup| Entry {
        code: group.code.clone(),
        words: group.name.clone(),
        meaning: group.means.clone(),
        ..Entry::default()
    };
    catalog::user_groups().iter().map(entry).collect()
}

catalog_choice! {
    /// Who uses an asset (S2-D4-12).
    UserGroup, "asset_user_group", group_entries, {
        /// 事業部門.
        Business = "business",
        /// 社内部門.
        Corporate = "corporate",
        /// 情報システム部門.
        InformationSystems = "information_systems",
        /// パート・アルバイト.
        PartTime = "part_time",
        /// 派遣社員.
        Temporary = "temporary",
        /// 委託先.
        Contractor = "contractor",
        /// 全員.
        Everyone = "everyone",
    }
}

fn personal_entries() -> Vec<Entry> {
    let entry = |class: &catalog::PersonalClass| Entry {
        code: class.code.clone(),
        words: class.name.clone(),
        meaning: class.means.clone(),
        ..Entry::default()
    };
    catalog::personal_classes().iter().map(entry).collect()
}

catalog_choice! {
    /// Classes of personal information beside the three columns of the IPA sheet (S2-D4-17).
    PersonalKind, "asset_personal_kind", personal_entries, {
        /// 個人データ.
        PersonalData = "personal_data",
        /// 保有個人データ.
        RetainedData = "retained_data",
        /// 仮名加工情報.
        Pseudonymised = "pseudonymised",
        /// 匿名加工情報.
        Anonymised = "anonymised",
        /// 個人関連情報.
        Related = "related",
    }
}

/// The meaning of a level, with where it is usual: what the chooser needs at the moment of choosing (S2-D4-03, S2-D4-15).
fn with_examples(level: &crate::catalog::Level) -> Words {
    let list = |lang: Lang| level.examples.iter().map(|words| words.get(lang)).collect::<Vec<_>>().join(lang.pick("、", "; "));
    if level.examples.is_empty() {
        return level.meaning.clone();
    }
    Words::owned(
        format!("{}（例：{}）", level.meaning.ja, list(Lang::Ja)),
        format!("{} (for example: {})", level.meaning.en, list(Lang::En)),
    )
}

/// The levels of one attribute: the number first, as in the sheet, so that a bare `2` reads and a list stays narrow.
fn level_entries(attribute: &str) -> Vec<Entry> {
    let levels =
        catalog::cia().iter().find(|known| known.code == attribute).map(|known| known.level.as_slice()).unwrap_or_default();
    let entry = |level: &crate::catalog::Level| Entry {
        code: level.value.to_string(),
        words: Words::owned(format!("{} {}", level.value, level.name.ja), format!("{} {}", level.value, level.name.en)),
        meaning: with_examples(level),
        tone: match level.value {
            2 => "danger",
            1 => "warning",
            _ => "neutral",
        },
        aliases: vec![level.name.ja.to_string(), level.name.en.to_string()],
    };
    levels.iter().map(entry).collect()
}

fn confidentiality_entries() -> Vec<Entry> {
    level_entries("confidentiality")
}
fn integrity_entries() -> Vec<Entry> {
    level_entries("integrity")
}
fn availability_entries() -> Vec<Entry> {
    level_entries("availability")
}

/// Declares the three scales: same codes, different meanings.
macro_rules! level {
    ($(#[$outer:meta])* $name:ident, $set:literal, $entries:path) => {
        catalog_choice! {
            $(#[$outer])*
            $name, $set, $entries, {
                /// 0: hardly any harm.
                Low = "0",
                /// 1: harm to our own business.
                Medium = "1",
                /// 2: law, contract, or grave harm.
                High = "2",
            }
        }

        impl $name {
            /// The number of the sheet, 0–2.
            pub fn number(self) -> i64 {
                match self {
                    $name::Low => 0,
                    $name::Medium => 1,
                    $name::High => 2,
                }
            }

            /// The level of a number; `None` outside 0–2.
            pub fn of(number: i64) -> Option<$name> {
                <$name as mamori_ledger::Choice>::parse(&number.to_string())
            }
        }
    };
}
level! {
    /// 機密性: harm if the wrong people learn it (S2-D4-03).
    Confidentiality, "asset_confidentiality", confidentiality_entries
}
level! {
    /// 完全性: harm if it is wrong or altered (S2-D4-03).
    Integrity, "asset_integrity", integrity_entries
}
level! {
    /// 可用性: harm if it is missing when needed (S2-D4-03).
    Availability, "asset_availability", availability_entries
}

/// 媒体分類 of layouts A and B (S2-D3-04, S2-D4-02).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
#[choice(set = "asset_media")]
pub enum Media {
    /// Paper.
    #[choice(code = "paper", ja = "紙", en = "Paper", alias = "紙媒体;書類")]
    Paper,
    /// Anything electronic.
    #[choice(
        code = "electronic",
        ja = "電磁記録媒体",
        en = "Electronic",
        alias = "電子;電子媒体;電磁的記録媒体;データ;電子データ"
    )]
    Electronic,
}

/// 管理区分: how strictly it is handled; decides who may see the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Choice)]
#[choice(set = "asset_classification")]
pub enum Classification {
    /// Public.
    #[choice(
        code = "0",
        ja = "公開",
        en = "Public",
        meaning_ja = "社外の誰が見てもよい",
        meaning_en = "Anybody outside may see it",
        tone = "neutral",
        alias = "一般;公開可"
    )]
    Public,
    /// Internal.
    #[choice(
        code = "1",
        ja = "社外秘",
        en = "Internal",
        meaning_ja = "社内の人だけが見てよい",
        meaning_en = "For people of the company only",
        tone = "info",
        alias = "社内;部外秘;社内限り;取扱注意"
    )]
    Internal,
    /// Confidential.
    #[choice(
        code = "2",
        ja = "秘密",
        en = "Confidential",
        meaning_ja = "仕事で必要な部署・人だけが見てよい",
        meaning_en = "For those departments and people who need it",
        tone = "warning",
        alias = "秘;機密;マル秘"
    )]
    Confidential,
    /// Strictly confidential.
    #[choice(
        code = "3",
        ja = "極秘",
        en = "Strictly confidential",
        meaning_ja = "名前を挙げて決めた人だけが見てよい",
        meaning_en = "For named persons only",
        tone = "danger",
        alias = "厳秘;最高機密"
    )]
    Strict,
}

impl Classification {
    /// 0–3.
    pub fn number(self) -> i64 {
        match self {
            Classification::Public => 0,
            Classification::Internal => 1,
            Classification::Confidential => 2,
            Classification::Strict => 3,
        }
    }
}

/// Further properties of security that this information needs (S2-D3-02).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
#[choice(set = "asset_quality")]
pub enum Quality {
    /// Authenticity.
    #[choice(
        code = "authenticity",
        ja = "真正性",
        en = "Authenticity",
        meaning_ja = "名乗っている人・物が本物だと確かめられる",
        meaning_en = "Persons and things are what they claim to be"
    )]
    Authenticity,
    /// Reliability.
    #[choice(
        code = "reliability",
        ja = "信頼性",
        en = "Reliability",
        meaning_ja = "意図したとおりに、いつも同じ結果になる",
        meaning_en = "It behaves as intended, every time"
    )]
    Reliability,
    /// Accountability.
    #[choice(
        code = "accountability",
        ja = "責任追跡性",
        en = "Accountability",
        meaning_ja = "誰が何をしたかを後からたどれる",
        meaning_en = "Who did what can be traced"
    )]
    Accountability,
    /// Non-repudiation.
    #[choice(
        code = "non_repudiation",
        ja = "否認防止",
        en = "Non-repudiation",
        meaning_ja = "やったことを後から「していない」と言えない",
        meaning_en = "What was done cannot be denied later"
    )]
    NonRepudiation,
}

/// The label beside the risk value (domain.md §1.2); written by the risk area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
#[choice(set = "asset_risk_band")]
pub enum RiskBand {
    /// Large.
    #[choice(code = "high", ja = "リスク大", en = "High risk", tone = "danger", alias = "大;large")]
    High,
    /// Middle.
    #[choice(code = "middle", ja = "リスク中", en = "Middle risk", tone = "warning", alias = "中;medium")]
    Middle,
    /// Small.
    #[choice(code = "low", ja = "リスク小", en = "Low risk", tone = "success", alias = "小;small")]
    Low,
}

#[cfg(test)]
mod tests {
    use super::*;
    use mamori_ledger::ChoiceSet;

    fn complete(set: &ChoiceSet, entries: usize) {
        assert_eq!(set.choices.len(), entries, "{}", set.code);
        for choice in &set.choices {
            assert!(!choice.words.ja.is_empty() && choice.words.ja != choice.code, "{}: {} has no words", set.code, choice.code);
        }
    }

    #[test]
    fn every_code_has_words_and_every_entry_a_code() {
        complete(&Storage::set(), place_entries().len());
        complete(&Stage::set(), stage_entries().len());
        complete(&UserGroup::set(), group_entries().len());
        complete(&PersonalKind::set(), catalog::personal_classes().iter().filter(|class| class.sheet_column.is_empty()).count());
        complete(&Confidentiality::set(), 3);
        complete(&Integrity::set(), 3);
        complete(&Availability::set(), 3);
    }

    #[test]
    fn spellings_of_workbooks_are_understood() {
        let read = |text| mamori_ledger::parse::choice(&Storage::set(), text).map(str::to_owned);
        assert_eq!(read("社外サーバ").as_deref(), Some("external_server"));
        assert_eq!(read("事務所ＰＣ").as_deref(), Some("office_pc"));
        assert_eq!(read("書類").as_deref(), Some("paper"));
        assert_eq!(read("portable").as_deref(), Some("removable_media"));
        let level = |text| mamori_ledger::parse::choice(&Availability::set(), text).map(str::to_owned);
        assert_eq!(level("2").as_deref(), Some("2"));
        assert_eq!(level("高").as_deref(), Some("2"));
        assert_eq!(level("1 中").as_deref(), Some("1"));
        assert_eq!(level("3"), None);
    }
}
