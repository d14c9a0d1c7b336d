//! Taking the standard contacts into a company's ledger.

use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Lang;
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::shape::Shape;
use mamori_ledger::{Choice as _, Ledger, Registry, Values};
use mamori_store::Tx;

use super::catalogue::{self, StandardContact};
use super::{Contact, queries};
use crate::role;

/// Adds the standard contacts (S2-D10-06) that the company does not have yet, in the company's language; returns how many. Done
/// twice, it adds nothing and changes nothing. The caller judges permission and commits.
///
/// # Errors
/// Database faults.
pub async fn seed(tx: &mut Tx, registry: &Registry) -> Result<usize> {
    let lang = role::queries::company(tx).await?.lang;
    let def = registry.ledger(Contact::CODE).ok_or_else(|| Error::Internal("the contact ledger is not registered".to_owned()))?;
    let shape = Shape::load(def, tx).await?;
    let known = queries::codes(tx).await?;
    let mut added = 0;
    for contact in catalogue::contacts()?.iter().filter(|contact| !known.contains(&contact.code)) {
        ops::create(registry, tx, &shape, values(contact, lang), None, Gate::Program).await?;
        added += 1;
    }
    Ok(added)
}

fn values(contact: &StandardContact, lang: Lang) -> Values {
    let mut values = Values::default()
        .with("code", contact.code.as_str())
        .with("organisation", contact.name.get(lang))
        .with("kind", contact.kind().code())
        .with("purpose", contact.for_what.get(lang))
        .with("prepare", contact.prepare.get(lang))
        .with("phone", contact.phone.as_str())
        .with("url", contact.url.as_str())
        .with("hours", contact.hours.get(lang))
        .with("duty", contact.duty);
    if let Some(day) = contact.checked_on {
        values.set("checked_on", day);
    }
    if !contact.region.is_empty() {
        let note = match lang {
            Lang::Ja => format!("対象の地域：{}", contact.region),
            Lang::En => format!("Serves: {}", contact.region),
        };
        values.set("note", note);
    }
    values
}
