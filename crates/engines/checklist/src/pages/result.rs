//! What a check says: score by group, what is missing by weight, what nobody knows, what changed since an earlier one.

use std::sync::Arc;

use axum::extract::Path;
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_kernel::time;
use mamori_ledger::ops::may;
use mamori_ledger::web::{Ctx, Layout, Page, WebResult};
use mamori_store::View;
use mamori_ui::charts::{Bar, bars};
use mamori_ui::components::{Alert, Badge, Button, Card, Column, DataTable, EmptyState, Row, Stat};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

use super::item::{self, Sheet};
use super::{answer, parts};
use crate::answer::queries as answers;
use crate::catalogue::Catalogue;
use crate::check::State;
use crate::check::ops::{self, Opened};
use crate::check::queries::{self, Listed, Wanted};
use crate::check::rules::Deed;
use crate::contract::installed;
use crate::score::{Answers, Move, Score, Verdict, compare, gaps, verdict};

/// Gaps shown on the page.
const GAPS: usize = 30;

/// Earlier checks offered for comparison.
const EARLIER: i64 = 30;

pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> WebResult {
    let checks = installed()?;
    let print = ctx.query_form().get("print") == "1";
    let mut view = ctx.view().await?;
    let opened = ops::open(&mut view, &ctx.app.registry, checks, &id, Action::View).await?;
    let kept = answers::of_sheet(&mut view, &id).await?;
    let given = answers::answers(&kept);
    let score = Score::whole(&opened.catalogue, &given);
    let made = item::made(&mut view, checks, &opened).await?;
    let kept = kept.into_iter().map(|kept| (kept.item.clone(), kept)).collect();
    let sheet = Sheet { ctx: &ctx, checks, opened: &opened, kept: &kept, made: &made, editable: false, print };
    let mut body: Vec<Html> = Vec::new();
    if print {
        body.push(print_head(&ctx, &opened));
    }
    body.extend(answer::newer(&ctx, &opened).filter(|_| !print));
    body.push(summary(&ctx, &opened, &score));
    if score.answered == 0 {
        let start = Button::link(ctx.t("check-answer"), format!("{}/answer", opened.path())).primary();
        body.push(EmptyState::new(ctx.t("check-no-answers")).icon(Icon::CheckCircle).actions(start).into());
    } else {
        body.push(groups(&ctx, &opened.catalogue, &given));
        body.push(missing(&sheet, &given));
        body.push(unknown(&sheet, &given));
        body.push(earlier(&ctx, &mut view, &opened, &given).await?);
    }
    let page = Page::new(opened.record.get("title").as_str(), el("div").class("stack").each(body).html())
        .lead(opened.catalogue.name.get(ctx.lang))
        .crumb(ctx.t("check-title"), checks.base());
    Ok(if print { page.layout(Layout::Print) } else { page.actions(actions(&ctx, &view, &opened)) })
}

fn print_head(ctx: &Ctx, opened: &Opened) -> Html {
    let company =
        ctx.identity.as_ref().and_then(|identity| identity.company.as_ref()).map_or("", |company| company.name.as_str());
    let facts = [opened.record.get("scope").as_str(), &time::long_date(ctx.lang, ctx.today())].join("　");
    let print = el("p").class("no-print").add(Html::from(Button::plain(ctx.t("ledger-print")).attr("data-print", "")));
    Html::join([el("p").class("print-head").text(format!("{company}　{facts}")).html(), print.html()])
}

fn actions(ctx: &Ctx, view: &View, opened: &Opened) -> Html {
    let path = opened.path();
    let state = opened.state();
    let can = |action| may(view.actor(), &opened.shape.def, &opened.record, action) && !opened.record.is_retired();
    let mut buttons: Vec<Html> = vec![
        Button::link(ctx.t("ledger-print"), format!("{path}/result?print=1")).quiet().icon(Icon::Print).into(),
        Button::link(ctx.t("check-answers"), format!("{path}/answer")).secondary().icon(Icon::List).into(),
    ];
    for deed in [Deed::Reopen, Deed::Review, Deed::Close] {
        let needed = if deed.needs_approver(state) { Action::Approve } else { Action::Edit };
        // Nobody reviews the own answers, so the button is not offered either.
        let own = deed == Deed::Review && ops::is_own(view.actor(), &opened.record);
        if deed.leads_to(state).is_some() && !own && can(needed) {
            buttons.push(parts::deed_form(ctx.lang, &path, deed, deed != Deed::Reopen));
        }
    }
    if matches!(state, State::Reviewed | State::Closed)
        && ctx.can("check", Action::Create)
        && opened.record.get("made_for").is_empty()
    {
        let button = Button::submit(ctx.t("check-again")).secondary();
        buttons.push(parts::post_form(&format!("{path}/again"), button));
    }
    Html::join(buttons)
}

fn summary(ctx: &Ctx, opened: &Opened, score: &Score) -> Html {
    let catalogue = &opened.catalogue;
    let percent = score.percent();
    let mut first = Stat::new(ctx.t("check-score"), parts::score_text(ctx.lang, catalogue, score));
    if let Some(percent) = percent {
        first = first.tone(parts::tone_of(catalogue, percent));
    }
    if let Some(target) = score.target_hundredths().filter(|_| parts::is_tiered(catalogue)) {
        first = first.note(ctx.t1("check-target-average", "level", parts::hundredths(target)));
    } else if score.most > 0 {
        first = first.note(ctx.t2("check-points", ("points", &score.points.to_string()), ("most", &score.most.to_string())));
    }
    let stats: [Stat; 4] = [
        first,
        Stat::new(ctx.t("check-progress"), format!("{}/{}", score.answered, score.total)),
        Stat::new(ctx.t("check-findings"), score.findings.to_string()),
        Stat::new(ctx.t("check-unknown"), score.unknown.to_string()),
    ];
    let mut parts_: Vec<Html> = vec![el("div").class("grid-stats").each(stats.map(Html::from)).html()];
    let mut words: Vec<Html> = vec![parts::state_badge(ctx.lang, opened.state())];
    if let Some(band) = percent.and_then(|percent| catalogue.band(percent)) {
        words.push(parts::band_badge(ctx.lang, band));
        words.push(el("span").text(band.means.get(ctx.lang)).html());
    }
    parts_.push(el("p").class("cluster").each(words).html());
    parts_.push(el("p").class("muted").text(rule(ctx, score)).html());
    Html::join(parts_)
}

/// How the score comes about, in a sentence.
fn rule(ctx: &Ctx, score: &Score) -> String {
    let waiting = score.total - score.answered;
    let key = if waiting > 0 { "check-rule-open" } else { "check-rule" };
    ctx.t2(key, ("apart", &score.apart.to_string()), ("open", &waiting.to_string()))
}

fn groups(ctx: &Ctx, catalogue: &Catalogue, given: &Answers) -> Html {
    let sums: Vec<_> = catalogue
        .top()
        .map(|group| (group, Score::of(catalogue, catalogue.items_under(&group.code), given)))
        .filter(|(_, sum)| sum.percent().is_some())
        .collect();
    if sums.is_empty() {
        return Html::empty();
    }
    let rows: Vec<Bar> = sums
        .iter()
        .map(|(group, sum)| {
            let percent = sum.percent().unwrap_or(0);
            let label = match sum.average_hundredths().filter(|_| parts::is_tiered(catalogue)) {
                Some(average) => format!("{} {}", group.name.get(ctx.lang), parts::hundredths(average)),
                None => group.name.get(ctx.lang).to_owned(),
            };
            Bar::new(label, percent.unsigned_abs()).tone(parts::tone_of(catalogue, percent))
        })
        .collect();
    let chart = bars(&ctx.t("check-by-group"), &ctx.t("check-group"), "%", &rows);
    Card::new(ctx.t("check-by-group"), chart.figure(ctx.lang)).into()
}

fn missing(sheet: &Sheet<'_>, given: &Answers) -> Html {
    let ctx = sheet.ctx;
    let catalogue = &sheet.opened.catalogue;
    let found = gaps(catalogue, given);
    if found.is_empty() {
        return Alert::new(Tone::Success, ctx.t("check-no-gaps")).into();
    }
    let columns = vec![
        Column::new(ctx.t("check-item")).wide(),
        Column::new(ctx.t("check-answer-word")),
        Column::new(ctx.t("check-gap")).help(ctx.t("check-gap-help")),
        Column::new(ctx.t("check-next")),
    ];
    let rows = found.iter().take(GAPS).map(|gap| {
        let answer = given.get(&gap.item.code).map_or("", |given| given.answer.as_str());
        let note = given.get(&gap.item.code).map_or("", |given| given.note.as_str());
        let link =
            el("a").attr("href", format!("{}/answer#i-{}", sheet.opened.path(), gap.item.code)).text(gap.item.name.get(ctx.lang));
        let note = (!note.is_empty()).then(|| el("div").class("muted prewrap").text(note));
        Row::new(&gap.item.code, gap.item.name.get(ctx.lang))
            .cell(Html::join([link.html(), note.map(Html::from).unwrap_or_default()]))
            .cell(parts::answer_badge(ctx.lang, catalogue, gap.item, answer))
            .text(gap.size.to_string())
            .cell(sheet.next_steps(gap.item))
    });
    let more = found.len().saturating_sub(GAPS);
    let rest = (more > 0).then(|| el("p").class("muted").text(ctx.t1("check-more-gaps", "count", more)));
    let table = DataTable::new(ctx.lang, ctx.t("check-gaps"), columns).rows(rows);
    Card::new(ctx.t("check-gaps"), Html::join([Html::from(table), rest.map(Html::from).unwrap_or_default()]))
        .lead(ctx.t("check-gaps-lead"))
        .flush()
        .into()
}

fn unknown(sheet: &Sheet<'_>, given: &Answers) -> Html {
    let (ctx, catalogue) = (sheet.ctx, &sheet.opened.catalogue);
    let open: Vec<Html> = catalogue
        .items
        .iter()
        .filter(|item| verdict(catalogue, item, given.get(&item.code)) == Verdict::Unknown)
        .map(|item| {
            let link =
                el("a").attr("href", format!("{}/answer#i-{}", sheet.opened.path(), item.code)).text(item.ask.get(ctx.lang));
            let note = given.get(&item.code).map(|given| given.note.as_str()).filter(|note| !note.is_empty());
            el("li").add(link).maybe(note.map(|note| el("div").class("muted").text(note))).html()
        })
        .collect();
    if open.is_empty() {
        return Html::empty();
    }
    Card::new(ctx.t("check-unknown-list"), el("div").class("prose").add(el("ul").each(open)))
        .lead(ctx.t("check-unknown-list-lead"))
        .into()
}

/// Earlier checks of the same catalogue; those of the same scope and subject first.
async fn candidates(view: &mut View, opened: &Opened) -> Result<Vec<Listed>> {
    let wanted = Wanted { catalogue: &opened.catalogue.id, limit: EARLIER, ..Wanted::default() };
    let mut all = queries::list(view, &opened.shape.def, &wanted).await?;
    let day = opened.record.get("held_on").as_date();
    all.retain(|check| check.id != opened.id() && check.progress > 0 && check.held_on <= day && check.id.as_str() < opened.id());
    let scope = opened.record.get("scope").as_str();
    let before = opened.record.get("continues").as_str();
    all.sort_by_key(|check| (check.id != before, check.scope != scope));
    Ok(all)
}

async fn earlier(ctx: &Ctx, view: &mut View, opened: &Opened, given: &Answers) -> Result<Html> {
    let checks = installed()?;
    let all = candidates(view, opened).await?;
    let asked = ctx.query_form().get("with").to_owned();
    let scope = opened.record.get("scope").as_str();
    let before = opened.record.get("continues").as_str();
    let same = |check: &&Listed| check.id == before || check.scope == scope;
    let chosen = all.iter().find(|check| check.id == asked).or_else(|| all.iter().find(same).filter(|_| asked.is_empty()));
    let others = all.iter().filter(|check| chosen.is_none_or(|chosen| chosen.id != check.id)).take(8).map(|check| {
        let day = check.held_on.map(|day| time::short_date(ctx.lang, day)).unwrap_or_default();
        let href = format!("{}/result?with={}#compare", opened.path(), check.id);
        el("a").class("tag").attr("href", href).text(format!("{day} {}", check.title))
    });
    let others = el("p").class("cluster no-print").each(others).html();
    let Some(chosen) = chosen else {
        let any = !all.is_empty();
        let text = el("p").class("muted").text(ctx.t(if any { "check-compare-choose" } else { "check-compare-none" }));
        return Ok(Card::new(ctx.t("check-compare"), Html::join([text.html(), others])).into());
    };
    let then: Arc<Catalogue> = checks.bound(&chosen.catalogue, &chosen.edition)?;
    let old = answers::answers(&answers::of_sheet(view, &chosen.id).await?);
    let day = chosen.held_on.map(|day| time::long_date(ctx.lang, day)).unwrap_or_default();
    let (was, is) = (Score::whole(&then, &old), Score::whole(&opened.catalogue, given));
    let head = el("p").class("cluster").add(el("b").text(ctx.t2(
        "check-compare-scores",
        ("before", &parts::score_text(ctx.lang, &then, &was)),
        ("after", &parts::score_text(ctx.lang, &opened.catalogue, &is)),
    )));
    let link = el("a").attr("href", format!("{}/{}/result", opened.shape.def.path(), chosen.id)).text(&chosen.title);
    let with = el("p").text(ctx.t1("check-compare-with", "date", day)).text(" ").add(link);
    let changed = compare(&opened.catalogue, given, &then, &old);
    let columns = ["check-item", "check-before", "check-after", "check-move"].map(|key| Column::new(ctx.t(key))).into();
    let rows = changed.iter().map(|change| {
        let (key, tone) = match change.to {
            Move::Worse => ("check-worse", Tone::Danger),
            Move::Better => ("check-better", Tone::Success),
            Move::Other => ("check-other", Tone::Neutral),
        };
        let known = crate::score::before(change.item, &then).unwrap_or(change.item);
        Row::new(&change.item.code, change.item.name.get(ctx.lang))
            .text(change.item.name.get(ctx.lang))
            .cell(parts::answer_badge(ctx.lang, &then, known, &change.before))
            .cell(parts::answer_badge(ctx.lang, &opened.catalogue, change.item, &change.after))
            .cell(Badge::new(ctx.t(key), tone))
    });
    let table = if changed.is_empty() {
        el("p").class("muted").text(ctx.t("check-compare-same")).html()
    } else {
        DataTable::new(ctx.lang, ctx.t("check-compare"), columns).rows(rows).into()
    };
    let card = Card::new(ctx.t("check-compare"), Html::join([with.html(), head.html(), table, others]));
    Ok(el("div").attr("id", "compare").add(card).html())
}
