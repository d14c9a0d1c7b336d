//! One asset in one stocktake.

use jiff::civil::Date;
use mamori_ledger::{Choice, Ledger, LongText, Ref};
use mamori_organization::department::Department;
use mamori_organization::person::Person;

use super::Stocktake;
use crate::information_asset::InformationAsset;

/// What was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
#[choice(set = "stocktake_item_state")]
pub enum ItemState {
    /// Nobody has answered.
    #[choice(code = "waiting", ja = "未確認", en = "Waiting", tone = "neutral")]
    Waiting,
    /// As it stands.
    #[choice(code = "confirmed", ja = "確認済", en = "Confirmed", tone = "success", alias = "確認済み")]
    Confirmed,
    /// Something was put right.
    #[choice(code = "corrected", ja = "修正済", en = "Corrected", tone = "info", alias = "修正済み")]
    Corrected,
    /// It no longer exists; the asset was taken out of use.
    #[choice(code = "disposed", ja = "廃棄済", en = "Disposed of", tone = "warning", alias = "廃棄済み")]
    Disposed,
}

/// Department and owner are those of the asset when the stocktake began, so that a correction does not move the question away.
#[derive(Clone, Debug, Default, PartialEq, Ledger)]
#[ledger(
    code = "stocktake_item",
    area = "assets",
    ja = "棚卸の明細",
    en = "Stocktake item",
    intro_ja = "棚卸で、どの資産を誰がいつ確かめたかの記録です。",
    intro_en = "The record of who confirmed which asset when.",
    label = "asset_name",
    department = "department",
    owner = "owner",
    sort = "asset_name",
    icon = "list",
    managed
)]
pub struct StocktakeItem {
    /// Name of the asset when the stocktake began.
    #[field(ja = "情報資産名称", en = "Asset", read_only, list)]
    pub asset_name: String,
    /// The campaign.
    #[field(ja = "棚卸", en = "Stocktake", read_only, list)]
    pub stocktake: Ref<Stocktake>,
    /// The asset.
    #[field(ja = "情報資産", en = "Asset row", read_only)]
    pub asset: Ref<InformationAsset>,
    /// The department that answers.
    #[field(ja = "管理部署", en = "Department", read_only, list)]
    pub department: Ref<Department>,
    /// The person who answers first.
    #[field(ja = "資産管理者", en = "Owner", read_only, list)]
    pub owner: Ref<Person>,
    /// The answer.
    #[field(ja = "回答", en = "Answer", read_only, list)]
    pub state: Option<ItemState>,
    /// Who answered.
    #[field(ja = "回答者", en = "Answered by", read_only, list)]
    pub answered_by: String,
    /// When.
    #[field(ja = "回答日", en = "Answered on", read_only, list)]
    pub answered_on: Option<Date>,
    /// In the answerer's words.
    #[field(ja = "メモ", en = "Note", read_only)]
    pub note: LongText,
}
