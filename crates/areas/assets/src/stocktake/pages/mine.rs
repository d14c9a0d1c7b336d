//! The owner's page: only his rows, one tap each, made for a phone.

use axum::body::Bytes;
use axum::extract::Path;
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_kernel::time;
use mamori_ledger::query::{self, Filter, ListQuery, Op};
use mamori_ledger::shape::Shape;
use mamori_ledger::web::{Ctx, Page, Redirect, WebResult, decode_form};
use mamori_ledger::{Choice as _, Ledger as _, Record};
use mamori_store::View;
use mamori_ui::components::{Alert, Button, Card, Definitions, Field, Progress};
use mamori_ui::html::{Html, el};
use mamori_ui::tone::Tone;

use super::correct;
use crate::information_asset::InformationAsset;
use crate::information_asset::queries::shape;
use crate::stocktake::{ItemState, State, Stocktake, StocktakeItem, ops};

/// Rows on one screen: few enough to finish.
const SHOWN: i64 = 10;

/// The rows that wait for the reader in a stocktake. Those who may answer for everybody see their own departments first.
pub(crate) fn mine(view: &View, stocktake: &str, everything: bool) -> ListQuery {
    let is = |field: &str, values: Vec<String>| Filter { field: field.to_owned(), op: Op::Is, values };
    let mut filters = vec![is("stocktake", vec![stocktake.to_owned()])];
    let actor = view.actor();
    let everywhere = actor.reach(StocktakeItem::CODE, Action::Edit).is_everything();
    if everywhere && !everything && !actor.department_ids.is_empty() {
        filters.push(is("department", actor.department_ids.clone()));
    }
    ListQuery { filters, limit: SHOWN, ..ListQuery::default() }
}

/// The same, without those answered.
pub(crate) fn waiting(mut wanted: ListQuery) -> ListQuery {
    let values = vec![ItemState::Waiting.code().to_owned()];
    wanted.filters.push(Filter { field: "state".to_owned(), op: Op::Is, values });
    wanted
}

/// Shows the rows that still wait.
pub async fn show(ctx: Ctx, Path(id): Path<String>) -> WebResult {
    let mut view = ctx.view().await?;
    let registry = &ctx.app.registry;
    let campaigns = shape(registry, &mut view, Stocktake::CODE).await?;
    let campaign = Stocktake::from_record(&query::find(&mut view, &campaigns, &id, Action::View).await?);
    let items = shape(registry, &mut view, StocktakeItem::CODE).await?;
    let everything = ctx.query_form().get("all") == "1";
    let wanted = mine(&view, &id, everything);
    let all = query::list(registry, &mut view, &items, &ListQuery { limit: 1, ..wanted.clone() }, Action::Edit).await?.total;
    let listed = query::list(registry, &mut view, &items, &waiting(wanted), Action::Edit).await?;
    let left = listed.total;
    let done = u64::try_from(all.saturating_sub(left)).unwrap_or(0);
    let bar = Progress::new(ctx.t1("stocktake-left", "count", left), done, u64::try_from(all).unwrap_or(0)).tone(Tone::Success);
    let mut body = vec![head(&ctx, &campaign), Card::new(ctx.t("stocktake-mine"), bar).into()];
    if campaign.state == Some(State::Open) {
        let assets = shape(registry, &mut view, InformationAsset::CODE).await?;
        for item in &listed.records {
            body.push(card(&ctx, &mut view, &assets, item).await?);
        }
    }
    if left == 0 {
        body.push(finished(&ctx, all, &id));
    }
    let switch = if everything { None } else { all_link(&ctx, &view, &id) };
    body.extend(switch);
    let page = Page::new(campaign.name.clone(), el("div").class("stack").each(body).html()).lead(ctx.t("stocktake-mine-lead"));
    Ok(page.crumb(ctx.w(&Stocktake::def().words), "/assets/stocktake"))
}

fn head(ctx: &Ctx, campaign: &Stocktake) -> Html {
    if campaign.state != Some(State::Open) {
        return Alert::new(Tone::Info, ctx.t("stocktake-is-closed")).into();
    }
    let Some(due) = campaign.due else { return Html::empty() };
    let late = due < ctx.today();
    let (tone, key) = if late { (Tone::Warning, "stocktake-late") } else { (Tone::Info, "stocktake-until") };
    let title = ctx.t1(key, "due", time::long_date(ctx.lang, due));
    Alert::new(tone, title).body(el("p").class("prewrap").text(&campaign.note.0)).into()
}

fn finished(ctx: &Ctx, all: i64, id: &str) -> Html {
    let list = Button::link(ctx.t("stocktake-see-answers"), format!("/assets/stocktake_item?f.stocktake={id}"));
    let key = if all == 0 { "stocktake-nothing" } else { "stocktake-done" };
    Alert::new(Tone::Success, ctx.t(key)).actions(list).into()
}

fn all_link(ctx: &Ctx, view: &View, id: &str) -> Option<Html> {
    let everywhere = view.actor().reach(StocktakeItem::CODE, Action::Edit).is_everything();
    let narrowed = everywhere && !view.actor().department_ids.is_empty();
    narrowed.then(|| Button::link(ctx.t("stocktake-everybody"), format!("/assets/stocktake/{id}/mine?all=1")).into())
}

fn facts(ctx: &Ctx, asset: &InformationAsset) -> Definitions {
    let storage = asset.storage.map(|storage| storage.label(ctx.lang)).unwrap_or_default();
    let place = [storage, asset.place.clone()].join(" ");
    let fields = [
        ("stocktake-fact-place", place.trim().to_owned()),
        ("stocktake-fact-users", asset.users.clone()),
        ("stocktake-fact-copies", asset.copies.0.clone()),
        ("stocktake-fact-retention", asset.retention.clone()),
        ("stocktake-fact-note", asset.note.clone()),
    ];
    fields.into_iter().fold(Definitions::new(ctx.lang), |list, (key, value)| list.text(ctx.t(key), value))
}

fn post(action: String) -> mamori_ui::html::El {
    el("form").attr("method", "post").attr("action", action)
}

async fn card(ctx: &Ctx, view: &mut View, assets: &Shape, item: &Record) -> Result<Html> {
    let row = StocktakeItem::from_record(item);
    let at = |tail: &str| format!("/assets/stocktake_item/{}/{tail}", item.meta.id);
    // An asset that went out of sight meanwhile can still be confirmed by its name.
    let record = query::find(view, assets, &row.asset.id, Action::View).await.unwrap_or_default();
    let asset = InformationAsset::from_record(&record);
    let confirm =
        post(at("confirm")).add(Html::from(Button::submit(ctx.t("stocktake-confirm")).icon(mamori_ui::icon::Icon::Check)));
    let typed = correct::typed(assets, &record);
    let fields = correct::fields(ctx, view, assets, &typed, &[], &item.meta.id).await?;
    let correct = el("details").add(el("summary").class("btn").text(ctx.t("stocktake-correct"))).add(
        post(at("correct"))
            .class("form")
            .add(correct::hidden_version(record.meta.version))
            .add(fields)
            .add(Html::from(Button::submit(ctx.t("stocktake-correct-save")))),
    );
    let reason = Field::text(ctx.lang, "note", ctx.t("stocktake-dispose-note"), "").prefix(format!("d-{}", item.meta.id));
    let dispose = el("details").add(el("summary").class("btn").text(ctx.t("stocktake-dispose"))).add(
        post(at("dispose"))
            .class("form")
            .add(reason.help(ctx.t("stocktake-dispose-help")))
            .add(Html::from(Button::submit(ctx.t("stocktake-dispose-save")).danger())),
    );
    let body =
        el("div").class("stack").add(facts(ctx, &asset)).add(el("div").class("cluster").add(confirm).add(correct).add(dispose));
    let title = if asset.name.is_empty() { row.asset_name } else { asset.name };
    Ok(Card::new(title, body).into())
}

/// Back to the page of the stocktake, saying what happened, with a way to take it back.
pub(super) fn back(ctx: &Ctx, item: &Record, state: ItemState) -> Redirect {
    let to = format!("/assets/stocktake/{}/mine", item.get("stocktake").as_str());
    let undo = format!("/assets/stocktake_item/{}/reopen", item.meta.id);
    Redirect::to(to).saying(ops::said(ctx.lang, state)).undo(undo)
}

/// As it stands.
pub async fn confirm(ctx: Ctx, Path(id): Path<String>) -> WebResult<Redirect> {
    let mut tx = ctx.tx().await?;
    let item = ops::confirm(&ctx.app.registry, &mut tx, &id).await?;
    tx.commit().await?;
    Ok(back(&ctx, &item, ItemState::Confirmed))
}

/// It is gone.
pub async fn dispose(ctx: Ctx, Path(id): Path<String>, body: Bytes) -> WebResult<Redirect> {
    let mut tx = ctx.tx().await?;
    let item = ops::dispose(&ctx.app.registry, &mut tx, &id, decode_form(&body).get("note")).await?;
    tx.commit().await?;
    Ok(back(&ctx, &item, ItemState::Disposed))
}

/// Takes an answer back.
pub async fn reopen(ctx: Ctx, Path(id): Path<String>) -> WebResult<Redirect> {
    let mut tx = ctx.tx().await?;
    let item = ops::reopen(&ctx.app.registry, &mut tx, &id).await?;
    tx.commit().await?;
    let to = format!("/assets/stocktake/{}/mine", item.get("stocktake").as_str());
    Ok(Redirect::to(to).saying(ops::said(ctx.lang, ItemState::Waiting)))
}
