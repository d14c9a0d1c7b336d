//! The page.

use mamori_kernel::access::{Action, Role};
use mamori_ledger::web::{Access, Ctx, Page, Routes, WebResult};
use mamori_ui::components::{Card, Column, DataTable, Row};
use mamori_ui::html::{Html, el};

use super::rules::{Extent, cell, is_unlimited, named_resources};

pub(super) fn routes() -> Routes {
    Routes::default().get("/organization/permissions", Access::Can("permission_table", Action::View), show)
}

async fn show(ctx: Ctx) -> WebResult {
    let body = el("div")
        .class("stack")
        .add(Card::new(ctx.t("permission-by-role"), by_role(&ctx)).lead(ctx.t("permission-by-role-lead")).flush())
        .add(Card::new(ctx.t("permission-by-page"), by_page(&ctx)).lead(ctx.t("permission-by-page-lead")).flush());
    Ok(Page::new(ctx.t("permission-title"), body.html()).lead(ctx.t("permission-lead")))
}

/// Every ledger, then the other resources that the rules name.
fn resources(ctx: &Ctx) -> Vec<(&'static str, String)> {
    let mut all: Vec<(&'static str, String)> = Vec::new();
    for area in &ctx.app.registry.areas {
        for code in &area.ledgers {
            let name = ctx.app.registry.ledger(code).map_or_else(|| (*code).to_owned(), |def| def.words.get(ctx.lang).to_owned());
            all.push((code, name));
        }
    }
    for code in named_resources(&ctx.app.registry.policy) {
        if !all.iter().any(|(known, _)| *known == code) {
            all.push((code, resource_name(ctx, code)));
        }
    }
    all
}

/// The name of a resource that is no ledger: the navigation's word for it, else the sentence `resource-…`, else its code.
fn resource_name(ctx: &Ctx, code: &str) -> String {
    let entry = ctx.app.registry.areas.iter().flat_map(|area| &area.nav).find(|item| item.resource == code);
    match entry {
        Some(item) => item.words.get(ctx.lang).to_owned(),
        None => mamori_kernel::i18n::find(ctx.lang, &format!("resource-{code}")).unwrap_or_else(|| code.to_owned()),
    }
}

fn by_role(ctx: &Ctx) -> DataTable {
    let policy = &ctx.app.registry.policy;
    let mut columns = vec![Column::new(ctx.t("permission-resource"))];
    columns.extend(Role::ALL.into_iter().map(|role| Column::new(role.words().get(ctx.lang))));
    let rows = resources(ctx).into_iter().map(|(code, name)| {
        Role::ALL.into_iter().fold(Row::new(code, &name).text(&name), |row, role| {
            let groups = cell(policy, role, code);
            if groups.is_empty() {
                row.cell(el("span").class("muted").text(ctx.t("permission-none")))
            } else {
                row.cell(groups_html(ctx, &groups))
            }
        })
    });
    DataTable::new(ctx.lang, ctx.t("permission-by-role"), columns).rows(rows).compact()
}

fn groups_html(ctx: &Ctx, groups: &[(Vec<Extent>, Vec<Action>)]) -> Html {
    let joint = ctx.lang.pick("・", ", ");
    let lines = groups.iter().map(|(extent, actions)| {
        let what = if actions.len() == Action::ALL.len() {
            ctx.t("permission-everything")
        } else {
            actions.iter().map(|action| action.words().get(ctx.lang).to_owned()).collect::<Vec<_>>().join(joint)
        };
        let whither: Vec<String> = extent.iter().map(|extent| extent_text(ctx, *extent)).collect();
        el("div").text(what).add(el("span").class("muted").text(format!(" {}", whither.join(ctx.lang.pick("、", "; ")))))
    });
    Html::join(lines)
}

fn extent_text(ctx: &Ctx, (scope, ceiling): Extent) -> String {
    let scope = scope.words().get(ctx.lang).to_owned();
    if is_unlimited(ceiling) {
        return format!("({scope})");
    }
    format!("({scope}, {})", ctx.t(&format!("permission-up-to-{ceiling}")))
}

fn by_page(ctx: &Ctx) -> DataTable {
    let columns =
        ["permission-address", "permission-method", "permission-who"].iter().map(|key| Column::new(ctx.t(key))).collect();
    let rows = ctx.app.routes.iter().map(|route| {
        Row::new(format!("{} {}", route.method, route.path), &route.path)
            .cell(el("code").text(&route.path))
            .text(route.method)
            .text(who(ctx, route.access))
    });
    DataTable::new(ctx.lang, ctx.t("permission-by-page"), columns).rows(rows).compact()
}

fn who(ctx: &Ctx, access: Access) -> String {
    match access {
        Access::Public => ctx.t("permission-public"),
        Access::SignedIn => ctx.t("permission-signed-in"),
        Access::Account => ctx.t("permission-account"),
        Access::Installation => ctx.t("permission-installation"),
        Access::Can(resource, action) => {
            let name = ctx
                .app
                .registry
                .ledger(resource)
                .map_or_else(|| resource_name(ctx, resource), |def| def.words.get(ctx.lang).to_owned());
            ctx.t2("permission-can", ("resource", &name), ("action", action.words().get(ctx.lang)))
        }
    }
}
