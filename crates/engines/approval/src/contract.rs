//! What an area says about a thing that can be approved. The engine asks; it never guesses what an approval means.

use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use mamori_kernel::access::{Action, Role};
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Words;
use mamori_kernel::yen::Yen;
use mamori_ledger::Registry;
use mamori_ledger::hooks::Hooked;
use mamori_ledger::query;
use mamori_ledger::shape::Shape;
use mamori_ledger::web::App;
use mamori_store::Tx;
use serde::{Deserialize, Serialize};

use crate::directory::{Directory, Source};
use crate::route::StepKind;

/// One line of what is to be approved, as it stood when it was proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What it is: 残留リスク値, 費用.
    pub label: Words,
    /// Its value.
    pub value: Words,
}

/// What is to be approved. Frozen when it is proposed; an approval is refused once it reads differently.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// One line.
    pub title: String,
    /// What it costs or could cost; decides the route. `None` takes the route from 0 yen.
    pub amount: Option<Yen>,
    /// Where it is shown.
    pub link: String,
    /// Id of the department that it belongs to; empty if none. Its head is 部門の責任者 of the route.
    pub department: String,
    /// The [`RouteKind`] that applies; empty takes the first of [`Approvable::routes`].
    pub route: &'static str,
    /// What the decider needs to know.
    pub facts: Vec<Fact>,
}

/// A step of a default route.
#[derive(Clone, Debug)]
pub struct PlanStep {
    /// 審査, 合議, 承認 or 後閲.
    pub kind: StepKind,
    /// Codes of roles of the security programme.
    pub roles: &'static [&'static str],
    /// Roles of accounts. Beside roles of the programme anyone of both may decide; in a 合議 they count only where the company has none of the roles.
    pub accounts: &'static [Role],
    /// The head of the subject's department.
    pub manager: bool,
    /// Working days until it is due.
    pub days: i64,
}

/// A default route.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Name.
    pub name: Words,
    /// From this amount on, in yen.
    pub from: Yen,
    /// Steps in order.
    pub steps: Vec<PlanStep>,
}

/// A kind of thing with routes of its own, such as a level of documents (S2-D8-06).
#[derive(Clone, Debug)]
pub struct RouteKind {
    /// Stable code, kept in the rows; distinct in the whole program.
    pub code: &'static str,
    /// Name.
    pub words: Words,
    /// The routes of a company that has not made its own. Empty means: an executive approves within five working days.
    pub plans: Vec<Plan>,
}

/// How a request ended, or paused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// 承認.
    Approved,
    /// 差戻し: the proposer may mend it and propose again.
    Returned,
    /// 却下: not to be proposed again as it is.
    Rejected,
    /// 取下げ by the proposer.
    Withdrawn,
    /// Nobody decided in time.
    Expired,
}

/// What became of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// How it ended.
    pub outcome: Outcome,
    /// The request's row.
    pub approval_id: String,
    /// Row in the people ledger of who decided last; empty when there is none.
    pub person_id: String,
    /// Name of who decided last; empty when it expired.
    pub name: String,
    /// The last comment.
    pub comment: String,
    /// The day.
    pub on: Date,
}

/// A kind of thing that can be approved.
///
/// `describe` and `decided` run on behalf of deciders, who may lack rights on the ledger itself: read and write as the program does
/// (SQL in `queries.rs`, `Gate::Program`), not as a person.
pub trait Approvable: Send + Sync {
    /// Stable code: `risk_acceptance`.
    fn kind(&self) -> &'static str;

    /// Name.
    fn words(&self) -> Words;

    /// The ledger of the rows that are approved.
    fn ledger(&self) -> &'static str;

    /// Kinds of routes; one of the same code and name unless told otherwise.
    fn routes(&self) -> Vec<RouteKind> {
        vec![RouteKind { code: self.kind(), words: self.words(), plans: Vec::new() }]
    }

    /// Refuses a proposer, with the reason. Unless told otherwise: whoever may edit the row may propose it.
    fn may_propose<'a>(&'a self, db: &'a mut Source<'_>, registry: &'a Registry, row_id: &'a str) -> Hooked<'a, ()> {
        Box::pin(async move {
            let def = registry.ledger(self.ledger()).ok_or(Error::NotFound)?;
            let shape = Shape::load(def, db).await?;
            query::find(db, &shape, row_id, Action::Edit).await.map(|_| ())
        })
    }

    /// Says what is to be approved.
    fn describe<'a>(&'a self, db: &'a mut Source<'_>, registry: &'a Registry, row_id: &'a str) -> Hooked<'a, Subject>;

    /// Consequences of proposing, in the same transaction.
    #[allow(unused_variables)]
    fn proposed<'a>(&'a self, tx: &'a mut Tx, registry: &'a Registry, row_id: &'a str) -> Hooked<'a, ()> {
        Box::pin(async { Ok(()) })
    }

    /// Consequences of the decision, in the same transaction.
    fn decided<'a>(&'a self, tx: &'a mut Tx, registry: &'a Registry, row_id: &'a str, decision: &'a Decision) -> Hooked<'a, ()>;
}

/// Everything that can be approved, and the people to ask; put together once by the composition of the program.
#[derive(Clone)]
pub struct Approvals {
    directory: Arc<dyn Directory>,
    kinds: Vec<Arc<dyn Approvable>>,
}

impl Approvals {
    /// Nothing yet.
    pub fn new(directory: impl Directory + 'static) -> Approvals {
        Approvals { directory: Arc::new(directory), kinds: Vec::new() }
    }

    /// Adds a kind.
    #[must_use]
    pub fn kind(mut self, kind: impl Approvable + 'static) -> Approvals {
        self.kinds.push(Arc::new(kind));
        self
    }

    /// The people.
    pub fn directory(&self) -> &dyn Directory {
        self.directory.as_ref()
    }

    /// All kinds.
    pub fn kinds(&self) -> &[Arc<dyn Approvable>] {
        &self.kinds
    }

    /// The kind of a code.
    ///
    /// # Errors
    /// [`Error::NotFound`]: an address that was typed by hand, or an old row of a kind that no longer exists.
    pub fn find(&self, kind: &str) -> Result<Arc<dyn Approvable>> {
        self.kinds.iter().find(|known| known.kind() == kind).cloned().ok_or(Error::NotFound)
    }

    /// All kinds of routes.
    pub fn route_kinds(&self) -> Vec<RouteKind> {
        self.kinds.iter().flat_map(|kind| kind.routes()).collect()
    }
}

static INSTALLED: OnceLock<Approvals> = OnceLock::new();

/// Keeps the first one; later ones (tests build the program many times) change nothing.
pub(crate) fn install(approvals: Approvals) -> &'static Approvals {
    INSTALLED.get_or_init(|| approvals)
}

/// What [`crate::area`] was given.
///
/// # Errors
/// [`Error::Internal`] in a program that was put together without the approval area.
pub fn installed() -> Result<&'static Approvals> {
    INSTALLED.get().ok_or_else(|| Error::Internal("the approval area is not part of this program".to_owned()))
}

/// What every use case needs besides the transaction.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// Kinds and people.
    pub approvals: &'a Approvals,
    /// All ledgers.
    pub registry: &'a Registry,
    /// The public address of the program, for links in mails.
    pub base_url: &'a str,
}

impl<'a> Desk<'a> {
    /// The desk of the running program.
    ///
    /// # Errors
    /// As [`installed`].
    pub fn of(app: &'a App) -> Result<Desk<'a>> {
        Ok(Desk { approvals: installed()?, registry: &app.registry, base_url: &app.base_url })
    }

    /// The desk of pages that send no mail.
    ///
    /// # Errors
    /// As [`installed`].
    pub fn reading(registry: &'a Registry) -> Result<Desk<'a>> {
        Ok(Desk { approvals: installed()?, registry, base_url: "" })
    }
}
