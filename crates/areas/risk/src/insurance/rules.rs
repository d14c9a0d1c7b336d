//! What a record of a transfer must say, and when it is reviewed.

use jiff::Span;
use jiff::civil::Date;
use mamori_kernel::error::FieldError;
use mamori_kernel::lang::Words;

/// The facts that are judged.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts {
    /// Begins.
    pub starts: Option<Date>,
    /// Ends.
    pub ends: Option<Date>,
    /// Limit, own share and premium, in yen.
    pub yen: [Option<i64>; 3],
}

/// Judges a record; an empty list means that it may be saved.
pub fn judge(facts: &Facts) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let mut reject = |field: &str, ja: &'static str, en: &'static str| {
        errors.push(FieldError { field: field.to_owned(), message: Words::new(ja, en) });
    };
    if let (Some(starts), Some(ends)) = (facts.starts, facts.ends)
        && ends < starts
    {
        reject("ends", "終了日は開始日以降の日にしてください。", "The end must not be before the start.");
    }
    let [limit, own, _] = facts.yen;
    for (field, yen) in ["limit_yen", "own_share", "premium"].into_iter().zip(facts.yen) {
        if yen.is_some_and(|yen| yen < 0) {
            reject(field, "金額は0円以上で入力してください。", "The amount cannot be negative.");
        }
    }
    if let (Some(limit), Some(own)) = (limit, own)
        && own >= limit
        && limit >= 0
    {
        reject(
            "own_share",
            "自己負担額が補償の上限以上になっています。これでは何も払われません。金額を確かめてください。",
            "The own share reaches the limit, so nothing would ever be paid. Please check the amounts.",
        );
    }
    errors
}

/// When it is reviewed, unless somebody says otherwise: within a year (S2-D2-09), and a month before it ends so that there is time to act.
pub fn usual_review(today: Date, ends: Option<Date>) -> Date {
    let year = today.saturating_add(Span::new().years(1));
    match ends.map(|ends| ends.saturating_sub(Span::new().months(1))) {
        Some(before_end) if before_end < year => before_end.max(today),
        _ => year,
    }
}
