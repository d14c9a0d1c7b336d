//! The rules of リスク転嫁 around saving.

use mamori_kernel::time;
use mamori_ledger::hooks::{Hooked, Hooks, Saving};

use super::rules::{Facts, judge, usual_review};

/// The rules of リスク転嫁.
pub(super) struct InsuranceHooks;

impl Hooks for InsuranceHooks {
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(async move {
            let ends = saving.new.get("ends").as_date();
            if saving.new.get("review_on").is_empty() {
                saving.new.values.set("review_on", usual_review(time::today(saving.tx.now()), ends));
            }
            let int = |field: &str| saving.new.get(field).as_int();
            let yen = [int("limit_yen"), int("own_share"), int("premium")];
            let facts = Facts { starts: saving.new.get("starts").as_date(), ends, yen };
            saving.errors.extend(judge(&facts));
            Ok(())
        })
    }
}
