//! What a handler answers: a page, a redirect, a file, or a failure. The layout is applied once, by the program's middleware.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use mamori_kernel::error::Error;
use mamori_ui::html::Html;

/// Around the body.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Layout {
    /// Header, navigation, footer.
    #[default]
    App,
    /// A single card in the middle: signing in, set-up, public forms.
    Bare,
    /// For printing: no navigation.
    Print,
}

/// A page before the layout.
#[derive(Clone, Debug)]
pub struct Page {
    /// Title and main heading.
    pub title: String,
    /// A sentence under the heading.
    pub lead: String,
    /// Content.
    pub body: Html,
    /// The column beside the content; below it on narrow screens.
    pub aside: Html,
    /// Buttons beside the heading.
    pub actions: Html,
    /// The way here: (label, address).
    pub crumbs: Vec<(String, String)>,
    /// Frame.
    pub layout: Layout,
    /// HTTP status.
    pub status: StatusCode,
}

impl Page {
    /// A page in the usual frame.
    pub fn new(title: impl Into<String>, body: Html) -> Page {
        Page {
            title: title.into(),
            lead: String::new(),
            body,
            aside: Html::empty(),
            actions: Html::empty(),
            crumbs: Vec::new(),
            layout: Layout::App,
            status: StatusCode::OK,
        }
    }

    /// Sets the sentence under the heading.
    pub fn lead(mut self, lead: impl Into<String>) -> Page {
        self.lead = lead.into();
        self
    }

    /// Sets the buttons beside the heading.
    pub fn actions(mut self, actions: Html) -> Page {
        self.actions = actions;
        self
    }

    /// Sets the column beside the content.
    pub fn aside(mut self, aside: Html) -> Page {
        self.aside = aside;
        self
    }

    /// Adds a step of the way here.
    pub fn crumb(mut self, label: impl Into<String>, href: impl Into<String>) -> Page {
        self.crumbs.push((label.into(), href.into()));
        self
    }

    /// Chooses the frame.
    pub fn layout(mut self, layout: Layout) -> Page {
        self.layout = layout;
        self
    }

    /// Sets the status, such as 422 for a form with errors.
    pub fn status(mut self, status: StatusCode) -> Page {
        self.status = status;
        self
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self.status;
        response.extensions_mut().insert(self);
        response
    }
}

/// A failure on its way to the reader; the middleware turns it into a page or JSON in his language.
#[derive(Clone, Debug)]
pub struct Failure(pub Error);

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure(error)
    }
}

impl From<askama::Error> for Failure {
    fn from(error: askama::Error) -> Failure {
        Failure(Error::Internal(format!("template: {error}")))
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::from_u16(self.0.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        response.extensions_mut().insert(self);
        response
    }
}

/// What handlers return.
pub type WebResult<T = Page> = Result<T, Failure>;

/// See another page (303), with an optional message there.
#[derive(Clone, Debug)]
pub struct Redirect {
    to: String,
    message: String,
    undo: String,
    cookies: Vec<String>,
}

impl Redirect {
    /// To an address of our own.
    pub fn to(address: impl Into<String>) -> Redirect {
        Redirect { to: address.into(), message: String::new(), undo: String::new(), cookies: Vec::new() }
    }

    /// With a message.
    pub fn saying(mut self, message: impl Into<String>) -> Redirect {
        self.message = message.into();
        self
    }

    /// With an address that undoes it, by POST.
    pub fn undo(mut self, address: impl Into<String>) -> Redirect {
        self.undo = address.into();
        self
    }

    /// With a cookie.
    pub fn cookie(mut self, cookie: String) -> Redirect {
        self.cookies.push(cookie);
        self
    }
}

/// An address from a parameter must not lead to another site. Browsers drop tabs and line breaks from an address before they read it
/// (WHATWG URL §4.4), so `/<tab>/evil.example` would be one.
fn is_own(address: &str) -> bool {
    address.starts_with('/') && !address.starts_with("//") && !address.contains(|c: char| c == '\\' || c.is_control())
}

impl IntoResponse for Redirect {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::SEE_OTHER;
        let headers = response.headers_mut();
        let to = if is_own(&self.to) { self.to.as_str() } else { "/" };
        headers.insert(header::LOCATION, HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/")));
        if !self.message.is_empty()
            && let Some(value) = super::flash::flash_cookie(&self.message, &self.undo)
        {
            headers.append(header::SET_COOKIE, value);
        }
        for cookie in &self.cookies {
            if let Ok(value) = HeaderValue::from_str(cookie) {
                headers.append(header::SET_COOKIE, value);
            }
        }
        response
    }
}

/// A file to keep: always an attachment, never sniffed (RFC 6266, RFC 8187 for Japanese names).
pub fn download(bytes: Vec<u8>, name: &str, content_type: &str) -> Response {
    let ascii: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' }).collect();
    let encoded: String = name.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"._-".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
        text
    });
    let disposition = format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{encoded}");
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_str(content_type).unwrap_or(HeaderValue::from_static("application/octet-stream")),
    );
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn a_redirect_stays_on_our_own_site() {
        for own in ["/", "/assets?q=%E3%81%82", "/login?next=//evil.example"] {
            assert_eq!(Redirect::to(own).into_response().headers()["location"], own);
        }
        for foreign in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "javascript:1",
            "",
        ] {
            assert_eq!(Redirect::to(foreign).into_response().headers()["location"], "/", "{foreign:?}");
        }
    }
}
