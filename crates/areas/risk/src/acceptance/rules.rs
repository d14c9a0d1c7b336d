//! Who may accept, for how long, and when the decision must be looked at again.

use jiff::civil::Date;
use mamori_kernel::error::FieldError;
use mamori_kernel::lang::Words;

use super::{Comeback, State};
use crate::appetite::Appetite;

/// The facts that are judged before a save.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// A scenario is chosen.
    pub scenario: bool,
    /// An asset is chosen.
    pub asset: bool,
    /// The day from which the year counts: that of the decision, or today.
    pub from: Date,
    /// Until when.
    pub review_on: Option<Date>,
    /// Something can be accepted: a score, a risk value or a yearly loss is known.
    pub has_value: bool,
    /// Times a year.
    pub limit_count: Option<i64>,
    /// Day of a decision before this program was used.
    pub earlier_on: Option<Date>,
}

/// The last day on which an acceptance of `day` may be reviewed: a year later.
pub fn latest_review(day: Date) -> Date {
    day.saturating_add(jiff::Span::new().years(1))
}

/// Judges a draft: either a risk or an asset, with a value to accept, and a review within a year (S2-D6-10).
pub fn judge(facts: &Facts) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let mut reject = |field: &str, ja: &'static str, en: &'static str| {
        errors.push(FieldError { field: field.to_owned(), message: Words::new(ja, en) });
    };
    match (facts.scenario, facts.asset) {
        (true, true) => reject(
            "scenario",
            "リスクと情報資産は、どちらか一方だけを選んでください。",
            "Please choose either a risk or an asset, not both.",
        ),
        (false, false) => reject(
            "scenario",
            "受け入れるリスクか情報資産を選んでください。",
            "Please choose the risk or the asset whose risk is accepted.",
        ),
        (false, true) if !facts.has_value => reject(
            "asset",
            "この情報資産にはまだリスク値がありません。機密性・完全性・可用性、保存先、対策状況チェックを入力してから受け入れてください。",
            "This asset has no risk value yet. Fill in its values, its storage place and the measure check first.",
        ),
        (true, false) if !facts.has_value => reject(
            "scenario",
            "このリスクはまだ評価されていません。四つの因子か、損失額と発生の回数を入力してから受け入れてください。",
            "This risk is not judged yet. Fill in its four factors, or its loss and the cases a year, first.",
        ),
        _ => {}
    }
    if let Some(review) = facts.review_on {
        if review <= facts.from {
            reject(
                "review_on",
                "見直す日は、決める日より後にしてください。",
                "The review must be after the day of the decision.",
            );
        } else if review > latest_review(facts.from) {
            reject(
                "review_on",
                "見直す日は、決める日から1年以内にしてください。",
                "The review must be within a year of the decision.",
            );
        }
    }
    if facts.limit_count.is_some_and(|count| !(0..=10_000).contains(&count)) {
        reject("limit_count", "回数は0から10,000までで入力してください。", "The number of times must be 0 to 10,000.");
    } else if facts.limit_count.is_some() && !facts.scenario {
        reject(
            "limit_count",
            "回数は、リスク登録簿のリスクを受け入れるときだけ使えます。情報資産のときは空けてください。",
            "The number of times works for risks of the register only. Leave it empty for an asset.",
        );
    }
    if facts.earlier_on.is_some_and(|day| day > facts.from) {
        reject(
            "earlier_on",
            "導入前に決めた日に、先の日付は使えません。",
            "The day of the earlier decision cannot be in the future.",
        );
    }
    errors
}

/// Why a state does not allow to change the content by hand; `None` where it does.
pub fn frozen(state: State) -> Option<Words> {
    Some(match state {
        State::Waiting => Words::new(
            "承認待ちのあいだは変更できません。直すときは、承認の依頼を取り下げるか、差戻しを受けてください。",
            "This cannot be changed while it waits for approval. Withdraw the request, or have it returned, to change it.",
        ),
        State::Valid => Words::new(
            "有効な受容は書き換えられません。内容を変えるときは、この受容を取り下げ、新しく起案してください。",
            "An acceptance in force cannot be rewritten. To change it, withdraw it and draft a new one.",
        ),
        State::Withdrawn => Words::new(
            "取り下げた受容は変更できません。新しく起案してください。",
            "A withdrawn acceptance cannot be changed. Please draft a new one.",
        ),
        _ => return None,
    })
}

/// The numbers of a risk on one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Level {
    /// IPA value of an asset.
    pub risk_value: Option<i64>,
    /// Value of the four factors.
    pub score: Option<i64>,
    /// Expected loss a year in yen.
    pub ale: Option<i64>,
    /// Version of the method or the scale.
    pub method: i64,
}

impl Level {
    /// Whether it lies above the appetite; for an asset the band 大 does (the IPA sheet has no other line).
    pub fn is_above(&self, appetite: Appetite, large: bool) -> bool {
        appetite.is_above(self.score, self.ale).unwrap_or(large)
    }

    fn rose_to(&self, now: &Level) -> bool {
        let more =
            |before: Option<i64>, after: Option<i64>| after.is_some_and(|after| before.is_none_or(|before| after > before));
        more(self.risk_value, now.risk_value) || more(self.score, now.score) || more(self.ale, now.ale)
    }
}

/// A valid acceptance as it was decided.
#[derive(Clone, Copy, Debug, Default)]
pub struct Accepted {
    /// The numbers accepted.
    pub level: Level,
    /// The management accepted it although it lay above the appetite.
    pub above: bool,
    /// Times a year.
    pub limit_count: Option<i64>,
    /// Until when.
    pub review_on: Option<Date>,
}

/// Judges a valid acceptance on a day (S2-D6-10): `now` and `happened` are the risk as it is, `appetite` what the company accepts today.
///
/// A number that is no longer known is not a rise; a number that appeared is: nobody accepted it. A risk accepted above the appetite does
/// not come back because the appetite moved: that decision did not rest on it.
pub fn reconsider(accepted: &Accepted, now: &Level, happened: Option<i64>, appetite: Appetite, today: Date) -> Option<Comeback> {
    let before = &accepted.level;
    // A new version of the scale that leaves a risk's score alone leaves the decision alone; the values of an asset's sheet cannot be
    // compared across versions at all.
    if before.method != now.method && (before.risk_value.is_some() || before.score != now.score) {
        return Some(Comeback::MethodChanged);
    }
    if accepted.level.rose_to(now) {
        return Some(Comeback::Risen);
    }
    if let (Some(limit), Some(times)) = (accepted.limit_count, happened)
        && times > limit
    {
        return Some(Comeback::TooOften);
    }
    if !accepted.above && appetite.is_above(accepted.level.score, accepted.level.ale) == Some(true) {
        return Some(Comeback::AppetiteChanged);
    }
    accepted.review_on.is_none_or(|day| day < today).then_some(Comeback::ReviewDue)
}
