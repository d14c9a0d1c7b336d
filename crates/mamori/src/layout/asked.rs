//! What the layout needs to know of a request, read before the handler takes it.

use axum::http::Method;
use axum::http::request::Parts;
use mamori_kernel::lang::Lang;
use mamori_ledger::web::{Form, Identity, read_flash};
use mamori_ui::shell::Theme;

/// The facts of a request.
pub(super) struct Asked {
    pub(super) path: String,
    /// Path and query.
    pub(super) here: String,
    /// Reading: GET or HEAD.
    reading: bool,
    /// htmx asks for a part of the page.
    pub(super) partial: bool,
    /// htmx asks.
    pub(super) htmx: bool,
    /// A program asks.
    pub(super) api: bool,
    pub(super) theme: Theme,
    pub(super) flash: Option<(String, String)>,
    chosen: Option<Lang>,
    accepted: Option<Lang>,
}

fn header<'a>(parts: &'a Parts, name: &str) -> &'a str {
    parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn cookie<'a>(parts: &'a Parts, name: &str) -> Option<&'a str> {
    header(parts, "cookie")
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

impl Asked {
    pub(super) fn of(parts: &Parts) -> Asked {
        let path = parts.uri.path().to_owned();
        let here = parts.uri.path_and_query().map_or_else(|| path.clone(), ToString::to_string);
        Asked {
            api: path == "/api" || path.starts_with("/api/"),
            path,
            here,
            reading: parts.method == Method::GET || parts.method == Method::HEAD,
            partial: header(parts, "hx-request-type") == "partial",
            htmx: header(parts, "hx-request") == "true",
            theme: Theme::from_name(cookie(parts, "theme").unwrap_or_default()),
            flash: read_flash(parts),
            chosen: cookie(parts, "lang").and_then(Lang::parse),
            accepted: Lang::from_accept(header(parts, "accept-language")),
        }
    }

    /// The reader's language: chosen on this device, chosen in the account, asked for by the browser.
    pub(super) fn lang(&self, identity: Option<&Identity>) -> Lang {
        self.chosen.or(identity.map(|identity| identity.lang)).or(self.accepted).unwrap_or_default()
    }

    /// The language of an API answer: what the program asks for comes first.
    pub(super) fn api_lang(&self, identity: Option<&Identity>) -> Lang {
        self.accepted.or(identity.map(|identity| identity.lang)).unwrap_or_default()
    }

    /// Where a page may come back to: an address of our own that can be read.
    pub(super) fn return_address(&self) -> &str {
        if self.reading { &self.here } else { "/" }
    }

    pub(super) fn sign_in_address(&self) -> String {
        if self.reading && !self.htmx && self.here != "/" {
            format!("/login?{}", Form(vec![("next".to_owned(), self.here.clone())]).encode())
        } else {
            "/login".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn asked(method: &str, uri: &str, headers: &[(&str, &str)]) -> Asked {
        let mut request = axum::http::Request::builder().method(method).uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Asked::of(&request.body(()).unwrap().into_parts().0)
    }

    #[test]
    fn the_way_back_after_signing_in_is_a_page_of_ours_that_can_be_read() {
        assert_eq!(asked("GET", "/assets/x?q=a&b=1", &[]).sign_in_address(), "/login?next=%2Fassets%2Fx%3Fq%3Da%26b%3D1");
        assert_eq!(asked("POST", "/assets/x/retire", &[]).sign_in_address(), "/login");
        assert_eq!(asked("GET", "/", &[]).sign_in_address(), "/login");
        assert_eq!(asked("POST", "/assets/x", &[]).return_address(), "/");
    }

    #[test]
    fn the_device_decides_the_language_before_the_browser() {
        let both = asked("GET", "/", &[("cookie", "a=b; lang=en; theme=dark"), ("accept-language", "ja")]);
        assert_eq!((both.lang(None), both.api_lang(None), both.theme), (Lang::En, Lang::Ja, Theme::Dark));
        assert_eq!(asked("GET", "/", &[]).lang(None), Lang::Ja);
    }
}
