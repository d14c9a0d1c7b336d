//! Use cases: begin with the catalogue's questions; answer the questions of a kind.

use mamori_kernel::error::{Error, FieldError, Result};
use mamori_kernel::lang::Words;
use mamori_ledger::area::Registry;
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::record::Values;
use mamori_ledger::shape::Shape;
use mamori_ledger::{Choice as _, Ledger as _};
use mamori_store::Tx;

use super::{AnswerChoice, WeaknessCheck, queries};
use crate::assessment::{Recalculated, holding, refresh};
use crate::catalog;

/// Writes a row for every question of the catalogue that has none yet; returns how many.
///
/// # Errors
/// Database faults.
pub(crate) async fn seed(tx: &mut Tx, registry: &Registry) -> Result<usize> {
    let def = registry.ledger(WeaknessCheck::CODE).ok_or(Error::NotFound)?;
    let shape = Shape::load(def, tx).await?;
    let known = queries::codes(tx).await?;
    let lang = tx.actor().lang;
    let (mut made, mut position) = (0, 0_i64);
    for kind in &catalog::get().kinds {
        for question in &kind.questions {
            position = position.saturating_add(10);
            if known.contains(&question.code) {
                continue;
            }
            let values = Values::default()
                .with("position", position)
                .with("code", question.code.as_str())
                .with("kind", kind.code.as_str())
                .with("question", lang.pick(&question.ja, &question.en));
            ops::create(registry, tx, &shape, values, None, Gate::Program).await?;
            made += 1;
        }
    }
    Ok(made)
}

/// Answers questions: pairs of row id and answer code, where an empty code takes the answer back. Only what differs is written, and the
/// assets are recalculated once at the end.
///
/// # Errors
/// [`Error::Invalid`] for an answer that does not exist; [`Error::Forbidden`]; database faults.
pub async fn answer(tx: &mut Tx, registry: &Registry, answers: &[(String, String)]) -> Result<Recalculated> {
    if answers.is_empty() {
        return Ok(Recalculated::Now(0));
    }
    let def = registry.ledger(WeaknessCheck::CODE).ok_or(Error::NotFound)?;
    let shape = Shape::load(def, tx).await?;
    for (id, code) in answers {
        if !code.is_empty() && AnswerChoice::parse(code).is_none() {
            let message = Words::owned(
                format!("「{code}」という答えはありません。画面の選択肢から選んでください。"),
                format!("There is no answer “{code}”. Please choose one of those on the page."),
            );
            return Err(Error::Invalid(vec![FieldError { field: format!("a.{id}"), message }]));
        }
    }
    holding(async {
        for (id, code) in answers {
            let values = Values::default().with("answer", code.as_str());
            ops::update(registry, tx, &shape, id, None, values, Gate::Person).await?;
        }
        Ok::<(), Error>(())
    })
    .await?;
    refresh(tx, registry).await
}
