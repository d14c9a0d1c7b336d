//! What happened, in the order in which it happened. Pure: from the catalogue to a list of steps.

use super::content::{Asset, Content, Correction, Person};

/// The day on which the company began with mamori.
pub(super) const BEGAN: i32 = -410;
/// From this day on departments keep their own rows; before, the officer wrote them down in interviews.
const INTERVIEWS_ENDED: i32 = -395;
/// The security officer, who does what nobody else is named for.
pub(super) const OFFICER: &str = "1101";
/// Keeps the list of people.
const CLERK: &str = "1103";
/// The president, who appoints.
const PRESIDENT: &str = "1001";
/// Keeps the contact network.
const LIAISON: &str = "1102";
/// When the liaison last tried the numbers of the contacts: less than half a year ago, so that only what was never tried is due.
const CONTACTS_TRIED: i32 = -96;
/// Looks after the systems; administrator of the program.
pub(super) const ADMINISTRATOR: &str = "1403";

/// One thing that somebody did. Numbers are places in the lists of [`Content`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Deed {
    /// Departments and the people of that day come in as a list.
    Organisation,
    /// Everybody of the list gets an account.
    Accounts,
    /// The standard roles and contacts, and the company's own contacts.
    Standards,
    /// Somebody joins.
    Join(usize),
    /// A role is given.
    Assign(usize),
    /// A key person is named.
    KeyPerson(usize),
    /// Somebody leaves.
    Leave(usize),
    /// The accounts of somebody who left are gone.
    AccountsGone(usize),
    /// An asset is written down.
    Register(usize),
    /// The two sheets of the risk method begin with the catalogue.
    Sheets,
    /// A threat level is set.
    Threat(usize),
    /// The measure check is answered.
    Check(usize),
    /// A value of an asset changes.
    Rate(usize),
    /// A stocktake begins.
    Ask(usize),
    /// An answer of a stocktake (campaign, answer).
    Answer(usize, usize),
    /// A stocktake is closed.
    Close(usize),
    /// An asset goes outside of a stocktake.
    Dispose(usize),
    /// A treatment is decided.
    Decide(usize),
    /// Work on a treatment begins.
    Begin(usize),
    /// How a treatment stands.
    Report(usize),
    /// A treatment is done.
    Finish(usize),
    /// The officer asks to accept a risk.
    Propose(usize),
    /// Somebody else accepts it.
    Approve(usize),
    /// Something of the diary, see [`super::acts`].
    Act(usize),
    /// The numbers of the contacts are tried.
    TryContacts,
    /// The report is issued and told to the president.
    Issue,
    /// A note on what happened.
    Note(usize),
}

/// A deed with its day and doer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step<'a> {
    /// Days from today.
    pub day: i32,
    /// Number of the person; empty for the program.
    pub by: &'a str,
    /// What.
    pub deed: Deed,
}

/// Everything that happened, in order: by day, and within a day in the order of [`Deed`].
pub(super) fn steps(content: &Content) -> Vec<Step<'_>> {
    let mut all = vec![
        Step { day: BEGAN, by: "", deed: Deed::Organisation },
        Step { day: BEGAN, by: "", deed: Deed::Accounts },
        Step { day: BEGAN, by: OFFICER, deed: Deed::Standards },
        Step { day: CONTACTS_TRIED, by: LIAISON, deed: Deed::TryContacts },
    ];
    people(content, &mut all);
    assets(content, &mut all);
    risks(content, &mut all);
    for (at, act) in content.acts.iter().enumerate() {
        all.push(Step { day: act.day, by: &act.by, deed: Deed::Act(at) });
    }
    for (at, happening) in content.happenings.iter().enumerate() {
        if happening.kind == "report" {
            all.push(Step { day: happening.day, by: &happening.by, deed: Deed::Issue });
        }
        // A note needs something on which it is written.
        if !happening.about.is_empty() {
            all.push(Step { day: happening.day, by: &happening.by, deed: Deed::Note(at) });
        }
    }
    all.sort_by_key(|step| (step.day, step.deed));
    all
}

/// True for those who stood in the list of people from the first day.
pub(super) fn from_the_start(person: &Person) -> bool {
    person.joined <= BEGAN
}

fn people<'a>(content: &'a Content, all: &mut Vec<Step<'a>>) {
    for (at, person) in content.people.iter().enumerate() {
        if !from_the_start(person) {
            all.push(Step { day: person.joined, by: CLERK, deed: Deed::Join(at) });
        }
        if let Some(left) = person.left {
            all.push(Step { day: left, by: CLERK, deed: Deed::Leave(at) });
            all.push(Step { day: left.saturating_add(1), by: CLERK, deed: Deed::AccountsGone(at) });
        }
    }
    for (at, assignment) in content.roles.assignments.iter().enumerate() {
        all.push(Step { day: assignment.from.max(BEGAN), by: PRESIDENT, deed: Deed::Assign(at) });
    }
    for at in 0..content.roles.key_persons.len() {
        all.push(Step { day: BEGAN.saturating_add(3), by: OFFICER, deed: Deed::KeyPerson(at) });
    }
}

fn assets<'a>(content: &'a Content, all: &mut Vec<Step<'a>>) {
    for (at, asset) in content.assets.iter().enumerate() {
        let day = asset.registered.max(BEGAN);
        let own = day > INTERVIEWS_ENDED && content.account(&asset.owner).is_some();
        all.push(Step { day, by: if own { &asset.owner } else { OFFICER }, deed: Deed::Register(at) });
        if let Some(day) = asset.disposed
            && !answered_as_disposed(content, &asset.code)
        {
            all.push(Step { day, by: &asset.owner, deed: Deed::Dispose(at) });
        }
    }
    for (at, change) in content.value_changes.iter().enumerate() {
        all.push(Step { day: change.day, by: &change.by, deed: Deed::Rate(at) });
    }
    for (at, campaign) in content.campaigns.iter().enumerate() {
        all.push(Step { day: campaign.started, by: &campaign.by, deed: Deed::Ask(at) });
        for (number, answer) in campaign.answers.iter().enumerate() {
            all.push(Step { day: answer.day, by: &answer.by, deed: Deed::Answer(at, number) });
        }
        if campaign.closed != 0 {
            all.push(Step { day: campaign.closed, by: &campaign.by, deed: Deed::Close(at) });
        }
    }
}

fn answered_as_disposed(content: &Content, asset: &str) -> bool {
    content
        .campaigns
        .iter()
        .flat_map(|campaign| &campaign.answers)
        .any(|answer| answer.asset == asset && answer.result == "disposed")
}

fn risks<'a>(content: &'a Content, all: &mut Vec<Step<'a>>) {
    let sheets = content.risk.threats.iter().map(|threat| threat.day).min().unwrap_or(BEGAN);
    all.push(Step { day: sheets, by: OFFICER, deed: Deed::Sheets });
    for (at, threat) in content.risk.threats.iter().enumerate() {
        all.push(Step { day: threat.day, by: &threat.by, deed: Deed::Threat(at) });
    }
    for (at, check) in content.risk.check.iter().enumerate() {
        all.push(Step { day: check.day, by: &check.by, deed: Deed::Check(at) });
    }
    for (at, treatment) in content.risk.treatment.iter().enumerate() {
        all.push(Step { day: treatment.decided, by: OFFICER, deed: Deed::Decide(at) });
        // Nothing says when work began or how it stood: a third of the way, and lately.
        let end = treatment.done.unwrap_or(-1);
        let way = end.saturating_sub(treatment.decided).max(3);
        let begun = treatment.decided.saturating_add(way / 3);
        if treatment.status != "planned" {
            all.push(Step { day: begun, by: &treatment.owner, deed: Deed::Begin(at) });
        }
        match treatment.done {
            Some(day) => all.push(Step { day, by: &treatment.owner, deed: Deed::Finish(at) }),
            None => all.push(Step {
                day: treatment.decided.saturating_add(way / 4 * 3),
                by: &treatment.owner,
                deed: Deed::Report(at),
            }),
        }
    }
    for (at, acceptance) in content.acceptances.iter().enumerate() {
        // Proposed by the officer, decided by somebody else; a day later unless the diary tells more.
        let proposed = acceptance.proposed.unwrap_or(acceptance.day.saturating_sub(1));
        all.push(Step { day: proposed, by: OFFICER, deed: Deed::Propose(at) });
        all.push(Step { day: acceptance.day, by: &acceptance.accepted_by, deed: Deed::Approve(at) });
    }
}

/// An asset as it was first written down: the catalogue's last state with every later change undone, newest first.
pub(super) fn as_registered(content: &Content, asset: &Asset) -> Asset {
    let mut first = asset.clone();
    let corrections = content
        .campaigns
        .iter()
        .rev()
        .flat_map(|campaign| campaign.answers.iter().rev())
        .filter(|answer| answer.asset == asset.code)
        .flat_map(|answer| answer.changes.iter().rev());
    for correction in corrections {
        undo(&mut first, correction);
    }
    for change in content.value_changes.iter().rev().filter(|change| change.asset == asset.code) {
        if let Some(value) = &mut first.value {
            match change.field.as_str() {
                "confidentiality" => value.c = change.from,
                "integrity" => value.i = change.from,
                _ => value.a = change.from,
            }
        }
    }
    first
}

fn undo(asset: &mut Asset, correction: &Correction) {
    let before = correction.from.clone();
    match correction.field.as_str() {
        "class" => asset.class = before,
        "users" => asset.users = before,
        "retention" => asset.retention = before,
        "detail" => asset.detail = before,
        "copies" => asset.copies = codes(&before),
        _ => {}
    }
}

/// Codes out of `nas,paper`.
pub(super) fn codes(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|code| !code.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use crate::demo::acts::What;

    #[test]
    fn every_step_is_done_by_somebody_who_worked_there_that_day() {
        let content = Content::load().unwrap();
        let steps = steps(&content);
        assert!(steps.is_sorted_by_key(|step| (step.day, step.deed)));
        for step in &steps {
            assert!(step.day >= BEGAN && step.day < 0, "{step:?}");
            if step.by.is_empty() {
                continue;
            }
            let person = content.person(step.by).unwrap_or_else(|| panic!("{step:?}"));
            assert!(person.joined <= step.day && person.left.is_none_or(|left| step.day <= left), "{} {step:?}", person.name);
        }
    }

    #[test]
    fn every_code_of_the_catalogue_leads_somewhere() {
        let content = Content::load().unwrap();
        let assets: Vec<&str> = content.assets.iter().map(|asset| asset.code.as_str()).collect();
        for asset in &content.assets {
            assert!(content.places.contains_key(&asset.storage), "{}", asset.code);
            for code in asset.copies.iter().chain((!asset.detail.is_empty()).then_some(&asset.detail)) {
                assert!(content.places.contains_key(code), "{}: {code}", asset.code);
            }
            assert!(content.person(&asset.owner).is_some(), "{}", asset.code);
        }
        for treatment in &content.risk.treatment {
            assert!(treatment.measure.is_empty() || content.measures.contains_key(&treatment.measure), "{}", treatment.code);
            assert!(treatment.assets.iter().all(|code| assets.contains(&code.as_str())), "{}", treatment.code);
        }
        for answer in content.campaigns.iter().flat_map(|campaign| &campaign.answers) {
            assert!(assets.contains(&answer.asset.as_str()), "{}", answer.asset);
        }
    }

    #[test]
    fn a_code_of_the_diary_names_one_row() {
        let content = Content::load().unwrap();
        let mut known: Vec<&str> = content.assets.iter().map(|asset| asset.code.as_str()).collect();
        known.extend(content.risk.treatment.iter().map(|treatment| treatment.code.as_str()));
        known.extend(content.acceptances.iter().map(|acceptance| acceptance.code.as_str()));
        known.extend(content.acts.iter().flat_map(|act| match &act.what {
            What::Add { code, .. }
            | What::Call { code, .. }
            | What::Weak { code, .. }
            | What::Branch { code, .. }
            | What::Learn { code, .. }
            | What::Prevent { code, .. }
            | What::Request { code, .. }
            | What::Find { code, .. } => vec![code.as_str()],
            What::Suggested { keys } => keys.keys().map(String::as_str).collect(),
            _ => Vec::new(),
        }));
        let all = known.len();
        known.sort_unstable();
        known.dedup();
        assert_eq!(known.len(), all);
    }

    #[test]
    fn an_asset_begins_as_it_was_before_its_corrections() {
        let content = Content::load().unwrap();
        let first = |code: &str| as_registered(&content, content.assets.iter().find(|asset| asset.code == code).unwrap());
        assert_eq!(first("A-011").retention, "");
        assert_eq!(first("A-062").class, "confidential");
        assert_eq!(first("A-046").value.unwrap().a, 1);
        assert_eq!(first("A-055").copies, Vec::<String>::new());
        assert_eq!(first("A-040").detail, "open_shelf");
    }
}
