//! Routes with declared access. There is no way to add a page without saying who may see it.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::handler::Handler;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, MethodRouter, on};
use mamori_kernel::access::Action;
use mamori_kernel::error::Error;
use mamori_kernel::lang::Words;

use super::app::App;
use super::ctx::Identity;
use super::page::Failure;

/// Who may use a route.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Access {
    /// Anybody, also without signing in.
    Public,
    /// Anybody who is signed in and has entered a company.
    SignedIn,
    /// Anybody who is signed in, also before a company is chosen.
    Account,
    /// Those whom the permission table grants the action on the resource. Rows are judged again inside.
    Can(&'static str, Action),
    /// Administrators of the whole installation.
    Installation,
}

/// A route as the permission page and the tests see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteInfo {
    /// `GET` or `POST` …
    pub method: &'static str,
    /// The address pattern.
    pub path: String,
    /// Who may.
    pub access: Access,
}

/// A set of routes.
#[derive(Default)]
pub struct Routes {
    router: Router<App>,
    table: Vec<RouteInfo>,
}

impl Routes {
    /// Reading.
    pub fn get<H, T>(self, path: &str, access: Access, handler: H) -> Routes
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add("GET", MethodFilter::GET, path, access, handler)
    }

    /// Changing.
    pub fn post<H, T>(self, path: &str, access: Access, handler: H) -> Routes
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add("POST", MethodFilter::POST, path, access, handler)
    }

    /// Changing a part (API).
    pub fn patch<H, T>(self, path: &str, access: Access, handler: H) -> Routes
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add("PATCH", MethodFilter::PATCH, path, access, handler)
    }

    /// Changing, with a body larger than a form's.
    pub fn upload<H, T>(self, path: &str, access: Access, limit: DefaultBodyLimit, handler: H) -> Routes
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add("POST", MethodFilter::POST, path, access, handler.layer(limit))
    }

    fn add<H, T>(mut self, name: &'static str, filter: MethodFilter, path: &str, access: Access, handler: H) -> Routes
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.table.push(RouteInfo { method: name, path: path.to_owned(), access });
        let guarded: MethodRouter<App> =
            on(filter, handler).route_layer(from_fn(move |request: Request, next: Next| guard(access, request, next)));
        self.router = self.router.route(path, guarded);
        self
    }

    /// Joins two sets.
    pub fn merge(mut self, other: Routes) -> Routes {
        self.router = self.router.merge(other.router);
        self.table.extend(other.table);
        self
    }

    /// The router and the table of what it holds.
    pub fn into_parts(self) -> (Router<App>, Vec<RouteInfo>) {
        (self.router, self.table)
    }
}

/// Judges a request before its handler runs.
async fn guard(access: Access, request: Request, next: Next) -> Response {
    let identity = request.extensions().get::<Identity>();
    let refusal = match (access, identity) {
        (Access::Public, _) => None,
        (_, None) => Some(Error::SignInRequired),
        (Access::Account, Some(_)) => None,
        (Access::Installation, Some(identity)) => (!identity.installation_admin).then(forbidden),
        (_, Some(identity)) if identity.company.is_none() => Some(Error::SignInRequired),
        (Access::SignedIn, Some(_)) => None,
        (Access::Can(resource, action), Some(identity)) => (!identity.actor.can(resource, action)).then(forbidden),
    };
    match refusal {
        None => next.run(request).await,
        Some(error) => Failure(error).into_response(),
    }
}

fn forbidden() -> Error {
    Error::Forbidden(Words::new(
        "この操作を行う権限がありません。必要な場合は、システム管理者に権限の追加を依頼してください。",
        "You do not have permission for this. If you need it, please ask your administrator.",
    ))
}
