//! Today's work: what waits for the reader, what came back to him, what is stuck.

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_kernel::i18n::ta;
use mamori_ledger::Ledger as _;
use mamori_schedule::{Pending, Services, TodayItem, TodaySource};
use mamori_store::View;

use super::queries::{self, Case, Seat};
use super::resolve::Resolver;
use super::rules::Turn;
use super::{Approval, State, message};
use crate::contract::{Approvals, installed};
use crate::directory::{Member, Source};

/// The source.
pub struct Waiting;

/// A request with the seats that wait, and who may decide on each.
pub(super) struct Open {
    pub(super) case: Case,
    pub(super) seats: Vec<(Seat, Vec<Turn>)>,
}

impl Open {
    /// The seats at which somebody may decide.
    pub(super) fn turns_of<'a>(&'a self, me: &'a Member) -> impl Iterator<Item = (&'a Seat, &'a Turn)> {
        self.seats.iter().filter_map(move |(seat, turns)| turns.iter().find(|turn| turn.member.same(me)).map(|turn| (seat, turn)))
    }

    /// Waits for nobody.
    pub(super) fn is_stuck(&self) -> bool {
        self.seats.iter().any(|(seat, turns)| turns.is_empty() && seat.kind.blocks())
    }

    /// The earliest day by which something is due.
    pub(super) fn due(&self) -> Option<Date> {
        self.seats.iter().filter_map(|(seat, _)| seat.due).min()
    }
}

/// Everything that waits for somebody in the company.
pub(super) async fn open(view: &mut View, approvals: &Approvals, today: Date) -> Result<Vec<Open>> {
    let mut resolver = Resolver::new(approvals, today);
    let mut found = Vec::new();
    for (case, seats) in queries::with_waiting_seats(view).await? {
        let mut judged = Vec::with_capacity(seats.len());
        for seat in seats {
            let turns = resolver.turns(&mut Source::View(view), &case, &seat).await?;
            judged.push((seat, turns));
        }
        found.push(Open { case, seats: judged });
    }
    Ok(found)
}

/// Requests looked at for what came back.
const OWN: i64 = 50;

async fn items(view: &mut View, today: Date) -> Result<Vec<TodayItem>> {
    let actor = view.actor().clone();
    let (lang, me) = (actor.lang, Member::of(&actor));
    let mut found = Vec::new();
    let item = |key: &str, case: &Case, due: Option<Date>| TodayItem {
        title: ta(lang, key, &[("title", case.title.clone().into())]),
        detail: ta(lang, "approval-today-from", &[("proposer", case.proposer.name.clone().into())]),
        link: message::path(&case.id),
        due,
        kind: Approval::CODE,
    };
    for one in open(view, installed()?, today).await? {
        if let Some((seat, _)) = one.turns_of(&me).next() {
            let key = if seat.kind.blocks() { "approval-today-decide" } else { "approval-today-read" };
            found.push(item(key, &one.case, seat.due));
        } else if one.is_stuck() && actor.can(Approval::CODE, Action::Manage) {
            found.push(item("approval-today-stuck", &one.case, Some(today)));
        }
    }
    for case in queries::proposed_by(view, &me, OWN).await? {
        if case.state == State::Returned {
            found.push(item("approval-today-returned", &case, case.expires_on));
        }
    }
    Ok(found)
}

impl TodaySource for Waiting {
    fn items<'a>(&'a self, view: &'a mut View, _: &'a Services, today: Date) -> Pending<'a, Vec<TodayItem>> {
        Box::pin(items(view, today))
    }
}
