//! The sample company as written in `catalogs/demo/`, and the few words of other catalogues that its rows name by code.

use std::collections::BTreeMap;

use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Words;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::acts::Act;

/// Company and departments.
#[derive(Debug, Deserialize)]
pub(super) struct CompanyFile {
    pub company: Company,
    pub department: Vec<Department>,
}

/// The company's profile.
#[derive(Debug, Deserialize)]
pub(super) struct Company {
    pub name: String,
    pub kana: String,
    pub people: i64,
    pub fiscal_year_start_month: i64,
}

/// A department; `parent` is a code or empty.
#[derive(Debug, Deserialize)]
pub(super) struct Department {
    pub code: String,
    pub parent: String,
    pub name: String,
    pub order: i64,
}

/// Somebody who works or worked there. Days are offsets from the day of the demo.
#[derive(Debug, Deserialize)]
pub(super) struct Person {
    pub no: String,
    pub name: String,
    pub kana: String,
    pub department: String,
    pub title: String,
    pub employment: String,
    pub joined: i32,
    pub left: Option<i32>,
    #[serde(default)]
    pub mail: String,
    #[serde(default)]
    pub plus_security: bool,
}

/// Who holds which role of the programme; `until` 0 is an open end.
#[derive(Debug, Deserialize)]
pub(super) struct Assignment {
    pub role: String,
    pub person: String,
    pub deputy: String,
    pub phase: String,
    pub from: i32,
    pub until: i32,
    pub note: String,
}

/// Without whom a department's ledger cannot be written.
#[derive(Debug, Deserialize)]
pub(super) struct KeyPerson {
    pub department: String,
    pub person: String,
    pub reason: String,
}

/// An account and what its owner does in the product.
#[derive(Debug, Deserialize)]
pub(super) struct Account {
    pub login: String,
    pub person: String,
    pub duty: String,
}

/// A contact that the company filled in.
#[derive(Debug, Deserialize)]
pub(super) struct Contact {
    pub code: String,
    pub name: String,
    pub phone: String,
    pub person: String,
    pub hours: String,
    pub note: String,
}

/// Roles, key persons, accounts, contacts.
#[derive(Debug, Deserialize)]
pub(super) struct RolesFile {
    pub assignments: Vec<Assignment>,
    pub key_persons: Vec<KeyPerson>,
    pub accounts: Vec<Account>,
    pub contacts: Vec<Contact>,
}

/// The three values of an asset, 0–2.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Value {
    pub c: i64,
    pub i: i64,
    pub a: i64,
}

/// An information asset as it stands on the day of the demo.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Asset {
    pub code: String,
    pub department: String,
    pub business: String,
    pub name: String,
    pub note: String,
    pub users: String,
    pub groups: Vec<String>,
    pub storage: String,
    pub detail: String,
    pub personal: Vec<String>,
    pub value: Option<Value>,
    pub retention: String,
    pub class: String,
    pub owner: String,
    pub copies: Vec<String>,
    pub registered: i32,
    pub stage: String,
    pub disposed: Option<i32>,
    #[serde(default)]
    pub disposal_note: String,
}

/// What an answer of a stocktake changed.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Correction {
    pub field: String,
    pub from: String,
    pub to: String,
}

/// An answer of a stocktake.
#[derive(Debug, Deserialize)]
pub(super) struct Answer {
    pub asset: String,
    pub day: i32,
    pub by: String,
    pub result: String,
    pub note: String,
    pub changes: Vec<Correction>,
}

/// A stocktake; `closed` 0 is still running.
#[derive(Debug, Deserialize)]
pub(super) struct Campaign {
    pub code: String,
    pub name: String,
    pub by: String,
    pub started: i32,
    pub due: i32,
    pub closed: i32,
    pub message: String,
    pub closing_note: String,
    pub answers: Vec<Answer>,
}

/// A threat level that was set.
#[derive(Debug, Deserialize)]
pub(super) struct Threat {
    pub place: String,
    pub level: i64,
    pub day: i32,
    pub by: String,
    pub reason: String,
}

/// A round of the measure check.
#[derive(Debug, Deserialize)]
pub(super) struct Check {
    pub day: i32,
    pub by: String,
    pub answers: BTreeMap<String, String>,
}

/// A treatment; the first asset is the one whose risk led to it.
#[derive(Debug, Deserialize)]
pub(super) struct Treatment {
    pub code: String,
    pub assets: Vec<String>,
    pub treatment: String,
    pub measure: String,
    pub title: String,
    pub owner: String,
    pub decided: i32,
    pub due: i32,
    pub status: String,
    pub done: Option<i32>,
    pub cost_yen: i64,
    pub note: String,
    /// Further fields of the ledger, as the diary writes them.
    #[serde(default)]
    pub more: toml::Table,
}

/// A risk that the company lives with: one of the register, or that of an asset.
#[derive(Debug, Deserialize)]
pub(super) struct Acceptance {
    pub code: String,
    #[serde(default)]
    pub assets: Vec<String>,
    #[serde(default)]
    pub scenario: String,
    pub accepted_by: String,
    /// A day before the decision where nothing is said.
    pub proposed: Option<i32>,
    pub day: i32,
    pub limit_count: Option<i64>,
    pub review: i32,
    pub class: String,
    pub reason: String,
    pub conditions: String,
}

/// Threats, checks, treatments.
#[derive(Debug, Deserialize)]
pub(super) struct RiskFile {
    pub threats: Vec<Threat>,
    pub check: Vec<Check>,
    pub treatment: Vec<Treatment>,
}

/// A value of an asset that was changed after the first rating.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct ValueChange {
    pub asset: String,
    pub day: i32,
    pub by: String,
    pub field: String,
    pub from: i64,
    pub to: i64,
    pub reason: String,
}

/// Something that people noted down.
#[derive(Debug, Deserialize)]
pub(super) struct Happening {
    pub day: i32,
    pub by: String,
    pub kind: String,
    pub about: Vec<String>,
    pub text: String,
}

#[derive(Debug, Deserialize)]
struct HistoryFile {
    value_changes: Vec<ValueChange>,
    events: Vec<Happening>,
}

#[derive(Deserialize)]
struct AcceptancesFile {
    acceptance: Vec<Acceptance>,
}

#[derive(Deserialize)]
struct DiaryFile {
    act: Vec<Act>,
}

#[derive(Deserialize)]
struct PeopleFile {
    people: Vec<Person>,
}

#[derive(Deserialize)]
struct AssetsFile {
    assets: Vec<Asset>,
}

#[derive(Deserialize)]
struct StocktakesFile {
    campaign: Vec<Campaign>,
}

#[derive(Deserialize)]
struct StorageFile {
    place: Vec<Named>,
    detail: Vec<Named>,
}

#[derive(Deserialize)]
struct Named {
    code: String,
    name: Words,
}

#[derive(Deserialize)]
struct MeasuresFile {
    measure: Vec<Measure>,
}

/// A ready measure.
#[derive(Debug, Deserialize)]
pub(super) struct Measure {
    pub code: String,
    pub family: String,
    pub how: Words,
}

/// Everything that is known of the sample company.
#[derive(Debug)]
pub(super) struct Content {
    pub company: Company,
    pub departments: Vec<Department>,
    pub people: Vec<Person>,
    pub roles: RolesFile,
    pub assets: Vec<Asset>,
    pub campaigns: Vec<Campaign>,
    pub risk: RiskFile,
    pub acceptances: Vec<Acceptance>,
    pub value_changes: Vec<ValueChange>,
    pub happenings: Vec<Happening>,
    /// Everything that the diary tells.
    pub acts: Vec<Act>,
    /// Names of storage places, the finer ones included, by code.
    pub places: BTreeMap<String, String>,
    /// Ready measures by code.
    pub measures: BTreeMap<String, Measure>,
}

/// Reads an embedded file.
///
/// # Errors
/// [`Error::Internal`]: a fault of the build, found by the tests.
pub(super) fn read<T: DeserializeOwned>(name: &str, text: &str) -> Result<T> {
    toml::from_str(text).map_err(|error| Error::Internal(format!("{name}: {error}")))
}

macro_rules! catalog {
    ($name:literal) => {
        read(concat!("catalogs/", $name), include_str!(concat!("../../../../catalogs/", $name)))
    };
}

impl Content {
    /// Reads all files.
    ///
    /// # Errors
    /// As [`read`].
    pub(super) fn load() -> Result<Content> {
        let CompanyFile { company, department } = catalog!("demo/company.toml")?;
        let PeopleFile { people } = catalog!("demo/people.toml")?;
        let AssetsFile { assets } = catalog!("demo/assets.toml")?;
        let StocktakesFile { campaign } = catalog!("demo/stocktakes.toml")?;
        let HistoryFile { value_changes, events } = catalog!("demo/history.toml")?;
        let StorageFile { place, detail } = catalog!("assets/storage.toml")?;
        let MeasuresFile { measure } = catalog!("risk/measures.toml")?;
        let MeasuresFile { measure: technical } = catalog!("risk/measures_technical.toml")?;
        let AcceptancesFile { acceptance } = catalog!("demo/acceptances.toml")?;
        let diaries: [DiaryFile; 4] = [
            catalog!("demo/register.toml")?,
            catalog!("demo/threats.toml")?,
            catalog!("demo/services.toml")?,
            catalog!("demo/money.toml")?,
        ];
        Ok(Content {
            company,
            departments: department,
            people,
            roles: catalog!("demo/roles.toml")?,
            assets,
            campaigns: campaign,
            risk: catalog!("demo/risk.toml")?,
            acceptances: acceptance,
            value_changes,
            happenings: events,
            acts: diaries.into_iter().flat_map(|diary| diary.act).collect(),
            places: place.into_iter().chain(detail).map(|named| (named.code, named.name.ja.into_owned())).collect(),
            measures: measure.into_iter().chain(technical).map(|measure| (measure.code.clone(), measure)).collect(),
        })
    }

    /// The person of a number.
    pub(super) fn person(&self, no: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.no == no)
    }

    /// The account of a person, if there is one.
    pub(super) fn account(&self, no: &str) -> Option<&Account> {
        self.roles.accounts.iter().find(|account| account.person == no)
    }
}
