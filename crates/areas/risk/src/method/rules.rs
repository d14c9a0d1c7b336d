//! Which numbers a company may choose.

use mamori_kernel::error::{Error, FieldError};
use mamori_kernel::lang::Words;
use mamori_ledger::Choice as _;

use super::ScaleChoice;
use crate::ipa::rules::Bands;

/// What the page sends.
#[derive(Clone, Debug, Default)]
pub struct MethodInput {
    /// Code of the scale.
    pub scale: String,
    /// 「中」の始まり as typed.
    pub middle_from: String,
    /// 「大」の始まり as typed.
    pub large_from: String,
    /// Why it is changed.
    pub reason: String,
}

/// Reads and judges the input: a scale that exists, bounds that lie on it, 大 above 中, and a reason.
///
/// # Errors
/// [`Error::Invalid`] naming each wrong field with the allowed range.
pub fn judge(input: &MethodInput) -> Result<(ScaleChoice, Bands), Error> {
    let mut errors = Vec::new();
    let scale = ScaleChoice::parse(&input.scale);
    if scale.is_none() {
        errors.push(wrong("scale", Words::new("数え方を選んでください。", "Please choose a scale.")));
    }
    let whole = |text: &str| mamori_kernel::text::parse_integer(text).and_then(|n| u8::try_from(n).ok());
    let (middle, large) = (whole(&input.middle_from), whole(&input.large_from));
    let number = || Words::new("0〜9の整数で入力してください。", "Enter a whole number from 0 to 9.");
    if middle.is_none() {
        errors.push(wrong("middle_from", number()));
    }
    if large.is_none() {
        errors.push(wrong("large_from", number()));
    }
    if input.reason.trim().is_empty() {
        errors.push(wrong(
            "reason",
            Words::new(
                "変更の理由を入力してください。後で評価を見比べるときに必要です。",
                "Please give the reason. It is needed to compare results later.",
            ),
        ));
    }
    let mut bands = None;
    if let (Some(scale), Some(middle), Some(large)) = (scale, middle, large) {
        match Bands::new(scale.scale(), middle, large) {
            Ok(found) => bands = Some((scale, found)),
            Err(error) => errors.push(wrong("large_from", Words::owned(error.message_ja(), error.message_en()))),
        }
    }
    match bands {
        Some(found) if errors.is_empty() => Ok(found),
        _ => Err(Error::Invalid(errors)),
    }
}

fn wrong(field: &str, message: Words) -> FieldError {
    FieldError { field: field.to_owned(), message }
}
