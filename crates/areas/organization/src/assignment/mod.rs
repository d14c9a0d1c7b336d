//! 役割の任命: who holds which role, in peace or in an emergency, until when, and who stands in (S2-D1-08, S2-D1-21, S0-11).

mod hooks;
pub mod ops;
pub mod queries;
pub mod rules;
#[cfg(test)]
mod rules_tests;
mod today;
pub mod warning;

use jiff::civil::Date;
use mamori_kernel::lang::Words;
use mamori_ledger::{Choice, Ledger, LedgerDef, LongText, Ref, ViewDef};

use crate::person::Person;
use crate::role::SecurityRole;

pub(crate) use today::Terms;

/// When an assignment is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
#[choice(set = "assignment_phase")]
pub enum AssignmentPhase {
    /// Every day only.
    #[choice(code = "peace", ja = "平時", en = "Peace", alias = "通常時")]
    Peace,
    /// During an incident only.
    #[choice(code = "emergency", ja = "有事", en = "Emergency", tone = "danger", alias = "緊急時;事故時")]
    Emergency,
    /// Always.
    #[choice(code = "both", ja = "平時・有事とも", en = "Both", alias = "両方;常時;平時と有事")]
    Both,
}

/// An appointment of a person to a role.
#[derive(Clone, Debug, Default, Ledger)]
#[ledger(
    code = "role_assignment",
    area = "organization",
    ja = "役割の任命",
    en = "Appointment",
    label = "summary",
    owner = "person",
    sort = "role",
    icon = "user",
    keys = "role,person",
    intro_ja = "だれがどの役割を担うかを、平時と有事に分けて決めます。代行者と任期も入れると、連絡網と体制図がそのままできあがります。",
    intro_en = "Decide who holds which role, in peace and in an emergency. With deputies and terms, the contact network and the charts draw themselves."
)]
pub struct Assignment {
    /// Role and person in one line, written by the program.
    #[field(ja = "任命", en = "Appointment", search, computed)]
    pub summary: String,
    /// The role.
    #[field(ja = "役割", en = "Role", required, list, alias = "役割名;担当")]
    pub role: Ref<SecurityRole>,
    /// Who holds it.
    #[field(ja = "担当者", en = "Held by", required, list, alias = "氏名;任命者;担当者名")]
    pub person: Ref<Person>,
    /// When.
    #[field(
        ja = "平時・有事",
        en = "Phase",
        list,
        alias = "時期;区分",
        help_ja = "空欄なら、役割が活動する時に合わせます。",
        help_en = "Empty follows the role."
    )]
    pub phase: Option<AssignmentPhase>,
    /// Who stands in.
    #[field(
        ja = "代行者",
        en = "Deputy",
        list,
        alias = "副担当;代理;代理者",
        help_ja = "担当者が不在のときに代わる人です。有事の役割には必ず決めておきます。",
        help_en = "Takes over when the holder is away. Roles in an emergency need one."
    )]
    pub deputy: Ref<Person>,
    /// First day; the day of entry when it is not given.
    #[field(ja = "任期の始まり", en = "From", alias = "開始日;任命日;就任日")]
    pub starts: Option<Date>,
    /// Last day; worked out from the role's term when it is not given.
    #[field(
        ja = "任期の終わり",
        en = "Until",
        list,
        alias = "終了日;任期;満了日",
        help_ja = "空欄なら、役割に決められた任期から計算します。任期のない役割では空欄のままです。",
        help_en = "Empty is worked out from the term of the role; roles without a term stay open."
    )]
    pub ends: Option<Date>,
    /// Free text.
    #[field(ja = "備考", en = "Note", search, alias = "メモ")]
    pub note: LongText,
}

/// The ledger with its rules and ready-made views.
pub(crate) fn ledger() -> LedgerDef {
    let columns = vec!["role", "person", "deputy", "starts", "ends"];
    <Assignment as Ledger>::def()
        .with_hooks(hooks::AssignmentHooks)
        .with_view(ViewDef {
            code: "peace",
            words: Words::new("平時", "Peace"),
            columns: columns.clone(),
            query: "f.phase=peace&f.phase=both",
        })
        .with_view(ViewDef {
            code: "emergency",
            words: Words::new("有事", "Emergency"),
            columns,
            query: "f.phase=emergency&f.phase=both",
        })
}
