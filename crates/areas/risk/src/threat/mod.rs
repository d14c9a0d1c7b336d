//! 脅威: what can happen, by kind (S2-D3-05, S2-D5-01). Begun with the catalogue; a company adds its own and leaves out what it need not fear.

mod hooks;
pub mod ops;
pub mod pages;
mod panel;
pub mod queries;

use mamori_ledger::{Choice, Flags, Ledger, LedgerDef, LongText};

use crate::neighbours::Storage;

/// 脅威の種類, the five groups of `catalogs/risk/threats.toml`.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "threat_group")]
pub enum Group {
    /// 自然災害.
    #[choice(
        code = "disaster",
        ja = "環境（自然災害）",
        en = "Environment: disaster",
        meaning_ja = "地震、水害、火災など、人が起こさないもの",
        meaning_en = "Earthquake, flood, fire: nobody's doing"
    )]
    Disaster,
    /// 障害・故障.
    #[choice(
        code = "failure",
        ja = "環境（障害・故障）",
        en = "Environment: failure",
        meaning_ja = "機器、電源、回線、利用しているサービスが止まること",
        meaning_en = "Equipment, power, lines or services that stop"
    )]
    Failure,
    /// うっかり.
    #[choice(
        code = "accident",
        ja = "人（うっかり）",
        en = "People: accidental",
        meaning_ja = "悪気のない間違いや見落とし",
        meaning_en = "Mistakes and oversights without bad intent"
    )]
    Accident,
    /// 内部の不正.
    #[choice(
        code = "insider",
        ja = "人（内部の不正）",
        en = "People: insider",
        meaning_ja = "社員、退職者、委託先など、正しい権限を持つ人の不正",
        meaning_en = "Abuse by staff, leavers or suppliers who have valid rights"
    )]
    Insider,
    /// 外部からの攻撃.
    #[choice(
        code = "attack",
        ja = "人（外部からの攻撃）",
        en = "People: outside attack",
        meaning_ja = "外の人が計画して行う攻撃や犯罪",
        meaning_en = "Attacks and crimes planned by outsiders"
    )]
    Attack,
}

/// The six elements of STRIDE (S2-D5-02).
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "stride")]
pub enum Stride {
    /// S.
    #[choice(code = "S", ja = "S なりすまし", en = "S Spoofing", alias = "なりすまし")]
    Spoofing,
    /// T.
    #[choice(code = "T", ja = "T 改ざん", en = "T Tampering", alias = "改ざん")]
    Tampering,
    /// R.
    #[choice(code = "R", ja = "R 否認", en = "R Repudiation", alias = "否認")]
    Repudiation,
    /// I.
    #[choice(code = "I", ja = "I 情報漏えい", en = "I Information disclosure", alias = "情報漏えい")]
    Disclosure,
    /// D.
    #[choice(code = "D", ja = "D サービス停止", en = "D Denial of service", alias = "サービス停止;サービス拒否")]
    Denial,
    /// E.
    #[choice(code = "E", ja = "E 権限の昇格", en = "E Elevation of privilege", alias = "権限の昇格")]
    Elevation,
}

/// What a threat hits.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "threat_aspect")]
pub enum Aspect {
    /// C.
    #[choice(code = "c", ja = "機密性", en = "Confidentiality", alias = "C")]
    Confidentiality,
    /// I.
    #[choice(code = "i", ja = "完全性", en = "Integrity", alias = "I")]
    Integrity,
    /// A.
    #[choice(code = "a", ja = "可用性", en = "Availability", alias = "A")]
    Availability,
}

/// One threat.
#[derive(Ledger, Clone, Debug, Default)]
#[ledger(
    code = "threat",
    area = "risk",
    ja = "脅威",
    en = "Threat",
    intro_ja = "会社に起こりうる良くないことの一覧です。標準の脅威が入っています。当社に関係のないものは「当社で考える」を外すと、候補に出なくなります。",
    intro_en = "What bad can happen to us. The standard threats are here; take the tick away from what need not be feared, and it is no longer suggested.",
    label = "name",
    sort = "threat_group",
    icon = "warning",
    keys = "code; name",
    groups = "what:どんな脅威か:What it is; rate:当社の見方:How we see it"
)]
pub struct Threat {
    /// 記号; empty for the company's own.
    #[field(ja = "記号", en = "Code", read_only, group = "what")]
    pub code: String,
    /// 脅威.
    #[field(ja = "脅威", en = "Threat", list, required, unique, search, group = "what", alias = "名称")]
    pub name: String,
    /// 種類.
    #[field(ja = "種類", en = "Kind", list, required, group = "what")]
    pub threat_group: Option<Group>,
    /// 例.
    #[field(ja = "例", en = "Example", list, search, group = "what")]
    pub example: LongText,
    /// STRIDE.
    #[field(ja = "STRIDE", en = "STRIDE", group = "what")]
    pub stride: Flags<Stride>,
    /// 損なわれるもの.
    #[field(ja = "損なわれるもの", en = "What it hits", list, group = "what")]
    pub aspects: Flags<Aspect>,
    /// 起こりやすい保存先.
    #[field(
        ja = "起こりやすい保存先",
        en = "Usual at",
        group = "rate",
        help_ja = "ここに保存している情報資産に、この脅威のリスクの候補を出します。",
        help_en = "Assets that are kept there get a suggestion with this threat."
    )]
    pub places: Flags<Storage>,
    /// 脅威の値 of the four-factor scale.
    #[field(
        ja = "ふだんの脅威の値",
        en = "Usual threat number",
        list,
        group = "rate",
        help_ja = "四因子の尺度の「脅威」です。標準では1（ほとんどない）か2（ある）です。",
        help_en = "“Threat” on the four-factor scale; in the standard scale 1 (hardly any) or 2 (present)."
    )]
    pub level: Option<i64>,
    /// 当社で考える.
    #[field(ja = "当社で考える", en = "We consider it", list, group = "rate", default = "yes")]
    pub used: bool,
}

/// The ledger.
pub fn ledger() -> LedgerDef {
    Threat::def().with_hooks(hooks::ThreatHooks)
}
