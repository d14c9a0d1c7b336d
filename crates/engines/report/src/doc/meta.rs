//! Who made the document, which version it is and who agreed: the facts of the cover.

use jiff::civil::Date;
use mamori_kernel::lang::Lang;
use serde::Serialize;

/// The facts of the cover, header, footer and file properties. Empty texts and `None` are left out on paper.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Meta {
    /// The language of the reader; decides labels, dates and line breaking.
    pub lang: Lang,
    /// 表題. Required.
    pub title: String,
    /// A line below the title, such as the period or the scope.
    pub subtitle: String,
    /// The company that the document belongs to.
    pub company: String,
    /// 文書番号.
    pub doc_number: String,
    /// 版数, as the company writes it: `1.0`, `第2版`.
    pub version: String,
    /// 作成日.
    pub date: Option<Date>,
    /// 作成者, with the department when known.
    pub author: String,
    /// 取扱区分, such as 社外秘; printed in a frame on every page.
    pub classification: String,
    /// 承認欄, in the order in which they are printed (usually 承認, 審査, 作成).
    pub approvals: Vec<StampBox>,
    /// 改訂履歴, oldest first.
    pub history: Vec<Revision>,
}

/// One box of the 承認欄.
#[derive(Clone, Debug, Default, Serialize)]
pub struct StampBox {
    /// The role in the approval: 承認, 審査, 作成.
    pub label: String,
    /// Who signs; may be empty.
    pub name: String,
    /// When it was signed. With a date the box shows a stamp, without it stays open for a stamp by hand.
    pub date: Option<Date>,
}

/// One line of the 改訂履歴.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Revision {
    /// The version that this change made.
    pub version: String,
    /// When it came into force.
    pub date: Option<Date>,
    /// What changed and why.
    pub summary: String,
    /// Who wrote it.
    pub author: String,
    /// Who approved it.
    pub approver: String,
}
