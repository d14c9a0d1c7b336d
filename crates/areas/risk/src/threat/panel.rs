//! What a threat's page shows: our risks with it, its places on the yearly lists, and cards with measures.

use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_kernel::i18n;
use mamori_kernel::lang::{Lang, Words};
use mamori_ledger::Record;
use mamori_ledger::hooks::Panel;
use mamori_store::View;
use mamori_ui::components::{Badge, Button};
use mamori_ui::html::{Html, el};
use mamori_ui::tone::Tone;

use super::queries;
use crate::catalog;
use crate::catalogs_risk::{self, ThreatCard};

/// The panels of a threat.
pub(super) async fn of_threat(view: &mut View, record: &Record) -> Result<Vec<Panel>> {
    let actor = view.actor().clone();
    let lang = actor.lang;
    let code = record.get("code").as_str();
    let mut panels = Vec::new();
    if actor.can("scenario", Action::View) {
        let risks = queries::risks(view).await?.get(&record.meta.id).copied().unwrap_or_default();
        let may_add = actor.can("scenario", Action::Create);
        panels.push(Panel { title: i18n::t(lang, "threat-risks"), body: ours(lang, record, risks, may_add), first: false });
    }
    let treat = actor.can("treatment", Action::Create);
    let cards: Vec<Html> = catalogs_risk::get()
        .cards
        .iter()
        .filter(|card| !code.is_empty() && card.threats.iter().any(|threat| threat == code))
        .map(|card| sheet(lang, card, treat))
        .collect();
    if !cards.is_empty() {
        let body = el("div").class("stack").each(cards).html();
        panels.push(Panel { title: i18n::t(lang, "threat-cards"), body, first: false });
    }
    let places = yearly(lang, code);
    if !places.is_empty() {
        panels.push(Panel { title: i18n::t(lang, "threat-yearly"), body: places, first: false });
    }
    Ok(panels)
}

fn ours(lang: Lang, record: &Record, risks: queries::Risks, may_add: bool) -> Html {
    let id = &record.meta.id;
    let text = if risks.count == 0 {
        el("p").class("muted").text(i18n::t(lang, "threat-no-risks"))
    } else {
        let count = i18n::ta(lang, "threat-top-count", &[("count", risks.count.to_string().into())]);
        let above = (risks.above > 0)
            .then(|| Badge::new(i18n::ta(lang, "threat-top-above", &[("count", risks.above.to_string().into())]), Tone::Danger));
        el("p").add(el("a").attr("href", format!("/risk/scenario?f.threat={id}")).text(count)).text(" ").maybe(above)
    };
    let new = may_add.then(|| {
        let link = Button::link(i18n::t(lang, "threat-new-risk"), format!("/risk/scenario/new?threat={id}")).quiet().small();
        el("p").add(link)
    });
    el("div").class("stack").add(text).maybe(new).html()
}

fn list(title: String, lang: Lang, points: &[Words]) -> Html {
    if points.is_empty() {
        return Html::empty();
    }
    let items = points.iter().map(|point| el("li").text(point.get(lang)));
    el("div").class("prose").add(el("h4").text(title)).add(el("ul").each(items)).html()
}

/// One card, with ready measures that lead to a treatment.
fn sheet(lang: Lang, card: &ThreatCard, treat: bool) -> Html {
    let measures = card.measures.iter().filter_map(|code| catalog::get().measure(code)).map(|measure| {
        let add = treat.then(|| {
            let href = format!("/risk/treatment/new?policy=reduce&measure={}", measure.code);
            Button::link(i18n::t(lang, "assessment-use"), href).quiet().small()
        });
        el("li").add(el("b").text(measure.title.get(lang))).add(el("p").text(measure.how.get(lang))).maybe(add)
    });
    el("section")
        .add(el("h3").text(card.name.get(lang)))
        .add(el("p").text(card.means.get(lang)))
        .add(list(i18n::t(lang, "threat-signs"), lang, &card.signs))
        .add(list(i18n::t(lang, "threat-everybody"), lang, &card.everybody))
        .add(el("div").class("prose").add(el("h4").text(i18n::t(lang, "threat-measures"))).add(el("ul").each(measures)))
        .html()
}

/// The places of a threat on the yearly lists, newest first.
fn yearly(lang: Lang, code: &str) -> Html {
    let lines: Vec<Html> = catalogs_risk::get()
        .top
        .iter()
        .flat_map(|list| {
            list.items.iter().filter(|item| item.threats.iter().any(|threat| threat == code)).map(|item| {
                let arguments = [
                    ("year", list.year.to_string().into()),
                    ("rank", item.rank.to_string().into()),
                    ("name", item.name.get(lang).to_owned().into()),
                ];
                let href = format!("/risk/top-threats?year={}", list.year);
                el("li").add(el("a").attr("href", href).text(i18n::ta(lang, "threat-yearly-line", &arguments))).html()
            })
        })
        .collect();
    if lines.is_empty() { Html::empty() } else { el("div").class("prose").add(el("ul").each(lines)).html() }
}
