//! The company's people as the approval engine asks for them: roles held today with their deputies, heads of departments, accounts.

mod queries;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use jiff::civil::Date;
use mamori_approval::{Directory, Holder, Member, Source};
use mamori_kernel::access::Role;
use mamori_ledger::hooks::Hooked;

/// The answers, read from the ledgers of this area and from the accounts. Names of those who decide are no secret, so the reader's rights
/// play no part.
pub struct OrganizationDirectory;

/// Departments walked upward at most; a circle in old data ends there.
const HIGHEST: usize = 20;

impl Directory for OrganizationDirectory {
    fn role_holders<'a>(&'a self, db: &'a mut Source<'_>, role_id: &'a str, today: Date) -> Hooked<'a, Vec<Holder>> {
        Box::pin(async move {
            let mut found: Vec<Holder> = Vec::new();
            for (person, deputy) in queries::holders(db, role_id, today).await? {
                let Some(member) = queries::by_person(db, &person).await? else { continue };
                let deputy = if deputy.is_empty() { None } else { queries::by_person(db, &deputy).await? };
                match found.iter_mut().find(|known| known.member.same(&member)) {
                    Some(known) => known.deputy = known.deputy.take().or(deputy),
                    None => found.push(Holder { member, deputy }),
                }
            }
            Ok(found)
        })
    }

    fn role_name<'a>(&'a self, db: &'a mut Source<'_>, role_id: &'a str) -> Hooked<'a, String> {
        Box::pin(queries::role_name(db, role_id))
    }

    fn role_id<'a>(&'a self, db: &'a mut Source<'_>, code: &'a str) -> Hooked<'a, Option<String>> {
        Box::pin(queries::role_id(db, code))
    }

    fn account_holders<'a>(&'a self, db: &'a mut Source<'_>, role: Role) -> Hooked<'a, Vec<Member>> {
        Box::pin(queries::accounts_with(db, role))
    }

    fn managers<'a>(&'a self, db: &'a mut Source<'_>, department_id: &'a str) -> Hooked<'a, Vec<Member>> {
        Box::pin(async move {
            let mut found = Vec::new();
            let mut seen = HashSet::new();
            let mut at = department_id.to_owned();
            while !at.is_empty() && seen.len() < HIGHEST && seen.insert(at.clone()) {
                let Some((manager, above)) = queries::department(db, &at).await? else { break };
                if !manager.is_empty() {
                    found.extend(queries::by_person(db, &manager).await?);
                }
                at = above;
            }
            Ok(found)
        })
    }

    fn member<'a>(&'a self, db: &'a mut Source<'_>, person_id: &'a str, user_id: &'a str) -> Hooked<'a, Option<Member>> {
        Box::pin(async move {
            match (person_id, user_id) {
                ("", "") => Ok(None),
                ("", user) => queries::by_user(db, user).await,
                (person, _) => queries::by_person(db, person).await,
            }
        })
    }
}
