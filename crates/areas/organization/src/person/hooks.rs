//! Dates of a person fit together; a changed name reaches the assignments that show it.

use mamori_ledger::hooks::{Hooked, Hooks, Saving};
use mamori_ledger::{Ledger, Record, Registry};
use mamori_store::Tx;

use super::{Person, rules};
use crate::assignment;

/// The rules of the people ledger.
pub(super) struct PersonHooks;

impl Hooks for PersonHooks {
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(async move {
            let person = Person::from_record(saving.new);
            saving.errors.extend(rules::check_dates(person.joined_on, person.left_on, person.accounts_removed_on));
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
                assignment::ops::name_again(tx, registry, "person", &new.meta.id).await?;
            }
            Ok(())
        })
    }
}
