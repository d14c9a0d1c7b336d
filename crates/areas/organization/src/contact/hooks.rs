//! An empty list offers the standard contacts.

use mamori_kernel::access::Action;
use mamori_kernel::i18n;
use mamori_ledger::Registry;
use mamori_ledger::hooks::{Button, Hooked, Hooks};
use mamori_store::View;
use mamori_ui::html::Html;

use super::{pages, queries};

/// The rules of the contacts.
pub(super) struct ContactHooks;

impl Hooks for ContactHooks {
    fn list_head<'a>(&'a self, view: &'a mut View, _registry: &'a Registry) -> Hooked<'a, Option<Html>> {
        Box::pin(async move {
            let may = view.actor().can("contact", Action::Create);
            if !may || queries::count(view).await? > 0 {
                return Ok(None);
            }
            Ok(Some(pages::seed_offer(view.actor().lang)))
        })
    }

    fn list_buttons(&self, view: &View) -> Vec<Button> {
        let label = i18n::t(view.actor().lang, "chart-network-title");
        vec![Button { label, href: "/organization/network".to_owned(), primary: false }]
    }
}
