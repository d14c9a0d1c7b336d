//! The request's rules around saving, its files and its approval on its page.

use mamori_kernel::access::Action;
use mamori_kernel::i18n::t;
use mamori_kernel::lang::Words;
use mamori_ledger::hooks::{Button, Hooked, Hooks, Panel, Saving};
use mamori_ledger::{Choice as _, Record, Registry};
use mamori_store::{Tx, View};
use mamori_ui::components::{Button as Control, Definitions};
use mamori_ui::html::el;
use mamori_ui::icon::Icon;

use super::{KIND, State, ops, queries};
use crate::budget::queries::named;
use crate::budget::rules::{CLASSES, year_sheet};
use crate::budget::sheet::class_word;

pub(super) struct RequestHooks;

/// What a decision rests on.
const CONTENT: [&str; 13] = [
    "title",
    "fiscal_year",
    "items",
    "author",
    "wanted_by",
    "change_text",
    "concept_text",
    "priority_text",
    "peers_text",
    "threats_text",
    "appeal_text",
    "effect_text",
    "amount",
];

impl Hooks for RequestHooks {
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(async move {
            let items = named(saving.tx, saving.new.get("items").as_list()).await?;
            let before = saving.old.and_then(|old| State::parse(old.get("state").as_str()));
            if before.is_none_or(State::is_open) {
                let sum = items.iter().fold(0_i64, |sum, item| sum.saturating_add(item.amount.0));
                saving.new.values.set("amount", sum);
                if let Some(item) = items.iter().find(|item| saving.new.get("fiscal_year").as_int() != Some(i64::from(item.year)))
                {
                    let words = Words::owned(
                        format!("「{}」は{}年度の項目です。同じ年度の項目だけを選んでください。", item.title, item.year),
                        format!("“{}” belongs to fiscal year {}. Choose items of one year only.", item.title, item.year),
                    );
                    saving.reject("items", words);
                }
            } else if let Some(field) = CONTENT.iter().find(|field| saving.changed(field)) {
                let words = Words::new(
                    "承認待ちと決定後の申請書は変えられません。直すときは、先に依頼を取り下げるか、新しい申請書を作ってください。",
                    "A request that waits or was decided stays as it is. Withdraw it first, or make another one.",
                );
                saving.reject(field, words);
            }
            if saving.old.is_none() {
                saving.new.values.set("number", queries::next_number(saving.tx).await?);
                if saving.new.get("state").is_empty() {
                    saving.new.values.set("state", State::Draft.code());
                }
                let own = saving.tx.actor().person_id.clone().unwrap_or_default();
                if saving.new.get("author").is_empty() {
                    saving.new.values.set("author", own);
                }
            }
            Ok(())
        })
    }

    fn before_retire<'a>(&'a self, _: &'a mut Tx, record: &'a Record) -> Hooked<'a, ()> {
        Box::pin(async move {
            if State::parse(record.get("state").as_str()) == Some(State::Waiting) {
                return Err(mamori_kernel::error::Error::refused(
                    "承認待ちの申請書です。先に依頼を取り下げてください。",
                    "It waits for approval. Withdraw the request first.",
                ));
            }
            Ok(())
        })
    }

    fn panels<'a>(&'a self, view: &'a mut View, registry: &'a Registry, record: &'a Record) -> Hooked<'a, Vec<Panel>> {
        Box::pin(async move {
            let actor = view.actor().clone();
            let lang = actor.lang;
            let id = &record.meta.id;
            let items = named(view, record.get("items").as_list()).await?;
            let year = record.get("fiscal_year").as_int().and_then(|year| i16::try_from(year).ok()).unwrap_or_default();
            let sheet = year_sheet(&items, year);
            let sums = CLASSES.iter().zip(&sheet.classes).fold(Definitions::new(lang), |list, (class, sums)| {
                list.text(class_word(*class, lang), sums.planned.format(lang))
            });
            let mut parts = vec![sums.text(t(lang, "request-sum"), sheet.total.planned.format(lang)).into()];
            if actor.can("budget_request", Action::Export) {
                let link = |kind: &str, icon: Icon| {
                    let label = t(lang, &format!("request-{kind}"));
                    Control::link(label, format!("/planning/budget_request/{id}/request.{kind}")).secondary().small().icon(icon)
                };
                let links = [link("pdf", Icon::Document), link("docx", Icon::Edit), link("xlsx", Icon::Table)];
                parts.push(el("div").class("cluster").each(links).html());
            }
            let open = State::parse(record.get("state").as_str()).is_none_or(State::is_open);
            if open && actor.can("budget_request", Action::Edit) && !record.is_retired() && ops::has_blanks(record) {
                let version =
                    el("input").attr("type", "hidden").attr("name", "version").attr("value", record.meta.version.to_string());
                let form = el("form")
                    .attr("method", "post")
                    .attr("action", format!("/planning/budget_request/{id}/draft"))
                    .add(version)
                    .add(Control::submit(t(lang, "request-draft")).secondary().small());
                parts.push(form.html());
                parts.push(el("p").class("muted").text(t(lang, "request-draft-help")).html());
            }
            let files = Panel { title: t(lang, "request-panel"), body: el("div").class("stack").each(parts).html(), first: true };
            Ok(vec![files, mamori_approval::panel(view, registry, KIND, id).await?])
        })
    }

    fn list_buttons(&self, view: &View) -> Vec<Button> {
        let label = t(view.actor().lang, "budget-open");
        vec![Button { label, href: "/planning/budget".to_owned(), primary: false }]
    }
}
