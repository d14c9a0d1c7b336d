//! 棚卸: once a year every owner confirms, corrects or closes his rows, on a page that shows only those (S2-D4-09, S2-D4-22).

mod hooks;
mod item;
pub mod ops;
mod pages;
mod panel;
pub mod queries;
mod reminder;
pub mod rules;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_ledger::web::{Access, Routes};
use mamori_ledger::{Area, Choice, Ledger, LongText};

pub use item::{ItemState, StocktakeItem};
pub use reminder::Reminder;

/// Whether a stocktake still takes answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
#[choice(set = "stocktake_state")]
pub enum State {
    /// Takes answers.
    #[choice(code = "open", ja = "実施中", en = "Open", tone = "info")]
    Open,
    /// Closed; what was not answered stays so.
    #[choice(code = "closed", ja = "完了", en = "Closed", tone = "success", alias = "終了")]
    Closed,
}

/// One campaign. Started on its own page, which makes an item for every asset in use.
#[derive(Clone, Debug, Default, PartialEq, Ledger)]
#[ledger(
    code = "stocktake",
    area = "assets",
    ja = "棚卸",
    en = "Stocktake",
    intro_ja = "年に一度、資産管理者が自分の行を「このとおり」「直す」「もうない」で答えます。繁忙期を避け、締切を決めて始めます。",
    intro_en = "Once a year owners answer for their rows: as is, corrected, or gone. Choose a quiet season and a due date, and start.",
    label = "name",
    sort = "-due",
    icon = "check-circle",
    managed
)]
pub struct Stocktake {
    /// Name.
    #[field(ja = "名称", en = "Name", required, search, list, max = 100)]
    pub name: String,
    /// First day.
    #[field(ja = "開始日", en = "Starts on", required, list)]
    pub starts: Option<Date>,
    /// Last day to answer.
    #[field(ja = "締切日", en = "Due on", required, list)]
    pub due: Option<Date>,
    /// Open or closed.
    #[field(ja = "状態", en = "State", read_only, list)]
    pub state: Option<State>,
    /// What those who answer are told.
    #[field(
        ja = "依頼の言葉",
        en = "Message",
        help_ja = "答える人の画面と依頼のメールに表示します。",
        help_en = "Shown to those who answer, on the page and in the mail."
    )]
    pub note: LongText,
    /// What was learnt, for the next time and for the auditor (S2-D4-23).
    #[field(ja = "締めのメモ", en = "Closing note", read_only)]
    pub closing_note: LongText,
    /// The day on which it was closed.
    #[field(ja = "完了日", en = "Closed on", read_only)]
    pub closed_on: Option<Date>,
    /// The day of the last reminder.
    #[field(ja = "最後に催促した日", en = "Last reminder", read_only, hidden)]
    pub reminded_on: Option<Date>,
}

fn routes() -> Routes {
    let manage = Access::Can(Stocktake::CODE, Action::Create);
    let answer = Access::Can(StocktakeItem::CODE, Action::Edit);
    Routes::default()
        .get("/assets/stocktake/start", manage, pages::start::show)
        .post("/assets/stocktake/start", manage, pages::start::start)
        .post("/assets/stocktake/{id}/due", manage, pages::start::change_due)
        .post("/assets/stocktake/{id}/close", manage, pages::start::close)
        .get("/assets/stocktake/{id}/mine", answer, pages::mine::show)
        .post("/assets/stocktake_item/{id}/confirm", answer, pages::mine::confirm)
        .get("/assets/stocktake_item/{id}/correct", answer, pages::correct::show)
        .post("/assets/stocktake_item/{id}/correct", answer, pages::correct::save)
        .post("/assets/stocktake_item/{id}/dispose", answer, pages::mine::dispose)
        .post("/assets/stocktake_item/{id}/reopen", answer, pages::mine::reopen)
}

/// What still waits for the reader of a view in a stocktake.
pub(crate) fn waiting_for(view: &mamori_store::View, stocktake: &str) -> mamori_ledger::query::ListQuery {
    pages::mine::waiting(pages::mine::mine(view, stocktake, false))
}

/// What this noun adds to the area.
pub(crate) fn add(area: Area) -> Area {
    area.ledger(Stocktake::def().with_hooks(hooks::StocktakeHooks))
        .ledger(StocktakeItem::def())
        .routes(routes())
        .job(Reminder)
        .texts("assets/stocktake", include_str!("ja.ftl"), include_str!("en.ftl"))
}
