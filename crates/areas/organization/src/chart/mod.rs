//! 体制図 and 連絡網: the organisation in peace and in an emergency, drawn from the appointments, and who calls whom.

pub mod network;
pub mod pages;
pub mod rules;

use jiff::civil::Date;
use mamori_kernel::error::Result;
use mamori_store::Reader;

use crate::assignment::rules::{Held, RoleFact, Warning, judge};
use crate::role::Phase;
use crate::{assignment, person, role};

/// The organisation of a company on a day.
#[derive(Clone, Debug, Default)]
pub struct Organisation {
    /// Name of the company.
    pub company: String,
    /// Roles in order.
    pub roles: Vec<RoleFact>,
    /// Appointments.
    pub held: Vec<Held>,
    /// People: what the company says of itself or what its ledger counts, whichever is more.
    pub headcount: i64,
    /// The day.
    pub today: Date,
}

impl Organisation {
    /// What stands out in a phase.
    pub fn warnings(&self, phase: Phase) -> Vec<Warning> {
        judge(&self.roles, &self.held, phase, self.headcount, self.today)
    }
}

/// Reads the organisation as it is on a day.
///
/// # Errors
/// Database faults.
pub async fn load(db: &mut impl Reader, today: Date) -> Result<Organisation> {
    let company = role::queries::company(db).await?;
    let counted = person::queries::headcount(db, today).await?;
    Ok(Organisation {
        company: company.name,
        roles: role::queries::facts(db).await?,
        held: assignment::queries::held(db).await?,
        headcount: company.headcount.max(counted),
        today,
    })
}
