//! A browser or a program that talks to the service, with its cookies.

use std::collections::BTreeMap;
use std::sync::Mutex;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request};
use mamori_ledger::web::Form;
use serde_json::Value as Json;
use tower::ServiceExt as _;

/// A caller.
pub struct Client {
    service: Router,
    cookies: Mutex<BTreeMap<String, String>>,
    /// The API token, for a caller that is a program.
    pub bearer: Option<String>,
    /// `same-origin` for a form of ours; `cross-site` tries what must not work.
    pub site: &'static str,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// Content.
    pub body: Vec<u8>,
}

impl Client {
    pub(super) fn new(service: Router) -> Client {
        Client { service, cookies: Mutex::new(BTreeMap::new()), bearer: None, site: "same-origin" }
    }

    /// Sets a cookie.
    pub fn cookie(&self, name: &str, value: &str) {
        self.cookies.lock().unwrap().insert(name.to_owned(), value.to_owned());
    }

    /// The value of a cookie, if there is one.
    pub fn has_cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    /// Sends anything.
    pub async fn send(&self, method: &str, path: &str, content_type: &str, body: impl Into<Body>) -> Answer {
        let mut request =
            Request::builder().method(method).uri(path).header("host", "mamori.test").header("accept-language", "ja");
        if let Some(token) = &self.bearer {
            request = request.header("authorization", format!("Bearer {token}"));
        } else {
            request = request.header("sec-fetch-site", self.site);
        }
        if !content_type.is_empty() {
            request = request.header("content-type", content_type);
        }
        let cookies: Vec<String> = self.cookies.lock().unwrap().iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request = request.header("cookie", cookies.join("; "));
        }
        let response = self.service.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        for value in headers.get_all("set-cookie") {
            let text = value.to_str().unwrap();
            let (name, rest) = text.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap_or_default();
            let mut cookies = self.cookies.lock().unwrap();
            if value.is_empty() || text.contains("Max-Age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let body = to_bytes(response.into_body(), 64 * 1024 * 1024).await.unwrap().to_vec();
        Answer { status, headers, body }
    }

    /// Reads a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, "", Body::empty()).await
    }

    /// Sends a form.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let form = Form(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect());
        self.send("POST", path, "application/x-www-form-urlencoded", form.encode()).await
    }

    /// Sends a file in the field `file`, with other fields before it.
    pub async fn upload(&self, path: &str, fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> Answer {
        const EDGE: &str = "----mamori-test-edge";
        let mut body = Vec::new();
        for (field, value) in fields {
            body.extend(format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n").into_bytes());
        }
        body.extend(
            format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .into_bytes(),
        );
        body.extend(bytes);
        body.extend(format!("\r\n--{EDGE}--\r\n").into_bytes());
        self.send("POST", path, &format!("multipart/form-data; boundary={EDGE}"), body).await
    }

    /// Sends JSON.
    pub async fn json(&self, method: &str, path: &str, json: &Json) -> Answer {
        self.send(method, path, "application/json", json.to_string()).await
    }
}

impl Answer {
    /// The content as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The content as JSON.
    pub fn json(&self) -> Json {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("no JSON ({error}): {}", self.text()))
    }

    /// Where a redirect leads.
    pub fn location(&self) -> String {
        self.headers.get("location").map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
    }

    /// Fails unless this is the status; shows what the page says.
    #[track_caller]
    pub fn is(self, status: u16) -> Answer {
        assert_eq!(self.status, status, "{}\n{}", self.location(), self.words());
        self
    }

    /// The words of the page, without tags, for messages of failing tests.
    pub fn words(&self) -> String {
        let text = self.text();
        let main = text.split_once("<main").map_or(text.as_str(), |(_, main)| main);
        let mut words = String::new();
        let mut inside = false;
        for c in main.chars() {
            match c {
                '<' => inside = true,
                '>' => {
                    inside = false;
                    words.push(' ');
                }
                c if !inside => words.push(c),
                _ => {}
            }
        }
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The page says this.
    #[track_caller]
    pub fn says(self, what: &str) -> Answer {
        assert!(self.text().contains(what), "the page does not say “{what}”:\n{}", self.words());
        self
    }

    /// The words of the page, tags left out, contain these.
    #[track_caller]
    pub fn tells(self, what: &str) -> Answer {
        let words = self.words();
        assert!(words.contains(what), "the page does not tell “{what}”:\n{words}");
        self
    }

    /// The page does not say this.
    #[track_caller]
    pub fn hides(self, what: &str) -> Answer {
        assert!(!self.text().contains(what), "the page says “{what}”:\n{}", self.words());
        self
    }
}
