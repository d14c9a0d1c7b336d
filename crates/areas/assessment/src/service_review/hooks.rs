//! The rules of the ledger of reviews.

use mamori_checklist::check::ops as checks;
use mamori_kernel::error::Result;
use mamori_kernel::lang::Words;
use mamori_ledger::hooks::{Hooked, Hooks, Panel, Saving};
use mamori_ledger::{Choice as _, Record, Registry, Values};
use mamori_store::View;

use super::{State, panel};
use crate::catalogues::NEW_SERVICE;

pub(super) struct ReviewHooks;

/// Fields that the program alone writes.
const OWN: [&str; 5] = ["sheet", "state", "decided_on", "decided_by", "asset"];

async fn complete(saving: &mut Saving<'_>) -> Result<()> {
    let state = |record: &Record| State::parse(record.get("state").as_str()).unwrap_or_default();
    if saving.new.get("state").is_empty() {
        saving.new.values.set("state", State::Draft.code());
    }
    if let Some(old) = saving.old {
        let moved = state(old) != state(saving.new);
        let touched = saving.shape.fields.iter().any(|field| !OWN.contains(&field.code.as_ref()) && saving.changed(&field.code));
        if state(old).is_settled() && !moved && touched {
            saving.reject(
                "title",
                Words::new(
                    "審査が署名待ちか終わっているため、変えられません。署名待ちなら、先に依頼を取り下げてください。",
                    "The review waits for signatures or is over and cannot be changed. While it waits, withdraw the request first.",
                ),
            );
        }
        return Ok(());
    }
    // Every review has its ten questions from the start.
    let title = saving.new.get("title").as_str().to_owned();
    if !title.is_empty() && saving.errors.is_empty() {
        let lang = saving.tx.actor().lang;
        let values = Values::default()
            .with("title", format!("{title}{}", lang.pick("の導入点検", ": check before use")))
            .with("catalogue", NEW_SERVICE)
            .with("scope", title)
            .with("department", saving.new.get("department").as_str())
            .with("owner", saving.new.get("applicant").as_str())
            .with("made_for", format!("/assessment/service_review/{}", saving.new.meta.id));
        let check = checks::begin(saving.tx, saving.registry, values).await?;
        saving.new.values.set("sheet", check.meta.id.as_str());
    }
    Ok(())
}

impl Hooks for ReviewHooks {
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(complete(saving))
    }

    fn prefill<'a>(&'a self, view: &'a mut View, values: &'a mut Values) -> Hooked<'a, ()> {
        Box::pin(async move {
            let actor = view.actor().clone();
            if let (true, Some(person)) = (values.get("applicant").is_empty(), actor.person_id.as_deref()) {
                values.set("applicant", person);
            }
            if let (true, Some(department)) = (values.get("department").is_empty(), actor.department_ids.first()) {
                values.set("department", department.as_str());
            }
            Ok(())
        })
    }

    fn panels<'a>(&'a self, view: &'a mut View, registry: &'a Registry, record: &'a Record) -> Hooked<'a, Vec<Panel>> {
        Box::pin(panel::panels(view, registry, record))
    }
}
