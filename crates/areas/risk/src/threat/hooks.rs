//! The threat ledger's rules around saving.

use mamori_kernel::error::Result;
use mamori_kernel::i18n;
use mamori_ledger::Record;
use mamori_ledger::area::Registry;
use mamori_ledger::hooks::{Button, Hooked, Hooks, Panel, Saving};
use mamori_store::View;

use super::panel;
use crate::four_factor::rules::Factor;
use crate::scale::{off_scale, queries};

/// The rules of 脅威.
pub(super) struct ThreatHooks;

async fn judge(saving: &mut Saving<'_>) -> Result<()> {
    if !saving.changed("level") {
        return Ok(());
    }
    let Some(level) = saving.new.get("level").as_int() else { return Ok(()) };
    let version = queries::current(saving.tx).await?;
    if let Some(message) = off_scale(&version.scale, Factor::Threat, level) {
        saving.reject("level", message);
    }
    Ok(())
}

impl Hooks for ThreatHooks {
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(judge(saving))
    }

    fn panels<'a>(&'a self, view: &'a mut View, _: &'a Registry, record: &'a Record) -> Hooked<'a, Vec<Panel>> {
        Box::pin(panel::of_threat(view, record))
    }

    fn list_buttons(&self, view: &View) -> Vec<Button> {
        let label = i18n::t(view.actor().lang, "threat-to-top");
        vec![Button { label, href: "/risk/top-threats".to_owned(), primary: false }]
    }
}
