//! By what means a measure works (S2-D3-14, S2-D3-19, S2-D6-04, S2-D6-05, S2-D6-12).

use mamori_ledger::Choice;

/// 下げる因子 (S2-D6-05).
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "treatment_factor")]
pub enum Factor {
    /// 資産価値.
    #[choice(
        code = "asset_value",
        ja = "資産価値",
        en = "Asset value",
        meaning_ja = "持つ量や種類を減らす。回避のときに下がる。",
        meaning_en = "Holding less, or nothing: what avoiding lowers."
    )]
    AssetValue,
    /// 脅威.
    #[choice(
        code = "threat",
        ja = "脅威",
        en = "Threat",
        meaning_ja = "自社ではほとんど変えられない。場所や相手を変えるときだけ。",
        meaning_en = "Hardly up to you, except by changing place or partner."
    )]
    Threat,
    /// 脆弱性.
    #[choice(
        code = "weakness",
        ja = "脆弱性",
        en = "Weakness",
        meaning_ja = "弱点をふさぐ（更新、設定、教育）。",
        meaning_en = "Closes a weak point: updates, settings, education."
    )]
    Weakness,
    /// 発生可能性.
    #[choice(
        code = "likelihood",
        ja = "発生可能性",
        en = "Likelihood",
        meaning_ja = "起こりにくくする（認証の強化、持ち出しの制限、監視）。",
        meaning_en = "Makes it rarer: stronger sign-in, limits, monitoring."
    )]
    Likelihood,
    /// 影響.
    #[choice(
        code = "impact",
        ja = "影響（損失額）",
        en = "Impact (loss)",
        meaning_ja = "起きたときの損失を小さくする（バックアップ、保険、分散）。",
        meaning_en = "Makes a case cheaper: backups, insurance, spreading."
    )]
    Impact,
}

impl Factor {
    /// The field of a scenario that holds this factor after measures; none for those that measures do not re-assess.
    pub fn after_field(self) -> Option<&'static str> {
        match self {
            Factor::Weakness => Some("weakness_after"),
            Factor::Likelihood => Some("likelihood_after"),
            Factor::AssetValue | Factor::Threat | Factor::Impact => None,
        }
    }
}

/// 低減のしかた (S2-D6-04).
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "treatment_approach")]
pub enum Approach {
    /// 発生可能性.
    #[choice(
        code = "prevent",
        ja = "発生可能性の低減",
        en = "Make it rarer",
        meaning_ja = "起きないようにする。",
        meaning_en = "Prevents a case."
    )]
    Prevent,
    /// 発生損失.
    #[choice(
        code = "limit",
        ja = "発生損失の低減",
        en = "Make it smaller",
        meaning_ja = "起きても被害を小さくする。",
        meaning_en = "Limits the loss of a case."
    )]
    Limit,
}

/// 分離・集中 (S2-D6-04).
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "treatment_spread")]
pub enum Spread {
    /// 分離.
    #[choice(
        code = "separate",
        ja = "分離",
        en = "Separate",
        meaning_ja = "分けて置く。一度に全部は失わない。",
        meaning_en = "Kept apart: not everything is lost at once."
    )]
    Separate,
    /// 集中.
    #[choice(
        code = "concentrate",
        ja = "集中",
        en = "Concentrate",
        meaning_ja = "一か所に集めて、強く守る。",
        meaning_en = "Kept in one place that is guarded well."
    )]
    Concentrate,
}

/// 入口・内部・出口 (S2-D3-19).
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "treatment_line")]
pub enum Line {
    /// 入口.
    #[choice(code = "entry", ja = "入口対策", en = "Entry", meaning_ja = "入れない。", meaning_en = "Keeps it out.")]
    Entry,
    /// 内部.
    #[choice(
        code = "inside",
        ja = "内部対策",
        en = "Inside",
        meaning_ja = "入られても広げない、見つける。",
        meaning_en = "Stops it from spreading and finds it."
    )]
    Inside,
    /// 出口.
    #[choice(code = "exit", ja = "出口対策", en = "Exit", meaning_ja = "外に出さない。", meaning_en = "Lets nothing out.")]
    Exit,
}

/// 費用の区分 (S2-D6-12).
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "treatment_cost_class")]
pub enum CostClass {
    /// 事前対策.
    #[choice(
        code = "before",
        ja = "事前対策",
        en = "Before",
        meaning_ja = "機器や設定、教育の準備",
        meaning_en = "Devices, settings, preparing education"
    )]
    Before,
    /// 対策運用.
    #[choice(
        code = "run",
        ja = "対策運用",
        en = "Running",
        meaning_ja = "毎年かかる利用料や保守",
        meaning_en = "Yearly fees and maintenance"
    )]
    Run,
    /// 事後対策.
    #[choice(
        code = "after",
        ja = "事後対策",
        en = "After",
        meaning_ja = "起きた後の調査や復旧の備え",
        meaning_en = "Provision for investigation and recovery"
    )]
    After,
}
