//! What people are told, by mail and on their page, whenever a request changes hands.

use mamori_kernel::error::Result;
use mamori_kernel::i18n::ta;
use mamori_kernel::time;
use mamori_store::{Tx, mail};

use super::queries::{self, Case};
use super::rules::Turn;
use crate::contract::Desk;
use crate::directory::{Member, Source};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum News {
    /// Somebody's decision is asked for.
    Asked,
    /// It is still asked for.
    Reminder,
    /// To be read after the decision.
    Afterwards,
    /// Nobody can decide.
    Stuck,
    /// Approved.
    Approved,
    /// Sent back.
    Returned,
    /// Turned down.
    Rejected,
    /// Taken back.
    Withdrawn,
    /// Nobody decided in time.
    Expired,
}

impl News {
    fn key(self) -> &'static str {
        match self {
            News::Asked => "approval-news-asked",
            News::Reminder => "approval-news-reminder",
            News::Afterwards => "approval-news-afterwards",
            News::Stuck => "approval-news-stuck",
            News::Approved => "approval-news-approved",
            News::Returned => "approval-news-returned",
            News::Rejected => "approval-news-rejected",
            News::Withdrawn => "approval-news-withdrawn",
            News::Expired => "approval-news-expired",
        }
    }
}

/// Address of a request's page.
pub(super) fn path(approval_id: &str) -> String {
    format!("/approval/request/{approval_id}")
}

/// Tells one person. `comment` is the last decider's; empty if there is none.
pub(super) async fn tell(desk: &Desk<'_>, tx: &mut Tx, news: News, to: &Member, case: &Case, comment: &str) -> Result<()> {
    let lang = to.lang;
    let path = path(&case.id);
    let due = case.expires_on.map(|day| time::long_date(lang, day)).unwrap_or_default();
    let text = |key: &str| {
        let args = [
            ("title", case.title.clone().into()),
            ("person", to.name.clone().into()),
            ("proposer", case.proposer.name.clone().into()),
            ("comment", comment.to_owned().into()),
            ("due", due.clone().into()),
        ];
        ta(lang, key, &args)
    };
    let key = news.key();
    let (title, body) = (text(key), text(&format!("{key}-body")));
    if !to.user_id.is_empty() {
        queries::notice(tx, &to.user_id, &title, &body, &path).await?;
    }
    if !to.email.is_empty() {
        let args = [
            ("person", to.name.clone().into()),
            ("body", body.into()),
            ("reason", case.reason.clone().into()),
            ("link", format!("{}{path}", desk.base_url.trim_end_matches('/')).into()),
        ];
        mail::queue(tx, &to.email, &title, &ta(lang, "approval-news-mail", &args)).await?;
    }
    Ok(())
}

/// Tells everybody who may decide.
pub(super) async fn tell_turns(desk: &Desk<'_>, tx: &mut Tx, news: News, turns: &[Turn], case: &Case) -> Result<()> {
    for turn in turns {
        tell(desk, tx, news, &turn.member, case, "").await?;
    }
    Ok(())
}

/// Tells the proposer.
pub(super) async fn tell_proposer(desk: &Desk<'_>, tx: &mut Tx, news: News, case: &Case, comment: &str) -> Result<()> {
    let who = &case.proposer;
    let found = desk.approvals.directory().member(&mut Source::Tx(tx), &who.person_id, &who.user_id).await?;
    match found {
        Some(member) if member.left_on.is_none_or(|left| left >= time::today(tx.now())) => {
            tell(desk, tx, news, &member, case, comment).await
        }
        _ => Ok(()),
    }
}

/// Tells the officers that nobody can decide on a step.
pub(super) async fn tell_officers(desk: &Desk<'_>, tx: &mut Tx, case: &Case) -> Result<()> {
    let officers = desk.approvals.directory().account_holders(&mut Source::Tx(tx), mamori_kernel::access::Role::Officer).await?;
    for officer in officers.iter().filter(|officer| !officer.disabled) {
        tell(desk, tx, News::Stuck, officer, case, "").await?;
    }
    Ok(())
}
