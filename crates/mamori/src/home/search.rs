//! `/search`: one box for everything. Pages of the navigation and rows of all ledgers, as far as the reader may see them; the same
//! answer as a part for the command palette.

use mamori_kernel::access::{Action, CLASSIFICATION_MAX, Scope};
use mamori_kernel::error::Result;
use mamori_kernel::lang::Words;
use mamori_kernel::text::normalise;
use mamori_ledger::query::Sql;
use mamori_ledger::web::{Ctx, Page, WebResult, query_get};
use mamori_ledger::{LedgerDef, Registry};
use mamori_store::{Actor, Engine, View, search};
use mamori_ui::components::{Card, EmptyState, FilterBar};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;

/// Hits shown.
const SHOWN: usize = 60;

/// Hits in the palette.
const SHOWN_SHORT: usize = 20;

/// A row found.
struct Hit {
    ledger: String,
    href: String,
    title: String,
    subtitle: String,
}

/// Hits of one ledger, or of the pages.
struct Group {
    label: String,
    hits: Vec<Hit>,
}

pub(super) async fn page(ctx: Ctx) -> WebResult {
    let words = query_get(&ctx.query, "q");
    let mut groups: Vec<Group> = pages(&ctx, &words).into_iter().collect();
    let mut view = ctx.view().await?;
    let found = rows(&ctx.app.registry, &mut view, &words, if ctx.partial { SHOWN_SHORT } else { SHOWN }).await?;
    for hit in found {
        let Some(def) = ctx.app.registry.ledger(&hit.ledger) else { continue };
        let label = ctx.w(&def.words).to_owned();
        match groups.iter_mut().find(|group| group.label == label) {
            Some(group) => group.hits.push(hit),
            None => groups.push(Group { label, hits: vec![hit] }),
        }
    }
    let body = if ctx.partial { palette(&groups) } else { whole(&ctx, &words, &groups) };
    Ok(Page::new(ctx.t("search-title"), body).lead(ctx.t("search-lead")))
}

fn palette(groups: &[Group]) -> Html {
    Html::join(groups.iter().flat_map(|group| [el("h3").text(&group.label).html(), links(&group.hits)]))
}

fn links(hits: &[Hit]) -> Html {
    let items = hits.iter().map(|hit| {
        let sub = (!hit.subtitle.is_empty()).then(|| el("span").class("muted").text(format!(" {}", hit.subtitle)));
        el("li").add(el("a").attr("href", &hit.href).add(el("span").text(&hit.title)).maybe(sub))
    });
    el("ul").each(items).html()
}

fn whole(ctx: &Ctx, words: &str, groups: &[Group]) -> Html {
    let form: Html = FilterBar::new(ctx.lang, "/search").search("q", words, ctx.t("search-label")).into();
    let found = if groups.is_empty() {
        let title = if words.trim().is_empty() { ctx.t("search-empty") } else { ctx.t1("search-nothing", "words", words) };
        Html::from(EmptyState::new(title).icon(Icon::Search).why(ctx.t("search-nothing-do")))
    } else {
        Html::join(
            groups
                .iter()
                .map(|group| Html::from(Card::new(&group.label, el("div").class("found").add(links(&group.hits)).html()))),
        )
    };
    el("div").class("stack").add(form).add(found).html()
}

/// Pages of the navigation whose name holds the words; all of them for no words, so that the palette opens with places to go.
fn pages(ctx: &Ctx, words: &str) -> Option<Group> {
    let wanted = normalise(words);
    let mut hits = Vec::new();
    for area in &ctx.app.registry.areas {
        let ledgers =
            area.ledgers.iter().filter_map(|code| ctx.app.registry.ledger(code)).map(|def| (&def.words, def.path(), def.code));
        let others = area.nav.iter().map(|item| (&item.words, item.href.clone(), item.resource));
        for (name, href, resource) in ledgers.chain(others) {
            if ctx.can(resource, Action::View) && named(name, &wanted) {
                hits.push(Hit {
                    ledger: String::new(),
                    href,
                    title: ctx.w(name).to_owned(),
                    subtitle: ctx.w(&area.words).to_owned(),
                });
            }
        }
    }
    (!hits.is_empty()).then(|| Group { label: ctx.t("search-pages"), hits })
}

fn named(name: &Words, wanted: &str) -> bool {
    normalise(&name.ja).contains(wanted) || normalise(&name.en).contains(wanted)
}

/// Rows that match, judged by the permission table inside the statement: a hidden row is not even counted.
async fn rows(registry: &Registry, view: &mut View, words: &str, limit: usize) -> Result<Vec<Hit>> {
    let Some((sql, arguments)) = statement(registry, &view.actor().clone(), view.engine(), words, limit) else {
        return Ok(Vec::new());
    };
    let rows = view.rows(&sql, arguments).await?;
    let mut hits = Vec::with_capacity(rows.len());
    for row in &rows {
        let ledger = row.text("ledger")?;
        let Some(def) = registry.ledger(&ledger) else { continue };
        let href = format!("{}/{}", def.path(), row.text("row_id")?);
        hits.push(Hit { ledger, href, title: row.text("title")?, subtitle: row.text("subtitle")? });
    }
    Ok(hits)
}

fn statement(
    registry: &Registry,
    actor: &Actor,
    engine: Engine,
    words: &str,
    limit: usize,
) -> Option<(String, Vec<mamori_store::Arg>)> {
    let mut sql = Sql::default();
    let (matching, arg) = search::matching(engine, words, 2)?;
    sql.args.push(arg);
    let reachable: Vec<String> = registry.ledgers().filter_map(|def| reach(def, actor, &mut sql)).collect();
    if reachable.is_empty() {
        return None;
    }
    let limit = sql.bind(limit);
    let text = format!(
        "select d.ledger, d.row_id, d.title, d.subtitle from search_doc d where d.company_id = $1 and d.doc_no in ({matching}) and ({}) \
         order by d.ledger, d.title limit {limit}",
        reachable.join(" or ")
    );
    Some((text, sql.args))
}

/// The rows of one ledger that the actor may see, in the columns of the search index.
fn reach(def: &LedgerDef, actor: &Actor, sql: &mut Sql) -> Option<String> {
    let grants = actor.reach(def.code, Action::View).grants;
    let mut any = Vec::with_capacity(grants.len());
    for (scope, ceiling) in grants {
        let mut all = Vec::new();
        match scope {
            Scope::All => {}
            Scope::Department if def.department.is_empty() || actor.department_ids.is_empty() => continue,
            Scope::Department => all.push(format!("d.department_id in ({})", sql.bind_all(actor.department_ids.iter()))),
            Scope::Own => {
                let Some(person) = actor.person_id.as_deref().filter(|_| !def.owner.is_empty()) else { continue };
                all.push(format!("d.owner_id = {}", sql.bind(person)));
            }
        }
        if ceiling < CLASSIFICATION_MAX {
            all.push(format!("d.classification <= {}", sql.bind(ceiling)));
        }
        any.push(if all.is_empty() { "1 = 1".to_owned() } else { format!("({})", all.join(" and ")) });
    }
    if any.is_empty() {
        return None;
    }
    let code = sql.bind(def.code);
    Some(format!("(d.ledger = {code} and ({}))", any.join(" or ")))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use mamori_kernel::access::{Policy, Role, allow_up_to};
    use mamori_kernel::lang::Lang;
    use mamori_store::Origin;
    use std::sync::Arc;

    fn manager(departments: &[&str]) -> Actor {
        let policy = Policy {
            rules: vec![
                mamori_kernel::access::allow(&[Role::Manager], "information_asset", &[Action::View], Scope::Department),
                allow_up_to(&[Role::Manager], "information_asset", &[Action::View], Scope::All, 1),
            ],
        };
        let program = Actor::program("c1", "x", Origin::Cli, Lang::Ja);
        Actor {
            roles: vec![Role::Manager],
            department_ids: departments.iter().map(|id| (*id).to_owned()).collect(),
            policy: Arc::new(policy),
            ..program
        }
    }

    #[test]
    fn other_departments_secrets_are_left_out_inside_the_statement() {
        let (registry, _, _) = crate::compose::registry().unwrap();
        let (sql, args) = statement(&registry, &manager(&["d1", "d2"]), Engine::Sqlite, "見積", 60).unwrap();
        assert!(sql.contains("d.classification <= $3) or (d.department_id in ($4, $5))"), "{sql}");
        assert_eq!(sql.matches("d.ledger =").count(), 1, "only what the table grants: {sql}");
        assert_eq!(args.len(), 6, "{sql}");
    }

    #[test]
    fn without_any_right_nothing_is_asked() {
        let (registry, _, _) = crate::compose::registry().unwrap();
        let nobody = Actor { roles: Vec::new(), ..manager(&[]) };
        assert!(statement(&registry, &nobody, Engine::Sqlite, "見積", 60).is_none());
        assert!(statement(&registry, &manager(&[]), Engine::Postgres, "   ", 60).is_none(), "no words");
    }
}
