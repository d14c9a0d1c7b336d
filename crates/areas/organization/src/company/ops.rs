//! Use cases: found a company in the installation, change its profile.

use std::sync::Arc;

use jiff::Timestamp;
use mamori_kernel::access::Role;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::id;
use mamori_kernel::lang::{Lang, Words};
use mamori_ledger::web::App;
use mamori_store::{Actor, Change, Db, Origin, Tx};
use serde_json::{Value as Json, json};

use super::{Profile, queries, rules};
use crate::account::{ops as account_ops, queries as accounts};

/// Writes a judged company within a transaction that already carries its id, with the log entry.
///
/// # Errors
/// [`Error::Invalid`] on `code` when it is taken.
pub(crate) async fn insert(tx: &mut Tx, code: &str, profile: &Profile) -> Result<()> {
    if !queries::insert(tx, code, profile).await? {
        return Err(Error::field("code", Words::new("この会社コードはすでに使われています。", "This company code is taken.")));
    }
    let company_id = tx.actor().company_id.clone();
    tx.log(Change::new("create", "company", &company_id, profile.name.trim(), pairs(None, profile))).await
}

/// Founds a further company; its creator (an account, or nobody from the command line) becomes its administrator and security
/// officer. Gives the new company's id.
///
/// # Errors
/// [`Error::Invalid`] with every field that does not fit.
pub async fn create_company(db: &Db, creator: &Actor, code: &str, profile: &Profile, now: Timestamp) -> Result<String> {
    rules::check_code(code)?;
    rules::check(profile)?;
    let mut actor = creator.clone();
    actor.company_id = id::new();
    let company_id = actor.company_id.clone();
    let (user_id, name) = (actor.user_id.clone(), actor.name.clone());
    let mut tx = db.tx(Arc::new(actor), now).await?;
    insert(&mut tx, code, profile).await?;
    if !user_id.is_empty() {
        let roles = [Role::Admin, Role::Officer];
        accounts::put_membership(&mut tx, &user_id, &roles, None).await?;
        account_ops::note(&mut tx, "add-member", &user_id, &name, json!({ "roles": [null, account_ops::codes(&roles)] })).await?;
    }
    tx.commit().await?;
    Ok(company_id)
}

/// Lets every area write what a new company begins with (role catalogue, outside contacts, the sheets of the risk method). The company
/// exists already and can be used without it; run again this changes nothing.
///
/// # Errors
/// [`Error::NotFound`] for an unknown code; database faults.
pub async fn begin(app: &App, code: &str, lang: Lang) -> Result<()> {
    let companies = all(&app.db).await?;
    let (company_id, _, _) = companies.into_iter().find(|(_, known, _)| known == code).ok_or(Error::NotFound)?;
    let actor = Actor::program(&company_id, "mamori", Origin::Job("begin".to_owned()), lang);
    let mut tx = app.db.tx(Arc::new(actor), app.clock.now()).await?;
    if app.registry.begin(&mut tx).await? == 0 {
        return tx.rollback().await;
    }
    tx.commit().await
}

/// Changes the profile of the actor's company. `version` is the one the form was filled from.
///
/// # Errors
/// [`Error::Invalid`] for fields; [`Error::Conflict`] when somebody else saved first.
pub async fn change_profile(db: &Db, actor: Arc<Actor>, profile: &Profile, version: i64, now: Timestamp) -> Result<()> {
    rules::check(profile)?;
    let mut tx = db.tx(actor, now).await?;
    let old = queries::get(&mut tx).await?;
    if !queries::update(&mut tx, profile, version).await? {
        return Err(Error::Conflict { current: old.version });
    }
    let diff = pairs(Some(&old.profile), profile);
    tx.log(Change::new("update", "company", &old.id, profile.name.trim(), diff)).await?;
    tx.commit().await
}

/// The companies of the installation as `(id, code, name)`, for the command line.
///
/// # Errors
/// Database faults.
pub async fn all(db: &Db) -> Result<Vec<(String, String, String)>> {
    queries::all(&mut db.system_view().await?).await
}

fn pairs(old: Option<&Profile>, new: &Profile) -> Json {
    let pair = |read: fn(&Profile) -> Json| json!([old.map(read), read(new)]);
    account_ops::changed_only(json!({
        "name": pair(|p| json!(p.name.trim())),
        "name_kana": pair(|p| json!(p.name_kana.trim())),
        "industry": pair(|p| json!(p.industry)),
        "headcount": pair(|p| json!(p.headcount)),
        "fiscal_start_month": pair(|p| json!(p.fiscal_start_month)),
        "lang": pair(|p| json!(p.lang.code())),
        "doc_prefix": pair(|p| json!(p.doc_prefix.trim())),
    }))
}
