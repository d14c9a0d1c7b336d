//! 弱点: of people, systems, network and operation (S2-D3-07, S2-D5-07). Begun with the catalogue; a company adds its own.

pub mod ops;
pub mod queries;

use mamori_ledger::{Choice, Ledger, LedgerDef, LongText};

/// 弱点の種類 (S2-D3-07).
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "weakness_kind")]
pub enum Kind {
    /// 人.
    #[choice(
        code = "people",
        ja = "人",
        en = "People",
        meaning_ja = "知らない、慣れる、疲れる、断れない",
        meaning_en = "Not knowing, habit, tiredness, unable to say no"
    )]
    People,
    /// システム.
    #[choice(
        code = "system",
        ja = "システム",
        en = "Systems",
        meaning_ja = "OS、ソフト、機器、Webサイトの欠点や設定",
        meaning_en = "Faults and settings of systems, software, devices, websites"
    )]
    System,
    /// ネットワーク.
    #[choice(
        code = "network",
        ja = "ネットワーク",
        en = "Network",
        meaning_ja = "つなぎ方と、つなぐ機器の弱い所",
        meaning_en = "Weak spots of connections and their devices"
    )]
    Network,
    /// 運用.
    #[choice(
        code = "operation",
        ja = "運用",
        en = "Operation",
        meaning_ja = "ルール、手順、記録、契約の不足",
        meaning_en = "Missing rules, procedures, records, contracts"
    )]
    Operation,
}

/// One weakness.
#[derive(Ledger, Clone, Debug, Default)]
#[ledger(
    code = "weakness",
    area = "risk",
    ja = "弱点",
    en = "Weakness",
    intro_ja = "脅威につけ込まれる、会社の弱い所の一覧です。ソフトウェアの脆弱性情報（JVNなど）とは別のものです。当てはまらないものは「当社で考える」を外します。",
    intro_en = "Weak spots that a threat can use. Not the published vulnerabilities of software. Take the tick away from what does not apply.",
    label = "name",
    sort = "kind",
    icon = "target",
    keys = "code; name"
)]
pub struct Weakness {
    /// 記号; empty for the company's own.
    #[field(ja = "記号", en = "Code", read_only)]
    pub code: String,
    /// 弱点.
    #[field(ja = "弱点", en = "Weakness", list, required, unique, search, alias = "名称;脆弱性")]
    pub name: String,
    /// 種類.
    #[field(ja = "種類", en = "Kind", list, required)]
    pub kind: Option<Kind>,
    /// 例.
    #[field(ja = "例", en = "Example", list, search)]
    pub example: LongText,
    /// 直し方.
    #[field(ja = "直し方", en = "Remedy", list, search)]
    pub remedy: LongText,
    /// 当社で考える.
    #[field(ja = "当社で考える", en = "We consider it", list, default = "yes")]
    pub used: bool,
}

/// The ledger.
pub fn ledger() -> LedgerDef {
    Weakness::def()
}
