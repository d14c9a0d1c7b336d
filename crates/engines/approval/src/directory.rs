//! What the engine asks about people. The organization area answers; the engine knows none of its tables.

use std::sync::Arc;

use jiff::civil::Date;
use mamori_kernel::access::Role;
use mamori_kernel::error::Result;
use mamori_kernel::lang::Lang;
use mamori_ledger::hooks::Hooked;
use mamori_store::{Actor, Arg, Engine, Reader, Row, Tx, View};

/// Either way of reading, so that one question serves pages and use cases. It is a [`Reader`].
pub enum Source<'a> {
    /// A page reads.
    View(&'a mut View),
    /// A use case reads within its transaction.
    Tx(&'a mut Tx),
}

impl Reader for Source<'_> {
    async fn rows(&mut self, sql: &str, args: Vec<Arg>) -> Result<Vec<Row>> {
        match self {
            Source::View(view) => view.rows(sql, args).await,
            Source::Tx(tx) => tx.rows(sql, args).await,
        }
    }
    fn actor(&self) -> &Arc<Actor> {
        match self {
            Source::View(view) => view.actor(),
            Source::Tx(tx) => tx.actor(),
        }
    }
    fn engine(&self) -> Engine {
        match self {
            Source::View(view) => view.engine(),
            Source::Tx(tx) => tx.engine(),
        }
    }
}

/// A human being as the engine sees one: a row of the people ledger, an account, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Member {
    /// Row in the people ledger; empty when the account belongs to no row.
    pub person_id: String,
    /// Account with an open membership in this company; empty when there is none.
    pub user_id: String,
    /// Name.
    pub name: String,
    /// E-mail address; empty when none is known.
    pub email: String,
    /// Language of mails.
    pub lang: Lang,
    /// Last day in service, if it is known.
    pub left_on: Option<Date>,
    /// The account is disabled.
    pub disabled: bool,
}

impl Member {
    /// Who acts.
    pub fn of(actor: &Actor) -> Member {
        Member {
            person_id: actor.person_id.clone().unwrap_or_default(),
            user_id: actor.user_id.clone(),
            name: actor.name.clone(),
            lang: actor.lang,
            ..Member::default()
        }
    }

    /// The same human being: by person or by account.
    pub fn same(&self, other: &Member) -> bool {
        (!self.person_id.is_empty() && self.person_id == other.person_id)
            || (!self.user_id.is_empty() && self.user_id == other.user_id)
    }

    /// Neither a person nor an account (the program itself).
    pub fn is_nobody(&self) -> bool {
        self.person_id.is_empty() && self.user_id.is_empty()
    }
}

/// Somebody who holds a role, with the deputy that the appointment names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holder {
    /// Who holds it.
    pub member: Member,
    /// Who stands in.
    pub deputy: Option<Member>,
}

/// The company's people, roles and departments. Answers speak of one day and are not limited by the reader's rights: names of those who
/// decide are no secret. Every method may fail with database faults.
pub trait Directory: Send + Sync {
    /// Who holds a role of the security programme on a day (not those appointed for emergencies only), by the id of the role's row.
    fn role_holders<'a>(&'a self, db: &'a mut Source<'_>, role_id: &'a str, today: Date) -> Hooked<'a, Vec<Holder>>;

    /// The role's name; empty when there is no such row.
    fn role_name<'a>(&'a self, db: &'a mut Source<'_>, role_id: &'a str) -> Hooked<'a, String>;

    /// The id of the role with a code, for default routes; `None` when the company has no such role.
    fn role_id<'a>(&'a self, db: &'a mut Source<'_>, code: &'a str) -> Hooked<'a, Option<String>>;

    /// Accounts with a role in this company.
    fn account_holders<'a>(&'a self, db: &'a mut Source<'_>, role: Role) -> Hooked<'a, Vec<Member>>;

    /// The head of a department, then the heads of the departments above it.
    fn managers<'a>(&'a self, db: &'a mut Source<'_>, department_id: &'a str) -> Hooked<'a, Vec<Member>>;

    /// Somebody as he stands now, by person or, where that is empty, by account; `None` when neither is known.
    fn member<'a>(&'a self, db: &'a mut Source<'_>, person_id: &'a str, user_id: &'a str) -> Hooked<'a, Option<Member>>;
}
