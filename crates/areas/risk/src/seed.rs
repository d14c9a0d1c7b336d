//! Beginning: sheets, threats, weaknesses, method and scale from the catalogue.

use mamori_kernel::error::Result;
use mamori_kernel::lang::Lang;
use mamori_ledger::area::{Beginning, Registry};
use mamori_ledger::hooks::Hooked;
use mamori_store::Tx;

use crate::assessment::{holding, refresh};
use crate::ipa::rules::{Bands, Scale};
use crate::{method, scale, threat, threat_level, weakness, weakness_check};

/// Writes what is missing: threat levels per storage place, the questions of the measure check (unanswered: nobody guesses what a company
/// does), threats and weaknesses of the catalogue, and version 1 of the method and of the four-factor scale. Run again it changes nothing. Returns how many rows were written.
///
/// # Errors
/// Database faults.
pub async fn seed(tx: &mut Tx, registry: &Registry) -> Result<usize> {
    let made = holding(async {
        let mut made = threat_level::seed(tx, registry).await? + weakness_check::seed(tx, registry).await?;
        if method::queries::current(tx).await?.number == 0 {
            let bands = Bands::default();
            let reason = match tx.actor().lang {
                Lang::Ja => "標準の評価方法で開始",
                Lang::En => "Begun with the standard method",
            };
            method::begin(tx, registry, Scale::default().code(), (bands.middle_from(), bands.large_from()), reason).await?;
            made += 1;
        }
        made += threat::ops::seed(tx, registry).await? + weakness::ops::seed(tx, registry).await?;
        made += scale::ops::begin(tx, registry).await?;
        Ok::<usize, mamori_kernel::error::Error>(made)
    })
    .await?;
    if made > 0 {
        refresh(tx, registry).await?;
    }
    Ok(made)
}

/// Runs [`seed`] for a new company.
pub(crate) struct Sheets;

impl Beginning for Sheets {
    fn begin<'a>(&'a self, tx: &'a mut Tx, registry: &'a Registry) -> Hooked<'a, usize> {
        Box::pin(seed(tx, registry))
    }
}
