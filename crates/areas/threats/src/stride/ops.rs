//! What people do on a sheet: take the subject apart, judge a cell, register a weak point as a risk. One transaction each.

use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::{Lang, Words};
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::{Choice as _, Ledger as _, Record, Registry, Values, query};
use mamori_risk::{scenario, threat};
use mamori_store::Tx;

use super::queries::{self, Judged, Part};
use super::{ElementKind, StrideElement, StrideModel, StrideVerdict, Verdict, rules};
use crate::neighbours::{Draft, Source, Stride};
use crate::parts::{letter_words, may_register, refuse, shape};

/// More parts than this cannot be judged on one sheet; the subject is better split.
pub const MOST_PARTS: usize = 60;

/// The sheet, if the actor may change it.
async fn open(registry: &Registry, tx: &mut Tx, model: &str) -> Result<Record> {
    let models = shape(registry, tx, StrideModel::CODE).await?;
    let record = query::find(tx, &models, model, Action::Edit).await?;
    ops::in_use(&record)?;
    Ok(record)
}

fn part<'a>(parts: &'a [Part], id: &str) -> Result<&'a Part> {
    parts.iter().find(|part| part.id == id).ok_or(Error::NotFound)
}

/// Adds a part at the end; gives its row id.
///
/// # Errors
/// [`Error::Invalid`] without a name or kind; [`Error::Refused`] for too many parts; [`Error::NotFound`] without permission.
pub async fn add_part(registry: &Registry, tx: &mut Tx, model: &str, name: &str, kind: &str) -> Result<String> {
    let record = open(registry, tx, model).await?;
    let parts = queries::parts(tx, model).await?;
    if parts.len() >= MOST_PARTS {
        return refuse(
            "部品は60個までです。対象を分けて、別のSTRIDE分析を作ってください。",
            "A sheet holds at most 60 parts. Please split the subject and begin another sheet.",
        );
    }
    let name = name.trim();
    if parts.iter().any(|part| part.name == name) {
        return Err(twice(name));
    }
    let values = Values::default()
        .with("name", name)
        .with("kind", kind)
        .with("model", model)
        .with("position", i64::try_from(parts.len()).unwrap_or_default().saturating_add(1))
        .with("department", record.get("department").as_str());
    let shape = shape(registry, tx, StrideElement::CODE).await?;
    Ok(ops::create(registry, tx, &shape, values, None, Gate::Program).await?.meta.id)
}

fn twice(name: &str) -> Error {
    Error::field(
        "name",
        Words::owned(
            format!("「{name}」という部品はもうあります。見分けられる名前にしてください。"),
            format!("There is already a part called “{name}”. Please choose a name that tells them apart."),
        ),
    )
}

/// Renames a part or changes what it is.
///
/// # Errors
/// As [`add_part`].
pub async fn rename_part(registry: &Registry, tx: &mut Tx, model: &str, id: &str, name: &str, kind: &str) -> Result<()> {
    open(registry, tx, model).await?;
    let parts = queries::parts(tx, model).await?;
    part(&parts, id)?;
    let name = name.trim();
    if parts.iter().any(|other| other.id != id && other.name == name) {
        return Err(twice(name));
    }
    let values = Values::default().with("name", name).with("kind", kind);
    let elements = shape(registry, tx, StrideElement::CODE).await?;
    ops::update(registry, tx, &elements, id, None, values, Gate::Program).await?;
    // The verdicts carry the name of their part into lists and searches.
    let lang = tx.actor().lang;
    let verdicts = shape(registry, tx, StrideVerdict::CODE).await?;
    for judged in queries::judged(tx, model).await?.iter().filter(|judged| judged.part == id) {
        let values = Values::default().with("name", cell_name(lang, name, judged.letter));
        ops::update(registry, tx, &verdicts, &judged.id, None, values, Gate::Program).await?;
    }
    Ok(())
}

/// Moves a part one place up or down. At the end it stays where it is and nothing is written.
///
/// # Errors
/// As [`add_part`].
pub async fn shift_part(registry: &Registry, tx: &mut Tx, model: &str, id: &str, down: bool) -> Result<()> {
    open(registry, tx, model).await?;
    let mut parts = queries::parts(tx, model).await?;
    let at = parts.iter().position(|part| part.id == id).ok_or(Error::NotFound)?;
    let to = if down { at.saturating_add(1) } else { at.saturating_sub(1) };
    if to == at || to >= parts.len() {
        tx.technical();
        return Ok(());
    }
    parts.swap(at, to);
    // The order of the rows on a sheet says nothing about security: it is no change that the log would have to keep.
    tx.technical();
    for (position, part) in parts.iter().enumerate() {
        queries::place(tx, &part.id, i64::try_from(position).unwrap_or_default().saturating_add(1)).await?;
    }
    Ok(())
}

/// Takes a part off the sheet; its verdicts go with it and come back with it.
///
/// # Errors
/// [`Error::NotFound`] without permission; database faults.
pub async fn retire_part(registry: &Registry, tx: &mut Tx, model: &str, id: &str) -> Result<()> {
    open(registry, tx, model).await?;
    part(&queries::parts(tx, model).await?, id)?;
    let elements = shape(registry, tx, StrideElement::CODE).await?;
    ops::retire(registry, tx, &elements, id, None).await?;
    Ok(())
}

/// Puts a part back on the sheet.
///
/// # Errors
/// As [`retire_part`].
pub async fn restore_part(registry: &Registry, tx: &mut Tx, model: &str, id: &str) -> Result<()> {
    open(registry, tx, model).await?;
    let elements = shape(registry, tx, StrideElement::CODE).await?;
    let record = query::find(tx, &elements, id, Action::Retire).await?;
    if record.get("model").as_str() != model {
        return Err(Error::NotFound);
    }
    ops::restore(registry, tx, &elements, id).await?;
    Ok(())
}

/// A verdict as it came from the form.
pub struct Answer<'a> {
    /// Row id of the part.
    pub part: &'a str,
    /// The question.
    pub letter: Stride,
    /// Code of the verdict; empty takes it back.
    pub verdict: &'a str,
    /// The note.
    pub note: &'a str,
    /// The version that the reader saw; 0 for a cell that nobody had judged.
    pub version: i64,
}

fn cell_name(lang: Lang, part: &str, letter: Stride) -> String {
    format!("{part} × {} {}", letter.code(), letter_words(letter).0.get(lang))
}

/// Judges a cell. True when something changed.
///
/// # Errors
/// [`Error::Conflict`] when another person judged it meanwhile; [`Error::Invalid`] for a verdict that does not exist.
pub async fn judge(registry: &Registry, tx: &mut Tx, model: &str, answer: &Answer<'_>) -> Result<bool> {
    let record = open(registry, tx, model).await?;
    queries::hold(tx, model).await?;
    if !answer.verdict.is_empty() && Verdict::parse(answer.verdict).is_none() {
        return Err(Error::field(
            "verdict",
            Words::new("判定は、画面の選択肢から選んでください。", "Please choose one of the verdicts on the page."),
        ));
    }
    let parts = queries::parts(tx, model).await?;
    let part = part(&parts, answer.part)?;
    let judged = queries::judged(tx, model).await?;
    let old = judged.iter().find(|cell| cell.part == answer.part && cell.letter == answer.letter);
    let current = old.map_or(0, |cell| cell.version);
    if current != answer.version {
        return Err(Error::Conflict { current });
    }
    write(registry, tx, &record, part, answer, old).await
}

async fn write(
    registry: &Registry,
    tx: &mut Tx,
    model: &Record,
    part: &Part,
    answer: &Answer<'_>,
    old: Option<&Judged>,
) -> Result<bool> {
    let shape = shape(registry, tx, StrideVerdict::CODE).await?;
    let values = Values::default().with("verdict", answer.verdict).with("note", answer.note.trim());
    match old {
        Some(cell) => {
            let after = ops::update(registry, tx, &shape, &cell.id, Some(cell.version), values, Gate::Program).await?;
            Ok(after.meta.version != cell.version)
        }
        None if answer.verdict.is_empty() && answer.note.trim().is_empty() => Ok(false),
        None => {
            let values = values
                .with("name", cell_name(tx.actor().lang, &part.name, answer.letter))
                .with("model", model.meta.id.as_str())
                .with("element", part.id.as_str())
                .with("letter", answer.letter.code())
                .with("department", model.get("department").as_str());
            ops::create(registry, tx, &shape, values, None, Gate::Program).await?;
            Ok(true)
        }
    }
}

/// Where a cell is shown; also the identity of the risk that comes from it.
pub fn address(model: &str, part: &str, letter: Stride) -> String {
    format!("/threats/stride_model/{model}/sheet?element={part}&letter={}", letter.code())
}

/// Registers a cell as a risk, judged weak if nobody had judged it; gives the row id of the risk. Done twice it gives the same risk.
/// `code` names a threat of the catalogue; empty for none.
///
/// # Errors
/// [`Error::Forbidden`] for those who may not register risks; as [`judge`].
pub async fn register(registry: &Registry, tx: &mut Tx, model: &str, id: &str, letter: Stride, code: &str) -> Result<String> {
    let record = open(registry, tx, model).await?;
    queries::hold(tx, model).await?;
    let parts = queries::parts(tx, model).await?;
    let part = part(&parts, id)?.clone();
    let mut judged = queries::judged(tx, model).await?;
    let known = |judged: &[Judged]| judged.iter().find(|cell| cell.part == id && cell.letter == letter).cloned();
    if known(&judged).is_none_or(|cell| cell.verdict.is_none()) {
        let old = known(&judged);
        let note = old.as_ref().map_or(String::new(), |cell| cell.note.clone());
        let answer = Answer { part: id, letter, verdict: Verdict::Weak.code(), note: &note, version: 0 };
        write(registry, tx, &record, &part, &answer, old.as_ref()).await?;
        judged = queries::judged(tx, model).await?;
    }
    let cell = known(&judged).ok_or(Error::NotFound)?;
    if !cell.scenario.is_empty() {
        // Nothing was written but the hold on the sheet.
        tx.technical();
        return Ok(cell.scenario);
    }
    may_register(tx, record.get("department").as_str())?;
    let draft = draft(tx, &StrideModel::from_record(&record), model, &part, &cell, code).await?;
    let risk = scenario::ops::add(tx, registry, draft).await?;
    let verdicts = shape(registry, tx, StrideVerdict::CODE).await?;
    let values = Values::default().with("scenario", risk.as_str());
    ops::update(registry, tx, &verdicts, &cell.id, None, values, Gate::Program).await?;
    Ok(risk)
}

async fn draft(tx: &mut Tx, model: &StrideModel, id: &str, part: &Part, cell: &Judged, code: &str) -> Result<Draft> {
    let lang = tx.actor().lang;
    let (name, breaks, ask) = letter_words(cell.letter);
    let title = match lang {
        Lang::Ja => format!("{}の「{}」での{}", model.name, part.name, name.ja),
        Lang::En => format!("{} at “{}” of {}", name.en, part.name, model.name),
    };
    let kind = ElementKind::set().label(part.kind.code(), lang).to_owned();
    let mut story = match lang {
        Lang::Ja => format!(
            "STRIDE分析「{}」の部品「{}」（{kind}）。{}が破られるおそれがあります。\n問い：{}",
            model.name, part.name, breaks.ja, ask.ja
        ),
        Lang::En => format!(
            "STRIDE analysis “{}”, part “{}” ({kind}). At stake: {}.\nQuestion: {}",
            model.name, part.name, breaks.en, ask.en
        ),
    };
    if !cell.note.is_empty() {
        story.push('\n');
        story.push_str(&cell.note);
    }
    let some = |id: &str| (!id.is_empty()).then(|| id.to_owned());
    Ok(Draft {
        title,
        story,
        assets: model.assets.ids.clone(),
        department: some(&model.department.id),
        owner: some(&model.owner.id),
        threat: if code.is_empty() { None } else { threat::queries::by_code(tx, code).await? },
        source: Source::Stride,
        source_key: address(id, &part.id, cell.letter),
        ..Draft::default()
    })
}

/// The next cell that nobody has judged yet, after a given one; row id of its part and the question.
///
/// # Errors
/// Database faults.
pub async fn next(tx: &mut Tx, model: &str, after: (&str, Stride)) -> Result<Option<(String, Stride)>> {
    let parts = queries::parts(tx, model).await?;
    let judged = queries::judged(tx, model).await?;
    let mut cells = Vec::new();
    for (place, part) in parts.iter().enumerate() {
        for letter in crate::parts::LETTERS {
            let done = judged.iter().any(|cell| cell.part == part.id && cell.letter == letter && cell.verdict.is_some());
            cells.push((place, part.kind, letter, done));
        }
    }
    let here = parts.iter().position(|part| part.id == after.0).unwrap_or_default();
    let next = rules::next_open(&cells, (here, after.1));
    Ok(next.and_then(|(place, letter)| Some((parts.get(place)?.id.clone(), letter))))
}
