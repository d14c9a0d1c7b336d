//! Use case: set up an empty installation, once.

use std::sync::Arc;

use jiff::Timestamp;
use mamori_kernel::access::Role;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::id;
use mamori_store::{Actor, Db, Origin, Tx};

use super::needed;
use crate::account::rules::{normal_login, normal_password};
use crate::account::{MustChange, NewUser, ops as account_ops, password, queries as accounts};
use crate::company::{Profile, ops as company_ops, rules as company_rules};
use crate::session::{Door, SignIn, ops as sessions, rules::Stage};

/// The code of the first company, by which the command line names it.
pub const FIRST_COMPANY: &str = "main";

/// The first administrator as typed. Without `Debug`: it holds a password.
pub struct Administrator {
    /// Name.
    pub name: String,
    /// Login name.
    pub login: String,
    /// Mail address, or empty.
    pub email: String,
    /// Password.
    pub password: String,
    /// The same again.
    pub again: String,
}

fn done_already() -> Error {
    Error::refused(
        "はじめの設定はすでに終わっています。ログインして続けてください。",
        "This installation is already set up. Please sign in and go on.",
    )
}

/// Creates company, first administrator (also security officer and administrator of the installation) and signs him in.
///
/// # Errors
/// [`Error::Invalid`] for fields of either form; [`Error::Refused`] when the installation has an account already, also when two
/// visitors finish at the same moment.
pub async fn set_up(db: &Db, profile: &Profile, admin: Administrator, door: &Door, now: Timestamp) -> Result<SignIn> {
    if !needed(db).await? {
        return Err(done_already());
    }
    company_rules::check(profile)?;
    let new = NewUser {
        login: normal_login(&admin.login),
        name: admin.name,
        email: admin.email,
        password: admin.password,
        must_change: MustChange::No,
        lang: profile.lang,
        roles: vec![Role::Admin, Role::Officer],
        person_id: None,
        installation_admin: true,
    };
    account_ops::judge_new_user(&new)?;
    if normal_password(&new.password) != normal_password(&admin.again) {
        return Err(Error::field(
            "again",
            mamori_kernel::lang::Words::new(
                "2回の入力が一致しません。同じパスワードを入力してください。",
                "The two entries differ. Please enter the same password twice.",
            ),
        ));
    }
    let hash = password::hash(&normal_password(&new.password)).await?;
    let actor = Actor::program(&id::new(), new.name.trim(), Origin::Web(door.address.clone()), profile.lang);
    let mut tx = db.tx(Arc::new(actor), now).await?;
    claim(&mut tx).await?;
    company_ops::insert(&mut tx, FIRST_COMPANY, profile).await?;
    let user_id = account_ops::insert_user(&mut tx, &new, &hash).await?;
    tx.commit().await?;
    let account = accounts::by_id(&mut db.system_view().await?, &user_id).await?.ok_or(Error::NotFound)?;
    sessions::open(db, &account, Stage::Open, door, None, now).await
}

/// Lets exactly one set-up through, on both databases: the second finds the row and the first's accounts.
async fn claim(tx: &mut Tx) -> Result<()> {
    if super::queries::claim_setup(tx).await? { Ok(()) } else { Err(done_already()) }
}
