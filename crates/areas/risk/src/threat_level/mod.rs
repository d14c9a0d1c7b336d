//! 脅威の状況: how easily the threat arises at each storage place – the first of the two small sheets (domain.md §1.2).

mod ops;
pub mod queries;

use jiff::civil::Date;
use mamori_kernel::lang::Lang;
use mamori_ledger::area::Registry;
use mamori_ledger::hooks::{Hooked, Hooks, Saving};
use mamori_ledger::{Choice, Ledger, LedgerDef, LongText, Record};
use mamori_store::Tx;

use crate::neighbours::Storage;

pub(crate) use ops::seed;

/// 脅威の起こりやすさ.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "threat_level")]
pub enum ThreatChoice {
    /// 3.
    #[choice(
        code = "3",
        ja = "3 いつ起きてもおかしくない",
        en = "3 At any time",
        meaning_ja = "ふだんの仕事の中で起こりえる。他社でも日々起きている。",
        meaning_en = "May happen in ordinary work; happens to others every day.",
        tone = "danger"
    )]
    AnyTime,
    /// 2.
    #[choice(
        code = "2",
        ja = "2 年に数回起こりうる",
        en = "2 A few times a year",
        meaning_ja = "繁忙期や引っ越し、人の入れ替わりなど、決まった状況で起こりえる。",
        meaning_en = "May happen under certain conditions: busy seasons, moves, change of staff.",
        tone = "warning"
    )]
    Occasional,
    /// 1.
    #[choice(
        code = "1",
        ja = "1 通常は起きない",
        en = "1 Not normally",
        meaning_ja = "何年も起きておらず、起きる道筋も考えにくい。",
        meaning_en = "Has not happened for years, and no way to it is seen.",
        tone = "success"
    )]
    Rare,
}

/// One row a storage place.
#[derive(Ledger, Clone, Debug, Default)]
#[ledger(
    code = "threat_level",
    area = "risk",
    ja = "脅威の状況",
    en = "Threat levels",
    intro_ja = "情報の保存先ごとに、事故や攻撃がどれくらい起こりやすいかを決めます。ここを変えると、すべての資産のリスク値が計算し直されます。",
    intro_en = "How easily accidents and attacks arise at each place where information lies. A change here recalculates every asset.",
    label = "name",
    sort = "name",
    icon = "warning",
    keys = "storage"
)]
pub struct ThreatLevelRow {
    /// 名称, from the storage place.
    #[field(ja = "名称", en = "Name", list, computed)]
    pub name: String,
    /// 媒体・保存先.
    #[field(ja = "媒体・保存先", en = "Storage place", required, unique)]
    pub storage: Option<Storage>,
    /// 脅威の起こりやすさ.
    #[field(
        ja = "脅威の起こりやすさ",
        en = "Threat level",
        list,
        required,
        alias = "脅威の発生頻度",
        help_ja = "迷ったら高い方を選び、理由を書いておきます。",
        help_en = "When in doubt choose the higher one and write down why."
    )]
    pub level: Option<ThreatChoice>,
    /// 想定される脅威.
    #[field(ja = "想定される脅威", en = "Threats", list, search)]
    pub threats: LongText,
    /// 理由.
    #[field(ja = "この水準にした理由", en = "Reason", list, search)]
    pub reason: LongText,
    /// 見直した日.
    #[field(ja = "見直した日", en = "Reviewed on", list)]
    pub reviewed_on: Option<Date>,
}

/// Recalculates the assets when a level changes.
pub struct ThreatHooks;

impl Hooks for ThreatHooks {
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(async move {
            let code = saving.new.get("storage").as_str().to_owned();
            saving.new.values.set("name", Storage::set().label(&code, Lang::Ja).to_owned());
            Ok(())
        })
    }

    fn after_save<'a>(
        &'a self,
        tx: &'a mut Tx,
        registry: &'a Registry,
        old: Option<&'a Record>,
        new: &'a Record,
    ) -> Hooked<'a, ()> {
        Box::pin(async move {
            let counts = old.is_none_or(|old| {
                old.get("level") != new.get("level")
                    || old.get("storage") != new.get("storage")
                    || old.is_retired() != new.is_retired()
            });
            if counts { crate::assessment::sheet_changed(tx, registry).await } else { Ok(()) }
        })
    }
}

/// The ledger.
pub fn ledger() -> LedgerDef {
    ThreatLevelRow::def().with_hooks(ThreatHooks)
}
