//! What answers add up to. Pure; what does not apply never counts (domain §1.1: points 4 / 2 / 0 / −1, the rest excluded).

use std::collections::BTreeMap;

use crate::catalogue::{AnswerKind, Catalogue, Item};

/// The answer to one item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Code of the option, or what was typed; empty when nothing was answered.
    pub answer: String,
    /// Level to be reached, for tiers.
    pub to_be: Option<i64>,
    /// Remark.
    pub note: String,
    /// Where it can be seen.
    pub evidence: String,
    /// Files kept with the answer.
    pub files: i64,
}

/// Answers by code of the item.
pub type Answers = BTreeMap<String, Given>;

/// What an answer says about its item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing yet.
    Open,
    /// Somebody has to find out.
    Unknown,
    /// Does not count: not applicable, or not of a kind that counts.
    Apart,
    /// Counts, with points.
    Counts(i64),
}

/// Judges the answer to an item.
pub fn verdict(catalogue: &Catalogue, item: &Item, given: Option<&Given>) -> Verdict {
    let Some(scale) = catalogue.scale(item) else { return Verdict::Apart };
    let given = match given {
        Some(given) if scale.kind == AnswerKind::File => return if given.files > 0 { Verdict::Apart } else { Verdict::Open },
        Some(given) if !given.answer.is_empty() => given,
        _ => return Verdict::Open,
    };
    match scale.option(&given.answer) {
        Some(option) if option.unknown => Verdict::Unknown,
        Some(option) => option.points.map_or(Verdict::Apart, Verdict::Counts),
        None => Verdict::Apart,
    }
}

/// Something to mend: an answer that says so, or a level below its target.
pub fn is_finding(catalogue: &Catalogue, item: &Item, given: Option<&Given>) -> bool {
    let Some(option) = given.and_then(|given| catalogue.option(item, &given.answer)) else { return false };
    let below = given.and_then(|given| given.to_be).zip(option.points).is_some_and(|(to_be, points)| points < to_be);
    option.finding || below
}

/// The sum over some items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Items asked.
    pub total: i64,
    /// Items answered, also with "not known" and "not applicable".
    pub answered: i64,
    /// Answered with "not known".
    pub unknown: i64,
    /// Answered, but left out of the sum.
    pub apart: i64,
    /// Answers that show something to mend.
    pub findings: i64,
    /// Weights of the items that count.
    pub weight: i64,
    /// Points, each times its weight. May be below zero.
    pub points: i64,
    /// The most that these items could give.
    pub most: i64,
    /// Weights and levels to be reached, of tiers with a target.
    pub target_weight: i64,
    /// See `target_weight`.
    pub target: i64,
}

impl Score {
    /// Adds up items.
    pub fn of<'a>(catalogue: &Catalogue, items: impl Iterator<Item = &'a Item>, answers: &Answers) -> Score {
        items.fold(Score::default(), |mut sum, item| {
            let given = answers.get(&item.code);
            let verdict = verdict(catalogue, item, given);
            sum.total += 1;
            if verdict != Verdict::Open {
                sum.answered += 1;
            }
            if is_finding(catalogue, item, given) {
                sum.findings += 1;
            }
            if let Some(to_be) = given.and_then(|given| given.to_be) {
                sum.target_weight += item.weight;
                sum.target += item.weight * to_be;
            }
            let most = catalogue.scale(item).and_then(|scale| scale.most());
            match verdict {
                Verdict::Counts(points) => sum.count(item.weight, points, most),
                Verdict::Unknown => {
                    sum.unknown += 1;
                    // "Not known" counts only where its scale gives it points.
                    let points = given.and_then(|given| catalogue.option(item, &given.answer)).and_then(|option| option.points);
                    match points {
                        Some(points) => sum.count(item.weight, points, most),
                        None => sum.apart += 1,
                    }
                }
                Verdict::Apart => sum.apart += 1,
                Verdict::Open => {}
            }
            sum
        })
    }

    /// Adds up a whole catalogue.
    pub fn whole(catalogue: &Catalogue, answers: &Answers) -> Score {
        Score::of(catalogue, catalogue.items.iter(), answers)
    }

    fn count(&mut self, weight: i64, points: i64, most: Option<i64>) {
        self.weight += weight;
        self.points += weight * points;
        self.most += weight * most.unwrap_or(0);
    }

    /// Points in per cent of the most possible, 0–100; `None` before anything counts. Items without an answer wait outside.
    pub fn percent(&self) -> Option<i64> {
        // Half up, in whole numbers: a sum in floating point would not be the same on every machine.
        (self.most > 0).then(|| (self.points.max(0) * 200 + self.most).div_euclid(self.most * 2).min(100))
    }

    /// The average of the points, in hundredths: the level of a group of tiers.
    pub fn average_hundredths(&self) -> Option<i64> {
        (self.weight > 0).then(|| (self.points * 200 + self.weight).div_euclid(self.weight * 2))
    }

    /// The average of the targets, in hundredths.
    pub fn target_hundredths(&self) -> Option<i64> {
        (self.target_weight > 0).then(|| (self.target * 200 + self.target_weight).div_euclid(self.target_weight * 2))
    }

    /// Answered of total, in per cent, rounded down so that 100 means all.
    pub fn progress(&self) -> i64 {
        if self.total == 0 { 100 } else { self.answered * 100 / self.total }
    }
}

/// What is missing at one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap<'a> {
    /// The item.
    pub item: &'a Item,
    /// Missing points times weight.
    pub size: i64,
}

/// Where most is missing first; equal ones in the order of the catalogue. Only items with an answer: the rest is progress.
pub fn gaps<'a>(catalogue: &'a Catalogue, answers: &Answers) -> Vec<Gap<'a>> {
    let mut found: Vec<Gap<'a>> = catalogue
        .items
        .iter()
        .filter_map(|item| {
            let given = answers.get(&item.code)?;
            let option = catalogue.option(item, &given.answer)?;
            // What nobody knows is no better than what is not done.
            let points = if option.unknown { option.points.unwrap_or(0).min(0) } else { option.points? };
            let goal = given.to_be.or_else(|| catalogue.scale(item).and_then(|scale| scale.most()))?;
            (goal > points).then(|| Gap { item, size: item.weight * (goal - points) })
        })
        .collect();
    found.sort_by_key(|gap| -gap.size);
    found
}

/// How an item moved between two dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Move {
    /// Fewer points than before.
    Worse,
    /// More points.
    Better,
    /// Another answer of the same worth, or one that does not count.
    Other,
}

/// An item whose answer differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed<'a> {
    /// The item, as it reads now.
    pub item: &'a Item,
    /// The answer then; empty when there was none.
    pub before: String,
    /// The answer now.
    pub after: String,
    /// In which direction.
    pub to: Move,
}

/// What became different since an earlier check of the same catalogue, perhaps in an older version: worse first.
pub fn compare<'a>(now: &'a Catalogue, answers: &Answers, then: &Catalogue, earlier: &Answers) -> Vec<Changed<'a>> {
    let mut changed: Vec<Changed<'a>> = now
        .items
        .iter()
        .filter_map(|item| {
            let old = before(item, then)?;
            let given = |answers: &Answers, code: &str| answers.get(code).map(|given| given.answer.clone()).unwrap_or_default();
            let (was, is) = (given(earlier, &old.code), given(answers, &item.code));
            if was == is || is.is_empty() {
                return None;
            }
            let worth = |catalogue: &Catalogue, item: &Item, answer: &str| {
                catalogue.option(item, answer).and_then(|option| option.points)
            };
            let to = match (worth(then, old, &was), worth(now, item, &is)) {
                (Some(before), Some(after)) if after > before => Move::Better,
                (Some(before), Some(after)) if after < before => Move::Worse,
                _ => Move::Other,
            };
            Some(Changed { item, before: was, after: is, to })
        })
        .collect();
    changed.sort_by_key(|change| change.to);
    changed
}

/// The item of an earlier version that an item continues.
pub fn before<'a>(item: &Item, then: &'a Catalogue) -> Option<&'a Item> {
    then.item(&item.code).or_else(|| item.was.iter().find_map(|was| then.item(was)))
}
