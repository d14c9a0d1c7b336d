//! What a sheet adds to the engine's pages.

use mamori_kernel::i18n;
use mamori_ledger::hooks::{Button, Hooked, Hooks, Panel, Saving};
use mamori_ledger::record::Values;
use mamori_ledger::{Ledger as _, Record, Registry};
use mamori_store::{Tx, View};

use super::{StrideElement, StrideModel, StrideVerdict, panel, queries};
use crate::parts::{follow, own_department};

/// The sheet's parts of the engine's pages.
pub(super) struct ModelHooks;

impl Hooks for ModelHooks {
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(async move {
            let (done, review) = (saving.new.get("done_on").as_date(), saving.new.get("review_on").as_date());
            if let (Some(done), Some(review)) = (done, review)
                && review <= done
            {
                saving.reject(
                    "review_on",
                    mamori_kernel::lang::Words::owned(
                        format!("次に見直す日は、分析した日（{done}）より後の日にしてください。"),
                        format!("The day of review must come after the day of the analysis ({done})."),
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
            follow(registry, tx, StrideElement::CODE, "model", old, new).await?;
            follow(registry, tx, StrideVerdict::CODE, "model", old, new).await?;
            if old.is_some_and(|old| old.get("department") != new.get("department")) {
                let department = new.get("department").as_str();
                queries::move_to(tx, &new.meta.id, Some(department).filter(|id| !id.is_empty())).await?;
            }
            Ok(())
        })
    }

    fn prefill<'a>(&'a self, view: &'a mut View, values: &'a mut Values) -> Hooked<'a, ()> {
        Box::pin(async move {
            own_department(view, StrideModel::CODE, values);
            Ok(())
        })
    }

    fn panels<'a>(&'a self, view: &'a mut View, _registry: &'a Registry, record: &'a Record) -> Hooked<'a, Vec<Panel>> {
        Box::pin(async move {
            let parts = queries::parts(view, &record.meta.id).await?;
            let judged = queries::judged(view, &record.meta.id).await?;
            Ok(vec![panel::summary(view.actor().lang, &record.meta.id, &parts, &judged)])
        })
    }

    fn detail_buttons(&self, view: &View, record: &Record) -> Vec<Button> {
        let label = i18n::t(view.actor().lang, "stride-open");
        vec![Button { label, href: format!("/threats/stride_model/{}/sheet", record.meta.id), primary: true }]
    }
}

/// Parts and verdicts belong to their sheet without holding on to it: the sheet can be taken out of use with all of them.
pub(super) struct PartHooks;

impl Hooks for PartHooks {
    fn after_save<'a>(
        &'a self,
        tx: &'a mut Tx,
        _registry: &'a Registry,
        _old: Option<&'a Record>,
        new: &'a Record,
    ) -> Hooked<'a, ()> {
        Box::pin(async move { queries::loosen(tx, &new.meta.id).await })
    }

    fn detail_buttons(&self, view: &View, record: &Record) -> Vec<Button> {
        let model = record.get("model").as_str();
        let label = i18n::t(view.actor().lang, "stride-open");
        vec![Button { label, href: format!("/threats/stride_model/{model}/sheet"), primary: true }]
    }
}
