//! Who is behind a request: runs before every page, with two statements.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use mamori_kernel::error::Result;
use mamori_kernel::lang::Lang;
use mamori_ledger::web::{App, Failure, Identity, Membership};
use mamori_store::{Actor, Origin};

use super::{queries, rules, token_hash, token_of};
use crate::account::queries::parse_roles;

/// Finds the session cookie or, for the API, `Authorization: Bearer …` (RFC 6750), and puts the [`Identity`] into the request.
/// Judges nothing: the routes' guards do. An unknown or ended session counts as nobody.
pub async fn authenticate(State(app): State<App>, mut request: Request, next: Next) -> Response {
    // Read off the request before the first await: a body cannot be shared between threads, so neither can `&Request`.
    let (pass, address) = (pass(&app, &request), address(&request));
    match identify(&app, pass, address).await {
        Ok(Some(identity)) => {
            request.extensions_mut().insert(identity);
        }
        Ok(None) => {}
        Err(error) => return Failure(error).into_response(),
    }
    next.run(request).await
}

enum Pass {
    Session(String),
    Token(String),
}

fn pass(app: &App, request: &Request) -> Option<Pass> {
    let header = request.headers().get("authorization").and_then(|value| value.to_str().ok());
    match header {
        // A bearer token opens the API only: no page, no account settings, no further token.
        Some(value) if request.uri().path().starts_with("/api/") => {
            let (scheme, token) = value.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then(|| Pass::Token(token_hash(token.trim())))
        }
        _ => token_of(request.headers(), app.secure_cookies).map(|token| Pass::Session(token_hash(&token))),
    }
}

fn address(request: &Request) -> String {
    request.extensions().get::<ConnectInfo<SocketAddr>>().map_or_else(String::new, |info| info.0.ip().to_string())
}

/// The identity behind a pass, if any.
async fn identify(app: &App, pass: Option<Pass>, address: String) -> Result<Option<Identity>> {
    let Some(pass) = pass else { return Ok(None) };
    let now = app.clock.now();
    let mut system = app.db.system_view().await?;
    let (behind, origin) = match &pass {
        Pass::Session(hash) => (queries::behind_session(&mut system, hash, now).await?, Origin::Web(address)),
        Pass::Token(hash) => (queries::behind_token(&mut system, hash, now).await?, Origin::Api(address)),
    };
    let Some(behind) = behind else { return Ok(None) };
    let (companies, department_ids) =
        queries::surroundings(&mut system, &behind.user_id, &behind.company_id, &behind.department_id).await?;
    drop(system);
    note_use(app, &pass, &behind, now);

    let companies: Vec<Membership> = companies.into_iter().map(|(id, code, name)| Membership { id, code, name }).collect();
    let company = companies.iter().find(|company| company.id == behind.company_id).cloned();
    let lang = Lang::parse(&behind.lang).unwrap_or_default();
    let actor = Actor {
        company_id: company.as_ref().map(|company| company.id.clone()).unwrap_or_default(),
        user_id: behind.user_id,
        name: behind.name,
        roles: if company.is_some() { parse_roles(&behind.roles) } else { Vec::new() },
        person_id: behind.person_id,
        department_ids,
        lang,
        origin,
        policy: app.registry.policy.clone(),
        read_only: behind.read_only,
    };
    Ok(Some(Identity {
        actor: Arc::new(actor),
        login: behind.login,
        session_id: behind.session_id,
        company,
        companies,
        installation_admin: behind.installation_admin && matches!(pass, Pass::Session(_)),
        lang,
        fiscal_start_month: i8::try_from(behind.fiscal_start_month).unwrap_or(4),
    }))
}

/// Notes the use at most once a minute and beside the request: reading a page never waits for the write lock.
fn note_use(app: &App, pass: &Pass, behind: &queries::Behind, now: jiff::Timestamp) {
    let fresh = behind.used_at.is_some_and(|used| now.duration_since(used) < rules::SEEN_EVERY);
    if fresh {
        return;
    }
    let (db, id, is_session) = (app.db.clone(), behind.session_id.clone(), matches!(pass, Pass::Session(_)));
    tokio::spawn(async move {
        let noted = async {
            let mut system = db.system().await?;
            if is_session { queries::seen(&mut system, &id, now).await } else { queries::token_seen(&mut system, &id, now).await }
        };
        if let Err(error) = noted.await {
            tracing::warn!(%error, "the use of a session could not be noted");
        }
    });
}

/// What [`authenticate`] finds, without a server around it.
#[cfg(test)]
pub(crate) async fn identify_request(app: &App, request: &Request) -> Result<Option<Identity>> {
    identify(app, pass(app, request), address(request)).await
}
