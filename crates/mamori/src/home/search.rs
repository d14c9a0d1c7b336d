//! `/search`: one box for everything. Pages of the navigation and rows of all ledgers, as far as the reader may see them; the same
//! answer as a part for the command palette.

use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_kernel::lang::Words;
use mamori_kernel::text::normalise;
use mamori_ledger::Registry;
use mamori_ledger::web::{Ctx, Page, WebResult, query_get};
use mamori_store::View;
use mamori_ui::components::{Card, EmptyState, FilterBar};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;

use super::queries;

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

/// Rows that match, as far as the reader may see them.
async fn rows(registry: &Registry, view: &mut View, words: &str, limit: usize) -> Result<Vec<Hit>> {
    let found = queries::matching_rows(registry, view, words, limit).await?;
    let hits = found.into_iter().filter_map(|row| {
        let href = format!("{}/{}", registry.ledger(&row.ledger)?.path(), row.row_id);
        Some(Hit { ledger: row.ledger, href, title: row.title, subtitle: row.subtitle })
    });
    Ok(hits.collect())
}
