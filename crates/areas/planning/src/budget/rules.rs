//! What the sheet adds up, what a measure brings into it, and what a measure brings back.

use std::collections::BTreeMap;

use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Words;
use mamori_kernel::yen::Yen;

use crate::budget_item::State;
use crate::neighbours::money::{Class, Line, Payment, spread};
use crate::neighbours::quantity::{Investment, LARGEST, Return, invest};

/// The three classes in the order of the seed (S2-D6-12).
pub const CLASSES: [Class; 3] = [Class::Before, Class::Operation, Class::After];

/// An amount as the sheet reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Row id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Fiscal year.
    pub year: i16,
    /// Class.
    pub class: Class,
    /// Free or paid.
    pub payment: Payment,
    /// Outside of the yearly budget.
    pub spot: bool,
    /// Planned.
    pub amount: Yen,
    /// Granted; 0 before.
    pub approved: Yen,
    /// Spent.
    pub spent: Yen,
    /// How far it is.
    pub state: State,
    /// The measure's row; empty if none.
    pub treatment: String,
}

/// Planned, granted, spent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// 予定額.
    pub planned: Yen,
    /// 承認額.
    pub approved: Yen,
    /// 支出額.
    pub spent: Yen,
}

impl Sums {
    fn add(&mut self, item: &Item) {
        let plus = |sum: Yen, amount: Yen| Yen(sum.0.saturating_add(amount.0));
        self.planned = plus(self.planned, item.amount);
        self.approved = plus(self.approved, item.approved);
        self.spent = plus(self.spent, item.spent);
    }
}

/// The sums of one fiscal year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct YearSheet {
    /// By class, in the order of [`CLASSES`].
    pub classes: [Sums; 3],
    /// All classes.
    pub total: Sums,
    /// The part of the total that is spot money.
    pub spot: Sums,
}

/// Adds up one fiscal year.
#[must_use]
pub fn year_sheet(items: &[Item], year: i16) -> YearSheet {
    let mut sheet = YearSheet::default();
    for item in items.iter().filter(|item| item.year == year) {
        for (class, sums) in CLASSES.iter().zip(sheet.classes.iter_mut()) {
            if *class == item.class {
                sums.add(item);
            }
        }
        sheet.total.add(item);
        if item.spot {
            sheet.spot.add(item);
        }
    }
    sheet
}

/// The amounts as the rules of the risk area add them up.
#[must_use]
pub fn lines(items: &[Item]) -> Vec<Line> {
    items.iter().map(|item| Line { year: item.year, class: item.class, amount: item.amount, spot: item.spot }).collect()
}

/// A measure with its money.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// Row id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Code of its state.
    pub state: String,
    /// Class of what is paid once; `None` when nobody chose.
    pub class: Option<Class>,
    /// Fiscal year in which it is paid.
    pub first_year: i16,
    /// Paid once.
    pub cost: Yen,
    /// Paid every year.
    pub yearly: Yen,
    /// For how many years, at least 1.
    pub years: i64,
    /// Annual loss without it, when estimated.
    pub before: Option<Yen>,
    /// Annual loss with it, when estimated.
    pub after: Option<Yen>,
    /// The free way to the same aim.
    pub free_alternative: String,
    /// A function that we own already and do not use.
    pub already_owned: bool,
    /// Department; empty if none.
    pub department: String,
    /// Owner; empty if none.
    pub owner: String,
}

/// An amount that a measure brings into the budget; one for each year and class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Fiscal year.
    pub year: i16,
    /// Class.
    pub class: Class,
    /// Yen.
    pub amount: Yen,
}

impl Measure {
    /// The amounts of the measure, by year and class. What is paid once counts in its own class, what is paid every year as 運用.
    ///
    /// # Errors
    /// [`Error::Refused`] naming the measure when its cost or years cannot be planned.
    pub fn amounts(&self) -> Result<Vec<Taken>> {
        let last = i64::from(self.first_year).saturating_add(self.years.max(1) - 1);
        let last = i16::try_from(last).unwrap_or(i16::MAX);
        let wrong = |error: Error| {
            let words = error.words();
            Error::Refused(Words::owned(
                format!("対策「{}」の費用を取り込めません。{}", self.title, words.ja),
                format!("The cost of “{}” cannot be taken over. {}", self.title, words.en),
            ))
        };
        let mut found: BTreeMap<(i16, Class), Yen> = BTreeMap::new();
        for line in spread(self.first_year, last, self.cost, self.yearly).map_err(wrong)? {
            let class = match line.class {
                Class::Before => self.class.unwrap_or(Class::Before),
                other => other,
            };
            if !(Yen::ZERO..=LARGEST).contains(&line.amount) {
                return Err(wrong(Error::refused("費用が範囲の外です。", "The cost is out of range.")));
            }
            let sum = found.entry((line.year, class)).or_default();
            *sum = Yen(sum.0.saturating_add(line.amount.0));
        }
        Ok(found.into_iter().map(|((year, class), amount)| Taken { year, class, amount }).collect())
    }

    /// The identity of an amount in the budget.
    #[must_use]
    pub fn key(&self, taken: &Taken) -> String {
        use mamori_ledger::Choice as _;
        format!("treatment:{}:{}:{}", self.id, taken.year, taken.class.code())
    }

    /// What it costs over all its years.
    #[must_use]
    pub fn total(&self) -> Yen {
        Yen(self.cost.0.saturating_add(self.yearly.0.saturating_mul(self.years.max(1))))
    }

    /// Saving and return, when the annual loss before and after was estimated.
    ///
    /// # Errors
    /// As [`invest`].
    pub fn returns(&self) -> Result<Option<Return>> {
        let (Some(before), Some(after)) = (self.before, self.after) else { return Ok(None) };
        let years = usize::try_from(self.years.max(1)).unwrap_or(usize::MAX).min(31);
        invest(&Investment { before, after, initial: self.cost, yearly: vec![self.yearly; years] }).map(Some)
    }

    /// Can be begun without money: costs nothing, has a free way, or is a function that we own already (S2-D6-13, S2-D6-14).
    #[must_use]
    pub fn starts_free(&self) -> bool {
        self.state != "done" && (self.already_owned || !self.free_alternative.is_empty() || self.total() == Yen::ZERO)
    }
}

/// What becomes of an amount that is taken over again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// Not there yet.
    Add,
    /// Planned with another amount: follows the measure.
    Change,
    /// As it is.
    Same,
    /// Asked for already, or removed by a person: stays, and is named.
    Keep,
}

/// An amount that was taken over before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Row id.
    pub id: String,
    /// Its state; `None` when a person took it out of use.
    pub state: Option<State>,
    /// Its amount.
    pub amount: Yen,
}

/// Judges an amount that is taken over (again).
#[must_use]
pub fn again(known: Option<&Known>, amount: Yen) -> Again {
    match known {
        None => Again::Add,
        Some(known) if known.amount == amount && known.state.is_some() => Again::Same,
        Some(Known { state: Some(State::Planned), .. }) => Again::Change,
        Some(_) => Again::Keep,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    fn item(class: Class, year: i16, amount: i64, approved: i64, spent: i64, spot: bool) -> Item {
        Item {
            id: String::new(),
            title: String::new(),
            year,
            class,
            payment: Payment::Paid,
            spot,
            amount: Yen(amount),
            approved: Yen(approved),
            spent: Yen(spent),
            state: State::Planned,
            treatment: String::new(),
        }
    }

    #[test]
    fn the_sheet_keeps_years_classes_and_spot_apart() {
        let items = [
            item(Class::Before, 2026, 600, 600, 550, false),
            item(Class::After, 2026, 300, 0, 100, true),
            item(Class::Operation, 2027, 240, 0, 0, false),
        ];
        let sheet = year_sheet(&items, 2026);
        let sums = |planned, approved, spent| Sums { planned: Yen(planned), approved: Yen(approved), spent: Yen(spent) };
        assert_eq!(sheet.classes, [sums(600, 600, 550), sums(0, 0, 0), sums(300, 0, 100)]);
        assert_eq!((sheet.total, sheet.spot), (sums(900, 600, 650), sums(300, 0, 100)));
        assert_eq!(year_sheet(&items, 2028), YearSheet::default());
    }

    fn measure() -> Measure {
        Measure {
            id: "m".into(),
            title: "多要素認証".into(),
            first_year: 2026,
            cost: Yen(600),
            yearly: Yen(240),
            years: 3,
            ..Measure::default()
        }
    }

    #[test]
    fn a_measure_brings_one_amount_for_each_year_and_class() {
        let amounts = measure().amounts().unwrap();
        let short: Vec<(i16, Class, i64)> = amounts.iter().map(|one| (one.year, one.class, one.amount.0)).collect();
        let running = |year| (year, Class::Operation, 240);
        assert_eq!(short, [(2026, Class::Before, 600), running(2026), running(2027), running(2028)]);
        assert_eq!(measure().key(&amounts[1]), "treatment:m:2026:operation");
        let running = Measure { class: Some(Class::Operation), ..measure() };
        assert_eq!(running.amounts().unwrap()[0].amount, Yen(840), "one class in one year is one amount");
        let after = Measure { class: Some(Class::After), yearly: Yen::ZERO, ..measure() };
        assert_eq!(after.amounts().unwrap(), [Taken { year: 2026, class: Class::After, amount: Yen(600) }]);
    }

    #[test]
    fn impossible_measures_are_named() {
        let words = |measure: Measure| measure.amounts().unwrap_err().words().ja.into_owned();
        assert!(words(Measure { years: 99, ..measure() }).contains("多要素認証"));
        assert!(words(Measure { cost: Yen(-1), ..measure() }).contains("多要素認証"));
        assert!(words(Measure { years: i64::MAX, ..measure() }).contains("30年"));
        assert!(Measure::default().amounts().unwrap().is_empty());
    }

    #[test]
    fn the_return_needs_the_loss_before_and_after() {
        assert_eq!(measure().returns().unwrap(), None);
        let known = Measure { before: Some(Yen(1_000)), after: Some(Yen(400)), ..measure() };
        let found = known.returns().unwrap().unwrap();
        assert_eq!((found.yearly_saving, found.total_cost, found.net), (Yen(600), Yen(1_320), Yen(480)));
        assert_eq!(found.total_cost, known.total());
        assert_eq!(found.pays_back_in, Some(2), "600 + 240 in the first year, 240 more in the second, 600 saved a year");
    }

    #[test]
    fn free_ways_are_found_and_done_ones_left_out() {
        assert!(!measure().starts_free());
        assert!(Measure { already_owned: true, ..measure() }.starts_free());
        assert!(Measure { free_alternative: "OSの暗号化".into(), ..measure() }.starts_free());
        assert!(Measure { cost: Yen::ZERO, yearly: Yen::ZERO, ..measure() }.starts_free());
        assert!(!Measure { already_owned: true, state: "done".into(), ..measure() }.starts_free());
    }

    #[test]
    fn taken_over_again_nothing_counts_twice_and_no_decision_is_touched() {
        let known = |state, amount| Known { id: String::new(), state, amount: Yen(amount) };
        assert_eq!(again(None, Yen(5)), Again::Add);
        assert_eq!(again(Some(&known(Some(State::Planned), 5)), Yen(5)), Again::Same);
        assert_eq!(again(Some(&known(Some(State::Planned), 4)), Yen(5)), Again::Change);
        assert_eq!(again(Some(&known(Some(State::Approved), 4)), Yen(5)), Again::Keep);
        assert_eq!(again(Some(&known(None, 5)), Yen(5)), Again::Keep, "a person removed it");
    }
}
