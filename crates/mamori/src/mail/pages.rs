//! The company's mail server: set, tried, removed; and what became of the last mails.

use axum::body::Bytes;
use axum::response::{IntoResponse, Response};
use mamori_kernel::access::Action;
use mamori_kernel::error::Error;
use mamori_kernel::lang::Words;
use mamori_ledger::web::form_state::{FormState, post};
use mamori_ledger::web::{Ctx, Form, Page, Redirect, WebResult, decode_form};
use mamori_store::mail;
use mamori_ui::components::{Alert, Button, Card, Choice, Definitions, form_actions};
use mamori_ui::html::{Html, el};
use mamori_ui::tone::Tone;

use super::queue;
use super::settings::{self, Protection, Typed};

/// The page.
pub(super) const HERE: &str = "/mail";

pub(super) async fn show(ctx: Ctx) -> WebResult {
    let company = ctx.actor()?.company_id.clone();
    let current = settings::current(&ctx.app, &company).await;
    // A backup restored without its key: the secret is lost, the page must still open to set it again.
    let lost = current.is_err();
    let current = current.unwrap_or_default();
    let typed = current.clone().unwrap_or(Typed { port: "465".to_owned(), protection: "tls".to_owned(), ..Typed::default() });
    let form = FormState::new(&ctx, values(&typed));
    page(&ctx, &form, current.is_some(), lost).await
}

fn values(typed: &Typed) -> Form {
    let pairs = [
        ("host", &typed.host),
        ("port", &typed.port),
        ("protection", &typed.protection),
        ("user", &typed.user),
        ("from", &typed.from),
    ];
    Form(pairs.into_iter().map(|(name, value)| (name.to_owned(), value.clone())).collect())
}

async fn page(ctx: &Ctx, form: &FormState, set: bool, lost: bool) -> WebResult {
    let mut parts = Vec::new();
    if lost {
        parts.push(Alert::new(Tone::Warning, ctx.t("mail-lost")).text(ctx.t("mail-lost-why")).into());
    }
    parts.push(state(ctx, set).await?);
    if ctx.can("mail", Action::Edit) {
        parts.push(Card::new(ctx.t("mail-server"), server_form(ctx, form, set)).lead(ctx.t("mail-server-lead")).into());
    }
    let body = el("div").class("stack").each(parts).html();
    Ok(Page::new(ctx.t("mail-title"), body).lead(ctx.t("mail-lead")).status(form.status()))
}

async fn state(ctx: &Ctx, set: bool) -> WebResult<Html> {
    let counts = mail::counts(&mut ctx.view().await?).await?;
    let mut facts = Definitions::new(ctx.lang)
        .text(ctx.t("mail-sent-by"), ctx.t(if set { "mail-by-company" } else { "mail-by-installation" }))
        .text(ctx.t("mail-waiting"), ctx.t1("mail-count", "count", counts.waiting))
        .text(ctx.t("mail-failed"), ctx.t1("mail-count", "count", counts.failed));
    if !counts.last_error.is_empty() {
        facts = facts.text(ctx.t("mail-last-fault"), counts.last_error);
    }
    let mut parts: Vec<Html> = vec![facts.into()];
    if ctx.can("mail", Action::Edit) {
        let try_it = post("/mail/test").class("inline").add(Html::from(Button::submit(ctx.t("mail-test")).secondary()));
        parts.push(el("p").class("muted").text(ctx.t("mail-test-help")).html());
        parts.push(try_it.html());
    }
    Ok(Card::new(ctx.t("mail-state"), Html::join(parts)).into())
}

fn server_form(ctx: &Ctx, form: &FormState, set: bool) -> Html {
    let labels = ["host", "port", "protection", "user", "password", "from"].map(|name| (name, ctx.t(&format!("mail-{name}"))));
    let ways = Protection::ALL.map(|way| Choice::new(way.code(), ctx.t(&format!("mail-protection-{}", way.code()))));
    let password = form.password("password", ctx.t("mail-password"), "off").required(false);
    let fields = post(HERE)
        .add(form.head(&labels))
        .add(Html::from(form.text("host", ctx.t("mail-host")).required(true).help(ctx.t("mail-host-help"))))
        .add(Html::from(form.radios("protection", ctx.t("mail-protection"), ways.to_vec())))
        .add(Html::from(form.number("port", ctx.t("mail-port"), None, 1, 65_535).required(true)))
        .add(Html::from(form.text("user", ctx.t("mail-user")).help(ctx.t("mail-user-help"))))
        .add(Html::from(if set { password.help(ctx.t("mail-password-kept")) } else { password }))
        .add(Html::from(form.text("from", ctx.t("mail-from")).required(true).help(ctx.t("mail-from-help"))))
        .add(form_actions([Button::submit(ctx.t("mail-save")).primary()]));
    let remove = set.then(|| post("/mail/remove").add(Html::from(Button::submit(ctx.t("mail-remove")).quiet())).html());
    Html::join([fields.html(), remove.unwrap_or_default()])
}

pub(super) async fn save(ctx: Ctx, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let actor = ctx.actor()?;
    match settings::save(&ctx.app, actor.clone(), &Typed::read(&form)).await {
        Ok(()) => Ok(Redirect::to(HERE).saying(ctx.t("mail-saved")).into_response()),
        Err(error) => {
            let set = settings::current(&ctx.app, &actor.company_id).await.unwrap_or_default().is_some();
            let page = page(&ctx, &FormState::refused(&ctx, form, error)?, set, false).await?;
            Ok(page.into_response())
        }
    }
}

pub(super) async fn remove(ctx: Ctx) -> WebResult<Redirect> {
    settings::remove(&ctx.app, ctx.actor()?).await?;
    Ok(Redirect::to(HERE).saying(ctx.t("mail-removed")))
}

/// Sends a mail to the administrator himself, now, and says what the server answered.
pub(super) async fn test(ctx: Ctx) -> WebResult<Redirect> {
    let actor = ctx.actor()?;
    let to = mail::address_of(&mut ctx.view().await?).await?;
    if to.is_empty() {
        return Err(Error::refused(
            "あなたのアカウントにメールアドレスがありません。アカウントの画面で登録してから、もう一度試してください。",
            "Your account has no mail address. Please enter one on your account page and try again.",
        )
        .into());
    }
    let server = match queue::of_company(&ctx.app, &actor.company_id).await? {
        Some(server) => server,
        // The installation's own server is known to the sender beside the requests only: the queue takes it there.
        None => {
            let mut tx = ctx.tx().await?;
            tx.technical();
            mail::queue(&mut tx, &to, &ctx.t("mail-test-subject"), &ctx.t("mail-test-body")).await?;
            tx.commit().await?;
            return Ok(Redirect::to(HERE).saying(ctx.t1("mail-test-queued", "to", &to)));
        }
    };
    match server.send(&to, &ctx.t("mail-test-subject"), &ctx.t("mail-test-body")).await {
        Ok(()) => Ok(Redirect::to(HERE).saying(ctx.t1("mail-test-sent", "to", &to))),
        Err(answer) => Err(Error::Refused(Words::owned(
            format!(
                "メールを送れませんでした。サーバーの名前・ポート・利用者・パスワードを確かめてください。サーバーの答え：{answer}"
            ),
            format!("The mail could not be sent. Please check server, port, user and password. The server said: {answer}"),
        ))
        .into()),
    }
}
