//! The rules of the ledger of checks: bound to one version, answers follow the check, the panel on its page.

use mamori_kernel::error::{Error, Result};
use mamori_kernel::i18n;
use mamori_kernel::lang::Words;
use mamori_kernel::time;
use mamori_ledger::hooks::{Button, Hooked, Hooks, Panel, Saving};
use mamori_ledger::{Choice as _, Record, Registry, Value, Values};
use mamori_store::{Tx, View};

use super::{State, queries};
use crate::answer::queries as answers;
use crate::contract::installed;
use crate::pages::panel;

pub(super) struct CheckHooks;

async fn complete(saving: &mut Saving<'_>) -> Result<()> {
    let checks = installed()?;
    let catalogue = saving.new.get("catalogue").as_str().to_owned();
    if saving.changed("catalogue") && !catalogue.is_empty() {
        let begun = match saving.old {
            Some(old) => queries::has_answers(saving.tx, &old.meta.id).await?,
            None => false,
        };
        if begun {
            saving.reject(
                "catalogue",
                Words::new(
                    "すでに答えがあるため、点検表は変えられません。別の点検表を使うときは、新しい点検を始めてください。",
                    "This check has answers, so its checklist cannot be changed. To use another one, please begin a new check.",
                ),
            );
        } else if (saving.new.get("edition").is_empty() || saving.old.is_some())
            && let Some(newest) = checks.newest(&catalogue)
        {
            saving.new.values.set("edition", newest.version.as_str());
        }
    }
    if saving.new.get("held_on").is_empty() {
        saving.new.values.set("held_on", time::today(saving.tx.now()));
    }
    if saving.new.get("state").is_empty() {
        saving.new.values.set("state", State::Draft.code());
    }
    if saving.new.get("progress").is_empty() {
        saving.new.values.set("progress", Value::Int(0));
    }
    Ok(())
}

impl Hooks for CheckHooks {
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(complete(saving))
    }

    fn after_save<'a>(&'a self, tx: &'a mut Tx, _: &'a Registry, old: Option<&'a Record>, new: &'a Record) -> Hooked<'a, ()> {
        Box::pin(async move {
            let Some(old) = old else { return Ok(()) };
            if old.is_retired() && !new.is_retired() {
                answers::restore(tx, &new.meta.id).await?;
            }
            if old.get("department") != new.get("department") || old.get("owner") != new.get("owner") {
                let id = |field: &str| Some(new.get(field).as_str()).filter(|id| !id.is_empty());
                answers::follow(tx, &new.meta.id, id("department"), id("owner")).await?;
            }
            Ok(())
        })
    }

    /// The answers go out of use with their check.
    fn before_retire<'a>(&'a self, tx: &'a mut Tx, record: &'a Record) -> Hooked<'a, ()> {
        Box::pin(async move {
            if !record.get("made_for").is_empty() {
                return Err(Error::refused(
                    "この点検は別の手続き（サービス導入審査など）の一部なので、使用終了にできません。元の手続きの画面で扱ってください。",
                    "This check belongs to another process, such as a review of a new service, and cannot be retired by itself.",
                ));
            }
            answers::retire(tx, &record.meta.id).await
        })
    }

    /// `?catalogue=ID`: the name of the checklist is offered as the name of the check.
    fn prefill<'a>(&'a self, view: &'a mut View, values: &'a mut Values) -> Hooked<'a, ()> {
        Box::pin(async move {
            let actor = view.actor().clone();
            if let Some(catalogue) = installed()?.newest(values.get("catalogue").as_str())
                && values.get("title").is_empty()
            {
                values.set("title", catalogue.name.get(actor.lang));
            }
            if let Some(person) = actor.person_id.as_deref().filter(|_| values.get("owner").is_empty()) {
                values.set("owner", person);
            }
            Ok(())
        })
    }

    fn panels<'a>(&'a self, view: &'a mut View, registry: &'a Registry, record: &'a Record) -> Hooked<'a, Vec<Panel>> {
        Box::pin(panel::panels(view, registry, record))
    }

    fn list_buttons(&self, view: &View) -> Vec<Button> {
        let Ok(checks) = installed() else { return Vec::new() };
        vec![Button { label: i18n::t(view.actor().lang, "check-choose"), href: checks.base(), primary: false }]
    }
}
