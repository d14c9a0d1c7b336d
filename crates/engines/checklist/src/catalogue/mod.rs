//! A catalogue: what is asked, how it may be answered, what the answers count. Content as data, versioned; a check stays bound to
//! the version with which it was begun.

mod judge;
mod read;

use mamori_kernel::lang::{Lang, Words};
use serde::Deserialize;

pub use read::{Fault, read};

/// How an item is answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerKind {
    /// One of a few answers with points: yes, partly, no, not known, not applicable.
    Rated,
    /// A level, with a target beside it.
    Tier,
    /// One of a set of choices.
    Choice,
    /// A number.
    Number,
    /// Text.
    Text,
    /// A day.
    Date,
    /// A file, kept with the answer.
    File,
}

impl AnswerKind {
    /// Answered by choosing an option.
    pub fn chooses(self) -> bool {
        matches!(self, AnswerKind::Rated | AnswerKind::Tier | AnswerKind::Choice)
    }
}

/// One answer that can be chosen.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerOption {
    /// Kept in the database.
    pub code: String,
    /// What people read.
    pub name: Words,
    /// When it applies.
    #[serde(default)]
    pub means: Words,
    /// What it counts; `None` leaves the item out of the score.
    pub points: Option<i64>,
    /// Colour.
    #[serde(default)]
    pub tone: String,
    /// It shows something to mend.
    #[serde(default)]
    pub finding: bool,
    /// Somebody has to find out.
    #[serde(default)]
    pub unknown: bool,
}

/// A way to answer, shared by items.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// Named by the items.
    pub code: String,
    /// Kind of answer.
    pub kind: AnswerKind,
    /// What can be chosen.
    #[serde(default, rename = "option")]
    pub options: Vec<AnswerOption>,
}

impl Scale {
    /// The option of a code.
    pub fn option(&self, code: &str) -> Option<&AnswerOption> {
        self.options.iter().find(|option| option.code == code)
    }

    /// The most points that an answer can have; `None` where nothing counts.
    pub fn most(&self) -> Option<i64> {
        self.options.iter().filter_map(|option| option.points).max()
    }
}

/// A group of items. Groups form a tree: function → category, or chapter → section.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Stable code.
    pub code: String,
    /// Code of the group above; empty at the top.
    #[serde(default)]
    pub parent: String,
    /// Name.
    pub name: Words,
    /// What belongs to it.
    #[serde(default)]
    pub means: Words,
    /// What each option of a scale means here, in the order of the options; items inherit it.
    #[serde(default)]
    pub criteria: Vec<Words>,
}

/// How an item relates to one of another catalogue.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Asks the same.
    Equal,
    /// Asks for less than the other.
    Subset,
    /// Asks for more than the other.
    Superset,
    /// Asks partly the same.
    Overlaps,
    /// Helps to fulfil the other.
    Supports,
}

/// A link to an item of another catalogue or list.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Id of the other catalogue, or the name of a public list such as `cwe`.
    pub catalogue: String,
    /// Code of the item there.
    pub item: String,
    /// How they relate.
    pub relation: Relation,
    /// How strongly, 1 (weak) to 3 (strong).
    #[serde(default = "two")]
    pub strength: i64,
}

fn two() -> i64 {
    2
}

fn one() -> i64 {
    1
}

/// One item.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Stable code.
    pub code: String,
    /// Code of its group.
    pub group: String,
    /// Short name.
    pub name: Words,
    /// What is asked; the good answer is "yes".
    pub ask: Words,
    /// How to find the answer, what to do.
    #[serde(default)]
    pub guidance: Words,
    /// What usually shows it.
    #[serde(default)]
    pub evidence: Words,
    /// How much it counts, 1 and more.
    #[serde(default = "one")]
    pub weight: i64,
    /// Code of its scale.
    #[serde(default = "graded")]
    pub scale: String,
    /// What each option of the scale means for this item, in their order; empty takes the group's.
    #[serde(default)]
    pub criteria: Vec<Words>,
    /// Smallest number that makes sense.
    pub least: Option<i64>,
    /// Largest number that makes sense.
    pub most: Option<i64>,
    /// Unit of a number.
    #[serde(default)]
    pub unit: Words,
    /// Items of other catalogues.
    #[serde(default, rename = "link")]
    pub links: Vec<Link>,
    /// Codes that this item had in earlier versions.
    #[serde(default)]
    pub was: Vec<String>,
}

fn graded() -> String {
    "graded".to_owned()
}

/// What a score means.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// From this score on, in per cent.
    pub from: i64,
    /// Name.
    pub name: Words,
    /// What to do.
    #[serde(default)]
    pub means: Words,
    /// Colour.
    #[serde(default)]
    pub tone: String,
}

/// One version of a catalogue.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Catalogue {
    /// Stable id: `assessment.system_check`.
    pub id: String,
    /// Version, as numbers with points between.
    pub version: String,
    /// Where the facts come from.
    pub source: String,
    /// Name.
    pub name: Words,
    /// What it is for and when to use it.
    pub intro: Words,
    /// Code of the field of a check that says what it is about (`asset`); empty if it is about no row.
    pub subject: String,
    /// About how many minutes it takes.
    pub minutes: i64,
    /// Made by a process of its own only, so it is not offered by itself.
    pub hidden: bool,
    /// Groups in order.
    pub groups: Vec<Group>,
    /// Items in order.
    pub items: Vec<Item>,
    /// Scales of the items.
    pub scales: Vec<Scale>,
    /// What the scores mean, from the lowest.
    pub bands: Vec<Band>,
}

impl Catalogue {
    /// The item of a code.
    pub fn item(&self, code: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.code == code)
    }

    /// The group of a code.
    pub fn group(&self, code: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.code == code)
    }

    /// The scale of an item.
    pub fn scale(&self, item: &Item) -> Option<&Scale> {
        self.scales.iter().find(|scale| scale.code == item.scale)
    }

    /// The option of an item that an answer names.
    pub fn option(&self, item: &Item, answer: &str) -> Option<&AnswerOption> {
        self.scale(item).and_then(|scale| scale.option(answer))
    }

    /// What the `n`th option means for an item.
    pub fn criterion<'a>(&'a self, item: &'a Item, n: usize) -> Option<&'a Words> {
        let own = item.criteria.get(n);
        own.or_else(|| self.group(&item.group).and_then(|group| group.criteria.get(n))).filter(|words| !words.is_empty())
    }

    /// The group of an item and those above it, from the top.
    pub fn path(&self, item: &Item) -> Vec<&Group> {
        let mut path = Vec::new();
        let mut at = self.group(&item.group);
        while let Some(group) = at.filter(|_| path.len() <= self.groups.len()) {
            path.push(group);
            at = self.group(&group.parent);
        }
        path.reverse();
        path
    }

    /// Groups at the top of the tree.
    pub fn top(&self) -> impl Iterator<Item = &Group> {
        self.groups.iter().filter(|group| group.parent.is_empty())
    }

    /// Items of a group and of all groups below it.
    pub fn items_under<'a>(&'a self, code: &'a str) -> impl Iterator<Item = &'a Item> {
        self.items.iter().filter(move |item| self.path(item).iter().any(|group| group.code == code))
    }

    /// An answer as people read it.
    pub fn shown(&self, item: &Item, answer: &str, lang: Lang) -> String {
        match self.option(item, answer) {
            Some(option) => option.name.get(lang).to_owned(),
            None if answer.is_empty() || item.unit.is_empty() => answer.to_owned(),
            None => format!("{answer} {}", item.unit.get(lang)),
        }
    }

    /// The meaning of a score.
    pub fn band(&self, percent: i64) -> Option<&Band> {
        self.bands.iter().rev().find(|band| percent >= band.from)
    }

    /// The numbers of the version, for comparing.
    pub fn order(&self) -> Vec<u64> {
        self.version.split('.').map(|part| part.parse().unwrap_or(0)).collect()
    }
}
