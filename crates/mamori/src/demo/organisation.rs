//! Departments, people, roles, contacts, key persons.

use mamori_kernel::error::Result;
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::query::{self, ListQuery};
use mamori_ledger::{Value, Values};
use mamori_store::Tx;

use super::content::Person;
use super::script::from_the_start;
use super::stage::{Stage, shape};

/// Departments, then everybody who works there on the first day, then who heads what.
pub(super) async fn bring_in(stage: &mut Stage<'_>, tx: &mut Tx) -> Result<()> {
    let content = stage.content;
    for department in &content.departments {
        let parent = if department.parent.is_empty() { String::new() } else { stage.id(&department.parent)?.to_owned() };
        let values = Values::default()
            .with("code", department.code.as_str())
            .with("name", department.name.as_str())
            .with("parent", parent)
            .with("position", department.order);
        stage.create(tx, "department", &department.code, values).await?;
    }
    for person in content.people.iter().filter(|person| from_the_start(person)) {
        join(stage, tx, person).await?;
    }
    for department in &content.departments {
        let heads = content.people.iter().find(|person| heads(person, &department.code, &department.name));
        if let Some(head) = heads {
            let manager = stage.id(&head.no)?.to_owned();
            stage.update(tx, &department.code, Values::default().with("manager", manager)).await?;
        }
    }
    Ok(())
}

/// Who heads a department, by the title: 総務課長, 取締役(管理担当), or the president for the board.
fn heads(person: &Person, code: &str, name: &str) -> bool {
    let stem = name.trim_end_matches(['部', '課']);
    person.left.is_none()
        && (person.title == format!("{name}長")
            || person.title.contains(&format!("{stem}担当"))
            || (person.department == code && person.title.ends_with("社長")))
}

/// Somebody joins.
pub(super) async fn join(stage: &mut Stage<'_>, tx: &mut Tx, person: &Person) -> Result<()> {
    let joined = if from_the_start(person) { stage.calendar.plain(person.joined) } else { stage.calendar.working(person.joined) };
    let mut values = Values::default()
        .with("number", person.no.as_str())
        .with("name", person.name.as_str())
        .with("kana", person.kana.as_str())
        .with("department", stage.id(&person.department)?)
        .with("title", person.title.as_str())
        .with("employment", person.employment.as_str())
        .with("email", person.mail.as_str())
        .with("plus_security", person.plus_security)
        .with("joined_on", joined);
    let on_duty = stage.content.roles.assignments.iter().any(|held| held.person == person.no || held.deputy == person.no);
    if on_duty || person.title.ends_with('長') {
        // Numbers that nobody has.
        values.set("phone", format!("090-0000-{:04}", stage.dice(&person.no).roll(10_000)));
    }
    stage.create(tx, "person", &person.no, values).await
}

/// Somebody leaves.
pub(super) async fn leave(stage: &Stage<'_>, tx: &mut Tx, person: &Person) -> Result<()> {
    let day = stage.calendar.working(person.left.unwrap_or_default());
    stage.update(tx, &person.no, Values::default().with("left_on", day)).await
}

/// The accounts of somebody who left are gone.
pub(super) async fn accounts_gone(stage: &Stage<'_>, tx: &mut Tx, person: &Person) -> Result<()> {
    let day = stage.calendar.working(person.left.unwrap_or_default().saturating_add(1));
    stage.update(tx, &person.no, Values::default().with("accounts_removed_on", day)).await
}

/// The standard roles and contacts come in; those contacts that only the company knows are filled in.
pub(super) async fn standards(stage: &Stage<'_>, tx: &mut Tx) -> Result<()> {
    mamori_organization::role::seed(tx, stage.registry()).await?;
    mamori_organization::contact::seed(tx, stage.registry()).await?;
    let today = mamori_kernel::time::today(tx.now());
    let shape = shape(stage.registry(), tx, "contact").await?;
    let known = query::all(stage.registry(), tx, &shape, &ListQuery::default(), mamori_kernel::access::Action::View).await?;
    for contact in &stage.content.roles.contacts {
        let Some(row) = known.iter().find(|row| row.get("code").as_str() == contact.code) else { continue };
        let values = Values::default()
            .with("organisation", contact.name.as_str())
            .with("phone", contact.phone.as_str())
            .with("person", contact.person.as_str())
            .with("hours", contact.hours.as_str())
            .with("note", contact.note.as_str())
            .with("checked_on", today);
        ops::update(stage.registry(), tx, &shape, &row.meta.id, None, values, Gate::Program).await?;
    }
    Ok(())
}

/// The numbers and pages of all contacts that have one are tried.
pub(super) async fn try_contacts(stage: &Stage<'_>, tx: &mut Tx) -> Result<()> {
    let today = mamori_kernel::time::today(tx.now());
    let shape = shape(stage.registry(), tx, "contact").await?;
    let known = query::all(stage.registry(), tx, &shape, &ListQuery::default(), mamori_kernel::access::Action::View).await?;
    let reachable = |row: &mamori_ledger::Record| !row.get("phone").is_empty() || !row.get("url").is_empty();
    for row in known.iter().filter(|row| reachable(row)) {
        let values = Values::default().with("checked_on", today);
        ops::update(stage.registry(), tx, &shape, &row.meta.id, None, values, Gate::Program).await?;
    }
    Ok(())
}

/// A role is given.
pub(super) async fn assign(stage: &mut Stage<'_>, tx: &mut Tx, at: usize) -> Result<()> {
    let Some(held) = stage.content.roles.assignments.get(at) else { return Ok(()) };
    let shape = shape(stage.registry(), tx, "security_role").await?;
    let roles = query::all(stage.registry(), tx, &shape, &ListQuery::default(), mamori_kernel::access::Action::View).await?;
    let role = roles.iter().find(|row| row.get("code").as_str() == held.role).map(|row| row.meta.id.clone()).unwrap_or_default();
    let mut values = Values::default()
        .with("role", role)
        .with("person", stage.id(&held.person)?)
        .with("phase", held.phase.as_str())
        .with("starts", stage.calendar.working(held.from))
        .with("note", held.note.as_str());
    if !held.deputy.is_empty() {
        values.set("deputy", stage.id(&held.deputy)?);
    }
    if held.until != 0 {
        values.set("ends", stage.calendar.working(held.until));
    }
    let code = format!("role {at}");
    stage.create(tx, "role_assignment", &code, values).await
}

/// A key person is named.
pub(super) async fn key_person(stage: &mut Stage<'_>, tx: &mut Tx, at: usize) -> Result<()> {
    let Some(key) = stage.content.roles.key_persons.get(at) else { return Ok(()) };
    let name = stage.content.person(&key.person).map(|person| person.name.as_str()).unwrap_or_default();
    let mut values = Values::default()
        .with("name", name)
        .with("department", stage.id(&key.department)?)
        .with("person", stage.id(&key.person)?)
        .with("note", key.reason.as_str());
    values.set("reasons", Value::List(vec!["knows_work".to_owned()]));
    let code = format!("key {at}");
    stage.create(tx, "key_person", &code, values).await
}
