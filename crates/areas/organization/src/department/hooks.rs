//! A department is never below itself, and always has a place among the others.

use mamori_kernel::access::Action;
use mamori_kernel::i18n;
use mamori_kernel::lang::Words;
use mamori_ledger::Value;
use mamori_ledger::hooks::{Button, Hooked, Hooks, Saving};
use mamori_store::View;

use super::queries;
use crate::rules;

/// The rules of the department ledger.
pub(super) struct DepartmentHooks;

impl Hooks for DepartmentHooks {
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(async move {
            if saving.new.get("position") == &Value::Null {
                let next = queries::next_position(saving.tx).await?;
                saving.new.values.set("position", next);
            }
            let parent = saving.new.get("parent").as_str().to_owned();
            if !parent.is_empty() && saving.changed("parent") {
                let parents = queries::parents(saving.tx).await?;
                if rules::closes_a_cycle(&saving.new.meta.id, &parent, &parents) {
                    saving.reject(
                        "parent",
                        Words::new(
                            "上位の部署に、自分自身や自分の下にある部署は選べません。別の部署を選ぶか、空欄にしてください。",
                            "A department cannot be placed below itself or one of its own sections. Please choose another or leave it empty.",
                        ),
                    );
                }
            }
            Ok(())
        })
    }

    fn list_buttons(&self, view: &View) -> Vec<Button> {
        if !view.actor().can("department", Action::View) {
            return Vec::new();
        }
        vec![Button {
            label: i18n::t(view.actor().lang, "department-tree-button"),
            href: "/organization/department/tree".to_owned(),
            primary: false,
        }]
    }
}
