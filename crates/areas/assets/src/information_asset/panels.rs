//! What stands beside the fields on an asset's page: what to mind here, where it lies elsewhere, how its value moved.

use mamori_kernel::i18n::t;
use mamori_kernel::lang::Lang;
use mamori_kernel::time;
use mamori_ledger::Choice as _;
use mamori_ledger::hooks::Panel;
use mamori_store::dialect::parse_instant;
use mamori_ui::components::{Alert, Align, Badge, Column, DataTable, Definitions, Row};
use mamori_ui::html::{Html, el};
use mamori_ui::tone::Tone;

use super::queries::Logged;
use super::rules::{self, Copies};
use super::{Classification, InformationAsset, Stage, history};
use crate::catalog;

/// All panels of an asset.
pub fn all(lang: Lang, asset: &InformationAsset, log: &[Logged]) -> Vec<Panel> {
    [place(lang, asset), copies(lang, asset), people(lang, asset), life(lang, asset), course(lang, log)]
        .into_iter()
        .flatten()
        .collect()
}

fn panel(title: String, body: impl Into<Html>) -> Panel {
    Panel { title, body: body.into(), first: false }
}

fn points<'a>(points: impl IntoIterator<Item = &'a str>) -> Html {
    el("div").class("prose").add(el("ul").each(points.into_iter().map(|point| el("li").text(point)))).html()
}

/// What to mind at the place chosen (S2-D4-10).
fn place(lang: Lang, asset: &InformationAsset) -> Option<Panel> {
    let kind = catalog::place(asset.storage?.code())?;
    let detail = catalog::place_detail(&kind.code, &asset.place);
    let first = detail.map(|detail| Alert::new(Tone::Info, detail.name.get(lang).to_owned()).text(detail.caution.get(lang)));
    let title = format!("{} — {}", t(lang, "information-asset-place"), kind.name.get(lang));
    let body = el("div").class("stack").maybe(first).add(points(kind.cautions.iter().map(|words| words.get(lang))));
    Some(panel(title, body))
}

/// Where else it lies, or that it lies nowhere else (S2-D4-24).
fn copies(lang: Lang, asset: &InformationAsset) -> Option<Panel> {
    let body: Html = match rules::copies(&asset.copies.0) {
        Copies::Exists => el("p").class("prewrap").text(&asset.copies.0).html(),
        known => {
            let hint = catalog::hint("single_copy")?;
            let key = if known == Copies::None { "information-asset-copies-none" } else { "information-asset-copies-unknown" };
            let pressing = asset.availability.is_some_and(|level| level.number() >= 1);
            let tone = if pressing { Tone::Warning } else { Tone::Info };
            Alert::new(tone, t(lang, key)).text(hint.text.get(lang)).into()
        }
    };
    Some(panel(t(lang, "information-asset-copies"), body))
}

/// What the users and the classification ask of the owner (S2-D4-11, S2-D4-12).
fn people(lang: Lang, asset: &InformationAsset) -> Option<Panel> {
    let strict = asset.classification.is_some_and(|level| level >= Classification::Internal);
    let groups =
        catalog::user_groups().iter().filter(|group| asset.user_groups.0.iter().any(|chosen| chosen.code() == group.code));
    let cautions = groups.fold(Definitions::new(lang), |list, group| list.text(group.name.get(lang), group.caution.get(lang)));
    let sensitive = asset.pi_sensitive || asset.pi_number;
    if !strict && asset.user_groups.0.is_empty() && !sensitive {
        return None;
    }
    let law = catalog::personal_classes().iter().filter(|class| match class.code.as_str() {
        "special_care" => asset.pi_sensitive,
        "specific" => asset.pi_number,
        _ => false,
    });
    let duties = law.flat_map(|class| class.duties.iter()).map(|words| words.get(lang));
    let body = el("div")
        .class("stack")
        .maybe((!asset.user_groups.0.is_empty()).then_some(cautions))
        .maybe(sensitive.then(|| points(duties)))
        .maybe(strict.then(|| {
            el("details")
                .add(el("summary").text(t(lang, "information-asset-manager")))
                .add(points(catalog::manager_checks().iter().map(|check| check.text.get(lang))))
        }));
    Some(panel(t(lang, "information-asset-people"), body))
}

/// What to mind in this stage of life (S2-D4-07).
fn life(lang: Lang, asset: &InformationAsset) -> Option<Panel> {
    let stage = catalog::stage(asset.stage?.code())?;
    let title = format!("{} — {}", t(lang, "information-asset-life"), stage.name.get(lang));
    let until = rules::keep_until(asset)
        .map(|day| Definitions::new(lang).text(t(lang, "information-asset-keep-until"), time::long_date(lang, day)));
    let way = el("p").class("cluster").each(Stage::ALL.iter().map(|known| {
        let here = Some(*known) == asset.stage;
        Badge::new(known.label(lang), if here { Tone::Info } else { Tone::Neutral })
    }));
    let body = el("div")
        .class("stack")
        .add(way)
        .add(el("p").text(stage.question.get(lang)))
        .add(points(stage.cautions.iter().map(|words| words.get(lang))))
        .maybe(until);
    Some(panel(title, body))
}

/// How the values moved (S2-D4-03).
fn course(lang: Lang, log: &[Logged]) -> Option<Panel> {
    let course = history::course(log);
    if course.is_empty() {
        return None;
    }
    let shown = |value: Option<i64>| value.map_or_else(|| "—".to_owned(), |value| value.to_string());
    let mut columns = vec![Column::new(t(lang, "information-asset-when")), Column::new(t(lang, "information-asset-who"))];
    columns
        .extend(history::FIELDS.map(|field| {
            Column::new(t(lang, &format!("information-asset-value-{}", field.replace('_', "-")))).align(Align::End)
        }));
    let rows = course.iter().rev().map(|point| {
        let when = parse_instant(&point.at).map_or_else(|| point.at.clone(), |at| time::short_date(lang, time::today(at)));
        let row = Row::new(&point.at, &when).text(&when).text(&point.actor);
        point.values.iter().fold(row, |row, value| row.text(shown(*value)))
    });
    let table = DataTable::new(lang, t(lang, "information-asset-history"), columns).rows(rows).compact();
    Some(panel(t(lang, "information-asset-history"), table))
}
