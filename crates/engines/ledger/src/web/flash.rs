//! A short message for the next page ("saved"), kept in a cookie of one minute.

use axum::http::HeaderValue;
use axum::http::request::Parts;

/// The cookie's name.
pub const FLASH_COOKIE: &str = "mamori_flash";

fn encode(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// The `Set-Cookie` header that carries a message and, optionally, the address that undoes what was done.
pub fn flash_cookie(message: &str, undo: &str) -> Option<HeaderValue> {
    let value = format!("{FLASH_COOKIE}={}|{}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax", encode(message), encode(undo));
    HeaderValue::from_str(&value).ok()
}

/// The message and the undo address that the page before left.
pub fn read_flash(parts: &Parts) -> Option<(String, String)> {
    let raw = super::ctx::cookie(parts, FLASH_COOKIE)?;
    let decode = |text: &str| {
        form_urlencoded::parse(format!("v={text}").as_bytes()).next().map(|(_, value)| value.into_owned()).unwrap_or_default()
    };
    let (message, undo) = raw.split_once('|')?;
    let (message, undo) = (decode(message), decode(undo));
    // Only addresses of our own may be posted to.
    let undo = if undo.starts_with('/') && !undo.starts_with("//") { undo } else { String::new() };
    (!message.is_empty()).then_some((message, undo))
}
