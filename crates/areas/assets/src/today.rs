//! What the area adds to "today": rows to confirm, stocktakes that run late, reviews that are due, values that nobody gave.

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_kernel::i18n::{t, ta};
use mamori_ledger::query::{self, ListQuery};
use mamori_ledger::web::App;
use mamori_ledger::{Ledger as _, Registry};
use mamori_schedule::{Pending, Services, TodayItem, TodaySource};
use mamori_store::View;

use crate::information_asset::InformationAsset;
use crate::information_asset::queries::{count, shape};
use crate::stocktake::rules::Progress;
use crate::stocktake::{self, Stocktake, StocktakeItem};

/// The source of all four.
pub(crate) struct AssetsToday;

impl TodaySource for AssetsToday {
    fn items<'a>(&'a self, view: &'a mut View, services: &'a Services, today: Date) -> Pending<'a, Vec<TodayItem>> {
        Box::pin(async move {
            let Some(app) = App::of(services) else { return Ok(Vec::new()) };
            let mut items = stocktakes(&app.registry, view, today).await?;
            items.extend(ledger(&app.registry, view, today).await?);
            Ok(items)
        })
    }
}

async fn stocktakes(registry: &Registry, view: &mut View, today: Date) -> Result<Vec<TodayItem>> {
    let lang = view.actor().lang;
    let answers = view.actor().can(StocktakeItem::CODE, Action::Edit);
    let leads = view.actor().can(Stocktake::CODE, Action::Edit);
    let mut items = Vec::new();
    for (id, name, due, _) in stocktake::queries::open(view).await? {
        let named = || ("name", name.clone().into());
        if answers {
            let shape = shape(registry, view, StocktakeItem::CODE).await?;
            let wanted = ListQuery { limit: 1, ..stocktake::waiting_for(view, &id) };
            let waiting = query::list(registry, view, &shape, &wanted, Action::Edit).await?.total;
            if waiting > 0 {
                items.push(TodayItem {
                    title: ta(lang, "stocktake-today-mine", &[named()]),
                    detail: ta(lang, "stocktake-today-mine-detail", &[("count", waiting.to_string().into())]),
                    link: format!("/assets/stocktake/{id}/mine"),
                    due,
                    kind: Stocktake::CODE,
                });
            }
        }
        if leads {
            let progress = stocktake::queries::progress(view, &id).await?;
            let all = progress.iter().fold(Progress::default(), |all, one| all.plus(one.progress));
            let late = due.is_some_and(|due| due < today);
            let figures = [("done", all.answered().to_string().into()), ("total", all.total().to_string().into())];
            items.push(TodayItem {
                title: ta(lang, if late { "stocktake-today-lead" } else { "stocktake-today-run" }, &[named()]),
                detail: ta(lang, if late { "stocktake-today-lead-detail" } else { "stocktake-today-run-detail" }, &figures),
                link: format!("/assets/stocktake/{id}"),
                due,
                kind: Stocktake::CODE,
            });
        }
    }
    Ok(items)
}

async fn ledger(registry: &Registry, view: &mut View, today: Date) -> Result<Vec<TodayItem>> {
    let lang = view.actor().lang;
    let mut items = Vec::new();
    if !view.actor().can(InformationAsset::CODE, Action::Edit) {
        return Ok(items);
    }
    let yesterday = today.yesterday().unwrap_or(today);
    let asked = [
        ("review", format!("to.review_on={yesterday}&sort=review_on"), Some(yesterday)),
        ("value", "f.importance=none".to_owned(), None),
    ];
    for (what, filter, due) in asked {
        let found = count(registry, view, &filter, Action::Edit).await?;
        if found > 0 {
            items.push(TodayItem {
                title: ta(lang, &format!("assets-today-{what}"), &[("count", found.to_string().into())]),
                detail: t(lang, &format!("assets-today-{what}-detail")),
                link: format!("/assets/information_asset?{filter}"),
                due,
                kind: InformationAsset::CODE,
            });
        }
    }
    Ok(items)
}
