//! Taking answers over into a new version of a catalogue, with a report of what changed. Pure; the old check stays as it was.

use crate::catalogue::{AnswerKind, Catalogue, Item};
use crate::score::{Answers, Given, before};

/// What became of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// The new version does not ask it any more; the answer stays in the old check.
    Removed,
    /// The old answer is none of the new ones: it stands in the note, and the item has to be answered again.
    Unfit,
    /// Asked in other words or judged by other criteria: the answer came over and should be looked at.
    Reworded,
    /// Asked for the first time.
    New,
    /// Unchanged.
    Kept,
}

/// One line of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The item's code in the new version, or in the old one when it was removed.
    pub item: String,
    /// Its code before, when that was another.
    pub was: String,
    /// The answer that it had.
    pub answer: String,
    /// What became of it.
    pub fate: Fate,
}

/// The outcome.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// Every item of both versions once, what needs attention first.
    pub lines: Vec<Line>,
    /// Answers for the new version.
    pub answers: Answers,
}

impl Carried {
    /// How many lines have a fate.
    pub fn count(&self, fate: Fate) -> usize {
        self.lines.iter().filter(|line| line.fate == fate).count()
    }
}

/// Takes answers over.
pub fn carry(old: &Catalogue, new: &Catalogue, answers: &Answers) -> Carried {
    let mut carried = Carried::default();
    let mut continued = std::collections::BTreeSet::new();
    for item in &new.items {
        let Some(known) = before(item, old) else {
            let line = Line { item: item.code.clone(), was: String::new(), answer: String::new(), fate: Fate::New };
            carried.lines.push(line);
            continue;
        };
        continued.insert(known.code.as_str());
        let given = answers.get(&known.code).cloned().unwrap_or_default();
        let fate = if !fits(old, known, new, item, &given.answer) {
            Fate::Unfit
        } else if reads_differently(old, known, new, item) {
            Fate::Reworded
        } else {
            Fate::Kept
        };
        carried.lines.push(Line {
            item: item.code.clone(),
            was: if known.code == item.code { String::new() } else { known.code.clone() },
            answer: given.answer.clone(),
            fate,
        });
        let moved = if fate == Fate::Unfit { set_aside(given, new, item) } else { given };
        if moved != Given::default() {
            carried.answers.insert(item.code.clone(), moved);
        }
    }
    for item in old.items.iter().filter(|item| !continued.contains(item.code.as_str())) {
        let answer = answers.get(&item.code).map(|given| given.answer.clone()).unwrap_or_default();
        carried.lines.push(Line { item: item.code.clone(), was: String::new(), answer, fate: Fate::Removed });
    }
    carried.lines.sort_by_key(|line| line.fate);
    carried
}

/// An answer that no longer fits goes into the note, so that nothing is lost.
fn set_aside(given: Given, new: &Catalogue, item: &Item) -> Given {
    let tier = new.scale(item).is_some_and(|scale| scale.kind == AnswerKind::Tier);
    let note = if given.note.is_empty() { given.answer } else { format!("{}\n{}", given.answer, given.note) };
    Given { answer: String::new(), to_be: given.to_be.filter(|_| tier), note, evidence: given.evidence, files: 0 }
}

fn fits(old: &Catalogue, known: &Item, new: &Catalogue, item: &Item, answer: &str) -> bool {
    let (Some(before), Some(after)) = (old.scale(known), new.scale(item)) else { return false };
    answer.is_empty()
        || match (before.kind.chooses(), after.kind.chooses()) {
            (_, true) => after.option(answer).is_some(),
            (false, false) => before.kind == after.kind,
            (true, false) => false,
        }
}

fn reads_differently(old: &Catalogue, known: &Item, new: &Catalogue, item: &Item) -> bool {
    let criteria = |catalogue: &Catalogue, item: &Item| -> Vec<_> {
        (0..catalogue.scale(item).map_or(0, |scale| scale.options.len())).map(|n| catalogue.criterion(item, n).cloned()).collect()
    };
    known.name != item.name
        || known.ask != item.ask
        || old.scale(known).map(|scale| &scale.options) != new.scale(item).map(|scale| &scale.options)
        || criteria(old, known) != criteria(new, item)
}
