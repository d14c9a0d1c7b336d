//! Default routes of the areas, written into the company's own ledger.

use mamori_kernel::access::Role;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::{Lang, Words};
use mamori_kernel::yen::Yen;
use mamori_ledger::area::Beginning;
use mamori_ledger::hooks::Hooked;
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::shape::Shape;
use mamori_ledger::{Choice as _, Ledger as _, Registry, Value, Values};
use mamori_store::Tx;

use super::{AccountRole, Route, RouteStep, StepKind, queries};
use crate::contract::{Approvals, Plan, PlanStep, RouteKind, installed};
use crate::directory::Source;

/// Writes the default routes of kinds for which the company never had one; returns how many routes. Run again it changes nothing:
/// a route that the company took out of use does not come back.
///
/// # Errors
/// Database faults.
pub async fn ensure(tx: &mut Tx, registry: &Registry, approvals: &Approvals) -> Result<usize> {
    let known = queries::known_kinds(tx).await?;
    let missing: Vec<RouteKind> =
        approvals.route_kinds().into_iter().filter(|kind| !known.iter().any(|code| code == kind.code)).collect();
    if missing.is_empty() {
        return Ok(0);
    }
    let lang = queries::company_lang(tx).await?;
    let mut made = 0;
    for kind in missing {
        let plans = if kind.plans.is_empty() { vec![usual(&kind)] } else { kind.plans.clone() };
        for plan in plans {
            write(tx, registry, approvals, kind.code, &plan, lang).await?;
            made += 1;
        }
    }
    Ok(made)
}

/// What an area that says nothing gets: an executive approves.
fn usual(kind: &RouteKind) -> Plan {
    let step = PlanStep { kind: StepKind::Approve, roles: &["executive"], accounts: &[Role::Executive], manager: false, days: 5 };
    Plan { name: kind.words.clone(), from: Yen::ZERO, steps: vec![step] }
}

fn shape_of(registry: &Registry, code: &str) -> Result<Shape> {
    let def = registry.ledger(code).ok_or_else(|| Error::Internal(format!("the ledger {code} is not registered")))?;
    Ok(Shape::plain(def))
}

async fn write(tx: &mut Tx, registry: &Registry, approvals: &Approvals, kind: &str, plan: &Plan, lang: Lang) -> Result<()> {
    let (routes, steps) = (shape_of(registry, Route::CODE)?, shape_of(registry, RouteStep::CODE)?);
    let values = Values::default().with("name", plan.name.get(lang)).with("kind", kind).with("from_amount", plan.from.0);
    let route = ops::create(registry, tx, &routes, values, None, Gate::Program).await?;
    for (at, step) in (1_i64..).zip(&plan.steps) {
        let mut roles = Vec::new();
        for code in step.roles {
            roles.extend(approvals.directory().role_id(&mut Source::Tx(tx), code).await?);
        }
        let stands_in = step.kind != StepKind::Consent || roles.is_empty();
        let accounts: Vec<String> = AccountRole::set()
            .choices
            .iter()
            .filter(|choice| {
                stands_in && AccountRole::parse(&choice.code).is_some_and(|known| step.accounts.contains(&known.role()))
            })
            .map(|choice| choice.code.to_string())
            .collect();
        let mut values = Values::default()
            .with("route", route.meta.id.as_str())
            .with("position", at)
            .with("kind", step.kind.code())
            .with("manager", step.manager)
            .with("days", step.days);
        values.set("roles", Value::List(roles));
        values.set("accounts", Value::List(accounts));
        ops::create(registry, tx, &steps, values, None, Gate::Program).await?;
    }
    Ok(())
}

/// Writes the default routes for a new company.
pub(crate) struct Defaults;

impl Beginning for Defaults {
    fn begin<'a>(&'a self, tx: &'a mut Tx, registry: &'a Registry) -> Hooked<'a, usize> {
        Box::pin(async move { ensure(tx, registry, installed()?).await })
    }
}

/// Who a step names, for people: 部門の責任者・経営層・高橋.
pub(crate) async fn who(
    db: &mut Source<'_>,
    approvals: &Approvals,
    manager: bool,
    roles: &[String],
    accounts: &[AccountRole],
    people: &[String],
) -> Result<Words> {
    let mut names: Vec<Words> = Vec::new();
    if manager {
        names.push(Words::new("部門の責任者", "department head"));
    }
    for id in roles {
        let name = approvals.directory().role_name(db, id).await?;
        names.push(Words::owned(name, ""));
    }
    names.extend(accounts.iter().map(|role| role.role().words()));
    for id in people {
        if let Some(member) = approvals.directory().member(db, id, "").await? {
            names.push(Words::owned(member.name, ""));
        }
    }
    let join = |lang: Lang| {
        let mut seen: Vec<&str> = Vec::new();
        for name in names.iter().map(|name| name.get(lang)) {
            if !name.is_empty() && !seen.contains(&name) {
                seen.push(name);
            }
        }
        seen.join(lang.pick("・", ", "))
    };
    Ok(Words::owned(join(Lang::Ja), join(Lang::En)))
}
