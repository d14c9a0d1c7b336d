//! The page of hints.

use mamori_ledger::query::ListQuery;
use mamori_ledger::web::{Ctx, Page, WebResult};
use mamori_ui::components::{Alert, Card};
use mamori_ui::html::{Html, el};
use mamori_ui::tone::Tone;

use super::rules::{self, Found, Kind};
use crate::information_asset::queries::{self, Listed};
use crate::{catalog, coverage};

/// Groups of one kind shown at once.
const SHOWN: usize = 50;

/// Shows the hints by kind.
pub async fn show(ctx: Ctx) -> WebResult {
    let mut view = ctx.view().await?;
    let assets = queries::in_use(&ctx.app.registry, &mut view, &ListQuery::default(), &rules::FIELDS).await?;
    let found = rules::look(&assets, ctx.today());
    let cards: Vec<Card> = Kind::ALL.iter().filter_map(|kind| card(&ctx, *kind, &found)).collect();
    let body: Html = if assets.is_empty() {
        coverage::pages::empty(&ctx)
    } else if cards.is_empty() {
        Alert::new(Tone::Success, ctx.t("asset-hint-none")).into()
    } else {
        el("div").class("stack").each(cards).html()
    };
    let body = Html::join([Html::from(coverage::tabs(&ctx, "/assets/hints")), body]);
    Ok(Page::new(ctx.t("asset-hint-title"), body).lead(ctx.t("asset-hint-lead")))
}

fn card(ctx: &Ctx, kind: Kind, found: &[Found<'_>]) -> Option<Card> {
    let hint = catalog::hint(kind.code())?;
    let mine: Vec<&Found<'_>> = found.iter().filter(|one| one.kind == kind).collect();
    if mine.is_empty() {
        return None;
    }
    let items = mine.iter().take(SHOWN).map(|one| {
        let links = one.rows.iter().map(|listed| link(ctx, listed));
        el("li").add(el("span").class("cluster").each(links))
    });
    let more = mine.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| el("p").class("muted").text(ctx.t1("asset-hint-more", "count", more)));
    let list = el("div").class("prose").add(el("ul").each(items)).maybe(more);
    Some(Card::new(format!("{} ({})", ctx.w(&hint.title), mine.len()), list).lead(ctx.w(&hint.text)))
}

fn link(ctx: &Ctx, listed: &Listed) -> Html {
    let storage = listed.asset.storage.map(|storage| storage.label(ctx.lang)).unwrap_or_default();
    let facts = [listed.asset.code.as_str(), &listed.department, &storage, &listed.asset.place];
    let facts = facts.into_iter().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(" / ");
    let name = el("a").attr("href", format!("/assets/information_asset/{}", listed.id)).text(&listed.asset.name);
    el("span").add(name).add(el("span").class("muted").text(format!(" {facts}"))).html()
}
