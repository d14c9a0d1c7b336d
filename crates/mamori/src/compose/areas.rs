//! Which areas there are, and the few places where the program speaks to one of them by name.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use mamori_kernel::access::Role;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Lang;
use mamori_ledger::Area;
use mamori_ledger::web::{App, Clock, Failure, Identity, Redirect};
use mamori_organization::account::{self, MustChange, NewUser, ops as accounts};
use mamori_organization::company::{self, Profile};
use mamori_organization::token::TokenScope;
use mamori_risk::report;
pub use mamori_risk::report::{Format as ReportFormat, Kind as ReportKind};
use mamori_store::{Actor, Db, Origin};

/// All areas in reading order, between the program's own pages.
pub fn areas() -> Vec<Area> {
    vec![
        crate::home::area(),
        mamori_organization::area(),
        mamori_approval::area(approvals()),
        // Risk values are worked out in the same save as the asset: the risk area stands around the ledger's own rules.
        mamori_risk::attach(mamori_assets::area()),
        mamori_risk::area(),
        mamori_threats::area(),
        mamori_planning::area(),
        mamori_assessment::area(),
        crate::mail::area(),
        crate::home::records(),
    ]
}

/// Everything that can be approved, and who is asked.
fn approvals() -> mamori_approval::Approvals {
    mamori_approval::Approvals::new(mamori_organization::directory::OrganizationDirectory)
        .kind(mamori_risk::acceptance::approvable())
        .kind(mamori_assessment::approvable())
        .kind(mamori_planning::budget_request::approvable())
}

/// Who is behind a request; see the organization area.
pub async fn authenticate(state: State<App>, request: Request, next: Next) -> Response {
    mamori_organization::session::authenticate(state, request, next).await
}

/// On an installation without any account every page leads to the set-up.
pub async fn first_visit(State(app): State<App>, request: Request, next: Next) -> Response {
    // Once set up, always set up: asked of the database until the first "yes" only.
    static SET_UP: AtomicBool = AtomicBool::new(false);
    let path = request.uri().path();
    let open = ["/setup", "/preferences", "/api"]
        .iter()
        .any(|prefix| path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')));
    if open || SET_UP.load(Ordering::Relaxed) || request.extensions().get::<Identity>().is_some() {
        return next.run(request).await;
    }
    match mamori_organization::setup::needed(&app.db).await {
        Ok(true) => Redirect::to("/setup").into_response(),
        Ok(false) => {
            // Tests run several installations in one process; a fixed clock marks them.
            if matches!(app.clock, Clock::System) {
                SET_UP.store(true, Ordering::Relaxed);
            }
            next.run(request).await
        }
        Err(error) => Failure(error).into_response(),
    }
}

/// Work of the areas that is neither a job nor a request: sessions, links and counters that are over.
///
/// # Errors
/// Database faults.
pub async fn clean_up(app: &App, now: jiff::Timestamp) -> Result<()> {
    let gone = mamori_organization::session::clean_up(&app.db, now).await?;
    tracing::debug!(gone, "ended sessions and old counters removed");
    Ok(())
}

/// All companies of the installation: id, code, name.
///
/// # Errors
/// Database faults.
pub async fn companies(db: &Db) -> Result<Vec<(String, String, String)>> {
    company::ops::all(db).await
}

/// A company to be founded from the command line.
pub struct NewCompany {
    /// Short code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Code of the industry.
    pub industry: String,
    /// Number of people.
    pub headcount: i64,
    /// First month of the fiscal year, 1–12.
    pub fiscal_start_month: i64,
    /// Language of documents and mails.
    pub lang: Lang,
}

/// Founds a company; an existing account may become its administrator and security officer.
///
/// # Errors
/// [`Error::Invalid`] for fields and unknown login names; then nothing is founded.
pub async fn add_company(app: &App, new: NewCompany, admin: Option<&str>) -> Result<()> {
    let now = app.clock.now();
    let mut creator = Actor::program("", "mamori", Origin::Cli, new.lang);
    if let Some(login) = admin {
        let account = accounts::by_login(&app.db, login).await?;
        creator.user_id = account.id.clone();
        creator.name = account.name.clone();
    }
    let profile = Profile {
        name: new.name,
        name_kana: String::new(),
        industry: new.industry,
        headcount: new.headcount,
        fiscal_start_month: new.fiscal_start_month,
        lang: new.lang,
        doc_prefix: String::new(),
    };
    company::create_company(&app.db, &creator, &new.code, &profile, now).await?;
    company::ops::begin(app, &new.code, new.lang).await
}

/// All accounts as `(login, name, codes of companies, disabled)`.
///
/// # Errors
/// Database faults.
pub async fn users(db: &Db) -> Result<Vec<(String, String, Vec<String>, bool)>> {
    account::queries::all(&mut db.system_view().await?).await
}

/// An account to be created from the command line.
pub struct NewMember {
    /// Login name.
    pub login: String,
    /// Name.
    pub name: String,
    /// Mail address, or empty.
    pub email: String,
    /// Roles in the company.
    pub roles: Vec<Role>,
    /// Administrator of the whole installation.
    pub installation_admin: bool,
    /// Preferred language.
    pub lang: Lang,
}

/// Creates an account as a member of the actor's company; gives its one-time password.
///
/// # Errors
/// [`Error::Invalid`] with every field that does not fit.
pub async fn add_user(app: &App, actor: Arc<Actor>, new: NewMember) -> Result<String> {
    let plain = accounts::one_time_password()?;
    let user = NewUser {
        login: new.login,
        name: new.name,
        email: new.email,
        password: plain.clone(),
        must_change: MustChange::OneTime,
        lang: new.lang,
        roles: new.roles,
        person_id: None,
        installation_admin: new.installation_admin,
    };
    accounts::create_user(&app.db, actor, user, app.clock.now()).await?;
    Ok(plain)
}

/// Replaces a password by a one-time password, which is given back.
///
/// # Errors
/// [`Error::Invalid`] for an unknown login name.
pub async fn reset_password(app: &App, actor: Arc<Actor>, login: &str) -> Result<String> {
    let account = accounts::by_login(&app.db, login).await?;
    // Whoever sits at the server holds the whole installation anyway.
    accounts::reset_to_one_time(&app.db, actor, &account.id, true, app.clock.now()).await
}

/// Lifts a lock after failed sign-ins.
///
/// # Errors
/// As [`reset_password`].
pub async fn unlock(app: &App, actor: Arc<Actor>, login: &str) -> Result<()> {
    let account = accounts::by_login(&app.db, login).await?;
    accounts::act_on_member(&app.db, actor, &account.id, accounts::Deed::Unlock, true, app.clock.now()).await
}

/// Issues an API token for a login name.
///
/// # Errors
/// [`Error::Invalid`] on `login` or `company`.
pub async fn issue_token(app: &App, login: &str, company: Option<&str>, writes: bool) -> Result<String> {
    let scope = TokenScope::parse(if writes { "write" } else { "read" })
        .ok_or_else(|| Error::Internal("token scopes changed their names".to_owned()))?;
    mamori_organization::token::ops::issue(&app.db, login, company, scope, app.clock.now()).await
}

/// A report as a file in the actor's language: a draft, for numbers are given where somebody answers for the report.
///
/// # Errors
/// [`Error::Refused`] for a format that the report does not come in, or when it cannot be laid out; database faults.
pub async fn risk_report(app: &App, actor: Arc<Actor>, kind: ReportKind, format: ReportFormat) -> Result<Vec<u8>> {
    let lang = actor.lang;
    let mut view = app.db.view(actor).await?;
    let options = report::Options::default();
    Ok(report::make(&mut view, &app.registry, app.clock.now(), (kind, format), options, lang).await?.bytes)
}
