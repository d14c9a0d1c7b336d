//! A page into its frame: navigation by permission, companies, the message of the page before.

use mamori_kernel::access::Action;
use mamori_kernel::lang::{Lang, Words};
use mamori_ledger::web::{Access, App, Identity, Layout, Page};
use mamori_ledger::{FieldDef, Kind, LedgerDef};
use mamori_ui::components::{Crumb, Toast, Undo};
use mamori_ui::icon::Icon;
use mamori_ui::shell::{CompanyLink, Frame, NavGroup, NavItem, Shell, UserMenu};
use mamori_ui::tone::Tone;

use super::asked::Asked;

pub(super) fn shell(app: &App, asked: &Asked, identity: Option<&Identity>, lang: Lang, page: Page) -> Shell {
    let frame = match (page.layout, identity) {
        (Layout::Print, _) => Frame::Print,
        // Without a reader there is nothing to navigate to.
        (Layout::Bare, _) | (Layout::App, None) => Frame::Bare,
        (Layout::App, Some(_)) => Frame::Full,
    };
    let mut shell = Shell::new(lang, page.title.clone(), page.body);
    shell.theme = asked.theme;
    shell.frame = frame;
    shell.lead = (!page.lead.is_empty()).then_some(page.lead);
    shell.actions = page.actions;
    shell.aside = page.aside;
    shell.here = asked.return_address().to_owned();
    shell.version = env!("CARGO_PKG_VERSION").to_owned();
    if !page.crumbs.is_empty() {
        let open = |href: &str| identity.is_some_and(|identity| may_open(app, identity, href));
        let way = page.crumbs.into_iter().filter(|(_, href)| open(href));
        shell.crumbs = way.map(|(label, href)| Crumb::link(label, href)).collect();
        shell.crumbs.push(Crumb::here(page.title));
    }
    if let Some((text, undo)) = &asked.flash {
        let toast = Toast::new(lang, Tone::Success, text);
        let toast = if undo.is_empty() { toast } else { toast.undo(Undo { action: undo.clone(), fields: Vec::new() }) };
        shell.flashes.push(toast);
    }
    if let Some(identity) = identity {
        shell.nav = navigation(app, identity, lang, &asked.path);
        shell.user = Some(user(identity, lang));
        shell.company = identity.company.as_ref().map(|company| company.name.clone()).unwrap_or_default();
        shell.companies = companies(identity);
    }
    shell
}

/// False for a page of ours that the table of permissions closes to this reader: no link leads to a refusal. Only fixed addresses are
/// judged; whether a single row may be seen is known to its page.
pub fn may_open(app: &App, identity: &Identity, href: &str) -> bool {
    let path = href.split(['?', '#']).next().unwrap_or_default();
    let route = app.routes.iter().find(|route| route.method == "GET" && route.path == path);
    match route.map(|route| route.access) {
        Some(Access::Can(resource, action)) => identity.actor.can(resource, action),
        Some(Access::Installation) => identity.installation_admin,
        _ => true,
    }
}

fn user(identity: &Identity, lang: Lang) -> UserMenu {
    let roles: Vec<String> = identity.actor.roles.iter().map(|role| role.words().get(lang).to_owned()).collect();
    let detail = if roles.is_empty() { identity.login.clone() } else { roles.join(lang.pick("、", ", ")) };
    UserMenu { name: identity.actor.name.clone(), detail }
}

fn companies(identity: &Identity) -> Vec<CompanyLink> {
    let here = identity.company.as_ref().map(|company| company.id.as_str());
    identity
        .companies
        .iter()
        .map(|company| CompanyLink {
            name: company.name.clone(),
            code: company.id.clone(),
            current: Some(company.id.as_str()) == here,
        })
        .collect()
}

/// The pages that the reader may see, by area. The group of the home page has no heading.
fn navigation(app: &App, identity: &Identity, lang: Lang, path: &str) -> Vec<NavGroup> {
    if identity.company.is_none() {
        return Vec::new();
    }
    let mut groups = Vec::new();
    for area in &app.registry.areas {
        let root = format!("/{}", area.code);
        let (first, others): (Vec<_>, Vec<_>) = area.nav.iter().partition(|item| item.href == root);
        // A ledger that is part of another one, or that has a page of the same name, is reached from there.
        let ledgers = area
            .ledgers
            .iter()
            .filter_map(|code| app.registry.ledger(code))
            .filter(|def| {
                !is_part(app, def)
                    && !area.nav.iter().any(|item| item.words == def.words || (def.managed && item.resource == def.code))
            })
            .map(|def| (&def.words, def.path(), def.code, def.icon));
        let items: Vec<NavItem> = own_pages(first)
            .chain(ledgers)
            .chain(own_pages(others))
            .filter(|(_, href, resource, _)| identity.actor.can(resource, Action::View) && may_open(app, identity, href))
            .map(|(words, href, _, icon)| NavItem::new(words.get(lang), href, Icon::from_name(icon).unwrap_or(Icon::Table)))
            .collect();
        if !items.is_empty() {
            groups.push(NavGroup::new(area.words.get(lang), items));
        }
    }
    mark(&mut groups, path);
    groups
}

/// True for lines of a larger thing (the items of a stocktake, the parts of a STRIDE sheet): filled by the program, and pointing to a ledger of
/// the same area that is of the same kind or without which they cannot be.
fn is_part(app: &App, def: &LedgerDef) -> bool {
    let part_of = |field: &FieldDef| {
        let whole = field.target.filter(|target| *target != def.code).and_then(|target| app.registry.ledger(target));
        whole.is_some_and(|whole| whole.area == def.area && (whole.managed || field.required && field.kind == Kind::Ref))
    };
    def.managed && def.fields.iter().any(part_of)
}

/// Pages of an area: name, address, resource, icon.
fn own_pages(items: Vec<&mamori_ledger::area::NavItem>) -> impl Iterator<Item = (&Words, String, &'static str, &'static str)> {
    items.into_iter().map(|item| (&item.words, item.href.clone(), item.resource, item.icon))
}

/// The item with the longest address that the path begins with is where the reader is.
fn mark(groups: &mut [NavGroup], path: &str) {
    let inside = |href: &str| {
        let href = href.split('?').next().unwrap_or_default();
        path == href || (href != "/" && path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/')))
    };
    let best = groups.iter().flat_map(|group| &group.items).filter(|item| inside(&item.href)).map(|item| item.href.len()).max();
    let mut found = false;
    for item in groups.iter_mut().flat_map(|group| &mut group.items) {
        item.active = !found && inside(&item.href) && Some(item.href.len()) == best;
        found = found || item.active;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    fn marked(path: &str) -> Vec<String> {
        let item = |href: &str| NavItem::new(href, href, Icon::Table);
        let mut groups = vec![
            NavGroup::new("", vec![item("/")]),
            NavGroup::new("資産", vec![item("/assets/information_asset"), item("/assets/information_asset/coverage")]),
        ];
        mark(&mut groups, path);
        groups.iter().flat_map(|group| &group.items).filter(|item| item.active).map(|item| item.href.clone()).collect()
    }

    #[test]
    fn the_narrowest_item_is_active_and_only_one() {
        assert_eq!(marked("/"), ["/"]);
        assert_eq!(marked("/assets/information_asset/0190/edit"), ["/assets/information_asset"]);
        assert_eq!(marked("/assets/information_asset/coverage"), ["/assets/information_asset/coverage"]);
        assert!(marked("/assets/information_assets").is_empty());
    }
}
