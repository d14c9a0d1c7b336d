//! The page of the starter catalogue, and the parts that the guides share with it.

use axum::body::Bytes;
use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Words;
use mamori_kernel::time::Retention;
use mamori_ledger::query::{self, Pick};
use mamori_ledger::web::{Ctx, Form, Page, Redirect, WebResult, decode_form};
use mamori_ledger::{Choice as _, Ledger as _};
use mamori_organization::department::Department;
use mamori_store::{Reader, View};
use mamori_ui::components::{Badge, Button, Card, Choice, Column, Control, DataTable, Field, Row, form_actions};
use mamori_ui::html::{El, Html, el};
use mamori_ui::tone::Tone;

use crate::catalog::{self, StarterAsset};
use crate::information_asset::ops::{self, Draft};
use crate::information_asset::{InformationAsset, Storage, queries};

/// Shows the whole catalogue by line of business.
pub async fn show(ctx: Ctx) -> WebResult {
    let mut view = ctx.view().await?;
    let known: Vec<String> = known_names(&mut view).await?;
    let groups = catalog::businesses().iter().filter_map(|business| {
        let assets: Vec<&StarterAsset> =
            catalog::starter_assets().iter().filter(|asset| asset.business == business.code).collect();
        (!assets.is_empty()).then(|| Card::new(ctx.w(&business.name), offer(&ctx, &assets, &known)).flush())
    });
    let picker = department_field(&ctx, &mut view, "").await?;
    let buttons = [
        Html::from(Button::submit(ctx.t("starter-add"))),
        Button::link(ctx.t("assets-back"), "/assets/information_asset").into(),
    ];
    let form = el("form")
        .class("stack")
        .attr("method", "post")
        .attr("action", "/assets/starter")
        .add(picker)
        .each(groups)
        .add(form_actions(buttons));
    Ok(page(&ctx, form.html()))
}

fn page(ctx: &Ctx, body: Html) -> Page {
    Page::new(ctx.t("starter-title"), body)
        .lead(ctx.t("starter-lead"))
        .crumb(ctx.w(&InformationAsset::def().words), "/assets/information_asset")
}

/// Adds what was ticked.
pub async fn add(ctx: Ctx, body: Bytes) -> WebResult<Redirect> {
    let form = decode_form(&body);
    let drafts = picked(&ctx, &form);
    if drafts.is_empty() {
        return Err(nothing().into());
    }
    let mut tx = ctx.tx().await?;
    let added = ops::add(&ctx.app.registry, &mut tx, drafts).await?;
    tx.commit().await?;
    let (created, known) = (added.created.to_string(), added.known.len().to_string());
    Ok(Redirect::to("/assets/information_asset").saying(ctx.t2("starter-added", ("created", &created), ("known", &known))))
}

/// Nothing was ticked or typed.
pub(crate) fn nothing() -> Error {
    Error::Refused(Words::new(
        "追加する資産が選ばれていません。前の画面に戻り、会社にあるものに印を付けるか、名前を書いてください。",
        "Nothing was chosen. Please go back and tick what you have, or write a name.",
    ))
}

/// Names of the rows in use, folded for comparison.
pub(crate) async fn known_names(db: &mut impl Reader) -> Result<Vec<String>> {
    let names = queries::names(db).await?;
    Ok(names.into_iter().map(|(name, _, _)| mamori_kernel::text::squash_heading(&name)).collect())
}

/// A field to choose the department of everything that is added. Those who may create everywhere may leave it open.
pub(crate) async fn department_field(ctx: &Ctx, view: &mut View, chosen: &str) -> Result<Html> {
    let def = queries::def(&ctx.app.registry, Department::CODE)?.clone();
    let everywhere = view.actor().reach(InformationAsset::CODE, Action::Create).is_everything();
    let own = view.actor().department_ids.clone();
    let picks: Vec<Pick> =
        query::picks(view, &def, 1000).await?.into_iter().filter(|pick| everywhere || own.contains(&pick.id)).collect();
    let only = picks.first().filter(|_| !everywhere).map(|pick| pick.id.clone()).unwrap_or_default();
    let value = if chosen.is_empty() { only } else { chosen.to_owned() };
    let choices = picks.into_iter().map(|pick| Choice::new(pick.id, pick.label)).collect();
    let blank = everywhere.then(|| ctx.t("starter-department-later"));
    let field = Field::new(ctx.lang, "department", ctx.t("starter-department"), Control::Select { value, choices, blank });
    Ok(field.help(ctx.t("starter-department-help")).into())
}

/// A select of the six places.
pub(crate) fn storage_select(ctx: &Ctx, name: &str, label: &str, usual: &[String]) -> El {
    let usual = usual.first().map(String::as_str).unwrap_or_default();
    let blank = el("option").attr("value", "").text(ctx.t("starter-place-open"));
    let options = Storage::ALL.iter().map(|storage| {
        el("option").attr("value", storage.code()).flag("selected", storage.code() == usual).text(storage.label(ctx.lang))
    });
    el("select").class("input input-short").attr("name", name).attr("aria-label", label).add(blank).each(options)
}

/// Starter assets to tick, each with its place, its usual value and why.
pub(crate) fn offer(ctx: &Ctx, assets: &[&StarterAsset], known: &[String]) -> Html {
    let columns = vec![
        Column::new(ctx.t("starter-name")).wide(),
        Column::new(ctx.t("starter-place")),
        Column::new(ctx.t("starter-value")),
        Column::new(ctx.t("starter-why")).wide(),
    ];
    let rows = assets.iter().map(|asset| {
        let name = ctx.w(&asset.name);
        let there =
            [&asset.name.ja, &asset.name.en].iter().any(|name| known.contains(&mamori_kernel::text::squash_heading(name)));
        let badge = there.then(|| Badge::new(ctx.t("starter-known"), Tone::Success));
        let head = el("span")
            .add(el("b").text(name))
            .text(" ")
            .maybe(badge)
            .add(el("br"))
            .add(el("span").class("muted").text(ctx.w(&asset.note)));
        let place =
            storage_select(ctx, &format!("storage.{}", asset.code), &ctx.t1("starter-place-of", "name", name), &asset.storage);
        let retention = asset.retention.as_ref();
        let kept = retention
            .map(|known| format!("{} {} / {}", ctx.t("starter-retention"), period(ctx, &known.period), ctx.w(&known.basis)));
        let why =
            el("span").text(ctx.w(&asset.reason)).maybe(kept.map(|kept| el("span").class("muted").text(format!(" {kept}"))));
        Row::new(&asset.code, name)
            .cell(head)
            .cell(place)
            .text(format!("C{} I{} A{}", asset.value.c, asset.value.i, asset.value.a))
            .cell(why)
    });
    DataTable::new(ctx.lang, ctx.t("starter-title"), columns).rows(rows).selectable().into()
}

/// What was ticked in [`offer`], as rows to add.
pub(crate) fn picked(ctx: &Ctx, form: &Form) -> Vec<Draft> {
    let department = form.get("department");
    let drafts = form.all("row").filter_map(catalog::starter_asset).map(|asset| {
        let storage = Storage::parse(form.get(&format!("storage.{}", asset.code)));
        let business = catalog::businesses().iter().find(|business| business.code == asset.business);
        let business = business.map(|business| ctx.w(&business.name)).unwrap_or_default();
        Draft::starter(asset, business, storage, ctx.lang).department(department)
    });
    drafts.collect()
}

/// 5年 → "5 years" for an English reader; a period in words of its own stays as it is.
fn period(ctx: &Ctx, kept: &str) -> String {
    Retention::parse(kept).map_or_else(|| kept.to_owned(), |known| known.label(ctx.lang))
}
