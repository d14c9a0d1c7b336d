//! `mamori demo`: a made-up machining company of 48 people with more than a year behind it, for trying the program.
//!
//! Nothing is painted on: [`fill`] plays the past again, step by step, through the same use cases as the pages – each in its own
//! transaction, by the person who did it, at the instant at which it was done. So history, change log, stocktakes, values over time
//! and risks are what they would be if the company had used the program all the while.
//!
//! * [`content`] reads `catalogs/demo/`; [`script`] puts what happened into order; [`calendar`] turns offsets into working days.
//! * [`stage`] is the company at play; [`organisation`], [`ledger`] and [`risk`] perform the deeds; [`acts`] is the diary of everything
//!   else, performed by [`chapter`], [`threats`] and [`assessment`].
//! * [`accounts`] opens accounts; [`second`] is a second company that must not see the first.

mod accounts;
mod acts;
mod assessment;
mod calendar;
mod chapter;
mod content;
mod ledger;
mod organisation;
mod queries;
mod risk;
mod script;
mod second;
mod stage;
#[cfg(test)]
mod tests;
mod threats;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::{Lang, Words};
use mamori_ledger::web::App;
use mamori_organization::company::{self, Profile};
use mamori_store::{Actor, Origin};

use calendar::{Calendar, instant};
use content::Content;
use script::{BEGAN, Deed, Step};
use stage::Stage;

pub use accounts::{DemoAccount, DemoAccounts};

/// The code of the demo company, by which the command line names it. The same as that of a company set up in the browser.
pub const COMPANY: &str = "main";

/// Refuses a data folder in which there is already something, before anything is opened or written in it.
///
/// # Errors
/// [`Error::Refused`] naming the folder and what to do; [`Error::Internal`] when it cannot be read.
pub fn refuse_unless_empty(folder: &Path) -> Result<()> {
    let found = match std::fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_some(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => false,
        Err(error) => return Err(Error::Internal(format!("{}: {error}", folder.display()))),
    };
    if found {
        return Err(Error::Refused(Words::owned(
            format!(
                "{} は空ではありません。見本の会社は空のフォルダーにだけ作れます(今あるデータには何もしていません)。--data で新しいフォルダーを指定してください。",
                folder.display()
            ),
            format!(
                "{} is not empty. The sample company is made in an empty folder only (nothing was done to what is there). Please name a new folder with --data.",
                folder.display()
            ),
        )));
    }
    Ok(())
}

/// Fills an empty installation with the sample company, a second company and a consultant of both. `seed` varies small details
/// (minutes, telephone numbers, passwords) and nothing else; `now` is the day to which the past leads.
///
/// # Errors
/// [`Error::Refused`] when the installation is in use already; [`Error::Internal`] naming the step that did not succeed.
pub async fn fill(app: &App, seed: u64, now: Timestamp) -> Result<DemoAccounts> {
    if !mamori_organization::setup::needed(&app.db).await? {
        return Err(Error::refused(
            "このデータベースはすでに使われています。見本の会社は、空のデータベースにだけ作れます。",
            "This database is in use already. The sample company is made in an empty one only.",
        ));
    }
    let content = Content::load()?;
    let mut stage = found(app, &content, seed, now).await?;
    let mut accounts = play(&mut stage).await?;
    let second = second::fill(app, seed, stage.calendar).await?;
    for (account, other) in accounts.iter_mut().filter(|account| account.login == accounts::CONSULTANT).zip(&second) {
        account.company = format!("{}・{}", account.company, other.company);
    }
    accounts.extend(second);
    settle(app, now).await?;
    Ok(DemoAccounts { accounts })
}

async fn found<'a>(app: &'a App, content: &'a Content, seed: u64, now: Timestamp) -> Result<Stage<'a>> {
    let calendar = Calendar::of(now);
    let profile = Profile {
        name: content.company.name.clone(),
        name_kana: content.company.kana.clone(),
        industry: "manufacturing".to_owned(),
        headcount: content.company.people,
        fiscal_start_month: content.company.fiscal_year_start_month,
        lang: Lang::Ja,
        doc_prefix: "HS-ISMS".to_owned(),
    };
    let at = instant(calendar.working(BEGAN), 0, 1000, &mut calendar::Dice::new(seed, "founded"));
    let program = Actor::program("", "mamori", Origin::Cli, Lang::Ja);
    let company = company::create_company(&app.db, &program, COMPANY, &profile, at).await?;
    Ok(Stage { app, content, calendar, seed, company, rows: BTreeMap::new(), users: BTreeMap::new() })
}

async fn play(stage: &mut Stage<'_>) -> Result<Vec<DemoAccount>> {
    let content = stage.content;
    let calendar = stage.calendar;
    let mut accounts = Vec::new();
    let steps = script::steps(content);
    // Several offsets may fall on one working day: Friday carries what the weekend had.
    for day in steps.chunk_by(|a, b| calendar.working(a.day) == calendar.working(b.day)) {
        let Some(date) = day.first().map(|step| calendar.working(step.day)) else { continue };
        let mut dice = stage.dice(&date.to_string());
        for (index, step) in day.iter().enumerate() {
            // The first slot of the day belongs to the founding of the company.
            let at = instant(date, index.saturating_add(1), day.len().saturating_add(1), &mut dice);
            let opened = perform(stage, step, at).await.map_err(|error| Error::Internal(format!("demo, {step:?}: {error}")))?;
            accounts.extend(opened);
        }
    }
    Ok(accounts)
}

async fn perform(stage: &mut Stage<'_>, step: &Step<'_>, at: Timestamp) -> Result<Vec<DemoAccount>> {
    if step.deed == Deed::Accounts {
        return accounts::open(stage, at).await;
    }
    let content = stage.content;
    let mut tx = stage.begin(step.by, at).await?;
    let person = |number: usize| content.people.get(number).ok_or(Error::NotFound);
    match step.deed {
        Deed::Accounts => {}
        Deed::Organisation => organisation::bring_in(stage, &mut tx).await?,
        Deed::Standards => organisation::standards(stage, &mut tx).await?,
        Deed::Join(number) => organisation::join(stage, &mut tx, person(number)?).await?,
        Deed::Leave(number) => organisation::leave(stage, &mut tx, person(number)?).await?,
        Deed::AccountsGone(number) => organisation::accounts_gone(stage, &mut tx, person(number)?).await?,
        Deed::Assign(number) => organisation::assign(stage, &mut tx, number).await?,
        Deed::KeyPerson(number) => organisation::key_person(stage, &mut tx, number).await?,
        Deed::Register(number) => ledger::register(stage, &mut tx, number).await?,
        Deed::Rate(number) => ledger::rate(stage, &mut tx, number).await?,
        Deed::Ask(number) => ledger::ask(stage, &mut tx, number).await?,
        Deed::Answer(campaign, number) => ledger::answer(stage, &mut tx, campaign, number).await?,
        Deed::Close(number) => ledger::close(stage, &mut tx, number).await?,
        Deed::Dispose(number) => ledger::dispose(stage, &mut tx, number).await?,
        Deed::Sheets => mamori_risk::seed(&mut tx, stage.registry()).await.map(|_| ())?,
        Deed::Threat(number) => risk::threat(stage, &mut tx, number).await?,
        Deed::Check(number) => risk::check(stage, &mut tx, number).await?,
        Deed::Decide(number) => risk::decide(stage, &mut tx, number).await?,
        Deed::Begin(number) => risk::begin(stage, &mut tx, number).await?,
        Deed::Report(number) => risk::report(stage, &mut tx, number).await?,
        Deed::Finish(number) => risk::finish(stage, &mut tx, number).await?,
        Deed::Propose(number) => risk::propose(stage, &mut tx, number).await?,
        Deed::Approve(number) => risk::approve(stage, &mut tx, number).await?,
        Deed::Act(number) => chapter::perform(stage, &mut tx, number).await?,
        Deed::TryContacts => organisation::try_contacts(stage, &mut tx).await?,
        Deed::Issue => mamori_risk::report::issue(&mut tx, false).await.map(|_| ())?,
        Deed::Note(number) => {
            if let Some(happening) = content.happenings.get(number) {
                for code in &happening.about {
                    stage.comment(&mut tx, code, &happening.text).await?;
                }
            }
        }
    }
    tx.commit().await?;
    if let Deed::Answer(campaign, number) = step.deed {
        ledger::reclassify(stage, campaign, number, at).await?;
    }
    Ok(Vec::new())
}

/// Nothing of the past goes out when the program starts.
async fn settle(app: &App, now: Timestamp) -> Result<()> {
    for (id, _, _) in company::ops::all(&app.db).await? {
        let mut tx = app.db.tx(Arc::new(Actor::program(&id, "mamori", Origin::Cli, Lang::Ja)), now).await?;
        queries::settle(&mut tx).await?;
        tx.commit().await?;
    }
    Ok(())
}
