//! The rules of 代理 around saving.

use mamori_kernel::error::Result;
use mamori_kernel::lang::Words;
use mamori_ledger::hooks::{Hooked, Hooks, Saving};
use mamori_ledger::{Value, Values};
use mamori_store::View;

use crate::contract::installed;
use crate::directory::Source;

/// The rules.
pub(super) struct DeputyHooks;

async fn name_of(saving: &mut Saving<'_>, field: &str) -> Result<String> {
    let id = saving.new.get(field).as_str().to_owned();
    if id.is_empty() {
        return Ok(String::new());
    }
    let member = installed()?.directory().member(&mut Source::Tx(saving.tx), &id, "").await?;
    Ok(member.map(|member| member.name).unwrap_or_default())
}

async fn complete(saving: &mut Saving<'_>) -> Result<()> {
    let (away, stands_in) = (name_of(saving, "person").await?, name_of(saving, "deputy").await?);
    let summary = if stands_in.is_empty() { away } else { format!("{away} → {stands_in}") };
    saving.new.values.set("summary", Value::from(summary));
    if !saving.new.get("deputy").is_empty() && saving.new.get("deputy") == saving.new.get("person") {
        saving.reject(
            "deputy",
            Words::new("代わる人には、本人とは別の人を選んでください。", "Please choose somebody else to stand in."),
        );
    }
    if let (Some(starts), Some(ends)) = (saving.new.get("starts").as_date(), saving.new.get("ends").as_date())
        && ends < starts
    {
        saving.reject(
            "ends",
            Words::owned(
                format!("終了日（{ends}）が開始日（{starts}）より前です。どちらかを直してください。"),
                format!("The last day ({ends}) is before the first day ({starts}). Please correct one of them."),
            ),
        );
    }
    Ok(())
}

impl Hooks for DeputyHooks {
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(complete(saving))
    }

    fn prefill<'a>(&'a self, view: &'a mut View, values: &'a mut Values) -> Hooked<'a, ()> {
        Box::pin(async move {
            if let (false, Some(person)) = (values.has("person"), view.actor().person_id.clone()) {
                values.set("person", person);
            }
            Ok(())
        })
    }
}
