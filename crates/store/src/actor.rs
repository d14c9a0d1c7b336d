//! Who acts, in which company, with which rights, from where.

use std::sync::Arc;

use mamori_kernel::access::{Action, Policy, Reach, Role};
use mamori_kernel::lang::Lang;

/// The door through which an action came; kept in every change-log entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A browser, with its address.
    Web(String),
    /// The REST API, with the caller's address.
    Api(String),
    /// The command line on the server.
    Cli,
    /// A job of the program itself.
    Job(String),
}

impl Origin {
    /// The form kept in the log: `web 192.0.2.7`, `cli`, `job reminder`.
    pub fn text(&self) -> String {
        match self {
            Origin::Web(from) => format!("web {from}"),
            Origin::Api(from) => format!("api {from}"),
            Origin::Cli => "cli".to_owned(),
            Origin::Job(name) => format!("job {name}"),
        }
    }
}

/// The person (or the program itself) on whose behalf something is read or written.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The company at hand. Every statement is bound to it.
    pub company_id: String,
    /// The user account; empty for the program itself.
    pub user_id: String,
    /// The name shown in history.
    pub name: String,
    /// Roles in this company.
    pub roles: Vec<Role>,
    /// The user's row in the people ledger of this company, if any.
    pub person_id: Option<String>,
    /// The user's department and all departments below it.
    pub department_ids: Vec<String>,
    /// The language of messages.
    pub lang: Lang,
    /// Where the action came from.
    pub origin: Origin,
    /// The table of permissions.
    pub policy: Arc<Policy>,
    /// Writing is refused (a read-only API token).
    pub read_only: bool,
}

impl Actor {
    /// The program itself, acting for a company from the command line or a job: it may do everything.
    pub fn program(company_id: &str, name: &str, origin: Origin, lang: Lang) -> Actor {
        static ALL: &[Role] = &[Role::Admin];
        let rule = mamori_kernel::access::allow(ALL, "*", &Action::ALL, mamori_kernel::access::Scope::All);
        Actor {
            company_id: company_id.to_owned(),
            user_id: String::new(),
            name: name.to_owned(),
            roles: vec![Role::Admin],
            person_id: None,
            department_ids: Vec::new(),
            lang,
            origin,
            policy: Arc::new(Policy { rules: vec![rule] }),
            read_only: false,
        }
    }

    /// How far this actor reaches with an action on a resource.
    pub fn reach(&self, resource: &str, action: Action) -> Reach {
        if self.read_only && !matches!(action, Action::View | Action::Export) {
            return Reach::default();
        }
        self.policy.reach(&self.roles, resource, action)
    }

    /// True when the actor may do this with at least some rows.
    pub fn can(&self, resource: &str, action: Action) -> bool {
        !self.reach(resource, action).is_none()
    }

    /// True when one of the roles is held.
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}
