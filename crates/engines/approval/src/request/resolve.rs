//! From whom a seat names to who may decide today.

use std::collections::HashMap;

use jiff::civil::Date;
use mamori_kernel::error::Result;
use mamori_ledger::Choice as _;

use super::queries::{Case, Seat};
use super::rules::{self, Absence, Candidate, Turn, unable};
use super::{Frozen, Spec};
use crate::contract::Approvals;
use crate::deputy;
use crate::directory::{Holder, Member, Source};
use crate::route::AccountRole;

/// Looks up people, each once.
pub(super) struct Resolver<'a> {
    approvals: &'a Approvals,
    today: Date,
    members: HashMap<(String, String), Option<Member>>,
    absences: Option<Vec<Absence>>,
}

fn candidate(holder: Holder) -> Candidate {
    Candidate { member: holder.member, deputy: holder.deputy }
}

fn alone(member: Member) -> Candidate {
    Candidate { member, deputy: None }
}

impl<'a> Resolver<'a> {
    pub(super) fn new(approvals: &'a Approvals, today: Date) -> Resolver<'a> {
        Resolver { approvals, today, members: HashMap::new(), absences: None }
    }

    async fn member(&mut self, db: &mut Source<'_>, person: &str, user: &str) -> Result<Option<Member>> {
        let key = (person.to_owned(), user.to_owned());
        if let Some(known) = self.members.get(&key) {
            return Ok(known.clone());
        }
        let found = self.approvals.directory().member(db, person, user).await?;
        self.members.insert(key, found.clone());
        Ok(found)
    }

    async fn absences(&mut self, db: &mut Source<'_>) -> Result<Vec<Absence>> {
        if let Some(known) = &self.absences {
            return Ok(known.clone());
        }
        let mut found = Vec::new();
        for (person_id, deputy) in deputy::queries::away(db, self.today).await? {
            let deputy = if deputy.is_empty() { None } else { self.member(db, &deputy, "").await? };
            found.push(Absence { person_id, deputy });
        }
        self.absences = Some(found.clone());
        Ok(found)
    }

    /// Whom the words of the route mean today.
    pub(super) async fn named(&mut self, db: &mut Source<'_>, spec: &Spec, proposer: &Member) -> Result<Vec<Candidate>> {
        let directory = self.approvals.directory();
        let mut found: Vec<Candidate> = Vec::new();
        if spec.manager && !spec.department.is_empty() {
            let heads = directory.managers(db, &spec.department).await?;
            // The nearest head who can decide; the head of a department does not decide on the own request.
            let nearest = heads.iter().find(|head| unable(head, proposer, self.today).is_none()).or(heads.first());
            found.extend(nearest.cloned().map(alone));
        }
        for role in &spec.roles {
            found.extend(directory.role_holders(db, role, self.today).await?.into_iter().map(candidate));
        }
        for role in spec.accounts.iter().filter_map(|code| AccountRole::parse(code)) {
            found.extend(directory.account_holders(db, role.role()).await?.into_iter().map(alone));
        }
        for person in &spec.people {
            found.extend(self.member(db, person, "").await?.map(alone));
        }
        let mut once: Vec<Candidate> = Vec::new();
        for one in found {
            match once.iter_mut().find(|known| known.member.same(&one.member)) {
                Some(known) => known.deputy = known.deputy.take().or(one.deputy),
                None => once.push(one),
            }
        }
        Ok(once)
    }

    /// Those frozen in a seat, as they stand today.
    async fn frozen(&mut self, db: &mut Source<'_>, deciders: &[Frozen]) -> Result<Vec<Candidate>> {
        let mut found = Vec::with_capacity(deciders.len());
        for one in deciders {
            let Some(member) = self.member(db, &one.person, &one.user).await? else { continue };
            let deputy = match &one.deputy {
                Some(deputy) => self.member(db, &deputy.person, &deputy.user).await?,
                None => None,
            };
            found.push(Candidate { member, deputy });
        }
        Ok(found)
    }

    /// Who may decide when the request is made.
    pub(super) async fn at_start(
        &mut self,
        db: &mut Source<'_>,
        candidates: &[Candidate],
        proposer: &Member,
    ) -> Result<Vec<Turn>> {
        let absences = self.absences(db).await?;
        Ok(rules::turns(candidates, &absences, proposer, self.today, false))
    }

    /// Who may decide on a seat now. Where none of those frozen is left, the step falls to whom the route's words mean today;
    /// empty means that it is stuck.
    pub(super) async fn turns(&mut self, db: &mut Source<'_>, case: &Case, seat: &Seat) -> Result<Vec<Turn>> {
        let absences = self.absences(db).await?;
        let overdue = seat.due.is_some_and(|due| due < self.today);
        let frozen = self.frozen(db, &seat.deciders).await?;
        let now = rules::turns(&frozen, &absences, &case.proposer, self.today, overdue);
        if !now.is_empty() {
            return Ok(now);
        }
        let named = self.named(db, &seat.spec, &case.proposer).await?;
        Ok(rules::turns(&named, &absences, &case.proposer, self.today, overdue))
    }
}

/// The form in which those who may decide are kept.
pub(super) fn freeze(candidates: &[Candidate]) -> Vec<Frozen> {
    fn one(member: &Member, deputy: Option<&Member>) -> Frozen {
        Frozen {
            person: member.person_id.clone(),
            user: member.user_id.clone(),
            name: member.name.clone(),
            deputy: deputy.map(|deputy| Box::new(one(deputy, None))),
        }
    }
    candidates.iter().map(|candidate| one(&candidate.member, candidate.deputy.as_ref())).collect()
}
