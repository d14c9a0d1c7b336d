//! The information-asset ledger and its stocktakes.

use mamori_assets::stocktake::ops as stocktakes;
use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_ledger::ops;
use mamori_ledger::query::{self, ListQuery};
use mamori_ledger::{Value, Values};
use mamori_store::Tx;

use super::content::Correction;
use super::script::{OFFICER, as_registered, codes};
use super::stage::{Made, Stage, shape};

/// The ledger's code of a classification: 公開, 社内 and 社外秘 (both 社外秘 here), 秘密.
fn classification(class: &str) -> &'static str {
    match class {
        "public" => "0",
        "secret" => "2",
        _ => "1",
    }
}

fn places(stage: &Stage<'_>, codes: &[String]) -> String {
    let names: Vec<&str> = codes.iter().filter_map(|code| stage.content.places.get(code)).map(String::as_str).collect();
    names.join("、")
}

/// How many people an asset speaks of: staff files about as many as work here, others more or fewer.
fn persons(stage: &Stage<'_>, code: &str, business: &str) -> i64 {
    let mut dice = stage.dice(code);
    let many = if business == "人事" { 48 + dice.roll(20) } else { 30 + dice.roll(40) * 10 };
    i64::try_from(many).unwrap_or(0)
}

/// An asset is written down.
pub(super) async fn register(stage: &mut Stage<'_>, tx: &mut Tx, at: usize) -> Result<()> {
    let Some(last) = stage.content.assets.get(at) else { return Ok(()) };
    let asset = as_registered(stage.content, last);
    let has = |class: &str| asset.personal.iter().any(|known| known == class);
    // Rows older than the program came with the company's old workbook, whose reviews were forgotten.
    let old = asset.registered < super::script::BEGAN;
    let registered = if old { stage.calendar.plain(asset.registered) } else { stage.calendar.working(asset.registered) };
    let mut values = Values::default()
        .with("code", asset.code.as_str())
        .with("business", asset.business.as_str())
        .with("name", asset.name.as_str())
        .with("note", asset.note.as_str())
        .with("users", asset.users.as_str())
        .with("department", stage.id(&asset.department)?)
        .with("owner", stage.id(&asset.owner)?)
        .with("storage", asset.storage.as_str())
        .with("place", places(stage, std::slice::from_ref(&asset.detail)))
        .with("copies", places(stage, &asset.copies))
        .with("classification", classification(&asset.class))
        .with("pi_personal", has("personal"))
        .with("pi_sensitive", has("special_care"))
        .with("pi_number", has("specific"))
        .with("retention", asset.retention.as_str())
        .with("registered_on", registered);
    // Whatever it became later, it was in use when it was written down.
    values.set("stage", if asset.disposed.is_some() { "retention" } else { asset.stage.as_str() });
    values.set("user_groups", Value::List(asset.groups.clone()));
    if has("personal") {
        values.set("pi_count", persons(stage, &asset.code, &asset.business));
    }
    if let Some(value) = asset.value {
        for (field, level) in [("confidentiality", value.c), ("integrity", value.i), ("availability", value.a)] {
            values.set(field, level.to_string());
        }
    }
    if old {
        values.set("review_on", stage.calendar.plain(asset.registered.saturating_add(365)));
    }
    let code = asset.code.clone();
    stage.create(tx, "information_asset", &code, values).await
}

/// A value changes, with the reason beside it.
pub(super) async fn rate(stage: &Stage<'_>, tx: &mut Tx, at: usize) -> Result<()> {
    let Some(change) = stage.content.value_changes.get(at) else { return Ok(()) };
    let mut values = Values::default();
    values.set(change.field.clone(), change.to.to_string());
    stage.update(tx, &change.asset, values).await?;
    stage.comment(tx, &change.asset, &change.reason).await
}

/// A stocktake begins; its items are remembered by campaign and asset.
pub(super) async fn ask(stage: &mut Stage<'_>, tx: &mut Tx, at: usize) -> Result<()> {
    let Some(campaign) = stage.content.campaigns.get(at) else { return Ok(()) };
    let plan = stocktakes::Plan {
        name: campaign.name.clone(),
        starts: stage.calendar.working(campaign.started),
        due: stage.calendar.working(campaign.due),
        departments: Vec::new(),
        note: campaign.message.clone(),
        base_url: stage.app.base_url.clone(),
    };
    let (record, _) = stocktakes::start(stage.registry(), tx, &plan).await?;
    let made = Made { ledger: "stocktake", id: record.meta.id.clone(), label: campaign.name.clone() };
    stage.rows.insert(campaign.code.clone(), made);
    let shape = shape(stage.registry(), tx, "stocktake_item").await?;
    let items = query::all(stage.registry(), tx, &shape, &ListQuery::default(), Action::View).await?;
    let codes: Vec<(String, String)> = stage
        .content
        .assets
        .iter()
        .filter_map(|asset| Some((stage.rows.get(&asset.code)?.id.clone(), asset.code.clone())))
        .collect();
    for item in items.iter().filter(|item| item.get("stocktake").as_str() == record.meta.id) {
        if let Some((_, code)) = codes.iter().find(|(id, _)| id == item.get("asset").as_str()) {
            let label = item.get("asset_name").as_str().to_owned();
            let made = Made { ledger: "stocktake_item", id: item.meta.id.clone(), label };
            stage.rows.insert(format!("{} {code}", campaign.code), made);
        }
    }
    Ok(())
}

/// An answer of a stocktake.
pub(super) async fn answer(stage: &Stage<'_>, tx: &mut Tx, at: usize, number: usize) -> Result<()> {
    let Some(campaign) = stage.content.campaigns.get(at) else { return Ok(()) };
    let Some(answer) = campaign.answers.get(number) else { return Ok(()) };
    let item = stage.id(&format!("{} {}", campaign.code, answer.asset))?;
    match answer.result.as_str() {
        "confirmed" => {
            stocktakes::confirm(stage.registry(), tx, item).await?;
            if !answer.note.is_empty() {
                stage.comment(tx, &answer.asset, &answer.note).await?;
            }
        }
        "corrected" => {
            let values = corrections(stage, &answer.changes);
            stocktakes::correct(stage.registry(), tx, item, None, values, &answer.note).await?;
        }
        "disposed" => {
            let proof =
                stage.content.assets.iter().find(|asset| asset.code == answer.asset).map(|asset| asset.disposal_note.as_str());
            stocktakes::dispose(stage.registry(), tx, item, &answer.note).await?;
            stage.comment(tx, &answer.asset, proof.unwrap_or_default()).await?;
        }
        other => return Err(Error::Internal(format!("a stocktake has no answer “{other}”"))),
    }
    Ok(())
}

fn corrections(stage: &Stage<'_>, changes: &[Correction]) -> Values {
    let mut values = Values::default();
    for change in changes {
        match change.field.as_str() {
            "detail" => values.set("place", places(stage, std::slice::from_ref(&change.to))),
            "copies" => values.set("copies", places(stage, &codes(&change.to))),
            // The owner asks; the officer changes it, see `reclassify`.
            "class" => {}
            field => values.set(field.to_owned(), change.to.as_str()),
        }
    }
    values
}

/// Owners do not change the classification in a stocktake: the officer does, on the same day.
pub(super) async fn reclassify(stage: &Stage<'_>, at: usize, number: usize, when: jiff::Timestamp) -> Result<()> {
    let answer = stage.content.campaigns.get(at).and_then(|campaign| campaign.answers.get(number));
    let Some(answer) = answer else { return Ok(()) };
    for change in answer.changes.iter().filter(|change| change.field == "class") {
        let mut tx = stage.begin(OFFICER, when).await?;
        stage.update(&mut tx, &answer.asset, Values::default().with("classification", classification(&change.to))).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// A stocktake is closed.
pub(super) async fn close(stage: &Stage<'_>, tx: &mut Tx, at: usize) -> Result<()> {
    let Some(campaign) = stage.content.campaigns.get(at) else { return Ok(()) };
    stocktakes::close(stage.registry(), tx, stage.id(&campaign.code)?, &campaign.closing_note).await?;
    Ok(())
}

/// An asset goes outside of a stocktake.
pub(super) async fn dispose(stage: &Stage<'_>, tx: &mut Tx, at: usize) -> Result<()> {
    let Some(asset) = stage.content.assets.get(at) else { return Ok(()) };
    stage.update(tx, &asset.code, Values::default().with("stage", "disposal")).await?;
    stage.comment(tx, &asset.code, &asset.disposal_note).await?;
    let shape = shape(stage.registry(), tx, "information_asset").await?;
    ops::retire(stage.registry(), tx, &shape, stage.id(&asset.code)?, None).await?;
    Ok(())
}
