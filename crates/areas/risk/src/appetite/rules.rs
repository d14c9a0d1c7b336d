//! What a new appetite must be.

use mamori_kernel::error::{Error, FieldError, Result};
use mamori_kernel::lang::Words;

use super::Appetite;
use crate::four_factor::rules::{Scale, Threshold};

/// What a person typed on the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    /// Highest score.
    pub score: String,
    /// Highest yearly loss in yen.
    pub yen: String,
    /// Why it changes.
    pub reason: String,
}

/// A yearly loss of a company of this size beyond which a limit says nothing: 100 billion yen.
const MOST_YEN: i64 = 100_000_000_000;

/// Reads what was typed into the version after `now`.
///
/// # Errors
/// [`Error::Invalid`] with every field that does not fit, the score against the company's scale; [`Error::Refused`] when nothing changes.
pub fn judge(input: &Input, scale: &Scale, now: Appetite) -> Result<Appetite> {
    let mut errors: Vec<FieldError> = Vec::new();
    let mut reject = |field: &str, message: Words| errors.push(FieldError { field: field.to_owned(), message });
    let score = match number(&input.score) {
        Some(score) => match Threshold::new(scale, score) {
            Ok(limit) => limit.limit(),
            Err(error) => {
                reject("score", error.words());
                0
            }
        },
        None => {
            reject(
                "score",
                Words::new("点数は整数で入力してください。例：17", "Please enter the score as a whole number, such as 17."),
            );
            0
        }
    };
    let yen = match number(&input.yen) {
        Some(yen) if (0..=MOST_YEN).contains(&yen) => yen,
        Some(_) => {
            reject(
                "yen",
                Words::new("金額は0円から1,000億円までで入力してください。", "The amount must be 0 to 100 billion yen."),
            );
            0
        }
        None => {
            reject(
                "yen",
                Words::new("金額は円の整数で入力してください。例：2,000,000", "Please enter whole yen, such as 2,000,000."),
            );
            0
        }
    };
    if input.reason.trim().is_empty() {
        reject("reason", Words::new("変更の理由を入力してください。", "Please say why it changes."));
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    if now.number > 0 && (now.score, now.yen) == (score, yen) {
        return Err(Error::refused(
            "今の受容基準と同じ内容です。変更するところがあれば、直してから保存してください。",
            "This is the same as the present appetite. Change something before saving.",
        ));
    }
    Ok(Appetite { number: now.number.saturating_add(1), score, yen })
}

/// A whole number as people type it: full-width digits, commas, 円.
fn number(typed: &str) -> Option<i64> {
    let plain = mamori_kernel::text::normalise(typed);
    let digits: String = plain.chars().filter(|sign| !matches!(sign, ',' | '円' | '¥' | ' ')).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    fn input(score: &str, yen: &str) -> Input {
        Input { score: score.into(), yen: yen.into(), reason: "取締役会で決めた".into() }
    }

    fn fields(result: Result<Appetite>) -> Vec<String> {
        match result {
            Err(Error::Invalid(errors)) => errors.into_iter().map(|error| error.field).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_examples_of_the_textbook_are_read_as_people_type_them() {
        let scale = Scale::textbook();
        let read = judge(&input("１７", "2,000,000円"), &scale, Appetite::default()).unwrap();
        assert_eq!(read, Appetite { number: 1, score: 17, yen: 2_000_000 });
        let same = judge(&input("17", "2000000"), &scale, read);
        assert!(matches!(same, Err(Error::Refused(_))), "a version that changes nothing");
        assert_eq!(judge(&input("16", "2000000"), &scale, read).unwrap().number, 2);
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let scale = Scale::textbook();
        let judge = |input: Input| fields(judge(&input, &scale, Appetite::default()));
        assert_eq!(judge(input("24", "1")), ["score"], "the highest value of the scale would accept everything");
        assert_eq!(judge(input("x", "-1")), ["score", "yen"]);
        assert_eq!(judge(Input { reason: " ".into(), ..input("17", "many") }), ["yen", "reason"]);
    }

    /// T1: 24 > 17 is not accepted, 8 is. T7: 1,500,000 yen a year is below 2,000,000.
    #[test]
    fn the_worked_examples() {
        let usual = Appetite::default();
        assert_eq!((usual.is_above(Some(24), None), usual.is_above(Some(8), None)), (Some(true), Some(false)));
        assert_eq!(usual.is_above(None, Some(1_500_000)), Some(false));
        assert_eq!(usual.is_above(Some(8), Some(2_000_001)), Some(true), "one of the two is enough");
        assert_eq!(usual.is_above(Some(17), Some(2_000_000)), Some(false), "the limit itself is acceptable");
        assert_eq!(usual.is_above(None, None), None);
    }
}
