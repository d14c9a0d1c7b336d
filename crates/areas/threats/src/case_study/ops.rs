//! What comes out of a case: a risk of our own, and treatments for the ways to prevent it.

use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::{Lang, Words};
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::{Choice as _, Ledger as _, Record, Registry, Value, Values, query};
use mamori_risk::scenario;
use mamori_risk::treatment::{Family, Policy, State};
use mamori_store::Tx;

use super::{CaseStudy, Possible, rules};
use crate::neighbours::{Draft, Source, Treatment};
use crate::parts::{may_register, refuse, shape};

async fn open(registry: &Registry, tx: &mut Tx, id: &str) -> Result<(Record, CaseStudy)> {
    let cases = shape(registry, tx, CaseStudy::CODE).await?;
    let record = query::find(tx, &cases, id, Action::Edit).await?;
    ops::in_use(&record)?;
    let case = CaseStudy::from_record(&record);
    Ok((record, case))
}

/// Registers the case as a risk of our own; done twice it gives the same risk.
///
/// # Errors
/// [`Error::Refused`] while nobody has said that it could happen here; [`Error::Forbidden`]; [`Error::NotFound`].
pub async fn register(registry: &Registry, tx: &mut Tx, id: &str) -> Result<String> {
    let (_, case) = open(registry, tx, id).await?;
    if !case.scenario.is_empty() {
        return Ok(case.scenario.id);
    }
    if !matches!(case.possible, Some(Possible::Yes | Possible::Partly)) {
        return refuse(
            "「自社で起こるか」が「起こりうる」か「一部は起こりうる」のときに、リスクとして登録できます。先に答えてください。",
            "A case becomes a risk when it could happen here, at least in part. Please answer that question first.",
        );
    }
    may_register(tx, &case.department.id)?;
    let some = |id: &str| (!id.is_empty()).then(|| id.to_owned());
    let draft = Draft {
        title: case.title.clone(),
        story: story(tx.actor().lang, &case),
        assets: case.assets.ids.clone(),
        department: some(&case.department.id),
        owner: some(&case.owner.id),
        source: Source::Case,
        source_key: format!("/threats/case_study/{id}"),
        ..Draft::default()
    };
    let risk = scenario::ops::add(tx, registry, draft).await?;
    let cases = shape(registry, tx, CaseStudy::CODE).await?;
    ops::update(registry, tx, &cases, id, None, Values::default().with("scenario", risk.as_str()), Gate::Program).await?;
    Ok(risk)
}

fn story(lang: Lang, case: &CaseStudy) -> String {
    let mut lines = vec![match lang {
        Lang::Ja => format!("他社の事例：{}", case.title),
        Lang::En => format!("Case from elsewhere: {}", case.title),
    }];
    lines.extend([&case.summary.0, &case.why.0].into_iter().filter(|text| !text.is_empty()).cloned());
    lines.join("\n")
}

/// Makes a treatment out of the prevention of one kind, with the case's owner and due date; gives its row id.
/// A kind that has one already gets no second.
///
/// # Errors
/// [`Error::Invalid`] or [`Error::Refused`] when prevention, owner or due date are missing; [`Error::Forbidden`]; [`Error::NotFound`].
pub async fn treat(registry: &Registry, tx: &mut Tx, id: &str, family: &str) -> Result<String> {
    let (_, case) = open(registry, tx, id).await?;
    let kind = Family::parse(family).ok_or(Error::NotFound)?;
    let text =
        rules::preventions(&case).into_iter().find(|(code, _)| *code == family).map(|(_, text)| text.trim()).unwrap_or_default();
    if text.is_empty() {
        return refuse(
            "この種類の防止策がまだ書かれていません。先に書いてください。",
            "Nothing is written about this kind of prevention yet.",
        );
    }
    let known = crate::queries::treatments(tx, &case.treatments.ids).await?;
    if let Some((id, _, _)) = known.into_iter().find(|(_, known, _)| known == family) {
        return Ok(id);
    }
    if case.owner.is_empty() || case.due.is_none() {
        return refuse(
            "対応には担当者と期限が要ります。事例の「担当者」と「対策の期限」を先に入れてください。",
            "A treatment needs an owner and a due date. Please fill in “Owner” and “Measures due” of the case first.",
        );
    }
    let mark = Words::owned(
        format!("{}（{}）", first_line(text), Family::set().label(kind.code(), Lang::Ja)),
        format!("{} ({})", first_line(text), Family::set().label(kind.code(), Lang::En)),
    );
    let title = mark.get(tx.actor().lang).to_owned();
    let treatments = shape(registry, tx, Treatment::CODE).await?;
    let mut values = Values::default()
        .with("title", title)
        .with("policy", Policy::Reduce.code())
        .with("measure", text)
        .with("kind", kind.code())
        .with("owner", case.owner.id.as_str())
        .with("due", case.due.map_or(Value::Null, Value::Date))
        .with("state", State::Planned.code())
        .with("asset", case.assets.ids.first().map(String::as_str).unwrap_or_default())
        .with("also", Value::List(case.assets.ids.iter().skip(1).cloned().collect()));
    if !case.scenario.is_empty() {
        values.set("risks", Value::List(vec![case.scenario.id.clone()]));
    }
    let made = ops::create(registry, tx, &treatments, values, None, Gate::Person).await?.meta.id;
    let mut all = case.treatments.ids.clone();
    all.push(made.clone());
    let cases = shape(registry, tx, CaseStudy::CODE).await?;
    ops::update(registry, tx, &cases, id, None, Values::default().with("treatments", Value::List(all)), Gate::Program).await?;
    Ok(made)
}

fn first_line(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let short: String = line.chars().take(60).collect();
    if short.len() < line.len() { format!("{short}…") } else { short }
}
