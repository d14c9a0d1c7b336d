//! A second, small company, and the consultant who may enter both: the wall between companies can be tried.

use std::collections::BTreeMap;
use std::sync::Arc;

use mamori_kernel::access::Role;
use mamori_kernel::error::Result;
use mamori_kernel::lang::Lang;
use mamori_ledger::Values;
use mamori_ledger::web::App;
use mamori_organization::account::ops as account_ops;
use mamori_organization::company::{self, Profile};
use mamori_store::{Actor, Origin, Tx};
use serde::Deserialize;

use super::accounts::{CONSULTANT, DemoAccount, Opening, prepare};
use super::calendar::{Calendar, Dice, instant};
use super::content::read;
use super::stage::create;

#[derive(Deserialize)]
struct File {
    code: String,
    name: String,
    kana: String,
    people: i64,
    began: i32,
    sheets: i32,
    officer: Officer,
    departments: Vec<Department>,
    people_list: Vec<Person>,
    assets: Vec<Asset>,
}

#[derive(Deserialize)]
struct Officer {
    login: String,
    number: String,
}

#[derive(Deserialize)]
struct Department {
    code: String,
    name: String,
}

#[derive(Deserialize)]
struct Person {
    number: String,
    name: String,
    kana: String,
    department: String,
    title: String,
    employment: String,
    mail: String,
}

#[derive(Deserialize)]
struct Asset {
    code: String,
    department: String,
    business: String,
    name: String,
    users: String,
    storage: String,
    personal: bool,
    c: String,
    i: String,
    a: String,
    class: String,
    owner: String,
    retention: String,
}

/// Founds the company, fills it, opens the account of its officer and lets the consultant of the first company in. Gives the account.
///
/// # Errors
/// Database faults; faults of the embedded file.
pub(super) async fn fill(app: &App, seed: u64, calendar: Calendar) -> Result<Vec<DemoAccount>> {
    let file: File = read("second.toml", include_str!("second.toml"))?;
    let mut dice = Dice::new(seed, &file.code);
    let mut moment = |offset: i32, index: usize| instant(calendar.working(offset), index, 4, &mut dice);
    let (founded, listed, valued) = (moment(file.began, 0), moment(file.began, 2), moment(file.sheets, 1));
    let profile = Profile {
        name: file.name.clone(),
        name_kana: file.kana.clone(),
        industry: "manufacturing".to_owned(),
        headcount: file.people,
        fiscal_start_month: 4,
        lang: Lang::Ja,
        doc_prefix: String::new(),
    };
    let program = Actor::program("", "mamori", Origin::Cli, Lang::Ja);
    let company_id = company::create_company(&app.db, &program, &file.code, &profile, founded).await?;

    let mut actor = Actor::program(&company_id, "mamori", Origin::Cli, Lang::Ja);
    let mut tx = app.db.tx(Arc::new(actor.clone()), founded).await?;
    let rows = people(app, &mut tx, &file).await?;
    tx.commit().await?;

    let mut shown = Vec::new();
    let officer = file.people_list.iter().find(|person| person.number == file.officer.number);
    if let Some(person) = officer {
        let (login, mail) = (file.officer.login.as_str(), person.mail.as_str());
        let id = rows.get(&person.number).cloned();
        let opening = Opening { login, name: &person.name, mail, person: id.clone(), duty: "officer", company: &file.name };
        let (mut new, account) = prepare(seed, &opening);
        // In a company of nine one person does both.
        new.roles = vec![Role::Admin, Role::Officer];
        actor.user_id = account_ops::create_user(&app.db, Arc::new(actor.clone()), new, founded).await?;
        actor.name.clone_from(&person.name);
        actor.person_id = id;
        actor.origin = Origin::Web("192.168.77.11".to_owned());
        shown.push(account);
    }
    let actor = Arc::new(actor);
    let mut tx = app.db.tx(actor.clone(), listed).await?;
    for asset in &file.assets {
        create(&app.registry, &mut tx, "information_asset", values(asset, &rows)).await?;
    }
    tx.commit().await?;
    let mut tx = app.db.tx(actor.clone(), valued).await?;
    mamori_risk::seed(&mut tx, &app.registry).await?;
    tx.commit().await?;

    account_ops::add_member(&app.db, actor, CONSULTANT, &[Role::Officer], None, valued).await?;
    Ok(shown)
}

async fn people(app: &App, tx: &mut Tx, file: &File) -> Result<BTreeMap<String, String>> {
    let mut rows = BTreeMap::new();
    for (at, department) in (1_i64..).zip(&file.departments) {
        let values =
            Values::default().with("code", department.code.as_str()).with("name", department.name.as_str()).with("position", at);
        rows.insert(department.code.clone(), create(&app.registry, tx, "department", values).await?.id);
    }
    for person in &file.people_list {
        let values = Values::default()
            .with("number", person.number.as_str())
            .with("name", person.name.as_str())
            .with("kana", person.kana.as_str())
            .with("department", rows.get(&person.department).map(String::as_str).unwrap_or_default())
            .with("title", person.title.as_str())
            .with("employment", person.employment.as_str())
            .with("email", person.mail.as_str());
        rows.insert(person.number.clone(), create(&app.registry, tx, "person", values).await?.id);
    }
    Ok(rows)
}

fn values(asset: &Asset, rows: &BTreeMap<String, String>) -> Values {
    let row = |code: &str| rows.get(code).map(String::as_str).unwrap_or_default();
    Values::default()
        .with("code", format!("N-{:0>3}", asset.code))
        .with("business", asset.business.as_str())
        .with("name", asset.name.as_str())
        .with("users", asset.users.as_str())
        .with("department", row(&asset.department))
        .with("owner", row(&asset.owner))
        .with("storage", asset.storage.as_str())
        .with("classification", asset.class.as_str())
        .with("pi_personal", asset.personal)
        .with("confidentiality", asset.c.as_str())
        .with("integrity", asset.i.as_str())
        .with("availability", asset.a.as_str())
        .with("retention", asset.retention.as_str())
}
