//! Sessions, throttle and who is behind a request, in the database.

use jiff::{SignedDuration, Timestamp};
use mamori_kernel::error::Result;
use mamori_store::dialect::parse_instant;
use mamori_store::{Row, System, Tx, args};

use super::rules::{DEVICE_MEMORY, IDLE, Stage};
use super::{Door, OwnSession, Pending};

fn before(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.checked_sub(by).unwrap_or(now)
}

/// The person behind a request, one row.
pub(crate) struct Behind {
    pub session_id: String,
    pub used_at: Option<Timestamp>,
    pub user_id: String,
    pub login: String,
    pub name: String,
    pub lang: String,
    pub installation_admin: bool,
    pub company_id: String,
    pub roles: String,
    pub person_id: Option<String>,
    pub department_id: String,
    pub fiscal_start_month: i64,
    pub read_only: bool,
}

const WHO: &str = "u.id as user_id, u.login, u.name, u.lang, u.installation_admin, coalesce(c.id, '') as company_id, coalesce(m.roles, '[]') as roles, \
  m.person_id, coalesce(p.department, '') as department_id, coalesce(c.fiscal_start_month, 4) as fiscal_start_month";

const WHERE_FROM: &str = "left join company c on c.id = m.company_id and c.archived_at = '' \
  left join person p on p.id = m.person_id and p.company_id = m.company_id";

fn behind(row: &Row) -> Result<Behind> {
    Ok(Behind {
        session_id: row.get("session_id")?,
        used_at: parse_instant(&row.text("used_at")?),
        user_id: row.get("user_id")?,
        login: row.get("login")?,
        name: row.get("name")?,
        lang: row.get("lang")?,
        installation_admin: row.get("installation_admin")?,
        company_id: row.get("company_id")?,
        roles: row.get("roles")?,
        person_id: row.get("person_id")?,
        department_id: row.get("department_id")?,
        fiscal_start_month: row.get("fiscal_start_month")?,
        read_only: row.get("read_only")?,
    })
}

/// Who holds a session that is in force.
pub(crate) async fn behind_session(system: &mut System, token_hash: &str, now: Timestamp) -> Result<Option<Behind>> {
    let sql = format!(
        "select s.id as session_id, s.seen_at as used_at, cast(0 as bigint) as read_only, {WHO} from session s join user_account u on u.id = s.user_id \
         left join membership m on m.user_id = u.id and m.company_id = s.company_id and m.ended_at = '' {WHERE_FROM} \
         where s.token_hash = $1 and s.second_factor in (0, 1) and s.expires_at > $2 and s.seen_at > $3 and u.disabled_at = ''"
    );
    let row = system.first(&sql, args![token_hash, now, before(now, IDLE)]).await?;
    row.as_ref().map(behind).transpose()
}

/// Who holds an API token that is in force. A token works only in its company and only while its owner is a member there.
pub(crate) async fn behind_token(system: &mut System, token_hash: &str, now: Timestamp) -> Result<Option<Behind>> {
    let sql = format!(
        "select t.id as session_id, t.last_used_at as used_at, cast(case when t.scope = 'write' then 0 else 1 end as bigint) as read_only, {WHO} \
         from api_token t join user_account u on u.id = t.user_id \
         join membership m on m.user_id = u.id and m.company_id = t.company_id and m.ended_at = '' {WHERE_FROM} \
         where t.token_hash = $1 and t.revoked_at = '' and (t.expires_at = '' or t.expires_at > $2) and u.disabled_at = '' and c.id is not null"
    );
    let row = system.first(&sql, args![token_hash, now]).await?;
    row.as_ref().map(behind).transpose()
}

/// The companies of a user as `(id, code, name)` and the ids of a department and everything below it, in one statement, because
/// every request asks. A ring of departments (refused elsewhere) would not hang it: `union` drops what was seen.
pub(crate) async fn surroundings(
    system: &mut System,
    user_id: &str,
    company_id: &str,
    department_id: &str,
) -> Result<(Vec<(String, String, String)>, Vec<String>)> {
    let rows = system
        .rows(
            "with recursive tree(id) as (select d.id from department d where d.company_id = $2 and d.id = $3 \
               union select d.id from department d join tree on d.parent = tree.id where d.company_id = $2) \
             select 'department' as kind, id, '' as code, '' as name from tree \
             union all select 'company', c.id, c.code, c.name from membership m join company c on c.id = m.company_id \
               where m.user_id = $1 and m.ended_at = '' and c.archived_at = '' order by 1, 4, 2",
            args![user_id, company_id, department_id],
        )
        .await?;
    let (mut companies, mut departments) = (Vec::new(), Vec::new());
    for row in &rows {
        let id: String = row.get("id")?;
        if row.text("kind")? == "department" {
            departments.push(id);
        } else {
            companies.push((id, row.get("code")?, row.get("name")?));
        }
    }
    Ok((companies, departments))
}

/// Notes that a session was used.
pub(crate) async fn seen(system: &mut System, session_id: &str, now: Timestamp) -> Result<()> {
    system.exec("update session set seen_at = $2 where id = $1 and seen_at < $2", args![session_id, now]).await?;
    Ok(())
}

/// Notes that a token was used.
pub(crate) async fn token_seen(system: &mut System, token_id: &str, now: Timestamp) -> Result<()> {
    system.exec("update api_token set last_used_at = $2 where id = $1", args![token_id, now]).await?;
    Ok(())
}

/// A sign-in that waits for its next step.
pub(crate) async fn pending(system: &mut System, token_hash: &str, now: Timestamp) -> Result<Option<Pending>> {
    let sql =
        "select user_id, second_factor from session where token_hash = $1 and second_factor not in (0, 1) and expires_at > $2";
    let row = system.first(sql, args![token_hash, now]).await?;
    row.map(|row| Ok(Pending { user_id: row.get("user_id")?, stage: Stage::from_column(row.get("second_factor")?) })).transpose()
}

/// The company in which a user worked last, if any.
pub(crate) async fn last_company(system: &mut System, user_id: &str) -> Result<Option<String>> {
    let sql = "select company_id from session where user_id = $1 and company_id is not null and second_factor in (0, 1) order by seen_at desc limit 1";
    system.first(sql, args![user_id]).await?.map(|row| row.get("company_id")).transpose()
}

/// True when the user was here with this browser within [`DEVICE_MEMORY`].
pub(crate) async fn knows_device(system: &mut System, user_id: &str, agent: &str, now: Timestamp) -> Result<bool> {
    let sql = "select 1 as n from session where user_id = $1 and agent = $2 and second_factor in (0, 1) and seen_at > $3 limit 1";
    Ok(system.first(sql, args![user_id, agent, before(now, DEVICE_MEMORY)]).await?.is_some())
}

/// Writes a session of the company at hand (or of none).
pub(crate) async fn insert(tx: &mut Tx, token_hash: &str, user_id: &str, stage: Stage, door: &Door) -> Result<()> {
    let now = tx.now();
    tx.exec(
        "insert into session (company_id, token_hash, id, user_id, created_at, seen_at, expires_at, address, agent, second_factor) \
         values (nullif($1, ''), $2, $3, $4, $5, $5, $6, $7, $8, $9)",
        args![token_hash, mamori_kernel::id::new(), user_id, now, stage.expires(now), &door.address, &door.agent, stage.column()],
    )
    .await?;
    Ok(())
}

/// Notes a completed sign-in on the account: the count of failures starts anew.
pub(crate) async fn signed_in(tx: &mut Tx, user_id: &str) -> Result<()> {
    let now = tx.now();
    let sql = "update user_account set last_login_at = $3, failures = 0, locked_until = '' where id = $2 and $1 = $1";
    tx.exec(sql, args![user_id, now]).await?;
    Ok(())
}

/// Ends the session of a token. Ended rows stay a while, so that known browsers are recognised.
pub(crate) async fn end_token(tx: &mut Tx, token_hash: &str) -> Result<()> {
    let now = tx.now();
    tx.exec("update session set expires_at = $3 where token_hash = $2 and expires_at > $3 and $1 = $1", args![token_hash, now])
        .await?;
    Ok(())
}

/// Ends one session of a user; returns whether there was one.
pub(crate) async fn end_one(tx: &mut Tx, user_id: &str, session_id: &str) -> Result<bool> {
    let now = tx.now();
    let sql = "update session set expires_at = $4 where id = $3 and user_id = $2 and expires_at > $4 and $1 = $1";
    Ok(tx.exec(sql, args![user_id, session_id, now]).await? == 1)
}

/// Ends all sessions of a user except one (none is spared when `spare` is empty); returns how many.
pub(crate) async fn end_all(tx: &mut Tx, user_id: &str, spare: &str) -> Result<u64> {
    let now = tx.now();
    let sql = "update session set expires_at = $4 where user_id = $2 and id <> $3 and expires_at > $4 and $1 = $1";
    tx.exec(sql, args![user_id, spare, now]).await
}

/// Ends all sessions of a user that stand in the company at hand.
pub(crate) async fn end_all_here(tx: &mut Tx, user_id: &str) -> Result<u64> {
    let now = tx.now();
    tx.exec("update session set expires_at = $3 where company_id = $1 and user_id = $2 and expires_at > $3", args![user_id, now])
        .await
}

/// Gives a session a new token, in the company at hand.
pub(crate) async fn rotate(tx: &mut Tx, session_id: &str, user_id: &str, token_hash: &str) -> Result<bool> {
    let sql = "update session set token_hash = $4, company_id = nullif($1, '') where id = $2 and user_id = $3";
    Ok(tx.exec(sql, args![session_id, user_id, token_hash]).await? == 1)
}

/// Marks a session as confirmed by a second factor (or no longer).
pub(crate) async fn set_stage(tx: &mut Tx, session_id: &str, user_id: &str, stage: Stage) -> Result<()> {
    let sql = "update session set second_factor = $4 where id = $2 and user_id = $3 and $1 = $1";
    tx.exec(sql, args![session_id, user_id, stage.column()]).await?;
    Ok(())
}

/// The sessions of a user that are in force, the last used first.
pub(crate) async fn own(system: &mut System, user_id: &str, now: Timestamp) -> Result<Vec<OwnSession>> {
    let rows = system
        .rows(
            "select id, created_at, seen_at, address, agent, second_factor from session \
             where user_id = $1 and second_factor in (0, 1) and expires_at > $2 and seen_at > $3 order by seen_at desc, id desc",
            args![user_id, now, before(now, IDLE)],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(OwnSession {
                id: row.get("id")?,
                created_at: parse_instant(&row.text("created_at")?),
                seen_at: parse_instant(&row.text("seen_at")?),
                address: row.get("address")?,
                agent: row.get("agent")?,
                strong: Stage::from_column(row.get("second_factor")?) == Stage::Strong,
            })
        })
        .collect()
}

/// Counts one event under a key; gives the count within the window and the instant at which the window ends.
pub(crate) async fn hit(system: &mut System, key: &str, window: SignedDuration, now: Timestamp) -> Result<(i64, Timestamp)> {
    let row = system
        .first(
            "insert into throttle (key, count, window_start) values ($1, 1, $2) on conflict (key) do update set \
             count = case when throttle.window_start <= $3 then 1 else throttle.count + 1 end, \
             window_start = case when throttle.window_start <= $3 then $2 else throttle.window_start end returning count, window_start",
            args![key, now, before(now, window)],
        )
        .await?;
    let Some(row) = row else { return Ok((1, now)) };
    let start = parse_instant(&row.text("window_start")?).unwrap_or(now);
    Ok((row.get("count")?, crate::account::rules::later(start, window)))
}

/// Takes one counted event back.
pub(crate) async fn unhit(system: &mut System, key: &str) -> Result<()> {
    system.exec("update throttle set count = count - 1 where key = $1 and count > 0", args![key]).await?;
    Ok(())
}

/// Removes what nobody needs any more.
pub(crate) async fn clean_up(system: &mut System, now: Timestamp) -> Result<u64> {
    let day = SignedDuration::from_hours(24);
    // The row "setup" is no counter: it says for ever that the installation was set up.
    let mut gone =
        system.exec("delete from throttle where window_start < $1 and key <> 'setup'", args![before(now, day)]).await?;
    gone += system.exec("delete from session where expires_at < $1", args![before(now, DEVICE_MEMORY)]).await?;
    gone +=
        system.exec("delete from session where second_factor not in (0, 1) and expires_at < $1", args![before(now, day)]).await?;
    gone += system.exec("delete from password_reset where expires_at < $1", args![before(now, day)]).await?;
    Ok(gone)
}
