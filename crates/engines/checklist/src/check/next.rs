//! Use cases of the check after this one: the same again, or the answers taken over into a new version.

use std::sync::Arc;

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::{Lang, Words};
use mamori_kernel::time;
use mamori_ledger::ops::{self as rows, Gate, may};
use mamori_ledger::shape::Shape;
use mamori_ledger::{Ledger as _, Record, Registry, Values};
use mamori_store::{Reader, Tx};

use super::State;
use super::ops::{Opened, Typed, fitted, open, recount, write};
use crate::answer::{CheckAnswer, queries as answers};
use crate::carry::{Carried, carry};
use crate::catalogue::Catalogue;
use crate::contract::Checks;

/// Begins the next check of the same catalogue, scope and people; gives its id.
///
/// # Errors
/// [`Error::Forbidden`] without the right to begin one; as [`open`].
pub async fn again(tx: &mut Tx, registry: &Registry, checks: &Checks, id: &str) -> Result<String> {
    let opened = open(tx, registry, checks, id, Action::View).await?;
    let lang = tx.actor().lang;
    let newest = checks.newest(&opened.catalogue.id).map_or(opened.catalogue.clone(), Clone::clone);
    let title = next_title(opened.record.get("title").as_str(), time::today(tx.now()), lang);
    let record = follow_up(tx, registry, &opened, &newest, title).await?;
    Ok(record.meta.id)
}

/// The name with the day behind it; a day that stands there already is replaced.
fn next_title(title: &str, today: Date, lang: Lang) -> String {
    let (open, close) = (lang.pick("（", " ("), lang.pick("）", ")"));
    let bare = ["（", " ("]
        .iter()
        .find_map(|open| title.rsplit_once(open).filter(|(_, rest)| rest.trim_end_matches(['）', ')']).parse::<Date>().is_ok()))
        .map_or(title, |(bare, _)| bare);
    format!("{bare}{open}{today}{close}")
}

async fn follow_up(tx: &mut Tx, registry: &Registry, opened: &Opened, catalogue: &Catalogue, title: String) -> Result<Record> {
    let mut values = Values::default();
    for field in &opened.shape.fields {
        if field.editable() && !matches!(field.code.as_ref(), "due" | "held_on" | "remark") {
            values.set(field.code.clone(), opened.record.get(&field.code).clone());
        }
    }
    values.set("title", title);
    let actor = tx.actor().clone();
    let draft = Record { values: values.clone(), ..Record::default() };
    if !may(&actor, &opened.shape.def, &draft, Action::Create) {
        return Err(Error::Forbidden(Words::new(
            "新しい点検を始める権限がありません。セキュリティ担当に依頼してください。",
            "You may not begin a new check. Please ask the security officer.",
        )));
    }
    values.set("edition", catalogue.version.as_str());
    values.set("continues", opened.id());
    rows::create(registry, tx, &opened.shape, values, None, Gate::Program).await
}

/// What taking the answers over into the newest version would bring.
///
/// # Errors
/// [`Error::NotFound`] when there is no newer version; as [`open`].
pub async fn preview(db: &mut impl Reader, checks: &Checks, opened: &Opened) -> Result<(Arc<Catalogue>, Carried)> {
    let newest = checks.newest(&opened.catalogue.id).cloned().ok_or(Error::NotFound)?;
    if newest.order() <= opened.catalogue.order() {
        return Err(Error::NotFound);
    }
    let kept = answers::of_sheet(db, opened.id()).await?;
    let carried = carry(&opened.catalogue, &newest, &answers::answers(&kept));
    Ok((newest, carried))
}

/// Takes the answers over into a new check of the newest version; the old check stays as it was. Gives the new row's id.
///
/// # Errors
/// As [`preview`] and [`again`].
pub async fn renew(tx: &mut Tx, registry: &Registry, checks: &Checks, id: &str) -> Result<String> {
    let opened = open(tx, registry, checks, id, Action::View).await?;
    let (newest, carried) = preview(tx, checks, &opened).await?;
    let title = next_title(opened.record.get("title").as_str(), time::today(tx.now()), tx.actor().lang);
    let record = follow_up(tx, registry, &opened, &newest, title).await?;
    let next = Opened { record, shape: opened.shape, catalogue: newest };
    let shape = Shape::load(registry.ledger(CheckAnswer::CODE).ok_or(Error::NotFound)?, tx).await?;
    let empty = carried.answers.is_empty();
    for (code, given) in carried.answers {
        let Some(item) = next.catalogue.item(&code) else { continue };
        let typed = Typed {
            item: code,
            version: None,
            answer: given.answer,
            to_be: given.to_be.map(|level| level.to_string()).unwrap_or_default(),
            note: given.note,
            evidence: given.evidence,
        };
        // What was kept fitted once; whatever does not any more was set aside by the rule above.
        if let Ok(values) = fitted(&next.catalogue, item, &typed) {
            write(tx, registry, &shape, &next, item, None, values).await?;
        }
    }
    recount(tx, &next, if empty { State::Draft } else { State::Open }).await?;
    Ok(next.record.meta.id)
}
