//! Accounts and memberships in the database. Accounts belong to the installation, memberships to a company; whatever a company's
//! administrator does goes through [`Tx`] and reaches only accounts that have a membership in his company.

use jiff::Timestamp;
use mamori_kernel::access::Role;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::id;
use mamori_kernel::lang::Lang;
use mamori_store::dialect::parse_instant;
use mamori_store::{Reader, Row, System, Tx, args};

use super::rules::Attempts;
use super::{Account, Member, MustChange, NewUser};

/// Keeps an own-account statement within the company at hand; without a company (an account between companies) it is free.
macro_rules! known_here {
    () => {
        "($1 = '' or exists (select 1 from membership m where m.user_id = user_account.id and m.company_id = $1))"
    };
}

fn account(row: &Row, roles: Vec<Role>) -> Result<Account> {
    let codes: String = row.get("recovery_codes")?;
    Ok(Account {
        id: row.get("id")?,
        login: row.get("login")?,
        name: row.get("name")?,
        email: row.get("email")?,
        password_hash: row.get("password_hash")?,
        password_changed_at: parse_instant(&row.text("password_changed_at")?),
        must_change: MustChange::from_column(row.get("must_change_password")?),
        totp_secret: row.get("totp_secret")?,
        totp_on: !row.text("totp_confirmed_at")?.is_empty(),
        totp_last_step: row.get("totp_last_step")?,
        recovery_codes: serde_json::from_str(&codes).unwrap_or_default(),
        attempts: Attempts { failures: row.get("failures")?, locked_until: parse_instant(&row.text("locked_until")?) },
        lang: Lang::parse(&row.text("lang")?).unwrap_or_default(),
        installation_admin: row.get("installation_admin")?,
        disabled: !row.text("disabled_at")?.is_empty(),
        last_login_at: parse_instant(&row.text("last_login_at")?),
        roles_anywhere: roles,
    })
}

/// Reads the roles kept in a membership; unknown codes of a newer program are left out.
pub fn parse_roles(json: &str) -> Vec<Role> {
    let codes: Vec<String> = serde_json::from_str(json).unwrap_or_default();
    codes.iter().filter_map(|code| Role::parse(code)).collect()
}

/// The form in which roles are kept.
pub fn roles_json(roles: &[Role]) -> String {
    let codes: Vec<&str> = roles.iter().map(|role| role.code()).collect();
    serde_json::Value::from(codes).to_string()
}

async fn with_roles(system: &mut System, row: Option<Row>) -> Result<Option<Account>> {
    let Some(row) = row else { return Ok(None) };
    let id: String = row.get("id")?;
    let memberships = system.rows("select roles from membership where user_id = $1 and ended_at = ''", args![id]).await?;
    let mut roles = Vec::new();
    for membership in &memberships {
        roles.extend(parse_roles(&membership.text("roles")?));
    }
    Ok(Some(account(&row, roles)?))
}

/// The account of a login name in its normal form.
///
/// # Errors
/// Database faults.
pub async fn by_login(system: &mut System, login: &str) -> Result<Option<Account>> {
    let row = system.first("select * from user_account where login = $1", args![login]).await?;
    with_roles(system, row).await
}

/// The account of an id.
///
/// # Errors
/// Database faults.
pub async fn by_id(system: &mut System, id: &str) -> Result<Option<Account>> {
    let row = system.first("select * from user_account where id = $1", args![id]).await?;
    with_roles(system, row).await
}

/// Accounts to which a reset may be mailed: by login name or mail address, at most five.
///
/// # Errors
/// Database faults.
pub async fn for_reset(system: &mut System, typed: &str) -> Result<Vec<(String, String, Lang)>> {
    let sql = "select id, email, lang from user_account where (login = $1 or (email <> '' and lower(email) = $1)) and email <> '' and disabled_at = '' order by id limit 5";
    let rows = system.rows(sql, args![typed]).await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("email")?, Lang::parse(&row.text("lang")?).unwrap_or_default()))).collect()
}

/// How many accounts there are.
///
/// # Errors
/// Database faults.
pub async fn count(system: &mut System) -> Result<i64> {
    let row = system.first("select count(*) as n from user_account", vec![]).await?;
    row.map_or(Ok(0), |row| row.get("n"))
}

/// All accounts of the installation as `(login, name, companies, disabled)`, for the command line.
///
/// # Errors
/// Database faults.
pub async fn all(system: &mut System) -> Result<Vec<(String, String, Vec<String>, bool)>> {
    let rows = system
        .rows(
            "select u.login, u.name, u.disabled_at, coalesce(c.code, '') as code from user_account u \
             left join membership m on m.user_id = u.id and m.ended_at = '' left join company c on c.id = m.company_id order by u.login, c.code",
            vec![],
        )
        .await?;
    let mut all: Vec<(String, String, Vec<String>, bool)> = Vec::new();
    for row in &rows {
        let (login, code): (String, String) = (row.get("login")?, row.get("code")?);
        match all.last_mut().filter(|last| last.0 == login) {
            Some(last) => last.2.push(code),
            None => {
                let codes = if code.is_empty() { vec![] } else { vec![code] };
                all.push((login, row.get("name")?, codes, !row.text("disabled_at")?.is_empty()));
            }
        }
    }
    Ok(all)
}

/// The companies of an account as `(id, code, name)`, by name.
///
/// # Errors
/// Database faults.
pub async fn companies_of(system: &mut System, user_id: &str) -> Result<Vec<(String, String, String)>> {
    let rows = system
        .rows(
            "select c.id, c.code, c.name from membership m join company c on c.id = m.company_id \
             where m.user_id = $1 and m.ended_at = '' and c.archived_at = '' order by c.name, c.id",
            args![user_id],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("code")?, row.get("name")?))).collect()
}

/// Replaces the count of failures if nobody else did so in the meantime; `false` when somebody did.
///
/// # Errors
/// Database faults.
pub async fn swap_attempts(system: &mut System, user_id: &str, old: Attempts, new: Attempts) -> Result<bool> {
    let text = |at: Option<Timestamp>| at.map(mamori_store::dialect::instant).unwrap_or_default();
    let touched = system
        .exec(
            "update user_account set failures = $2, locked_until = $3 where id = $1 and failures = $4 and locked_until = $5",
            args![user_id, new.failures, text(new.locked_until), old.failures, text(old.locked_until)],
        )
        .await?;
    Ok(touched == 1)
}

/// Remembers the step of a used code; `false` when it (or a later one) was used already.
///
/// # Errors
/// Database faults.
pub async fn use_step(system: &mut System, user_id: &str, step: i64) -> Result<bool> {
    let sql = "update user_account set totp_last_step = $2 where id = $1 and totp_last_step < $2";
    Ok(system.exec(sql, args![user_id, step]).await? == 1)
}

/// Replaces the recovery codes if they are still the ones that were read.
///
/// # Errors
/// Database faults.
pub async fn swap_recovery_codes(system: &mut System, user_id: &str, old: &[String], new: &[String]) -> Result<bool> {
    let json = |codes: &[String]| serde_json::Value::from(codes.to_vec()).to_string();
    let sql = "update user_account set recovery_codes = $2 where id = $1 and recovery_codes = $3";
    Ok(system.exec(sql, args![user_id, json(new), json(old)]).await? == 1)
}

/// Writes a new account; `None` when the login name is taken.
///
/// # Errors
/// Database faults.
pub async fn insert(tx: &mut Tx, new: &NewUser, password_hash: &str) -> Result<Option<String>> {
    let (id, now) = (id::new(), tx.now());
    let touched = tx
        .exec(
            "insert into user_account (id, login, name, email, password_hash, password_changed_at, must_change_password, lang, installation_admin, created_at) \
             select $2, $3, $4, $5, $6, $7, $8, $9, $10, $7 where $1 = $1 on conflict (login) do nothing",
            args![
                &id, &new.login, new.name.trim(), new.email.trim(), password_hash, now, new.must_change.column(), new.lang.code(),
                new.installation_admin
            ],
        )
        .await?;
    Ok((touched == 1).then_some(id))
}

/// Makes an account a member of the company at hand, or changes (or renews) the membership.
///
/// # Errors
/// Database faults.
pub async fn put_membership(tx: &mut Tx, user_id: &str, roles: &[Role], person_id: Option<&str>) -> Result<()> {
    let now = tx.now();
    tx.exec(
        "insert into membership (company_id, user_id, roles, person_id, created_at) values ($1, $2, $3, $4, $5) \
         on conflict (user_id, company_id) do update set roles = $3, person_id = $4, ended_at = ''",
        args![user_id, roles_json(roles), person_id, now],
    )
    .await?;
    Ok(())
}

/// Ends the membership in the company at hand.
///
/// # Errors
/// Database faults.
pub async fn end_membership(tx: &mut Tx, user_id: &str) -> Result<()> {
    let now = tx.now();
    tx.exec("update membership set ended_at = $3 where company_id = $1 and user_id = $2 and ended_at = ''", args![user_id, now])
        .await?;
    Ok(())
}

/// Name, mail address and language.
///
/// # Errors
/// Database faults.
pub async fn set_profile(tx: &mut Tx, user_id: &str, name: &str, email: &str, lang: Lang) -> Result<()> {
    let sql = concat!("update user_account set name = $3, email = $4, lang = $5 where id = $2 and ", known_here!());
    tx.exec(sql, args![user_id, name.trim(), email.trim(), lang.code()]).await?;
    Ok(())
}

/// A new password; forgets failures and a lock.
///
/// # Errors
/// Database faults.
pub async fn set_password(tx: &mut Tx, user_id: &str, hash: &str, must_change: MustChange) -> Result<()> {
    let now = tx.now();
    let sql = concat!(
        "update user_account set password_hash = $3, password_changed_at = $4, must_change_password = $5, failures = 0, locked_until = '' where id = $2 and ",
        known_here!()
    );
    tx.exec(sql, args![user_id, hash, now, must_change.column()]).await?;
    Ok(())
}

/// Demands a new password at the next sign-in.
///
/// # Errors
/// Database faults.
pub async fn demand_password(tx: &mut Tx, user_id: &str, why: MustChange) -> Result<()> {
    let sql = concat!(
        "update user_account set must_change_password = $3 where id = $2 and must_change_password = 0 and ",
        known_here!()
    );
    tx.exec(sql, args![user_id, why.column()]).await?;
    Ok(())
}

/// Forgets failures and a lock.
///
/// # Errors
/// Database faults.
pub async fn unlock(tx: &mut Tx, user_id: &str) -> Result<()> {
    let sql = concat!("update user_account set failures = 0, locked_until = '' where id = $2 and ", known_here!());
    tx.exec(sql, args![user_id]).await?;
    Ok(())
}

/// Shuts or opens an account.
///
/// # Errors
/// Database faults.
pub async fn set_disabled(tx: &mut Tx, user_id: &str, disabled: bool) -> Result<()> {
    let at = if disabled { mamori_store::dialect::instant(tx.now()) } else { String::new() };
    let sql = concat!("update user_account set disabled_at = $3 where id = $2 and ", known_here!());
    tx.exec(sql, args![user_id, at]).await?;
    Ok(())
}

/// A sealed secret that waits for its first code.
///
/// # Errors
/// Database faults.
pub async fn set_totp_secret(tx: &mut Tx, user_id: &str, sealed: &str) -> Result<()> {
    let sql = concat!(
        "update user_account set totp_secret = $3, totp_confirmed_at = '', totp_last_step = 0, recovery_codes = '[]' where id = $2 and ",
        known_here!()
    );
    tx.exec(sql, args![user_id, sealed]).await?;
    Ok(())
}

/// The second factor is in force from now on, with these hashed recovery codes and the step of the first code.
///
/// # Errors
/// Database faults.
pub async fn confirm_totp(tx: &mut Tx, user_id: &str, step: i64, recovery: &[String]) -> Result<()> {
    let now = tx.now();
    let codes = serde_json::Value::from(recovery.to_vec()).to_string();
    let sql = concat!(
        "update user_account set totp_confirmed_at = $3, totp_last_step = $4, recovery_codes = $5 where id = $2 and ",
        known_here!()
    );
    tx.exec(sql, args![user_id, now, step, codes]).await?;
    Ok(())
}

/// New hashed recovery codes.
///
/// # Errors
/// Database faults.
pub async fn set_recovery_codes(tx: &mut Tx, user_id: &str, recovery: &[String]) -> Result<()> {
    let codes = serde_json::Value::from(recovery.to_vec()).to_string();
    let sql = concat!("update user_account set recovery_codes = $3 where id = $2 and ", known_here!());
    tx.exec(sql, args![user_id, codes]).await?;
    Ok(())
}

/// The members of the company at hand, by name.
///
/// # Errors
/// Database faults.
pub async fn members(db: &mut impl Reader) -> Result<Vec<Member>> {
    let rows = db.rows(&format!("{MEMBER} order by u.name, u.login"), vec![]).await?;
    rows.iter().map(member).collect()
}

/// A member of the company at hand.
///
/// # Errors
/// [`Error::NotFound`] for an account without a membership here; database faults.
pub async fn member_of(db: &mut impl Reader, user_id: &str) -> Result<Member> {
    let row = db.first(&format!("{MEMBER} and u.id = $2"), args![user_id]).await?;
    row.as_ref().map(member).transpose()?.ok_or(Error::NotFound)
}

const MEMBER: &str = "select u.id, u.login, u.name, u.email, u.lang, u.installation_admin, u.disabled_at, u.must_change_password, u.failures, u.locked_until, \
  u.totp_confirmed_at, u.last_login_at, m.roles, m.person_id, \
  (select count(*) from membership o where o.user_id = u.id and o.company_id <> $1 and o.ended_at = '') as elsewhere \
  from membership m join user_account u on u.id = m.user_id where m.company_id = $1 and m.ended_at = ''";

fn member(row: &Row) -> Result<Member> {
    Ok(Member {
        id: row.get("id")?,
        login: row.get("login")?,
        name: row.get("name")?,
        email: row.get("email")?,
        lang: Lang::parse(&row.text("lang")?).unwrap_or_default(),
        roles: parse_roles(&row.text("roles")?),
        person_id: row.get("person_id")?,
        installation_admin: row.get("installation_admin")?,
        disabled: !row.text("disabled_at")?.is_empty(),
        must_change: MustChange::from_column(row.get("must_change_password")?),
        attempts: Attempts { failures: row.get("failures")?, locked_until: parse_instant(&row.text("locked_until")?) },
        totp_on: !row.text("totp_confirmed_at")?.is_empty(),
        last_login_at: parse_instant(&row.text("last_login_at")?),
        elsewhere: row.get::<i64>("elsewhere")? > 0,
    })
}

/// Writes a request to reset a password.
///
/// # Errors
/// Database faults.
pub async fn insert_reset(tx: &mut Tx, user_id: &str, token_hash: &str, expires: Timestamp) -> Result<()> {
    let now = tx.now();
    let sql = "insert into password_reset (token_hash, user_id, created_at, expires_at) select $2, $3, $4, $5 where $1 = $1";
    tx.exec(sql, args![token_hash, user_id, now, expires]).await?;
    Ok(())
}

/// The account of a reset that may still be used.
///
/// # Errors
/// Database faults.
pub async fn open_reset(system: &mut System, token_hash: &str, now: Timestamp) -> Result<Option<Account>> {
    let sql = "select user_id from password_reset where token_hash = $1 and used_at = '' and expires_at > $2";
    let Some(row) = system.first(sql, args![token_hash, now]).await? else { return Ok(None) };
    let user_id: String = row.get("user_id")?;
    Ok(by_id(system, &user_id).await?.filter(|account| !account.disabled))
}

/// Uses up a reset and all others of the account; `false` when it was used in the meantime.
///
/// # Errors
/// Database faults.
pub async fn use_reset(tx: &mut Tx, token_hash: &str, user_id: &str) -> Result<bool> {
    let now = tx.now();
    let first = "update password_reset set used_at = $3 where token_hash = $2 and used_at = '' and $1 = $1";
    let used = tx.exec(first, args![token_hash, now]).await? == 1;
    let rest = "update password_reset set used_at = $3 where user_id = $2 and used_at = '' and $1 = $1";
    tx.exec(rest, args![user_id, now]).await?;
    Ok(used)
}
