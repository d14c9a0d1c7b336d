//! Where the past is played again: the company, who acts, and the few moves of which every deed is made.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Lang;
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::shape::Shape;
use mamori_ledger::web::App;
use mamori_ledger::{Registry, Values};
use mamori_store::{Actor, Change, Origin, Tx};
use serde_json::json;

use super::calendar::{Calendar, Dice};
use super::content::Content;
use super::queries;
use super::script::ADMINISTRATOR;

/// A row that was made: its ledger, its id, its name.
#[derive(Clone, Debug)]
pub(super) struct Made {
    pub ledger: &'static str,
    pub id: String,
    pub label: String,
}

/// The company while its past is played.
pub(super) struct Stage<'a> {
    pub app: &'a App,
    pub content: &'a Content,
    pub calendar: Calendar,
    pub seed: u64,
    /// The company's id.
    pub company: String,
    /// Rows by their code in the catalogue (`D21`, `1101`, `A-001`, `T-01` …); the codes of different ledgers never meet.
    pub rows: BTreeMap<String, Made>,
    /// Accounts by number of the person.
    pub users: BTreeMap<String, String>,
}

impl Stage<'_> {
    /// All ledgers.
    pub(super) fn registry(&self) -> &Registry {
        &self.app.registry
    }

    /// Dice that only this purpose rolls.
    pub(super) fn dice(&self, purpose: &str) -> Dice {
        Dice::new(self.seed, purpose)
    }

    /// The id of a row by its code.
    ///
    /// # Errors
    /// [`Error::Internal`] for a code of the catalogue that leads nowhere (found by the tests).
    pub(super) fn id(&self, code: &str) -> Result<&str> {
        let made = self.rows.get(code).ok_or_else(|| Error::Internal(format!("no row “{code}” yet")))?;
        Ok(&made.id)
    }

    /// Somebody of the company; empty for the list that the administrator brought in from the command line.
    ///
    /// He acts with full rights: what is played has already happened, and most people of this company have no account.
    pub(super) fn actor(&self, no: &str) -> Arc<Actor> {
        let (no, origin) = match no {
            "" => (ADMINISTRATOR, Origin::Cli),
            // An address of the company's own network, a different one for everybody.
            no => (no, Origin::Web(format!("192.168.10.{}", 20 + self.dice(no).roll(200)))),
        };
        let name = self.content.person(no).map_or("mamori", |person| person.name.as_str());
        let mut actor = Actor::program(&self.company, name, origin, Lang::Ja);
        actor.user_id = self.users.get(no).cloned().unwrap_or_default();
        actor.person_id = self.rows.get(no).map(|made| made.id.clone());
        Arc::new(actor)
    }

    /// Opens a transaction of somebody at an instant of the past.
    ///
    /// # Errors
    /// Database faults.
    pub(super) async fn begin(&self, no: &str, at: Timestamp) -> Result<Tx> {
        self.app.db.tx(self.actor(no), at).await
    }

    /// Adds a row and remembers it by its code.
    ///
    /// # Errors
    /// As [`ops::create`].
    pub(super) async fn create(&mut self, tx: &mut Tx, ledger: &'static str, code: &str, values: Values) -> Result<()> {
        let made = create(self.registry(), tx, ledger, values).await?;
        self.rows.insert(code.to_owned(), made);
        Ok(())
    }

    /// Changes the row of a code.
    ///
    /// # Errors
    /// As [`ops::update`].
    pub(super) async fn update(&self, tx: &mut Tx, code: &str, values: Values) -> Result<()> {
        let made = self.rows.get(code).ok_or_else(|| Error::Internal(format!("no row “{code}” yet")))?;
        let shape = shape(self.registry(), tx, made.ledger).await?;
        ops::update(self.registry(), tx, &shape, &made.id, None, values, Gate::Program).await?;
        Ok(())
    }

    /// Writes a comment on the row of a code.
    ///
    /// # Errors
    /// Database faults.
    pub(super) async fn comment(&self, tx: &mut Tx, code: &str, text: &str) -> Result<()> {
        let made = self.rows.get(code).ok_or_else(|| Error::Internal(format!("no row “{code}” yet")))?;
        queries::comment(tx, made.ledger, &made.id, text).await?;
        tx.log(Change::new("comment", made.ledger, &made.id, &made.label, json!({}))).await
    }
}

/// The ledger as the company sees it.
///
/// # Errors
/// [`Error::Internal`] for an unknown ledger; database faults.
pub(super) async fn shape(registry: &Registry, tx: &mut Tx, ledger: &str) -> Result<Shape> {
    let def = registry.ledger(ledger).ok_or_else(|| Error::Internal(format!("no ledger “{ledger}”")))?;
    Shape::load(def, tx).await
}

/// Adds a row.
///
/// # Errors
/// As [`ops::create`].
pub(super) async fn create(registry: &Registry, tx: &mut Tx, ledger: &'static str, values: Values) -> Result<Made> {
    let shape = shape(registry, tx, ledger).await?;
    let record = ops::create(registry, tx, &shape, values, None, Gate::Program).await?;
    Ok(Made { ledger, label: ops::label(&shape.def, &record), id: record.meta.id })
}
