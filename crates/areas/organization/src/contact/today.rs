//! Today's work about contacts: numbers that nobody has checked for half a year.

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::i18n;
use mamori_ledger::Ledger as _;
use mamori_schedule::{Pending, Services, TodayItem, TodaySource};
use mamori_store::View;

use super::{Contact, queries, rules};

/// One item for all of them: checking numbers is done in one sitting.
pub(crate) struct Unchecked;

impl TodaySource for Unchecked {
    fn items<'a>(&'a self, view: &'a mut View, _services: &'a Services, today: Date) -> Pending<'a, Vec<TodayItem>> {
        Box::pin(async move {
            if !view.actor().can(Contact::CODE, Action::Edit) {
                return Ok(Vec::new());
            }
            let (count, oldest) = queries::unchecked(view, rules::stale_since(today)).await?;
            if count == 0 {
                return Ok(Vec::new());
            }
            let lang = view.actor().lang;
            Ok(vec![TodayItem {
                title: i18n::ta(lang, "contact-today", &[("count", count.into())]),
                detail: i18n::t(lang, "contact-today-detail"),
                link: "/organization/contact?sort=checked_on".to_owned(),
                due: oldest.map(rules::check_due),
                kind: Contact::CODE,
            }])
        })
    }
}
