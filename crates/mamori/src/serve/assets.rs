//! Style sheet, scripts and images: embedded, addressed by content, kept by browsers for ever.

use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use mamori_kernel::error::Error;
use mamori_ledger::web::Failure;
use mamori_ui::assets::asset;

pub(super) async fn get(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let Some(found) = asset(&path) else {
        return Failure(Error::NotFound).into_response();
    };
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|tag| tag.as_bytes() == found.etag.as_bytes());
    let mut response = if known { StatusCode::NOT_MODIFIED.into_response() } else { Response::new(Body::from(found.bytes)) };
    let own = response.headers_mut();
    own.insert(header::CONTENT_TYPE, HeaderValue::from_static(found.content_type));
    let keep = if found.immutable { "public, max-age=31536000, immutable" } else { "no-cache" };
    own.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    if let Ok(tag) = HeaderValue::from_str(&found.etag) {
        own.insert(header::ETAG, tag);
    }
    response
}
