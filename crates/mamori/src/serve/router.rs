//! The layers around the pages, outermost first: number and log, headers, compression, layout, panic, time limit, the rest of a refused body, cross-site check,
//! who is it, set-up; then the routes with their own guards.

use std::any::Any;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Words;
use mamori_ledger::web::{App, Failure};
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::{CsrfLayer, ProtectionError};
use tower_http::timeout::TimeoutLayer;

use super::{assets, drain, guard};
use crate::{compose, layout};

/// The largest body of an ordinary form, in bytes; pages that take files say their own limit.
pub const FORM_LIMIT: usize = 1024 * 1024;

/// A slow line may need this long for a 50 MB file.
const TIME_LIMIT: Duration = Duration::from_secs(300);

/// The whole program as one service.
///
/// # Errors
/// [`Error::Internal`] when the public address is not one.
pub fn build(app: &App, pages: Router<App>) -> Result<Router> {
    let csrf = CsrfLayer::new()
        .add_trusted_origin(app.base_url.trim_end_matches('/'))
        .map_err(|error| Error::Internal(format!("--base-url: {error}")))?
        .with_rejection_response(cross_site);
    let pages = pages
        .fallback(|| async { Failure(Error::NotFound) })
        .layer(from_fn_with_state(app.clone(), compose::first_visit))
        .layer(from_fn(layout::carry))
        .layer(from_fn_with_state(app.clone(), compose::authenticate))
        .layer(csrf)
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .layer(from_fn(drain::finish))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, TIME_LIMIT))
        .layer(CatchPanicLayer::custom(panicked));
    let whole = Router::new()
        .route("/static/{*path}", get(assets::get))
        .merge(pages)
        .layer(from_fn_with_state(app.clone(), layout::apply))
        // Fastest: a list of 50 kB becomes 8 kB in a third of the time that two kilobytes less would take.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(from_fn_with_state(app.clone(), guard::headers))
        .layer(from_fn(guard::trace));
    Ok(whole.with_state(app.clone()))
}

/// Answers a form that another site sent (Fetch Metadata `Sec-Fetch-Site`, otherwise `Origin` against `Host`). Programs with a
/// bearer token send neither header and pass; a browser cannot leave them out.
fn cross_site(_: ProtectionError) -> Response {
    Failure(Error::Forbidden(Words::new(
        "ほかのサイトから送られた操作のため、受け付けませんでした。この画面を開き直して、もう一度お試しください。",
        "This action came from another site and was not accepted. Please open the page again and retry.",
    )))
    .into_response()
}

fn panicked(payload: Box<dyn Any + Send + 'static>) -> Response {
    let what = payload
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| payload.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    Failure(Error::Internal(format!("panic: {what}"))).into_response()
}
