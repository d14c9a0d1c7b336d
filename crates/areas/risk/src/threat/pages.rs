//! `/risk/top-threats`: IPA's yearly lists with the place of the year before, and whether they concern us.

use std::collections::BTreeMap;

use mamori_kernel::access::Action;
use mamori_ledger::Ledger as _;
use mamori_ledger::web::{Access, Ctx, Page, Routes, WebResult};
use mamori_ui::components::{Align, Badge, Button, Card, Column, DataTable, Row, Tab, Tabs};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

use super::Threat;
use super::queries::{self, Known, Risks};
use crate::catalogs_risk::{self, Earlier, RankedThreat, TopThreats};

const PATH: &str = "/risk/top-threats";

/// The page.
pub fn routes() -> Routes {
    Routes::default().get(PATH, Access::Can(Threat::CODE, Action::View), page)
}

async fn page(ctx: Ctx) -> WebResult {
    let lists = &catalogs_risk::get().top;
    let asked = ctx.query_form().get("year").parse::<i16>().ok();
    let chosen = lists.iter().find(|list| Some(list.year) == asked).or_else(|| lists.first());
    let mut view = ctx.view().await?;
    let threats = queries::all(&mut view).await?;
    let risks = queries::risks(&mut view).await?;
    let tabs = lists.iter().map(|list| {
        let active = chosen.is_some_and(|chosen| chosen.year == list.year);
        Tab::new(list.year.to_string(), format!("{PATH}?year={}", list.year)).active(active)
    });
    let mut body = vec![Html::from(Tabs::new(ctx.t("threat-top-years"), tabs.collect()))];
    body.extend(chosen.map(|list| table(&ctx, list, &threats, &risks)));
    body.push(el("p").class("muted").text(catalogs_risk::get().top_note.get(ctx.lang)).html());
    let all = Button::link(ctx.t("threat-all"), Threat::def().path()).icon(Icon::List);
    Ok(Page::new(ctx.t("threat-top-title"), el("div").class("stack").each(body).html())
        .lead(ctx.t("threat-top-lead"))
        .actions(all.into())
        .crumb(ctx.t("assessment-title"), "/risk"))
}

fn table(ctx: &Ctx, list: &TopThreats, threats: &[Known], risks: &BTreeMap<String, Risks>) -> Html {
    let columns = vec![
        Column::new(ctx.t("threat-top-rank")).align(Align::End),
        Column::new(ctx.t("threat-top-before")),
        Column::new(ctx.t("threat-top-name")),
        Column::new(ctx.t("threat-top-ours")),
        Column::new(ctx.t("threat-top-risks")),
    ];
    let rows = list.items.iter().map(|item| {
        let ours: Vec<&Known> = threats.iter().filter(|threat| item.threats.contains(&threat.code)).collect();
        let links = ours.iter().map(|threat| {
            let link = el("a").attr("href", format!("{}/{}", Threat::def().path(), threat.id)).text(&threat.name);
            el("p").add(link).html()
        });
        Row::new(item.rank.to_string(), item.name.get(ctx.lang))
            .text(item.rank.to_string())
            .text(before(ctx, item))
            .text(item.name.get(ctx.lang))
            .cell(Html::join(links))
            .cell(concern(ctx, &ours, risks))
    });
    let title = ctx.t1("threat-top-of", "year", list.year);
    let table = DataTable::new(ctx.lang, title.clone(), columns).rows(rows);
    let lead = if list.confirmed {
        ctx.t1("threat-top-published", "day", &list.published)
    } else {
        ctx.t1("threat-top-unconfirmed", "day", &list.published)
    };
    Card::new(title, table).lead(lead).flush().into()
}

fn before(ctx: &Ctx, item: &RankedThreat) -> String {
    match item.state {
        Earlier::New => ctx.t("threat-top-new"),
        Earlier::Back => ctx.t("threat-top-back"),
        Earlier::Ranked | Earlier::Outside => {
            let places: Vec<String> = item.previous.iter().map(u8::to_string).collect();
            let places = places.join(ctx.lang.pick("・", " and "));
            if places.is_empty() { ctx.t("threat-top-outside") } else { ctx.t1("threat-top-place", "place", places) }
        }
    }
}

/// Does it concern us: how many risks of ours, or none yet, or left out by decision.
fn concern(ctx: &Ctx, ours: &[&Known], risks: &BTreeMap<String, Risks>) -> Html {
    let found = ours.iter().filter_map(|threat| risks.get(&threat.id));
    let (count, above) = found.fold((0, 0), |(count, above), risks| (count + risks.count, above + risks.above));
    if count > 0 {
        let filter: Vec<String> = ours.iter().map(|threat| format!("f.threat={}", threat.id)).collect();
        let link =
            el("a").attr("href", format!("/risk/scenario?{}", filter.join("&"))).text(ctx.t1("threat-top-count", "count", count));
        let badge = (above > 0).then(|| Badge::new(ctx.t1("threat-top-above", "count", above), Tone::Danger));
        return el("span").add(link).text(" ").maybe(badge).html();
    }
    if !ours.is_empty() && ours.iter().all(|threat| !threat.used) {
        return Badge::new(ctx.t("threat-top-left-out"), Tone::Neutral).into();
    }
    let none = Badge::new(ctx.t("threat-top-none"), Tone::Warning);
    let go = ctx.can("scenario", Action::Create).then(|| el("a").attr("href", "/risk/suggest").text(ctx.t("threat-top-look")));
    el("span").add(none).text(" ").maybe(go).html()
}
