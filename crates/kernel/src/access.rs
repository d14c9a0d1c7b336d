//! Who may do what: one readable table of rules (role × resource × action × scope), judged in one place.
//!
//! Three answers are possible: a rule grants, a rule denies, no rule speaks. Silence means no; a denial beats every grant.
//! Areas contribute their rules; the whole table is printed on a page and tried exhaustively by a test.

use serde::{Deserialize, Serialize};

use crate::lang::Words;

/// What a user is for the company at hand (a user may hold several).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// システム管理者: users, settings, backups.
    Admin,
    /// セキュリティ担当: runs the programme.
    Officer,
    /// 経営層・CISO: sees where we are, approves.
    Executive,
    /// 部門担当・資産管理者: the rows of the own department.
    Manager,
    /// 従業員: reports, learns, reads.
    Employee,
    /// 監査担当: reads everything, changes nothing.
    Auditor,
}

impl Role {
    /// Every role, in the order of the table.
    pub const ALL: [Role; 6] = [Role::Admin, Role::Officer, Role::Executive, Role::Manager, Role::Employee, Role::Auditor];

    /// The stable code kept in the database.
    pub fn code(self) -> &'static str {
        match self {
            Role::Admin => "admin",
            Role::Officer => "officer",
            Role::Executive => "executive",
            Role::Manager => "manager",
            Role::Employee => "employee",
            Role::Auditor => "auditor",
        }
    }

    /// The role of a code.
    pub fn parse(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == code)
    }

    /// The name a person reads.
    pub fn words(self) -> Words {
        match self {
            Role::Admin => Words::new("システム管理者", "Administrator"),
            Role::Officer => Words::new("セキュリティ担当", "Security officer"),
            Role::Executive => Words::new("経営層・CISO", "Executive / CISO"),
            Role::Manager => Words::new("部門担当", "Department manager"),
            Role::Employee => Words::new("従業員", "Employee"),
            Role::Auditor => Words::new("監査担当", "Auditor"),
        }
    }

    /// True for roles that hold the keys of the installation or see everything: their passwords follow the stricter rules (S2-D7-06).
    pub fn is_privileged(self) -> bool {
        matches!(self, Role::Admin)
    }
}

/// What can be done with a resource.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum Action {
    /// Read.
    View,
    /// Add rows.
    Create,
    /// Change rows.
    Edit,
    /// Take rows out of use, or back into use.
    Retire,
    /// Read a file into the ledger.
    Import,
    /// Take the ledger out as a file.
    Export,
    /// Decide on what another person proposed.
    Approve,
    /// Settings: own columns, names of choices, campaigns.
    Manage,
}

impl Action {
    /// Every action, in the order of the table.
    pub const ALL: [Action; 8] = [
        Action::View,
        Action::Create,
        Action::Edit,
        Action::Retire,
        Action::Import,
        Action::Export,
        Action::Approve,
        Action::Manage,
    ];

    /// The name a person reads.
    pub fn words(self) -> Words {
        match self {
            Action::View => Words::new("閲覧", "View"),
            Action::Create => Words::new("登録", "Create"),
            Action::Edit => Words::new("編集", "Edit"),
            Action::Retire => Words::new("使用終了", "Retire"),
            Action::Import => Words::new("取り込み", "Import"),
            Action::Export => Words::new("書き出し", "Export"),
            Action::Approve => Words::new("承認", "Approve"),
            Action::Manage => Words::new("設定", "Manage"),
        }
    }
}

/// How far a grant reaches.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum Scope {
    /// Rows that name the user as owner.
    Own,
    /// Rows of the user's department and the departments below it.
    Department,
    /// All rows of the company.
    All,
}

impl Scope {
    /// The name a person reads.
    pub fn words(self) -> Words {
        match self {
            Scope::Own => Words::new("自分の分", "Own rows"),
            Scope::Department => Words::new("自部門", "Own department"),
            Scope::All => Words::new("全社", "Whole company"),
        }
    }
}

/// The highest classification; rows without one count as 0.
pub const CLASSIFICATION_MAX: i64 = 3;

/// One line of the table.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Whom it speaks of.
    pub roles: &'static [Role],
    /// A ledger's code or another named resource. `*` stands for all.
    pub resource: &'static str,
    /// What it speaks of.
    pub actions: &'static [Action],
    /// How far it reaches; `None` denies.
    pub scope: Option<Scope>,
    /// Rows classified higher than this stay hidden (0 公開, 1 社外秘, 2 秘密, 3 極秘).
    pub ceiling: i64,
}

/// A grant on every classification.
pub const fn allow(roles: &'static [Role], resource: &'static str, actions: &'static [Action], scope: Scope) -> Rule {
    Rule { roles, resource, actions, scope: Some(scope), ceiling: CLASSIFICATION_MAX }
}

/// A grant up to a classification.
pub const fn allow_up_to(
    roles: &'static [Role],
    resource: &'static str,
    actions: &'static [Action],
    scope: Scope,
    ceiling: i64,
) -> Rule {
    Rule { roles, resource, actions, scope: Some(scope), ceiling }
}

/// A denial, which beats every grant.
pub const fn deny(roles: &'static [Role], resource: &'static str, actions: &'static [Action]) -> Rule {
    Rule { roles, resource, actions, scope: None, ceiling: CLASSIFICATION_MAX }
}

/// What a user reaches with an action on a resource: the union of all grants. Empty means: not allowed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Pairs of scope and classification ceiling, widest scope first.
    pub grants: Vec<(Scope, i64)>,
}

impl Reach {
    /// No row at all.
    pub fn is_none(&self) -> bool {
        self.grants.is_empty()
    }

    /// Every row of the company without looking at it.
    pub fn is_everything(&self) -> bool {
        self.grants.contains(&(Scope::All, CLASSIFICATION_MAX))
    }

    /// Judges one row by what is known of it.
    pub fn covers(&self, in_department: bool, is_owner: bool, classification: i64) -> bool {
        self.grants.iter().any(|(scope, ceiling)| {
            classification <= *ceiling
                && match scope {
                    Scope::All => true,
                    Scope::Department => in_department,
                    Scope::Own => is_owner,
                }
        })
    }
}

/// The whole table.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// Rules in the order in which the areas gave them.
    pub rules: Vec<Rule>,
}

impl Policy {
    /// What holders of these roles reach.
    pub fn reach(&self, roles: &[Role], resource: &str, action: Action) -> Reach {
        let mut reach = Reach::default();
        for rule in &self.rules {
            let speaks = (rule.resource == "*" || rule.resource == resource)
                && rule.actions.contains(&action)
                && rule.roles.iter().any(|role| roles.contains(role));
            if !speaks {
                continue;
            }
            match rule.scope {
                None => return Reach::default(),
                Some(scope) => {
                    if !reach.grants.contains(&(scope, rule.ceiling)) {
                        reach.grants.push((scope, rule.ceiling));
                    }
                }
            }
        }
        reach.grants.sort_by(|a, b| b.cmp(a));
        reach
    }

    /// True when at least one row could be reached.
    pub fn allows(&self, roles: &[Role], resource: &str, action: Action) -> bool {
        !self.reach(roles, resource, action).is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy() -> Policy {
        Policy {
            rules: vec![
                allow(&[Role::Officer], "*", &Action::ALL, Scope::All),
                allow_up_to(&[Role::Manager], "asset", &[Action::View], Scope::All, 1),
                allow(&[Role::Manager], "asset", &[Action::View, Action::Edit], Scope::Department),
                deny(&[Role::Auditor], "*", &[Action::Edit, Action::Create]),
            ],
        }
    }

    #[test]
    fn silence_means_no() {
        assert!(policy().reach(&[Role::Employee], "asset", Action::View).is_none());
    }

    #[test]
    fn a_denial_beats_every_grant() {
        let both = [Role::Officer, Role::Auditor];
        assert!(!policy().allows(&both, "asset", Action::Edit));
        assert!(policy().allows(&both, "asset", Action::View));
    }

    #[test]
    fn classification_hides_other_departments_secrets() {
        let reach = policy().reach(&[Role::Manager], "asset", Action::View);
        assert!(reach.covers(false, false, 1));
        assert!(!reach.covers(false, false, 2), "another department's 秘密 row");
        assert!(reach.covers(true, false, 3), "the own department's 極秘 row");
    }
}
