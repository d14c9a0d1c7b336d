//! Use cases: make and revoke API tokens.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use mamori_kernel::error::{Error, FieldError, Result};
use mamori_kernel::lang::Words;
use mamori_kernel::time;
use mamori_store::{Actor, Change, Db, Origin};
use serde_json::json;

use super::{TokenScope, queries};
use crate::account::{ops as account_ops, queries as accounts, rules::later};
use crate::session::{new_token, token_hash};

/// What every token starts with, so that scanners for leaked secrets can find it.
const PREFIX: &str = "mamori_";

/// The end of a day in Japan: a token that expires on a day works on that day.
fn end_of(day: Date) -> Option<Timestamp> {
    let next = day.tomorrow().ok()?;
    next.to_zoned(time::zone()).ok().map(|zoned| zoned.timestamp())
}

/// Makes a token for the actor in his company; gives the token, which is shown this once. `expires`: the last day on which it works.
///
/// # Errors
/// [`Error::Invalid`] for a missing name or a day that has passed.
pub async fn create(
    db: &Db,
    actor: Arc<Actor>,
    name: &str,
    scope: TokenScope,
    expires: Option<Date>,
    now: Timestamp,
) -> Result<String> {
    let name = name.trim();
    let mut wrong = Vec::new();
    if !(1..=60).contains(&name.chars().count()) {
        let message = Words::new(
            "何に使うトークンか、60文字以内で入力してください。",
            "Please say in up to 60 characters what the token is for.",
        );
        wrong.push(FieldError { field: "name".to_owned(), message });
    }
    if expires.is_some_and(|day| day < time::today(now)) {
        let message = Words::new("期限には今日以降の日付を入力してください。", "The last day cannot be in the past.");
        wrong.push(FieldError { field: "expires".to_owned(), message });
    }
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    write(db, actor, name, scope, expires.and_then(end_of), now).await
}

async fn write(
    db: &Db,
    actor: Arc<Actor>,
    name: &str,
    scope: TokenScope,
    expires: Option<Timestamp>,
    now: Timestamp,
) -> Result<String> {
    let token = format!("{PREFIX}{}", new_token()?);
    let user_id = actor.user_id.clone();
    let mut tx = db.tx(actor, now).await?;
    let id = queries::insert(&mut tx, &user_id, name, scope, &token_hash(&token), expires).await?;
    tx.log(Change::new("create", "api_token", &id, name, json!({ "scope": [null, scope.code()] }))).await?;
    tx.commit().await?;
    Ok(token)
}

/// Revokes a token of the actor's.
///
/// # Errors
/// [`Error::NotFound`] for a token that is not his.
pub async fn revoke(db: &Db, actor: Arc<Actor>, id: &str, now: Timestamp) -> Result<()> {
    let user_id = actor.user_id.clone();
    let mut tx = db.tx(actor, now).await?;
    let name = queries::revoke(&mut tx, &user_id, id).await?.ok_or(Error::NotFound)?;
    tx.log(Change::new("revoke", "api_token", id, &name, json!({}))).await?;
    tx.commit().await
}

/// Makes a token from the command line for a login name in a company (by code; `None` when the user has only one). Tokens of the
/// command line last a year.
///
/// # Errors
/// [`Error::Invalid`] on `login` or `company` when there is no such account or membership.
pub async fn issue(db: &Db, login: &str, company: Option<&str>, scope: TokenScope, now: Timestamp) -> Result<String> {
    let account = account_ops::by_login(db, login).await?;
    let companies = accounts::companies_of(&mut db.system_view().await?, &account.id).await?;
    let found = match (company, companies.as_slice()) {
        (Some(code), all) => all.iter().find(|(_, known, _)| known == code),
        (None, [only]) => Some(only),
        (None, _) => None,
    };
    let Some((company_id, _, _)) = found else {
        let codes: Vec<&str> = companies.iter().map(|(_, code, _)| code.as_str()).collect();
        return Err(Error::field(
            "company",
            Words::owned(
                format!("会社コードを指定してください。このアカウントの会社: {}", codes.join(", ")),
                format!("Please name the company by its code. Companies of this account: {}", codes.join(", ")),
            ),
        ));
    };
    let mut actor = Actor::program(company_id, &account.name, Origin::Cli, account.lang);
    actor.user_id = account.id.clone();
    let year = SignedDuration::from_hours(365 * 24);
    write(db, Arc::new(actor), "mamori token", scope, Some(later(now, year)), now).await
}
