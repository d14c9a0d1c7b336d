//! What must be there before a review is signed. Pure (S2-D2-13: "not fully met" needs a decision: give up, or accept with a measure).

use mamori_kernel::lang::Words;

use super::Verdict;

/// What a review holds so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Questions without an answer.
    pub open: i64,
    /// Questions that are not fully met, those "not known" counted too.
    pub gaps: i64,
    /// Conditions of use.
    pub conditions: i64,
    /// 結論.
    pub verdict: Option<Verdict>,
    /// A reason is given.
    pub has_reason: bool,
}

/// Something to do before it can be signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Questions have no answer.
    Answers(i64),
    /// There is no conclusion.
    Verdict,
    /// "Use it", although something is not met.
    NotMet(i64),
    /// "Under conditions" without a condition.
    Conditions,
    /// "Do not use it" without a reason.
    Reason,
}

impl Missing {
    /// What to do.
    pub fn words(self) -> Words {
        match self {
            Missing::Answers(n) => Words::owned(
                format!("点検の残り{n}問に答えてください。"),
                format!("Please answer the rest of the check (open: {n})."),
            ),
            Missing::Verdict => Words::new("結論を選んでください。", "Please choose the conclusion."),
            Missing::NotMet(n) => Words::owned(
                format!("満たしていない質問が{n}件あります。「条件を付けて利用する」か「利用しない」を選んでください。"),
                format!("Not fully met: {n}. Please choose “Use it under conditions” or “Do not use it”."),
            ),
            Missing::Conditions => Words::new(
                "足りない所を補う条件を、一つ以上書いてください。",
                "Please write at least one condition that makes up for what is missing.",
            ),
            Missing::Reason => Words::new("利用しない理由を書いてください。", "Please write why it is not used."),
        }
    }
}

/// Everything that is missing; empty when the review may be signed.
pub fn missing(facts: &Facts) -> Vec<Missing> {
    let mut found = Vec::new();
    // Giving up needs no complete check: one bad answer may be enough.
    if facts.open > 0 && facts.verdict != Some(Verdict::GiveUp) {
        found.push(Missing::Answers(facts.open));
    }
    match facts.verdict {
        None => found.push(Missing::Verdict),
        Some(Verdict::Fits) if facts.gaps > 0 => found.push(Missing::NotMet(facts.gaps)),
        Some(Verdict::WithConditions) if facts.conditions == 0 => found.push(Missing::Conditions),
        Some(Verdict::GiveUp) if !facts.has_reason => found.push(Missing::Reason),
        Some(_) => {}
    }
    found
}

/// The conclusion that the answers suggest; `None` while questions are open.
pub fn suggested(facts: &Facts) -> Option<Verdict> {
    (facts.open == 0).then_some(if facts.gaps == 0 { Verdict::Fits } else { Verdict::WithConditions })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(open: i64, gaps: i64, conditions: i64, verdict: Option<Verdict>, has_reason: bool) -> Facts {
        Facts { open, gaps, conditions, verdict, has_reason }
    }

    #[test]
    fn what_is_not_met_needs_a_decision() {
        assert_eq!(missing(&facts(0, 0, 0, Some(Verdict::Fits), false)), []);
        assert_eq!(missing(&facts(0, 2, 0, Some(Verdict::Fits), true)), [Missing::NotMet(2)]);
        assert_eq!(missing(&facts(0, 2, 0, Some(Verdict::WithConditions), true)), [Missing::Conditions]);
        assert_eq!(missing(&facts(0, 2, 1, Some(Verdict::WithConditions), false)), []);
        assert_eq!(missing(&facts(3, 2, 1, None, false)), [Missing::Answers(3), Missing::Verdict]);
    }

    #[test]
    fn giving_up_needs_a_reason_but_no_complete_check() {
        assert_eq!(missing(&facts(5, 1, 0, Some(Verdict::GiveUp), false)), [Missing::Reason]);
        assert_eq!(missing(&facts(5, 1, 0, Some(Verdict::GiveUp), true)), []);
        assert_eq!(suggested(&facts(5, 0, 0, None, false)), None);
        assert_eq!(suggested(&facts(0, 1, 0, None, false)), Some(Verdict::WithConditions));
        assert_eq!(suggested(&facts(0, 0, 0, None, false)), Some(Verdict::Fits));
    }
}
