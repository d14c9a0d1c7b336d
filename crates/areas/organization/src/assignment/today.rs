//! Today's work about appointments: terms that end (S0-11).

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_ledger::Ledger as _;
use mamori_schedule::{Pending, Services, TodayItem, TodaySource};
use mamori_store::View;

use super::rules::{self, Warning};
use super::{Assignment, queries, warning};

/// Terms over or about to end, and holders who left; shown to those who may appoint.
pub(crate) struct Terms;

impl TodaySource for Terms {
    fn items<'a>(&'a self, view: &'a mut View, _services: &'a Services, today: Date) -> Pending<'a, Vec<TodayItem>> {
        Box::pin(async move {
            if !view.actor().can(Assignment::CODE, Action::Edit) {
                return Ok(Vec::new());
            }
            let lang = view.actor().lang;
            let found = rules::terms(&queries::held(view).await?, today);
            Ok(found
                .iter()
                .map(|one| TodayItem {
                    title: warning::text(lang, one),
                    detail: warning::advice(lang, one),
                    link: warning::link(one),
                    due: match one {
                        Warning::TermOver { ends, .. } | Warning::TermEnding { ends, .. } => Some(*ends),
                        _ => Some(today),
                    },
                    kind: Assignment::CODE,
                })
                .collect())
        })
    }
}
