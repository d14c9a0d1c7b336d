//! リスクに登録: an answer that shows something to mend becomes a risk of the register.

mod queries;

use mamori_checklist::{Finding, Found, Made};
use mamori_kernel::access::Action;
use mamori_kernel::lang::{Lang, Words};
use mamori_ledger::Registry;
use mamori_ledger::hooks::Hooked;
use mamori_risk::scenario::Source;
use mamori_risk::scenario::ops::{Draft, add};
use mamori_store::{Tx, View};

pub(crate) use queries::scenarios_under;

/// The finding of the checks that is entered as a risk.
pub struct RiskFinding;

/// A risk as an answer proposes it. The address of the item is its key: entered twice, or by check and review, it is one risk.
pub(crate) fn draft(found: &Found, source: Source, lang: Lang) -> Draft {
    let answer = [found.answer.as_str(), found.note.as_str()].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
    Draft {
        title: format!("{}{}{}", found.check_title, lang.pick("：", ": "), found.name),
        story: format!(
            "{}\n{}{}",
            found.ask,
            lang.pick("点検の回答：", "Answer of the check: "),
            answer.join(lang.pick("。", ". "))
        ),
        assets: found.subjects.get("asset").cloned().into_iter().collect(),
        department: Some(found.department.clone()).filter(|id| !id.is_empty()),
        owner: Some(found.owner.clone()).filter(|id| !id.is_empty()),
        source,
        source_key: found.path.clone(),
        ..Draft::default()
    }
}

impl Finding for RiskFinding {
    fn code(&self) -> &'static str {
        "risk"
    }

    fn label(&self) -> Words {
        Words::new("リスクに登録", "Enter as a risk")
    }

    fn needs(&self) -> (&'static str, Action) {
        ("scenario", Action::Create)
    }

    fn made<'a>(&'a self, view: &'a mut View, path: &'a str) -> Hooked<'a, Vec<Made>> {
        Box::pin(async move {
            let known = scenarios_under(view, path).await?;
            let made =
                known.into_iter().map(|(item, id, title)| Made { item, label: title, href: format!("/risk/scenario/{id}") });
            Ok(made.collect())
        })
    }

    fn take<'a>(&'a self, tx: &'a mut Tx, registry: &'a Registry, found: &'a Found) -> Hooked<'a, String> {
        Box::pin(async move {
            let lang = tx.actor().lang;
            let id = add(tx, registry, draft(found, Source::Check, lang)).await?;
            Ok(format!("/risk/scenario/{id}"))
        })
    }
}
