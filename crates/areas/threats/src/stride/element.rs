//! A part of what is looked at, as in a data-flow diagram.

use mamori_ledger::{Choice, Ledger, Ref};

use super::StrideModel;
use crate::neighbours::Department;

/// What a part is in a data-flow diagram; it decides which letters are asked first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
#[choice(set = "stride_element_kind")]
pub enum ElementKind {
    /// Somebody outside.
    #[choice(
        code = "external",
        ja = "人・外部",
        en = "People, outside",
        meaning_ja = "利用者、取引先、外のサービスなど、こちらでは直せないもの",
        meaning_en = "Users, partners, services of others: what we cannot change"
    )]
    External,
    /// Something that works.
    #[choice(
        code = "process",
        ja = "処理・作業",
        en = "Process",
        meaning_ja = "プログラム、サーバ、人の手作業",
        meaning_en = "A program, a server, work by hand"
    )]
    Process,
    /// Something that keeps.
    #[choice(
        code = "store",
        ja = "保管場所",
        en = "Store",
        meaning_ja = "データベース、共有フォルダ、キャビネット",
        meaning_en = "A database, a shared folder, a cabinet"
    )]
    Store,
    /// Something that travels.
    #[choice(
        code = "flow",
        ja = "やり取り",
        en = "Flow",
        meaning_ja = "通信、メール、郵送、手渡し",
        meaning_en = "Traffic, mail, post, from hand to hand"
    )]
    Flow,
}

/// One part.
#[derive(Clone, Debug, Default, PartialEq, Ledger)]
#[ledger(
    code = "stride_element",
    area = "threats",
    ja = "STRIDEの部品",
    en = "STRIDE part",
    intro_ja = "STRIDE分析の対象を分けた部品です。ワークシートの画面で追加します。",
    intro_en = "The parts of the subjects of STRIDE analyses. They are added on the sheet.",
    label = "name",
    department = "department",
    sort = "name",
    icon = "grid",
    managed
)]
pub struct StrideElement {
    /// 名称.
    #[field(ja = "部品", en = "Part", required, search, list, max = 100)]
    pub name: String,
    /// 対象.
    #[field(ja = "対象", en = "Subject", read_only, list)]
    pub model: Ref<StrideModel>,
    /// 順番.
    #[field(ja = "順番", en = "Order", read_only, hidden)]
    pub position: Option<i64>,
    /// 種類.
    #[field(ja = "種類", en = "Kind", required, list)]
    pub kind: Option<ElementKind>,
    /// The subject's department, for who may see it.
    #[field(ja = "管理部署", en = "Department", read_only)]
    pub department: Ref<Department>,
}
