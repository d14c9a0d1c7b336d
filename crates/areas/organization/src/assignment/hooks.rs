//! Completing and judging an appointment.

use mamori_kernel::lang::Words;
use mamori_kernel::{i18n, time};
use mamori_ledger::hooks::{Button, Hooked, Hooks, Saving};
use mamori_ledger::{Choice as _, Ledger};
use mamori_store::View;

use super::{Assignment, queries, rules};
use crate::person;

/// The rules of the appointments.
pub(super) struct AssignmentHooks;

impl Hooks for AssignmentHooks {
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(async move {
            let row = Assignment::from_record(saving.new);
            let role = queries::role_terms(saving.tx, &row.role.id).await?;
            let person = person::queries::name(saving.tx, &row.person.id).await?;
            let role_name = role.as_ref().map_or("", |role| role.name.as_str());
            saving.new.values.set("summary", format!("{role_name} – {person}"));
            if !row.person.is_empty() && row.person == row.deputy {
                saving.reject(
                    "deputy",
                    Words::new(
                        "代行者には、担当者とは別の人を選んでください。",
                        "The deputy must be somebody other than the holder.",
                    ),
                );
            }
            let starts = row.starts.unwrap_or_else(|| time::today(saving.tx.now()));
            // Only a new appointment is completed: whoever clears a date later means it.
            if saving.old.is_none() {
                saving.new.values.set("starts", starts);
                if let (None, Some(ends)) = (row.ends, role.as_ref().and_then(|role| rules::term_end(starts, role.term_months))) {
                    saving.new.values.set("ends", ends);
                }
            }
            if let (None, Some(role)) = (row.phase, &role) {
                saving.new.values.set("phase", rules::phase_of_role(role.peace, role.emergency).code());
            }
            if let Some(ends) = row.ends
                && ends < starts
            {
                saving.reject(
                    "ends",
                    Words::owned(
                        format!(
                            "任期の終わり（{ends}）が始まり（{starts}）より前になっています。どちらかの日付を直してください。"
                        ),
                        format!("The term ends ({ends}) before it starts ({starts}). Please correct one of the dates."),
                    ),
                );
            }
            Ok(())
        })
    }

    fn list_buttons(&self, view: &View) -> Vec<Button> {
        let lang = view.actor().lang;
        let button = |key: &str, href: &str| Button { label: i18n::t(lang, key), href: href.to_owned(), primary: false };
        vec![button("chart-title", "/organization/chart"), button("chart-network-title", "/organization/network")]
    }
}
