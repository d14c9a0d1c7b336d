//! What people do with a stocktake: start, answer, take back, move the due date, remind, close. One transaction each.

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Words;
use mamori_kernel::time;
use mamori_kernel::{i18n, lang::Lang};
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::{Choice as _, Ledger as _, Record, Registry, Value, Values, query};
use mamori_store::{Change, Tx, mail};
use serde_json::json;

use super::queries::{self, Answer};
use super::{ItemState, State, Stocktake, StocktakeItem, rules};
use crate::information_asset::queries::shape;
use crate::information_asset::{InformationAsset, rules as asset_rules};

/// A new campaign.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Name.
    pub name: String,
    /// First day.
    pub starts: Date,
    /// Last day to answer.
    pub due: Date,
    /// Departments that are asked; empty for the whole company, assets without a department included.
    pub departments: Vec<String>,
    /// What those who answer are told.
    pub note: String,
    /// The public address of the program, for links in mails.
    pub base_url: String,
}

fn may_manage(tx: &Tx) -> Result<()> {
    if tx.actor().can(Stocktake::CODE, Action::Create) {
        return Ok(());
    }
    Err(Error::Forbidden(Words::new(
        "棚卸を始める・変える・締める権限がありません。セキュリティ担当に依頼してください。",
        "You may not start, change or close a stocktake. Please ask the security officer.",
    )))
}

/// Starts a campaign: an item for every asset in use of the departments, and a mail to their heads. Gives the campaign and how many items.
///
/// # Errors
/// [`Error::Invalid`] for impossible days or a missing name; [`Error::Refused`] when nobody would be asked, or somebody twice.
pub async fn start(registry: &Registry, tx: &mut Tx, plan: &Plan) -> Result<(Record, usize)> {
    may_manage(tx)?;
    rules::judge_days(plan.starts, plan.due, time::today(tx.now()))?;
    if let Some(name) = queries::running(tx, &plan.departments).await? {
        return Err(Error::Refused(Words::owned(
            format!("「{name}」がまだ終わっていない部署があります。先に締めるか、ほかの部署を選んでください。"),
            format!(
                "Some of these departments are still answering “{name}”. Please close it first, or choose other departments."
            ),
        )));
    }
    let asked = queries::asked(tx, &plan.departments).await?;
    if asked.is_empty() {
        return Err(Error::refused(
            "選んだ部署には、使用中の情報資産がありません。先に台帳に登録してください。",
            "The chosen departments have no information asset in use. Please fill the ledger first.",
        ));
    }
    let values = Values::default()
        .with("name", plan.name.trim())
        .with("starts", plan.starts)
        .with("due", plan.due)
        .with("state", State::Open.code())
        .with("note", plan.note.trim());
    let shape = shape(registry, tx, Stocktake::CODE).await?;
    let campaign = ops::create(registry, tx, &shape, values, None, Gate::Program).await?;
    queries::insert_items(tx, &campaign.meta.id, &asked).await?;
    let count = asked.len();
    let diff = json!({ "items": [null, count] });
    tx.log(Change::new("start", Stocktake::CODE, &campaign.meta.id, plan.name.trim(), diff)).await?;
    write_to_heads(tx, &campaign, "stocktake-mail-start", &plan.base_url).await?;
    Ok((campaign, count))
}

/// Queues a mail to the head of every department with open items; gives how many were queued.
async fn write_to_heads(tx: &mut Tx, campaign: &Record, key: &str, base_url: &str) -> Result<usize> {
    let lang = queries::company_lang(tx).await?;
    let stocktake = Stocktake::from_record(campaign);
    let due = stocktake.due.map(|due| time::long_date(lang, due)).unwrap_or_default();
    let mut sent = 0_usize;
    for recipient in queries::recipients(tx, &campaign.meta.id).await? {
        if recipient.email.is_empty() {
            continue;
        }
        let text = |part: &str| {
            let args = [
                ("name", stocktake.name.clone().into()),
                ("person", recipient.name.clone().into()),
                ("department", recipient.department.clone().into()),
                ("count", recipient.waiting.to_string().into()),
                ("due", due.clone().into()),
                ("link", format!("{}/assets/stocktake/{}/mine", base_url.trim_end_matches('/'), campaign.meta.id).into()),
                ("note", stocktake.note.0.clone().into()),
            ];
            i18n::ta(lang, &format!("{key}-{part}"), &args)
        };
        mail::queue(tx, &recipient.email, &text("subject"), &text("body")).await?;
        sent = sent.saturating_add(1);
    }
    Ok(sent)
}

/// An item that the actor may answer, with its open campaign.
async fn open_item(registry: &Registry, tx: &mut Tx, item: &str) -> Result<Record> {
    let items = shape(registry, tx, StocktakeItem::CODE).await?;
    let record = query::find(tx, &items, item, Action::Edit).await?;
    let campaigns = shape(registry, tx, Stocktake::CODE).await?;
    let campaign = query::find(tx, &campaigns, record.get("stocktake").as_str(), Action::View).await?;
    if campaign.get("state").as_str() != State::Open.code() {
        return Err(Error::refused(
            "この棚卸は締め切られています。直すところがあれば、情報資産の台帳で直してください。",
            "This stocktake is closed. If something needs correcting, please do so in the ledger.",
        ));
    }
    Ok(record)
}

async fn write_answer(tx: &mut Tx, item: &Record, state: ItemState, note: &str) -> Result<()> {
    let (by, today) = (tx.actor().name.clone(), time::today(tx.now()));
    let withdrawn = state == ItemState::Waiting;
    let before = StocktakeItem::from_record(item);
    let answer = Answer {
        item: &item.meta.id,
        version: item.meta.version,
        state,
        by: if withdrawn { "" } else { &by },
        on: (!withdrawn).then_some(today),
        note,
    };
    queries::answer(tx, &answer).await?;
    let was = before.state.map(ItemState::code);
    let mut diff = json!({ "state": [was, state.code()] });
    if let (Some(map), true) = (diff.as_object_mut(), before.note.0 != note) {
        map.insert("note".to_owned(), json!([before.note.0, note]));
    }
    tx.log(Change::new("answer", StocktakeItem::CODE, &item.meta.id, &before.asset_name, diff)).await
}

/// The row is as it stands. Its next review moves a year ahead.
///
/// # Errors
/// [`Error::NotFound`] for somebody else's item; [`Error::Refused`] when the campaign is closed.
pub async fn confirm(registry: &Registry, tx: &mut Tx, item: &str) -> Result<Record> {
    let record = open_item(registry, tx, item).await?;
    write_answer(tx, &record, ItemState::Confirmed, record.get("note").as_str()).await?;
    reviewed(registry, tx, &record, Values::default(), None).await?;
    Ok(record)
}

/// What may be corrected on the page of a stocktake; the rest is changed in the ledger by those who may.
pub const CORRECTABLE: [&str; 7] = ["name", "storage", "place", "users", "copies", "retention", "note"];

/// Puts the row right. The owner may do so here although the ledger itself is closed to him: only the fields of [`CORRECTABLE`].
///
/// # Errors
/// As [`confirm`]; [`Error::Conflict`] when the asset was changed meanwhile; [`Error::Invalid`] for wrong values.
pub async fn correct(
    registry: &Registry,
    tx: &mut Tx,
    item: &str,
    version: Option<i64>,
    changes: Values,
    note: &str,
) -> Result<Record> {
    let record = open_item(registry, tx, item).await?;
    let changes = Values(changes.0.into_iter().filter(|(code, _)| CORRECTABLE.contains(&code.as_ref())).collect());
    reviewed(registry, tx, &record, changes, version).await?;
    write_answer(tx, &record, ItemState::Corrected, note.trim()).await?;
    Ok(record)
}

/// It no longer exists: the asset is taken out of use, with the reason on the item.
///
/// # Errors
/// As [`confirm`]; [`Error::InUse`] when other ledgers still need the asset.
pub async fn dispose(registry: &Registry, tx: &mut Tx, item: &str, note: &str) -> Result<Record> {
    let record = open_item(registry, tx, item).await?;
    let asset = record.get("asset").as_str().to_owned();
    let assets = shape(registry, tx, InformationAsset::CODE).await?;
    let gone = Values::default().with("stage", crate::information_asset::Stage::Disposal.code());
    ops::update(registry, tx, &assets, &asset, None, gone, Gate::Program).await?;
    ops::retire(registry, tx, &assets, &asset, None).await?;
    write_answer(tx, &record, ItemState::Disposed, note.trim()).await?;
    Ok(record)
}

/// Takes an answer back; a disposed asset returns to use.
///
/// # Errors
/// As [`confirm`].
pub async fn reopen(registry: &Registry, tx: &mut Tx, item: &str) -> Result<Record> {
    let record = open_item(registry, tx, item).await?;
    if record.get("state").as_str() == ItemState::Disposed.code() {
        let assets = shape(registry, tx, InformationAsset::CODE).await?;
        let asset = ops::restore(registry, tx, &assets, record.get("asset").as_str()).await?;
        let back = Values::default().with("stage", crate::information_asset::Stage::Keeping.code());
        ops::update(registry, tx, &assets, &asset.meta.id, None, back, Gate::Program).await?;
    }
    write_answer(tx, &record, ItemState::Waiting, "").await?;
    Ok(record)
}

/// Writes corrections and the new review date to the asset behind an item.
async fn reviewed(registry: &Registry, tx: &mut Tx, item: &Record, mut changes: Values, version: Option<i64>) -> Result<()> {
    let next = asset_rules::next_review(time::today(tx.now()));
    changes.set("review_on", next.map_or(Value::Null, Value::Date));
    let assets = shape(registry, tx, InformationAsset::CODE).await?;
    ops::update(registry, tx, &assets, item.get("asset").as_str(), version, changes, Gate::Program).await?;
    Ok(())
}

/// Moves the due date.
///
/// # Errors
/// [`Error::Invalid`] for a day in the past; [`Error::Forbidden`].
pub async fn change_due(registry: &Registry, tx: &mut Tx, id: &str, due: Date) -> Result<Record> {
    may_manage(tx)?;
    let shape = shape(registry, tx, Stocktake::CODE).await?;
    let campaign = query::find(tx, &shape, id, Action::View).await?;
    rules::judge_days(campaign.get("starts").as_date().unwrap_or(due), due, time::today(tx.now()))?;
    // A later date starts the reminders anew.
    let changes = Values::default().with("due", due).with("reminded_on", Value::Null);
    ops::update(registry, tx, &shape, id, None, changes, Gate::Program).await
}

/// Closes a campaign; items without an answer stay as they are, for the record.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`].
pub async fn close(registry: &Registry, tx: &mut Tx, id: &str, note: &str) -> Result<Record> {
    may_manage(tx)?;
    let shape = shape(registry, tx, Stocktake::CODE).await?;
    let today = time::today(tx.now());
    let changes =
        Values::default().with("state", State::Closed.code()).with("closing_note", note.trim()).with("closed_on", today);
    ops::update(registry, tx, &shape, id, None, changes, Gate::Program).await
}

/// Writes to the heads of departments with open items, if it is time; gives how many mails were queued.
///
/// # Errors
/// Database faults.
pub async fn remind(registry: &Registry, tx: &mut Tx, id: &str, base_url: &str) -> Result<usize> {
    let shape = shape(registry, tx, Stocktake::CODE).await?;
    let campaign = query::find(tx, &shape, id, Action::View).await?;
    let (stocktake, today) = (Stocktake::from_record(&campaign), time::today(tx.now()));
    let Some(due) = stocktake.due else { return Ok(0) };
    if stocktake.state != Some(State::Open) || !rules::remind(due, stocktake.reminded_on, today) {
        return Ok(0);
    }
    let key = if due < today { "stocktake-mail-overdue" } else { "stocktake-mail-soon" };
    let sent = write_to_heads(tx, &campaign, key, base_url).await?;
    let changes = Values::default().with("reminded_on", today);
    ops::update(registry, tx, &shape, id, None, changes, Gate::Program).await?;
    Ok(sent)
}

/// How a language is spoken of in the area's own sentences; keeps the sentence of an answer in one place.
pub(crate) fn said(lang: Lang, state: ItemState) -> String {
    let key = match state {
        ItemState::Waiting => "stocktake-said-waiting",
        ItemState::Confirmed => "stocktake-said-confirmed",
        ItemState::Corrected => "stocktake-said-corrected",
        ItemState::Disposed => "stocktake-said-disposed",
    };
    i18n::t(lang, key)
}
