//! Checks: answering, reviewing, and what becomes of an answer.

use mamori_checklist::check::ops::{self as checks, Typed};
use mamori_checklist::check::rules::Deed;
use mamori_checklist::installed;
use mamori_kernel::error::{Error, Result};
use mamori_store::Tx;

use super::acts::What;
use super::chapter::remember;
use super::stage::Stage;

/// Carries out what concerns checks.
pub(super) async fn perform(stage: &mut Stage<'_>, tx: &mut Tx, what: &What) -> Result<()> {
    let engine = installed()?;
    match what {
        What::Answers { check, answers } => {
            let typed = answers.iter().map(|(item, said)| {
                let (answer, note) = said.split_once('|').unwrap_or((said, ""));
                Typed { item: item.clone(), answer: answer.to_owned(), note: note.to_owned(), ..Typed::default() }
            });
            let saved = checks::answer(tx, stage.registry(), engine, stage.id(check)?, typed.collect()).await?;
            match saved.troubles.into_iter().next() {
                Some(trouble) => Err(Error::Internal(format!("{}: {}", trouble.typed.item, trouble.words.ja))),
                None => Ok(()),
            }
        }
        What::Move { check, to } => {
            let deed = Deed::parse(to).ok_or(Error::NotFound)?;
            checks::act(tx, stage.registry(), engine, stage.id(check)?, deed).await.map(|_| ())
        }
        What::Find { check, item, code } => {
            let address = checks::take(tx, stage.registry(), engine, stage.id(check)?, item, "risk").await?;
            let id = address.rsplit('/').next().unwrap_or_default().to_owned();
            remember(stage, tx, "scenario", code, &id).await
        }
        _ => Ok(()),
    }
}
