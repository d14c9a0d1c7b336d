//! What a stocktake shows beside its fields: where to start, where to answer, how far everybody is.

use mamori_kernel::access::Action;
use mamori_kernel::i18n::t;
use mamori_ledger::hooks::{Button, Hooked, Hooks, Panel};
use mamori_ledger::{Choice as _, Ledger as _, Record, Registry};
use mamori_store::View;

use super::{State, Stocktake, StocktakeItem, panel, queries};

/// The stocktake's parts of the engine's pages.
pub(crate) struct StocktakeHooks;

impl Hooks for StocktakeHooks {
    fn panels<'a>(&'a self, view: &'a mut View, _registry: &'a Registry, record: &'a Record) -> Hooked<'a, Vec<Panel>> {
        Box::pin(async move {
            let progress = queries::progress(view, &record.meta.id).await?;
            let actor = view.actor().clone();
            let mut panels = vec![panel::progress(actor.lang, &record.meta.id, &progress)];
            let open = record.get("state").as_str() == State::Open.code();
            if open && actor.can(Stocktake::CODE, Action::Create) {
                panels.push(panel::manage(actor.lang, &record.meta.id, &Stocktake::from_record(record), &progress));
            }
            Ok(panels)
        })
    }

    fn list_buttons(&self, view: &View) -> Vec<Button> {
        let actor = view.actor();
        if !actor.can(Stocktake::CODE, Action::Create) {
            return Vec::new();
        }
        vec![Button { label: t(actor.lang, "stocktake-start"), href: "/assets/stocktake/start".to_owned(), primary: true }]
    }

    fn detail_buttons(&self, view: &View, record: &Record) -> Vec<Button> {
        let actor = view.actor();
        let open = record.get("state").as_str() == State::Open.code();
        if !open || !actor.can(StocktakeItem::CODE, Action::Edit) {
            return Vec::new();
        }
        let href = format!("/assets/stocktake/{}/mine", record.meta.id);
        vec![Button { label: t(actor.lang, "stocktake-answer"), href, primary: true }]
    }
}
