//! The rules of the two route ledgers around saving, and what their pages show besides.

use mamori_kernel::error::Result;
use mamori_kernel::i18n::{t, ta};
use mamori_kernel::yen::Yen;
use mamori_ledger::hooks::{Hooked, Hooks, Panel, Saving};
use mamori_ledger::{Choice as _, Record, Registry, Value};
use mamori_store::{Tx, View};
use mamori_ui::components::{Alert, Button, Steps};
use mamori_ui::html::{Html, el};
use mamori_ui::tone::Tone;

use super::{AccountRole, StepKind, ops, queries, rules};
use crate::contract::installed;
use crate::directory::Source;

/// The rules of 承認ルート.
pub(super) struct RouteHooks;

async fn bound(saving: &mut Saving<'_>) -> Result<()> {
    let kind = saving.new.get("kind").as_str().to_owned();
    let own = saving.new.get("from_amount").as_int().unwrap_or(0);
    let others: Vec<i64> = queries::of_kind(saving.tx, &kind)
        .await?
        .into_iter()
        .filter(|route| route.id != saving.new.meta.id)
        .map(|route| route.from)
        .collect();
    saving.errors.extend(rules::judge_bound(own, &others));
    if saving.new.get("expires_after").as_int().is_some_and(|days| !(1..=3650).contains(&days)) {
        let message = mamori_kernel::lang::Words::new("日数は1以上で入力してください。", "The number of days must be 1 or more.");
        saving.reject("expires_after", message);
    }
    Ok(())
}

async fn route_panel(view: &mut View, record: &Record) -> Result<Panel> {
    let lang = view.actor().lang;
    let steps = queries::steps(view, &record.meta.id).await?;
    let routes = queries::of_kind(view, record.get("kind").as_str()).await?;
    let bounds: Vec<i64> = routes.iter().map(|route| route.from).collect();
    let end = routes.iter().position(|route| route.id == record.meta.id).and_then(|at| rules::ends(&bounds).get(at).copied());
    let mut parts: Vec<Html> = Vec::new();
    if let Some(Some(end)) = end {
        parts.push(el("p").text(ta(lang, "route-until", &[("amount", Yen(end).format(lang).into())])).html());
    }
    if steps.iter().any(|step| step.kind.decides()) {
        parts.push(Steps::at(lang, steps.iter().map(|step| step.summary.clone()), usize::MAX).into());
    } else {
        parts.push(Alert::new(Tone::Warning, t(lang, "route-no-decision")).text(t(lang, "route-no-decision-why")).into());
    }
    let links = steps
        .iter()
        .map(|step| el("li").add(el("a").attr("href", format!("/approval/approval_route_step/{}", step.id)).text(&step.summary)));
    parts.push(el("ol").each(links).html());
    if view.actor().can("approval_route_step", mamori_kernel::access::Action::Create) {
        let href = format!("/approval/approval_route_step/new?route={}", record.meta.id);
        parts.push(Button::link(t(lang, "route-add-step"), href).secondary().into());
    }
    Ok(Panel { title: t(lang, "route-steps"), body: Html::join(parts), first: false })
}

impl Hooks for RouteHooks {
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(bound(saving))
    }

    fn panels<'a>(&'a self, view: &'a mut View, _: &'a Registry, record: &'a Record) -> Hooked<'a, Vec<Panel>> {
        Box::pin(async move { Ok(vec![route_panel(view, record).await?]) })
    }
}

/// The rules of a step.
pub(super) struct StepHooks;

async fn complete(saving: &mut Saving<'_>) -> Result<()> {
    if saving.new.get("position").as_int().is_none() {
        let route = saving.new.get("route").as_str().to_owned();
        let next = queries::next_position(saving.tx, &route).await?;
        saving.new.values.set("position", next);
    }
    let roles = saving.new.get("roles").as_list().to_vec();
    let people = saving.new.get("people").as_list().to_vec();
    let accounts: Vec<AccountRole> =
        saving.new.get("accounts").as_list().iter().filter_map(|code| AccountRole::parse(code)).collect();
    let manager = saving.new.get("manager").is_yes();
    let named = roles.len() + people.len() + accounts.len() + usize::from(manager);
    let position = saving.new.get("position").as_int().unwrap_or(1);
    saving.errors.extend(rules::judge_step(named, saving.new.get("days").as_int(), position));
    let lang = queries::company_lang(saving.tx).await?;
    let who = ops::who(&mut Source::Tx(saving.tx), installed()?, manager, &roles, &accounts, &people).await?;
    let kind = StepKind::parse(saving.new.get("kind").as_str()).unwrap_or(StepKind::Approve);
    let summary = format!("{position}. {}{}{}", kind.words().get(lang), lang.pick("：", ": "), who.get(lang));
    saving.new.values.set("summary", Value::from(summary.chars().take(400).collect::<String>()));
    Ok(())
}

impl Hooks for StepHooks {
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(complete(saving))
    }

    fn after_save<'a>(&'a self, tx: &'a mut Tx, _: &'a Registry, old: Option<&'a Record>, new: &'a Record) -> Hooked<'a, ()> {
        Box::pin(async move {
            let mut routes = vec![new.get("route").as_str()];
            routes.extend(old.map(|old| old.get("route").as_str()));
            routes.dedup();
            for route in routes {
                queries::touch(tx, route).await?;
            }
            Ok(())
        })
    }
}
