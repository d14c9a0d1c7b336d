//! The next step of the programme: twelve first steps as data (`catalogs/organization/next_steps.toml`), each ticked by the ledgers
//! themselves, so that nobody has to report what can be seen.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Words;
use mamori_ledger::Registry;
use mamori_ledger::query::{self, ListQuery};
use mamori_ledger::shape::Shape;
use mamori_ledger::web::{Ctx, decode_form};
use mamori_store::{Actor, Origin, View};
use mamori_ui::components::{Badge, Button, Card, Progress};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;
use serde::Deserialize;

use super::queries;
use crate::layout::may_open;

#[derive(Deserialize)]
struct Catalogue {
    step: Vec<Step>,
}

/// One step as the catalogue has it.
#[derive(Deserialize)]
struct Step {
    link: String,
    check: String,
    minutes: i64,
    title: Words,
    why: Words,
    done_when: Words,
}

static STEPS: LazyLock<std::result::Result<Vec<Step>, String>> = LazyLock::new(|| {
    let text = include_str!("../../../../catalogs/organization/next_steps.toml");
    toml::from_str::<Catalogue>(text).map(|catalogue| catalogue.step).map_err(|error| error.to_string())
});

/// What makes a step done, read off the ledgers. Filters are written as in a list's address.
enum Condition {
    /// Whoever reads this has done it.
    Met,
    /// So many rows match.
    AtLeast(&'static str, &'static str, i64),
    /// There are rows, and none matches.
    NoneLeft(&'static str, &'static str),
    /// At least one row matches, and each of them is named by a field of another ledger: (ledger, filter, by, field).
    Covered(&'static str, &'static str, &'static str, &'static str),
    /// The change log knows of such an action: (resource, verb).
    Logged(&'static str, &'static str),
}

/// The conditions behind a name in the catalogue; all must hold.
fn conditions(check: &str) -> Option<Vec<Condition>> {
    use Condition::{AtLeast, Covered, Logged, Met, NoneLeft};
    Some(match check {
        "company_exists" => vec![Met],
        "departments_at_least_2" => vec![AtLeast("department", "", 2)],
        "people_at_least_3" => vec![AtLeast("person", "", 3)],
        "roles_small_set_assigned" => vec![Covered("security_role", "f.small_set=1", "role_assignment", "role")],
        "contacts_at_least_5" => vec![AtLeast("contact", "", 5)],
        "assets_personal_at_least_3" => vec![AtLeast("information_asset", "f.pi_personal=1", 3)],
        "assets_at_least_15" => vec![AtLeast("information_asset", "", 15)],
        "assets_all_rated" => vec![
            NoneLeft("information_asset", "f.confidentiality=none"),
            NoneLeft("information_asset", "f.integrity=none"),
            NoneLeft("information_asset", "f.availability=none"),
        ],
        "threats_confirmed" => vec![NoneLeft("threat_level", "f.reviewed_on=none"), NoneLeft("weakness_check", "f.answer=none")],
        "large_risks_treated" => {
            vec![AtLeast("treatment", "", 1), Covered("information_asset", "f.risk_band=high", "treatment", "asset")]
        }
        "report_made" => vec![Logged("risk_report", "issue")],
        "stocktake_started" => vec![AtLeast("stocktake", "", 1)],
        _ => return None,
    })
}

/// The card on the home page; nothing when all steps are done.
pub(super) async fn card(ctx: &Ctx) -> Result<Html> {
    let steps = STEPS.as_ref().map_err(|error| Error::Internal(format!("next_steps.toml: {error}")))?;
    let identity = ctx.identity()?;
    // The program counts, whoever asks: what is done is no secret, and does not depend on what the reader may see of it.
    let actor = Actor::program(&identity.actor.company_id, "mamori", Origin::Job("steps".to_owned()), ctx.lang);
    let mut view = ctx.app.db.view(Arc::new(actor)).await?;
    let mut done = Vec::with_capacity(steps.len());
    for step in steps {
        done.push(is_done(&ctx.app.registry, &mut view, &step.check).await?);
    }
    let Some(next) = steps.iter().zip(&done).find(|(_, done)| !**done).map(|(step, _)| step) else {
        return Ok(Html::empty());
    };
    let finished = done.iter().filter(|done| **done).count();
    let progress = Progress::new(ctx.t("home-steps-progress"), finished as u64, steps.len() as u64).tone(Tone::Success);
    let all = el("details").add(el("summary").text(ctx.t("home-steps-all"))).add(el("ol").class("stack").each(
        steps.iter().zip(&done).map(|(step, done)| {
            let mark = if *done {
                Badge::new(ctx.t("home-step-done"), Tone::Success).icon(Icon::Check)
            } else {
                Badge::new(ctx.t("home-step-open"), Tone::Neutral)
            };
            let title = ctx.w(&step.title);
            let named = if may_open(&ctx.app, identity, &step.link) { el("a").attr("href", &step.link) } else { el("span") };
            el("li").add(named.text(title)).text(" ").add(Html::from(mark))
        }),
    ));
    let body = el("div")
        .class("stack")
        .add(el("p").text(ctx.w(&next.why)))
        .add(el("p").class("muted").text(ctx.t1("home-step-done-when", "what", ctx.w(&next.done_when))))
        .each(may_open(&ctx.app, identity, &next.link).then(|| {
            let go = Button::link(ctx.t1("home-step-start", "minutes", next.minutes), &next.link).primary().icon(Icon::Play);
            el("p").add(Html::from(go))
        }))
        .add(Html::from(progress))
        .add(all)
        .html();
    Ok(Card::new(ctx.t1("home-next-step", "title", ctx.w(&next.title)), body).into())
}

async fn is_done(registry: &Registry, view: &mut View, check: &str) -> Result<bool> {
    let Some(conditions) = conditions(check) else { return Ok(false) };
    for condition in conditions {
        let holds = match condition {
            Condition::Met => true,
            Condition::AtLeast(ledger, filter, n) => count(registry, view, ledger, filter).await? >= n,
            Condition::NoneLeft(ledger, filter) => {
                count(registry, view, ledger, "").await? > 0 && count(registry, view, ledger, filter).await? == 0
            }
            Condition::Covered(ledger, filter, by, field) => covered(registry, view, ledger, filter, by, field).await?,
            Condition::Logged(place, verb) => queries::was_logged(view, place, verb).await?,
        };
        if !holds {
            return Ok(false);
        }
    }
    Ok(true)
}

async fn count(registry: &Registry, view: &mut View, ledger: &str, filter: &str) -> Result<i64> {
    let Some(def) = registry.ledger(ledger) else { return Ok(0) };
    let shape = Shape::plain(def);
    let asked = ListQuery { limit: 1, ..ListQuery::read(&decode_form(filter.as_bytes()), &shape) };
    Ok(query::list(registry, view, &shape, &asked, Action::View).await?.total)
}

async fn covered(registry: &Registry, view: &mut View, ledger: &str, filter: &str, by: &str, field: &str) -> Result<bool> {
    let (Some(of), Some(by)) = (registry.ledger(ledger), registry.ledger(by)) else { return Ok(false) };
    let (of, by) = (Shape::plain(of), Shape::plain(by));
    let asked = ListQuery::read(&decode_form(filter.as_bytes()), &of);
    let rows = query::column(registry, view, &of, &asked, Action::View, "id").await?;
    let named: BTreeSet<String> =
        query::column(registry, view, &by, &ListQuery::default(), Action::View, field).await?.into_iter().collect();
    // High risks may all be gone, roles never: without any matching row the step counts as done only where rows were judged at all.
    let judged = !rows.is_empty() || ledger == "information_asset";
    Ok(judged && rows.iter().all(|id| named.contains(id)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_check_of_the_catalogue_is_known_and_names_real_fields() {
        let (registry, _, _) = crate::compose::registry().unwrap();
        let steps = STEPS.as_ref().unwrap();
        assert_eq!(steps.len(), 12);
        for step in steps {
            for condition in conditions(&step.check).unwrap_or_else(|| panic!("{} is unknown", step.check)) {
                let (ledger, filter, by) = match condition {
                    Condition::AtLeast(ledger, filter, _) | Condition::NoneLeft(ledger, filter) => (ledger, filter, None),
                    Condition::Covered(ledger, filter, by, field) => (ledger, filter, Some((by, field))),
                    Condition::Met | Condition::Logged(_, _) => continue,
                };
                let shape = Shape::plain(registry.ledger(ledger).unwrap_or_else(|| panic!("no ledger {ledger}")));
                let read = ListQuery::read(&decode_form(filter.as_bytes()), &shape);
                assert_eq!(read.filters.is_empty(), filter.is_empty(), "{ledger} {filter}");
                if let Some((by, field)) = by {
                    assert_eq!(registry.ledger(by).unwrap().field(field).unwrap().target, Some(ledger));
                }
            }
        }
    }

    #[test]
    fn steps_lead_to_pages_that_exist() {
        let (_, _, routes) = crate::compose::registry().unwrap();
        for step in STEPS.as_ref().unwrap() {
            let path = step.link.split('?').next().unwrap();
            assert!(routes.iter().any(|route| route.method == "GET" && route.path == path), "{path}");
        }
    }
}
