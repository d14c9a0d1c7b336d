//! One item: how it is shown, and saving it alone.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_kernel::time;
use mamori_ledger::web::{Ctx, Form, Page, Redirect, WebResult, decode_form};
use mamori_store::View;
use mamori_ui::components::{Alert, Badge, Button};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

use super::{answer, parts};
use crate::answer::queries::{self as answers, Kept};
use crate::catalogue::{AnswerKind, Catalogue, Item};
use crate::check::ops::{self, Opened, Trouble, Typed};
use crate::contract::{Checks, Made, installed};
use crate::score::{Score, is_finding};

/// What a page knows about a check while it shows items.
pub(super) struct Sheet<'a> {
    pub ctx: &'a Ctx,
    pub checks: &'a Checks,
    pub opened: &'a Opened,
    pub kept: &'a BTreeMap<String, Kept>,
    /// What was made of findings: code of the finding and thing made.
    pub made: &'a [(&'static str, Made)],
    pub editable: bool,
    /// On paper nothing can be pressed.
    pub print: bool,
}

/// What has been made of the items so far.
pub(super) async fn made(view: &mut View, checks: &Checks, opened: &Opened) -> Result<Vec<(&'static str, Made)>> {
    let mut all = Vec::new();
    let path = format!("{}/answer", opened.path());
    for finding in checks.findings() {
        if view.actor().can(finding.needs().0, Action::View) {
            all.extend(finding.made(view, &path).await?.into_iter().map(|made| (finding.code(), made)));
        }
    }
    Ok(all)
}

/// Reads the fields of one item off a form; `None` when they were not sent.
pub(super) fn typed(form: &Form, item: &str) -> Option<Typed> {
    let name = |letter: &str| format!("{letter}.{item}");
    form.has(&name("v")).then(|| Typed {
        item: item.to_owned(),
        version: form.get(&name("v")).parse().ok(),
        answer: form.get(&name("a")).to_owned(),
        to_be: form.get(&name("t")).to_owned(),
        note: form.get(&name("n")).to_owned(),
        evidence: form.get(&name("e")).to_owned(),
    })
}

impl Sheet<'_> {
    fn catalogue(&self) -> &Catalogue {
        &self.opened.catalogue
    }

    /// The item with its answer.
    pub(super) fn item(&self, number: usize, item: &Item, trouble: Option<&Trouble>) -> Html {
        let ctx = self.ctx;
        let kept = self.kept.get(&item.code);
        let stored = kept.map(|kept| kept.given.clone()).unwrap_or_default();
        // What could not be saved is shown again as it was entered.
        let (answer, to_be, note, evidence) = match trouble {
            Some(trouble) => {
                let typed = &trouble.typed;
                (typed.answer.clone(), typed.to_be.clone(), typed.note.clone(), typed.evidence.clone())
            }
            None => (stored.answer, stored.to_be.map(|n| n.to_string()).unwrap_or_default(), stored.note, stored.evidence),
        };
        let open = answer.is_empty();
        let help = [(&item.guidance, "check-guidance"), (&item.evidence, "check-typical-evidence")]
            .into_iter()
            .filter(|(words, _)| !words.is_empty())
            .map(|(words, key)| el("p").class("field-help").text(ctx.t1(key, "text", words.get(ctx.lang))));
        let weight = (item.weight > 1).then(|| Badge::new(ctx.t1("check-weight", "weight", item.weight), Tone::Info));
        let legend = el("legend").class("field-label").text(format!("{number}. {}", item.ask.get(ctx.lang))).maybe(weight);
        let mut body: Vec<Html> = vec![el("p").class("muted").text(item.name.get(ctx.lang)).html()];
        body.extend(help.map(Html::from));
        body.push(self.control(item, &answer));
        if self.catalogue().scale(item).is_some_and(|scale| scale.kind == AnswerKind::Tier) {
            body.push(self.target(item, &to_be));
        }
        body.push(self.remarks(item, &note, &evidence));
        body.push(el("div").class("check-status").attr("aria-live", "polite").add(self.status(item, trouble)).html());
        let address = format!("{}/item/{}", self.opened.path(), item.code);
        let mut set = el("fieldset")
            .class("check-item")
            .attr("id", format!("i-{}", item.code))
            .attr("data-item", &item.code)
            .flag("data-open", open);
        if self.editable {
            set = set
                .attr("hx-post", address)
                .attr("hx-trigger", "change")
                .attr("hx-sync", "queue last")
                .attr("hx-target", "find .check-status");
        }
        set.add(legend).each(body).html()
    }

    fn control(&self, item: &Item, answer: &str) -> Html {
        let ctx = self.ctx;
        let Some(scale) = self.catalogue().scale(item) else { return Html::empty() };
        let name = format!("a.{}", item.code);
        let shown = |control| el("div").class("field").add(control).html();
        let box_of = |kind: &str, mode: Option<&str>| {
            el("input")
                .class("input input-short")
                .attr("type", kind)
                .opt("inputmode", mode)
                .attr("name", &name)
                .attr("value", answer)
                .attr("aria-label", item.name.get(ctx.lang))
                .flag("disabled", !self.editable)
        };
        match scale.kind {
            AnswerKind::Number => {
                let unit = (!item.unit.is_empty()).then(|| el("span").text(item.unit.get(ctx.lang)));
                shown(el("span").class("affix").add(box_of("text", Some("decimal"))).maybe(unit).html())
            }
            AnswerKind::Date => shown(box_of("date", None).html()),
            AnswerKind::Text => {
                let area = el("textarea")
                    .class("input")
                    .attr("name", &name)
                    .attr("rows", "3")
                    .attr("aria-label", item.name.get(ctx.lang))
                    .flag("disabled", !self.editable)
                    .text(answer);
                shown(area.html())
            }
            AnswerKind::File => el("p").class("muted").text(ctx.t("check-file-answer")).html(),
            _ => {
                let buttons = scale.options.iter().enumerate().map(|(n, option)| {
                    let input = el("input")
                        .class("tick-box")
                        .attr("type", "radio")
                        .attr("name", &name)
                        .attr("value", &option.code)
                        .flag("disabled", !self.editable)
                        .flag("checked", option.code == answer);
                    let words =
                        el("span").text(option.name.get(ctx.lang)).add(el("kbd").class("check-key").text((n + 1).to_string()));
                    let label = el("label").class("check").attr("title", option.means.get(ctx.lang)).add(input).add(words);
                    let means = self.catalogue().criterion(item, n);
                    let means = means.map(|words| el("span").class("choice-meaning").text(words.get(ctx.lang)));
                    el("div").class("choice").add(label).maybe(means)
                });
                el("div").class("check-options").each(buttons).html()
            }
        }
    }

    fn target(&self, item: &Item, to_be: &str) -> Html {
        let ctx = self.ctx;
        let Some(scale) = self.catalogue().scale(item) else { return Html::empty() };
        let blank = el("option").attr("value", "").text(ctx.t("check-no-target"));
        let options = scale.options.iter().filter(|option| option.points.is_some()).map(|option| {
            el("option").attr("value", &option.code).flag("selected", option.code == to_be).text(option.name.get(ctx.lang))
        });
        let select = el("select")
            .class("input input-short")
            .attr("name", format!("t.{}", item.code))
            .flag("disabled", !self.editable)
            .add(blank)
            .each(options);
        el("label").class("affix").add(el("span").text(ctx.t("check-target"))).add(select).html()
    }

    fn remarks(&self, item: &Item, note: &str, evidence: &str) -> Html {
        let ctx = self.ctx;
        let area = |letter: &str, key: &str, value: &str| {
            let help = ctx.t(&format!("{key}-help"));
            let area = el("textarea")
                .class("input")
                .attr("name", format!("{letter}.{}", item.code))
                .attr("rows", "2")
                .attr("placeholder", help)
                .flag("disabled", !self.editable)
                .text(value);
            el("label").class("check-remark").add(el("span").class("field-help").text(ctx.t(key))).add(area)
        };
        if !self.editable && note.is_empty() && evidence.is_empty() {
            return Html::empty();
        }
        el("details")
            .flag("open", !note.is_empty() || !evidence.is_empty())
            .add(el("summary").text(ctx.t("check-remarks")))
            .add(el("div").class("check-remarks").add(area("n", "check-note", note)).add(area("e", "check-evidence", evidence)))
            .html()
    }

    /// What stands below an item and changes with every save: version, who answered, what to do with a finding.
    fn status(&self, item: &Item, trouble: Option<&Trouble>) -> Html {
        let ctx = self.ctx;
        let kept = self.kept.get(&item.code);
        let version = kept.map_or(0, |kept| kept.version);
        let seen = el("input").attr("type", "hidden").attr("name", format!("v.{}", item.code)).attr("value", version.to_string());
        let mut parts: Vec<Html> = if self.editable { vec![seen.html()] } else { Vec::new() };
        if let Some(trouble) = trouble {
            let now = kept.map(|kept| parts::answer_badge(ctx.lang, self.catalogue(), item, &kept.given.answer));
            let now = now.map(|badge| el("p").class("cluster").text(ctx.t("check-now")).add(badge));
            parts
                .push(Alert::new(Tone::Danger, trouble.words.get(ctx.lang)).body(now.map(Html::from).unwrap_or_default()).into());
        }
        let mut line: Vec<Html> = Vec::new();
        if let Some(kept) = kept.filter(|kept| !kept.answered_on.is_empty()) {
            let day = kept.answered_on.parse().map_or_else(|_| kept.answered_on.clone(), |day| time::short_date(ctx.lang, day));
            let mut said = ctx.t2("check-saved-by", ("who", &kept.assessor), ("date", &day));
            if !kept.reviewed_by.is_empty() {
                said.push_str(&ctx.t1("check-reviewed-by", "who", &kept.reviewed_by));
            }
            line.push(el("span").class("muted").text(said).html());
        }
        let files = kept.map_or(0, |kept| kept.given.files);
        let address = format!("{}/item/{}", self.opened.path(), item.code);
        if self.editable {
            let button = Button::submit(ctx.t("check-file")).quiet().small().icon(Icon::Clip);
            line.push(button.attr("formaction", format!("{address}/file")).into());
        }
        if let Some(kept) = kept.filter(|_| files > 0) {
            let here = format!("{}/check_answer/{}", self.checks.base(), kept.id);
            line.push(el("a").attr("href", here).text(ctx.t1("check-files", "count", files)).html());
        }
        line.extend(self.findings(item, kept, &address));
        parts.push(el("div").class("cluster").each(line).html());
        Html::join(parts)
    }

    /// What can be done about an item, on the page of results.
    pub(super) fn next_steps(&self, item: &Item) -> Html {
        let address = format!("{}/item/{}", self.opened.path(), item.code);
        Html::join(self.findings(item, self.kept.get(&item.code), &address))
    }

    fn findings(&self, item: &Item, kept: Option<&Kept>, address: &str) -> Vec<Html> {
        let ctx = self.ctx;
        let given = kept.map(|kept| &kept.given);
        let open = given.and_then(|given| self.catalogue().option(item, &given.answer)).is_some_and(|option| option.unknown);
        let wanted = open || is_finding(self.catalogue(), item, given);
        let offers = self.checks.findings().iter().filter_map(|finding| {
            let made = self.made.iter().find(|(code, made)| *code == finding.code() && made.item == item.code);
            if let Some((_, made)) = made {
                let link = el("a").attr("href", &made.href).text(&made.label);
                return Some(el("span").text(ctx.t("check-made")).text(" ").add(link).html());
            }
            let (resource, action) = finding.needs();
            (wanted && !self.print && ctx.can(resource, action)).then(|| {
                let button = Button::submit(finding.label().get(ctx.lang)).secondary().small().icon(Icon::Plus);
                let to = format!("{address}/make/{}", finding.code());
                if self.editable { button.attr("formaction", to).into() } else { parts::post_form(&to, button) }
            })
        });
        offers.collect()
    }
}

/// Saves the item that was sent; gives what could not be saved.
async fn keep(ctx: &Ctx, id: &str, item: &str, body: &Bytes) -> Result<Option<Trouble>> {
    let Some(typed) = typed(&decode_form(body), item) else {
        // Nothing was typed; whether there is such a check is still the reader's business only if it is his.
        ops::open(&mut ctx.view().await?, &ctx.app.registry, installed()?, id, Action::Edit).await?;
        return Ok(None);
    };
    let mut tx = ctx.tx().await?;
    let mut saved = ops::answer(&mut tx, &ctx.app.registry, installed()?, id, vec![typed]).await?;
    tx.commit().await?;
    Ok(saved.troubles.pop())
}

pub(super) async fn save(ctx: Ctx, Path((id, item)): Path<(String, String)>, body: Bytes) -> WebResult<Response> {
    let trouble = keep(&ctx, &id, &item, &body).await?;
    if !ctx.partial {
        return after(&ctx, &id, &item, trouble).await;
    }
    // The part below the item, and the figures at the top of the page.
    let checks = installed()?;
    let mut view = ctx.view().await?;
    let opened = ops::open(&mut view, &ctx.app.registry, checks, &id, Action::Edit).await?;
    let kept = answers::of_sheet(&mut view, &id).await?;
    let score = Score::whole(&opened.catalogue, &answers::answers(&kept));
    let made = made(&mut view, checks, &opened).await?;
    let kept = kept.into_iter().map(|kept| (kept.item.clone(), kept)).collect();
    let sheet = Sheet { ctx: &ctx, checks, opened: &opened, kept: &kept, made: &made, editable: true, print: false };
    let status = opened.catalogue.item(&item).map(|item| sheet.status(item, trouble.as_ref())).unwrap_or_default();
    let figures = answer::figures(&ctx, &opened, &score, true);
    Ok(Page::new("", Html::join([status, figures])).into_response())
}

async fn after(ctx: &Ctx, id: &str, item: &str, trouble: Option<Trouble>) -> WebResult<Response> {
    match trouble {
        Some(trouble) => Ok(answer::show(ctx, id, vec![trouble]).await?.into_response()),
        None => Ok(Redirect::to(format!("{}/check/{id}/answer#i-{item}", installed()?.base())).into_response()),
    }
}

/// Goes to the answer's own page, where files and comments are kept.
pub(super) async fn file(ctx: Ctx, Path((id, item)): Path<(String, String)>, body: Bytes) -> WebResult<Response> {
    if let Some(trouble) = keep(&ctx, &id, &item, &body).await? {
        return after(&ctx, &id, &item, Some(trouble)).await;
    }
    let mut tx = ctx.tx().await?;
    let row = ops::answer_row(&mut tx, &ctx.app.registry, installed()?, &id, &item).await?;
    tx.commit().await?;
    Ok(Redirect::to(format!("{}/check_answer/{row}", installed()?.base())).into_response())
}

pub(super) async fn make(ctx: Ctx, Path((id, item, code)): Path<(String, String, String)>, body: Bytes) -> WebResult<Response> {
    let typed_now = typed(&decode_form(&body), &item).filter(|_| ctx.can("check", Action::Edit));
    if typed_now.is_some()
        && let Some(trouble) = keep(&ctx, &id, &item, &body).await?
    {
        return after(&ctx, &id, &item, Some(trouble)).await;
    }
    let mut tx = ctx.tx().await?;
    let to = ops::take(&mut tx, &ctx.app.registry, installed()?, &id, &item, &code).await?;
    tx.commit().await?;
    Ok(Redirect::to(to).saying(ctx.t("check-made-now")).into_response())
}
