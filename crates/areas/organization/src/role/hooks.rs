//! A role never reports to itself; an empty list offers the standard roles.

use mamori_kernel::access::Action;
use mamori_kernel::i18n;
use mamori_kernel::lang::Words;
use mamori_ledger::hooks::{Hooked, Hooks, Saving};
use mamori_ledger::{Record, Registry, Value};
use mamori_store::{Tx, View};
use mamori_ui::html::Html;

use super::{pages, queries};
use crate::{assignment, rules};

/// The rules of the role ledger.
pub(super) struct RoleHooks;

impl Hooks for RoleHooks {
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(async move {
            if saving.new.get("position") == &Value::Null {
                let next = queries::next_position(saving.tx).await?;
                saving.new.values.set("position", next);
            }
            for field in ["above_peace", "above_emergency"] {
                let above = saving.new.get(field).as_str().to_owned();
                if above.is_empty() || !saving.changed(field) {
                    continue;
                }
                let parents = queries::parents(saving.tx, field).await?;
                if rules::closes_a_cycle(&saving.new.meta.id, &above, &parents) {
                    saving.reject(
                        field,
                        Words::new(
                            "体制図での上位に、自分自身や自分の下にある役割は選べません。別の役割を選ぶか、空欄にしてください。",
                            "A role cannot report to itself or to a role below it. Please choose another or leave it empty.",
                        ),
                    );
                }
            }
            if saving.new.get("term_months").as_int().is_some_and(|months| !(1..=120).contains(&months)) {
                saving.reject(
                    "term_months",
                    Words::new(
                        "任期は1か月から120か月までの数で入力してください。任期がなければ空欄にしてください。",
                        "The term is a number of months from 1 to 120. Leave it empty when there is none.",
                    ),
                );
            }
            Ok(())
        })
    }

    fn after_save<'a>(
        &'a self,
        tx: &'a mut Tx,
        registry: &'a Registry,
        old: Option<&'a Record>,
        new: &'a Record,
    ) -> Hooked<'a, ()> {
        Box::pin(async move {
            if old.is_some_and(|old| old.get("name") != new.get("name")) {
                assignment::ops::name_again(tx, registry, "role", &new.meta.id).await?;
            }
            Ok(())
        })
    }

    fn list_head<'a>(&'a self, view: &'a mut View, _registry: &'a Registry) -> Hooked<'a, Option<Html>> {
        Box::pin(async move {
            let may = view.actor().can("security_role", Action::Create);
            if !may || queries::count(view).await? > 0 {
                return Ok(None);
            }
            let lang = view.actor().lang;
            Ok(Some(pages::seed_offer(
                &i18n::t(lang, "role-seed-title"),
                &i18n::t(lang, "role-seed-why"),
                &i18n::t(lang, "role-seed-button"),
            )))
        })
    }
}
