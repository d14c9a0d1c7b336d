//! One value a day, never of tomorrow, named and owned as its metric.

use mamori_kernel::lang::Words;
use mamori_kernel::time;
use mamori_ledger::Value;
use mamori_ledger::hooks::{Hooked, Hooks, Saving};

use super::queries;

pub(super) struct MeasurementHooks;

impl Hooks for MeasurementHooks {
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(async move {
            let id = saving.new.get("metric").as_str().to_owned();
            let day = saving.new.get("measured_on").as_date();
            if let Some([name, department, owner]) = queries::metric(saving.tx, &id).await? {
                let on = day.map(|day| day.to_string()).unwrap_or_default();
                saving.new.values.set("name", format!("{name} {on}"));
                saving.new.values.set("department", department);
                saving.new.values.set("owner", owner);
            }
            if let Some(day) = day {
                if day > time::today(saving.tx.now()) {
                    saving.reject(
                        "measured_on",
                        Words::new("測定日に先の日付は使えません。", "The day of a measurement cannot be in the future."),
                    );
                }
                let own = saving.new.meta.id.clone();
                if queries::taken(saving.tx, &id, &day.to_string(), &own).await? {
                    saving.reject(
                        "measured_on",
                        Words::new(
                            "この指標には、同じ日の測定値がすでにあります。その行を直してください。",
                            "This metric already has a value on that day. Please correct that row.",
                        ),
                    );
                }
            }
            if let Value::Real(value) = saving.new.get("value")
                && !(0.0..=1e12).contains(value)
            {
                saving.reject("value", Words::new("値は0以上の数で入力してください。", "Enter a number of 0 or more."));
            }
            Ok(())
        })
    }
}
