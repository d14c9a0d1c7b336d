//! STRIDE: six questions to every part of a system, service or flow, with a verdict for each (S2-D5-02, S2-D5-03).

mod element;
mod hooks;
pub mod ops;
mod pages;
mod panel;
pub mod queries;
pub mod rules;
mod sheet;
mod verdict;

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_ledger::web::{Access, Routes};
use mamori_ledger::{Area, Choice, Ledger, LongText, Ref, Refs};

use crate::neighbours::{Department, InformationAsset, Person};

pub use element::{ElementKind, StrideElement};
pub use verdict::{StrideVerdict, Verdict};

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
#[choice(set = "stride_subject")]
pub enum Subject {
    /// A system of our own.
    #[choice(
        code = "system",
        ja = "システム",
        en = "System",
        meaning_ja = "自社で動かしている仕組み",
        meaning_en = "Something that we run ourselves"
    )]
    System,
    /// A service that we use.
    #[choice(
        code = "service",
        ja = "サービス",
        en = "Service",
        meaning_ja = "クラウドなど、外の会社に任せている仕組み",
        meaning_en = "Something that others run for us, such as a cloud service"
    )]
    Service,
    /// A flow of work.
    #[choice(
        code = "flow",
        ja = "業務の流れ",
        en = "Flow of work",
        meaning_ja = "受注から請求までのような、人と紙も含む手順",
        meaning_en = "A procedure with people and paper, such as from order to invoice"
    )]
    Flow,
}

/// One sheet.
#[derive(Clone, Debug, Default, PartialEq, Ledger)]
#[ledger(
    code = "stride_model",
    area = "threats",
    ja = "STRIDE分析",
    en = "STRIDE analysis",
    intro_ja = "システムや業務の流れを部品に分け、部品ごとに6つの問い（なりすまし、改ざん、否認、漏えい、妨害、権限昇格）で弱いところを探します。ネットワーク構成図や業務の流れ図を手元に置いて始めます。",
    intro_en = "Take a system or a flow of work apart and ask six questions of every part: spoofing, tampering, repudiation, disclosure, denial, elevation. Have the network diagram or the flow chart at hand.",
    label = "name",
    department = "department",
    owner = "owner",
    sort = "name",
    icon = "grid",
    keys = "name",
    groups = "what:対象:Subject; who:担当と時期:Who and when"
)]
pub struct StrideModel {
    /// 名称.
    #[field(
        ja = "対象の名称",
        en = "Subject",
        required,
        unique,
        search,
        list,
        group = "what",
        max = 100,
        help_ja = "例：受注システム、メール、名刺管理サービス",
        help_en = "For example: order system, mail, business-card service"
    )]
    pub name: String,
    /// 種類.
    #[field(ja = "種類", en = "Kind", required, list, group = "what", default = "system")]
    pub kind: Option<Subject>,
    /// 目的.
    #[field(
        ja = "何のためのものか",
        en = "What it is for",
        search,
        group = "what",
        help_ja = "誰が、どの仕事で、どの情報を扱うか",
        help_en = "Who uses it, for which work, with which information"
    )]
    pub purpose: LongText,
    /// 扱う情報資産.
    #[field(ja = "扱う情報資産", en = "Information assets", group = "what")]
    pub assets: Refs<InformationAsset>,
    /// 管理部署.
    #[field(ja = "管理部署", en = "Department", list, group = "who")]
    pub department: Ref<Department>,
    /// 担当者.
    #[field(ja = "担当者", en = "Owner", list, group = "who")]
    pub owner: Ref<Person>,
    /// 分析した日.
    #[field(ja = "分析した日", en = "Done on", list, group = "who")]
    pub done_on: Option<Date>,
    /// 次に見直す日.
    #[field(
        ja = "次に見直す日",
        en = "Review on",
        list,
        group = "who",
        help_ja = "構成を変えたとき、または1年後",
        help_en = "When the set-up changes, or after a year"
    )]
    pub review_on: Option<Date>,
}

fn routes() -> Routes {
    let see = Access::Can(StrideModel::CODE, Action::View);
    let edit = Access::Can(StrideModel::CODE, Action::Edit);
    Routes::default()
        .get("/threats/stride_model/{id}/sheet", see, pages::show)
        .post("/threats/stride_model/{id}/element", edit, pages::add_element)
        .post("/threats/stride_model/{id}/element/{element}", edit, pages::change_element)
        .post("/threats/stride_model/{id}/verdict", edit, pages::judge)
        .post("/threats/stride_model/{id}/risk", edit, pages::register)
}

/// What this noun adds to the area.
pub(crate) fn add(area: Area) -> Area {
    area.ledger(StrideModel::def().with_hooks(hooks::ModelHooks))
        .ledger(StrideElement::def().with_hooks(hooks::PartHooks))
        .ledger(StrideVerdict::def().with_hooks(hooks::PartHooks))
        .routes(routes())
        .texts("threats/stride", include_str!("ja.ftl"), include_str!("en.ftl"))
}
