//! Use cases: what administrators and the command line do with accounts.

use std::sync::Arc;

use base64::Engine as _;
use jiff::Timestamp;
use mamori_kernel::access::Role;
use mamori_kernel::error::{Error, FieldError, Result};
use mamori_kernel::lang::{Lang, Words};
use mamori_store::{Actor, Change, Db, Tx, secrets};
use serde_json::{Value as Json, json};

use super::rules::{Class, check_email, check_login, check_name, check_password, normal_login, normal_password};
use super::{Account, Member, MustChange, NewUser, password, queries};
use crate::session::queries as sessions;

/// Writes a log entry about an account; an account between companies has no log to write to.
///
/// # Errors
/// Database faults.
pub(crate) async fn note(tx: &mut Tx, action: &str, user_id: &str, name: &str, diff: Json) -> Result<()> {
    if tx.actor().company_id.is_empty() {
        tx.technical();
        return Ok(());
    }
    tx.log(Change::new(action, "account", user_id, name, diff)).await
}

/// Judges everything that is typed about a new account except the password of a one-time kind.
///
/// # Errors
/// [`Error::Invalid`] with every field that does not fit.
pub(crate) fn judge_new_user(new: &NewUser) -> Result<()> {
    let mut wrong = Vec::new();
    let mut judge = |field: &str, outcome: std::result::Result<(), Words>| {
        if let Err(message) = outcome {
            wrong.push(FieldError { field: field.to_owned(), message });
        }
    };
    judge("name", check_name(&new.name));
    judge("login", check_login(&new.login));
    judge("email", check_email(new.email.trim()));
    judge("roles", check_roles(&new.roles));
    let class = Class::of(&new.roles, new.installation_admin);
    judge("password", check_password(&normal_password(&new.password), &new.login, class));
    if wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong)) }
}

fn check_roles(roles: &[Role]) -> std::result::Result<(), Words> {
    if roles.is_empty() {
        return Err(Words::new("役割を1つ以上選んでください。", "Please choose at least one role."));
    }
    // An auditor who also changes things would audit his own work (S2-D9, separation of duties).
    if roles.contains(&Role::Auditor) && roles.iter().any(|role| matches!(role, Role::Officer | Role::Manager)) {
        return Err(Words::new(
            "監査担当は、セキュリティ担当や部門担当と兼ねられません。自分の仕事を自分で監査することになるためです。",
            "An auditor cannot also be security officer or department manager: nobody audits his own work.",
        ));
    }
    Ok(())
}

/// Writes a judged account and its membership within a transaction of its company.
///
/// # Errors
/// [`Error::Invalid`] when the login name is taken.
pub(crate) async fn insert_user(tx: &mut Tx, new: &NewUser, hash: &str) -> Result<String> {
    let id = queries::insert(tx, new, hash).await?.ok_or_else(|| {
        Error::field(
            "login",
            Words::new(
                "このログイン名はすでに使われています。別の名前にしてください。",
                "This login name is taken. Please choose another.",
            ),
        )
    })?;
    queries::put_membership(tx, &id, &new.roles, new.person_id.as_deref()).await?;
    let diff = json!({ "login": [null, &new.login], "roles": [null, codes(&new.roles)], "person": [null, &new.person_id] });
    note(tx, "create", &id, &new.name, diff).await?;
    Ok(id)
}

/// Creates an account as a member of the actor's company; gives its id. Also for the command line.
///
/// # Errors
/// [`Error::Invalid`] with every field that does not fit.
pub async fn create_user(db: &Db, actor: Arc<Actor>, mut new: NewUser, now: Timestamp) -> Result<String> {
    new.login = normal_login(&new.login);
    judge_new_user(&new)?;
    let hash = password::hash(&normal_password(&new.password)).await?;
    let mut tx = db.tx(actor, now).await?;
    let id = insert_user(&mut tx, &new, &hash).await?;
    tx.commit().await?;
    Ok(id)
}

/// Makes an existing account a member of the actor's company (a consultant, a group company). Ends its sessions when it becomes
/// privileged by that.
///
/// # Errors
/// [`Error::Invalid`] for an unknown login name or no role.
pub async fn add_member(
    db: &Db,
    actor: Arc<Actor>,
    login: &str,
    roles: &[Role],
    person_id: Option<&str>,
    now: Timestamp,
) -> Result<String> {
    check_roles(roles).map_err(|words| Error::field("roles", words))?;
    let account = by_login(db, login).await?;
    let mut tx = db.tx(actor, now).await?;
    queries::put_membership(&mut tx, &account.id, roles, person_id).await?;
    rise(&mut tx, &account.id, account.class(), Class::of(roles, false)).await?;
    let diff = json!({ "roles": [null, codes(roles)], "person": [null, person_id] });
    note(&mut tx, "add-member", &account.id, &account.name, diff).await?;
    tx.commit().await?;
    Ok(account.id)
}

/// An account that becomes privileged proves a password of the stricter kind: it signs in anew and sets one.
async fn rise(tx: &mut Tx, user_id: &str, before: Class, after: Class) -> Result<()> {
    if before == Class::General && after == Class::Privileged {
        queries::demand_password(tx, user_id, MustChange::Stricter).await?;
        sessions::end_all(tx, user_id, "").await?;
    }
    Ok(())
}

/// The account of a login name as typed.
///
/// # Errors
/// [`Error::Invalid`] when there is none.
pub async fn by_login(db: &Db, login: &str) -> Result<Account> {
    let mut system = db.system_view().await?;
    queries::by_login(&mut system, &normal_login(login)).await?.ok_or_else(|| {
        Error::field("login", Words::new("このログイン名のアカウントはありません。", "There is no account of this login name."))
    })
}

/// What an administrator may change on a member.
#[derive(Clone, Debug)]
pub struct MemberEdit {
    /// Name.
    pub name: String,
    /// Mail address, or empty.
    pub email: String,
    /// Preferred language.
    pub lang: Lang,
    /// Roles in this company.
    pub roles: Vec<Role>,
    /// Row of the people ledger.
    pub person_id: Option<String>,
}

/// Refuses what would reach beyond the company: the account itself may be touched only while it belongs to this company alone and
/// does not hold the keys of the installation, or by an administrator of the installation.
fn guard_beyond(member: &Member, by_installation: bool) -> Result<()> {
    if by_installation || !(member.elsewhere || member.installation_admin) {
        return Ok(());
    }
    Err(Error::refused(
        "このアカウントはほかの会社でも使われているか、全体の管理者のものです。ここで変えられるのは役割と人の対応だけです。そのほかの変更は、本人か全体の管理者に依頼してください。",
        "This account is also used in another company, or belongs to an administrator of the installation. Only its roles and its person can be changed here. For anything else, ask its owner or the administrator of the installation.",
    ))
}

/// Refuses to leave a company without an administrator who can still act.
async fn guard_last_admin(tx: &mut Tx, user_id: &str) -> Result<()> {
    let others = queries::members(tx).await?;
    let remains = others.iter().any(|member| member.id != user_id && !member.disabled && member.roles.contains(&Role::Admin));
    if remains {
        return Ok(());
    }
    Err(Error::refused(
        "この会社のシステム管理者がいなくなるため、変更できません。先に、ほかの人にシステム管理者の役割を付けてください。",
        "This would leave the company without an administrator. Please give that role to another person first.",
    ))
}

/// Changes a member. `by_installation`: the actor is an administrator of the installation.
///
/// # Errors
/// [`Error::Invalid`] for fields, [`Error::Refused`] when the company would lose its last administrator or the account is shared.
pub async fn change_member(
    db: &Db,
    actor: Arc<Actor>,
    user_id: &str,
    edit: MemberEdit,
    by_installation: bool,
    now: Timestamp,
) -> Result<()> {
    check_roles(&edit.roles).map_err(|words| Error::field("roles", words))?;
    check_name(&edit.name).map_err(|words| Error::field("name", words))?;
    check_email(edit.email.trim()).map_err(|words| Error::field("email", words))?;
    let mut tx = db.tx(actor, now).await?;
    let old = queries::member_of(&mut tx, user_id).await?;
    if old.roles.contains(&Role::Admin) && !edit.roles.contains(&Role::Admin) {
        guard_last_admin(&mut tx, user_id).await?;
    }
    if (edit.name.trim(), edit.email.trim(), edit.lang) != (old.name.as_str(), old.email.as_str(), old.lang) {
        guard_beyond(&old, by_installation)?;
        queries::set_profile(&mut tx, user_id, &edit.name, &edit.email, edit.lang).await?;
    }
    queries::put_membership(&mut tx, user_id, &edit.roles, edit.person_id.as_deref()).await?;
    let before = Class::of(&old.roles, old.installation_admin);
    rise(&mut tx, user_id, before, Class::of(&edit.roles, old.installation_admin)).await?;
    let diff = json!({
        "name": [&old.name, edit.name.trim()], "email": [&old.email, edit.email.trim()], "lang": [old.lang.code(), edit.lang.code()],
        "roles": [codes(&old.roles), codes(&edit.roles)], "person": [&old.person_id, &edit.person_id],
    });
    note(&mut tx, "update", user_id, edit.name.trim(), changed_only(diff)).await?;
    tx.commit().await
}

/// What an administrator does to an account besides editing it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Deed {
    /// Forget failures and lock.
    Unlock,
    /// Shut the account; ends its sessions.
    Disable,
    /// Open a shut account.
    Enable,
    /// End the membership in this company; ends its sessions here.
    Remove,
    /// Take away a second factor that its owner has lost; ends its sessions.
    ResetSecondFactor,
}

/// Does one of the deeds to a member of the actor's company.
///
/// # Errors
/// [`Error::Refused`] when it would hit the actor himself, the last administrator or a shared account.
pub async fn act_on_member(
    db: &Db,
    actor: Arc<Actor>,
    user_id: &str,
    deed: Deed,
    by_installation: bool,
    now: Timestamp,
) -> Result<()> {
    if matches!(deed, Deed::Disable | Deed::Remove) && actor.user_id == user_id {
        return Err(Error::refused(
            "自分自身のアカウントは停止も削除もできません。ほかのシステム管理者に依頼してください。",
            "You cannot disable or remove your own account. Please ask another administrator.",
        ));
    }
    let mut tx = db.tx(actor, now).await?;
    let member = queries::member_of(&mut tx, user_id).await?;
    if matches!(deed, Deed::Disable | Deed::Remove) && member.roles.contains(&Role::Admin) {
        guard_last_admin(&mut tx, user_id).await?;
    }
    if !matches!(deed, Deed::Remove | Deed::Unlock) {
        guard_beyond(&member, by_installation)?;
    }
    let verb = match deed {
        Deed::Unlock => {
            queries::unlock(&mut tx, user_id).await?;
            "unlock"
        }
        Deed::Disable => {
            queries::set_disabled(&mut tx, user_id, true).await?;
            sessions::end_all(&mut tx, user_id, "").await?;
            "disable"
        }
        Deed::Enable => {
            queries::set_disabled(&mut tx, user_id, false).await?;
            "enable"
        }
        Deed::Remove => {
            queries::end_membership(&mut tx, user_id).await?;
            sessions::end_all_here(&mut tx, user_id).await?;
            "remove-member"
        }
        Deed::ResetSecondFactor => {
            queries::set_totp_secret(&mut tx, user_id, "").await?;
            sessions::end_all(&mut tx, user_id, "").await?;
            "second-factor-off"
        }
    };
    note(&mut tx, verb, user_id, &member.name, json!({})).await?;
    tx.commit().await
}

/// Replaces the password of a member by a one-time password, which is given back to be shown once. Ends all sessions, lifts a lock.
///
/// # Errors
/// [`Error::Refused`] for an account that is shared with another company.
pub async fn reset_to_one_time(
    db: &Db,
    actor: Arc<Actor>,
    user_id: &str,
    by_installation: bool,
    now: Timestamp,
) -> Result<String> {
    let plain = one_time_password()?;
    let hash = password::hash(&plain).await?;
    let mut tx = db.tx(actor, now).await?;
    let member = queries::member_of(&mut tx, user_id).await?;
    guard_beyond(&member, by_installation)?;
    queries::set_password(&mut tx, user_id, &hash, MustChange::OneTime).await?;
    sessions::end_all(&mut tx, user_id, "").await?;
    note(&mut tx, "reset-password", user_id, &member.name, json!({})).await?;
    tx.commit().await?;
    Ok(plain)
}

/// A random one-time password (90 bits or more) in groups that can be read out over the telephone.
///
/// # Errors
/// [`Error::Internal`] when the system has no random bytes.
pub fn one_time_password() -> Result<String> {
    // Without letters that look alike (0 O 1 l I) and without signs: each of the 57 carries 5.8 bits.
    let mut letters: Vec<char> = Vec::with_capacity(16);
    while letters.len() < 16 {
        let text = base64::engine::general_purpose::STANDARD.encode(secrets::random::<24>()?);
        letters.extend(text.chars().filter(|c| c.is_ascii_alphanumeric() && !"0O1lI".contains(*c)));
    }
    letters.truncate(16);
    Ok(letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-"))
}

/// Codes of roles as kept in the log.
pub(crate) fn codes(roles: &[Role]) -> Vec<&'static str> {
    roles.iter().map(|role| role.code()).collect()
}

/// Drops the pairs that did not change.
pub(crate) fn changed_only(diff: Json) -> Json {
    match diff {
        Json::Object(map) => Json::Object(map.into_iter().filter(|(_, pair)| pair.get(0) != pair.get(1)).collect()),
        other => other,
    }
}
