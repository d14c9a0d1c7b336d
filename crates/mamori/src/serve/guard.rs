//! Layers around every answer: the number and log line of a request, and the headers that bind the browser.

use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use mamori_kernel::id;
use mamori_ledger::web::App;
use tracing::Instrument as _;

use crate::layout::RequestId;

/// Nothing inline, nothing from elsewhere, no framing. SVG icons in style sheets are `data:` images.
pub(super) const POLICY: &str = "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; object-src 'none'; \
     frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

/// Gives each request a number, logs how it ended, and tells the number in `X-Request-Id`. The query is not logged: it may hold
/// names of people or a token of a mailed link.
pub(super) async fn trace(mut request: Request, next: Next) -> Response {
    let number = id::new();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    request.extensions_mut().insert(RequestId(number.clone()));
    let span = tracing::info_span!("request", id = %number);
    let begun = Instant::now();
    let mut response = next.run(request).instrument(span).await;
    let (status, ms) = (response.status().as_u16(), begun.elapsed().as_millis());
    if status >= 500 {
        tracing::warn!(request = %number, %method, path, status, ms, "answered");
    } else {
        tracing::debug!(request = %number, %method, path, status, ms, "answered");
    }
    if let Ok(value) = HeaderValue::from_str(&number) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
    response
}

/// Headers of every answer (OWASP ASVS 5.0, 3.4).
pub(super) async fn headers(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let own = response.headers_mut();
    own.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    own.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    own.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    own.insert(
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
    );
    own.insert(HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin"));
    own.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin"));
    own.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if app.secure_cookies {
        own.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    response
}
