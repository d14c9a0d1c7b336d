//! The one place where a [`Page`] or a [`Failure`] becomes bytes: the frame around it, the part that htmx asked for, the error page,
//! the JSON of the API. Handlers never print a frame.

mod asked;
mod failure;
mod frame;
mod preferences;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use mamori_kernel::error::Error;
use mamori_kernel::lang::Words;
use mamori_ledger::web::{App, FLASH_COOKIE, Failure, Identity, Page};

use asked::Asked;
pub use failure::{failure_json, failure_page, plain_error};
pub use frame::may_open;
pub use preferences::routes;

/// Sentences of this module.
pub const TEXTS: (&str, &str, &str) = ("layout", include_str!("ja.ftl"), include_str!("en.ftl"));

/// Names a request in the log and on the page of an internal fault.
#[derive(Clone, Debug, Default)]
pub struct RequestId(pub String);

/// The reader, carried from inside the authentication out to the layout around it, so that refusals of every layer get his frame.
#[derive(Clone)]
struct Carried(Identity);

/// Stands inside the authentication; see [`Carried`].
pub async fn carry(request: Request, next: Next) -> Response {
    let identity = request.extensions().get::<Identity>().cloned();
    let mut response = next.run(request).await;
    if let Some(identity) = identity {
        response.extensions_mut().insert(Carried(identity));
    }
    response
}

/// Turns what the handlers answered into what the reader gets.
pub async fn apply(State(app): State<App>, request: Request, next: Next) -> Response {
    let request_id = request.extensions().get::<RequestId>().cloned().unwrap_or_default();
    let (parts, body) = request.into_parts();
    let asked = Asked::of(&parts);
    let mut response = next.run(Request::from_parts(parts, body)).await;
    let identity = response.extensions_mut().remove::<Carried>().map(|carried| carried.0);
    if let Some(page) = response.extensions_mut().remove::<Page>() {
        return show(&app, &asked, identity.as_ref(), page, response.headers().clone());
    }
    let failure = response.extensions_mut().remove::<Failure>().map(|failure| failure.0).or_else(|| plain(&response));
    match failure {
        Some(error) => fail(&app, &asked, identity.as_ref(), &error, &request_id.0, response.headers().clone()),
        None => response,
    }
}

/// The error behind an answer of the framework itself (no such page, body too large, time is up), which has no page of ours.
fn plain(response: &Response) -> Option<Error> {
    let own = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| !kind.as_bytes().starts_with(b"text/plain"));
    if own { None } else { plain_error(response.status()) }
}

fn show(app: &App, asked: &Asked, identity: Option<&Identity>, page: Page, headers: HeaderMap) -> Response {
    let lang = asked.lang(identity);
    let status = page.status;
    if asked.partial {
        return finish(status, page.body.into_string(), headers);
    }
    let shell = frame::shell(app, asked, identity, lang, page);
    let flashed = !shell.flashes.is_empty();
    let mut response = match shell.render() {
        Ok(text) => finish(status, text, headers),
        Err(error) => {
            tracing::error!(%error, "the frame could not be printed");
            finish(StatusCode::INTERNAL_SERVER_ERROR, Error::Internal(String::new()).words().get(lang).to_owned(), headers)
        }
    };
    if flashed && let Ok(spent) = HeaderValue::from_str(&format!("{FLASH_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax")) {
        response.headers_mut().append(header::SET_COOKIE, spent);
    }
    response
}

fn fail(app: &App, asked: &Asked, identity: Option<&Identity>, error: &Error, request_id: &str, headers: HeaderMap) -> Response {
    if let Error::Internal(detail) = error {
        tracing::error!(request = %request_id, path = %asked.path, detail, "internal fault");
    }
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if asked.api {
        let mut response = finish(status, failure_json(error, asked.api_lang(identity)), headers);
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
        return response;
    }
    if *error == Error::SignInRequired && identity.is_none() {
        return sign_in(asked, headers);
    }
    // Who is signed in and still not let in belongs to no company: signing in again would lead in a circle.
    let nowhere = no_company();
    let error = if *error == Error::SignInRequired { &nowhere } else { error };
    let page = failure_page(error, asked.lang(identity), request_id, identity.is_some());
    show(app, asked, identity, page, headers)
}

fn no_company() -> Error {
    Error::Forbidden(Words::new(
        "このアカウントは、どの会社の利用者にもなっていません。システム管理者に、会社への追加を依頼してください。",
        "This account is not a user of any company. Please ask an administrator to add it to one.",
    ))
}

/// Sends the reader to the sign-in page and back again afterwards. What he was about to send is lost, so only reading comes back to its page.
fn sign_in(asked: &Asked, headers: HeaderMap) -> Response {
    let to = asked.sign_in_address();
    let mut response = finish(if asked.htmx { StatusCode::OK } else { StatusCode::SEE_OTHER }, String::new(), headers);
    let name = if asked.htmx { HeaderName::from_static("hx-redirect") } else { header::LOCATION };
    response.headers_mut().insert(name, HeaderValue::from_str(&to).unwrap_or(HeaderValue::from_static("/login")));
    response
}

fn finish(status: StatusCode, text: String, headers: HeaderMap) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    let own = response.headers_mut();
    own.remove(header::CONTENT_LENGTH);
    own.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    // Pages hold what not everybody may see: neither a proxy nor the disk of a shared PC keeps them.
    own.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    own.append(header::VARY, HeaderValue::from_static("HX-Request-Type, Cookie, Accept-Language"));
    response
}

/// The text of a response, for tests of this crate.
///
/// # Errors
/// When the body cannot be read or is not text.
pub async fn body_text(response: Response) -> Result<String, String> {
    let bytes = to_bytes(response.into_body(), 16 * 1024 * 1024).await.map_err(|error| error.to_string())?;
    String::from_utf8(bytes.to_vec()).map_err(|error| error.to_string())
}
