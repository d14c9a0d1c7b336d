//! The request context: who asks, in which language, at which instant.

use std::sync::Arc;

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::{Lang, Words};
use mamori_kernel::{i18n, time};
use mamori_store::{Actor, Tx, View};

use super::app::App;
use super::page::Failure;

/// A company that the user may enter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Row id.
    pub id: String,
    /// Short code, on the command line.
    pub code: String,
    /// Name.
    pub name: String,
}

/// Who is behind a request; put there by the authenticating middleware.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The actor in the company at hand. Without a company it has no roles.
    pub actor: Arc<Actor>,
    /// The account's name for signing in.
    pub login: String,
    /// The session, or the API token.
    pub session_id: String,
    /// The company at hand.
    pub company: Option<Membership>,
    /// All companies of the user.
    pub companies: Vec<Membership>,
    /// Administrator of the whole installation.
    pub installation_admin: bool,
    /// Preferred language.
    pub lang: Lang,
    /// First month of the company's fiscal year (年度), 1–12.
    pub fiscal_start_month: i8,
}

/// The context of one request.
#[derive(Clone)]
pub struct Ctx {
    /// The program.
    pub app: App,
    /// Who asks; `None` on public pages.
    pub identity: Option<Identity>,
    /// The reader's language.
    pub lang: Lang,
    /// The instant of the request.
    pub now: jiff::Timestamp,
    /// The path asked for.
    pub path: String,
    /// The query string.
    pub query: String,
    /// The caller's address.
    pub address: String,
    /// htmx asks for a part of the page.
    pub partial: bool,
}

impl FromRequestParts<App> for Ctx {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> std::result::Result<Self, Self::Rejection> {
        Ok(Ctx::of(parts, app))
    }
}

impl OptionalFromRequestParts<App> for Ctx {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> std::result::Result<Option<Self>, Self::Rejection> {
        Ok(Some(Ctx::of(parts, app)))
    }
}

fn header<'a>(parts: &'a Parts, name: &str) -> &'a str {
    parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// The value of a cookie.
pub(crate) fn cookie<'a>(parts: &'a Parts, name: &str) -> Option<&'a str> {
    header(parts, "cookie")
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, v)| v)
}

impl Ctx {
    /// Reads the context off a request: language by cookie, account, browser, in this order.
    pub fn of(parts: &Parts, app: &App) -> Ctx {
        let identity = parts.extensions.get::<Identity>().cloned();
        let lang = cookie(parts, "lang")
            .and_then(Lang::parse)
            .or_else(|| identity.as_ref().map(|identity| identity.lang))
            .or_else(|| Lang::from_accept(header(parts, "accept-language")))
            .unwrap_or_default();
        let address = parts
            .extensions
            .get::<axum::extract::ConnectInfo<std::net::SocketAddr>>()
            .map_or_else(String::new, |info| info.0.ip().to_string());
        Ctx {
            app: app.clone(),
            identity,
            lang,
            now: app.clock.now(),
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            address,
            partial: header(parts, "hx-request-type") == "partial",
        }
    }

    /// Who asks.
    ///
    /// # Errors
    /// [`Error::SignInRequired`] on a public page without a session.
    pub fn identity(&self) -> Result<&Identity> {
        self.identity.as_ref().ok_or(Error::SignInRequired)
    }

    /// The actor, speaking the reader's language.
    ///
    /// # Errors
    /// As [`Ctx::identity`].
    pub fn actor(&self) -> Result<Arc<Actor>> {
        let identity = self.identity()?;
        if identity.actor.lang == self.lang {
            return Ok(identity.actor.clone());
        }
        let mut actor = Actor::clone(&identity.actor);
        actor.lang = self.lang;
        Ok(Arc::new(actor))
    }

    /// Opens a reading handle.
    ///
    /// # Errors
    /// As [`Ctx::identity`]; database faults.
    pub async fn view(&self) -> Result<View> {
        self.app.db.view(self.actor()?).await
    }

    /// Begins a writing transaction.
    ///
    /// # Errors
    /// As [`Ctx::identity`]; database faults.
    pub async fn tx(&self) -> Result<Tx> {
        self.app.db.tx(self.actor()?, self.now).await
    }

    /// The permission table grants the action with at least some rows.
    pub fn can(&self, resource: &str, action: Action) -> bool {
        self.identity.as_ref().is_some_and(|identity| identity.actor.can(resource, action))
    }

    /// Today in Japan.
    pub fn today(&self) -> jiff::civil::Date {
        time::today(self.now)
    }

    /// The sentence of a key.
    pub fn t(&self, key: &str) -> String {
        i18n::t(self.lang, key)
    }

    /// The sentence of a key with one argument.
    pub fn t1(&self, key: &str, name: &str, value: impl ToString) -> String {
        i18n::ta(self.lang, key, &[(name, value.to_string().into())])
    }

    /// The sentence of a key with two arguments.
    pub fn t2(&self, key: &str, a: (&str, &str), b: (&str, &str)) -> String {
        i18n::ta(self.lang, key, &[(a.0, a.1.to_owned().into()), (b.0, b.1.to_owned().into())])
    }

    /// One of a pair of words.
    pub fn w<'a>(&self, words: &'a Words) -> &'a str {
        words.get(self.lang)
    }

    /// The fields of the query string.
    pub fn query_form(&self) -> Form {
        decode_form(self.query.as_bytes())
    }
}

/// The fields of a form or query string, in order; names may repeat.
#[derive(Clone, Debug, Default)]
pub struct Form(pub Vec<(String, String)>);

/// Decodes `application/x-www-form-urlencoded` (WHATWG URL §5).
pub fn decode_form(bytes: &[u8]) -> Form {
    Form(form_urlencoded::parse(bytes).map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
}

impl Form {
    /// The first value of a name; empty when it is missing.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// All values of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// True when the name was sent.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }

    /// Back to a query string.
    pub fn encode(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.0).finish()
    }

    /// A copy with one name set to one value (removed when empty).
    pub fn with(&self, name: &str, value: &str) -> Form {
        let mut pairs: Vec<(String, String)> = self.0.iter().filter(|(key, _)| key != name).cloned().collect();
        if !value.is_empty() {
            pairs.push((name.to_owned(), value.to_owned()));
        }
        Form(pairs)
    }
}

/// The first value of a name in a query string.
pub fn query_get(query: &str, name: &str) -> String {
    decode_form(query.as_bytes()).get(name).to_owned()
}
