//! 代理: who decides for whom while somebody is away. The standing deputies of roles are kept with the appointments; these are the
//! days of one person's absence.

mod hooks;
pub mod queries;

use jiff::civil::Date;
use mamori_ledger::{Ledger, LedgerDef};

use crate::shape::pointing;

/// An absence with the person who decides meanwhile.
#[derive(Clone, Debug, Default, Ledger)]
#[ledger(
    code = "deputy",
    area = "approval",
    ja = "代理",
    en = "Deputy",
    label = "summary",
    owner = "person",
    sort = "-ends",
    icon = "user",
    intro_ja = "休みや出張の間、承認を代わる人を決めておきます。代理で承認しても、だれの代わりかが記録に残ります。自分が依頼したものは、代理としても承認できません。",
    intro_en = "Name who decides while you are away. Decisions of a deputy keep for whom they were taken. Nobody decides on the own request, not even as a deputy."
)]
pub struct Deputy {
    /// Written by the program.
    #[field(ja = "代理", en = "Deputy", search, computed)]
    pub summary: String,
    /// Who is away.
    #[field(ja = "不在の人", en = "Away", required, list)]
    pub person: String,
    /// Who stands in.
    #[field(
        ja = "代わる人",
        en = "Stands in",
        list,
        help_ja = "空欄なら、役割の任命に書かれた代行者が代わります。",
        help_en = "Empty: the deputy named in the appointment to the role stands in."
    )]
    pub deputy: String,
    /// First day.
    #[field(ja = "開始日", en = "From", required, list)]
    pub starts: Option<Date>,
    /// Last day.
    #[field(ja = "終了日", en = "Until", required, list)]
    pub ends: Option<Date>,
    /// Why.
    #[field(ja = "理由", en = "Reason", max = 200, help_ja = "例：夏季休暇、出張", help_en = "Such as: holiday, business trip")]
    pub reason: String,
}

/// The ledger with its rules.
pub(crate) fn ledger() -> LedgerDef {
    pointing(<Deputy as Ledger>::def(), "person", &["person", "deputy"]).with_hooks(hooks::DeputyHooks)
}
