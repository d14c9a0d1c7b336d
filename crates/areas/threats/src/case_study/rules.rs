//! The five steps of a case and what is done of them.

use super::{CaseStudy, Possible};

/// The steps in order (S2-D10-26; the causes stand between the question and the prevention).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// 概要.
    What,
    /// 自社で起こるか.
    Here,
    /// 原因.
    Causes,
    /// 防止策.
    Prevention,
    /// 対応.
    Response,
}

impl Step {
    /// All, in order.
    pub const ALL: [Step; 5] = [Step::What, Step::Here, Step::Causes, Step::Prevention, Step::Response];

    /// The first field of the step, where the form is opened.
    pub fn field(self) -> &'static str {
        match self {
            Step::What => "summary",
            Step::Here => "possible",
            Step::Causes => "cause_organizational",
            Step::Prevention => "prevent_organizational",
            Step::Response => "response",
        }
    }

    /// The step has been thought through. What cannot happen here needs no causes, prevention or response; a reason it does.
    pub fn is_done(self, case: &CaseStudy) -> bool {
        let dismissed = case.possible == Some(Possible::No) && !case.why.0.is_empty();
        match self {
            Step::What => !case.summary.0.is_empty(),
            Step::Here => case.possible.is_some() && !case.why.0.is_empty(),
            Step::Causes => dismissed || causes(case).iter().any(|text| !text.is_empty()),
            Step::Prevention => dismissed || preventions(case).iter().any(|(_, text)| !text.is_empty()),
            Step::Response => dismissed || !case.response.0.is_empty(),
        }
    }
}

/// The step to go on with; `None` when all is thought through.
pub fn next(case: &CaseStudy) -> Option<Step> {
    Step::ALL.into_iter().find(|step| !step.is_done(case))
}

fn causes(case: &CaseStudy) -> [&str; 4] {
    [&case.cause_organizational.0, &case.cause_human.0, &case.cause_physical.0, &case.cause_technical.0]
}

/// Prevention by kind: code of the kind (as `treatment` knows it) and text.
pub fn preventions(case: &CaseStudy) -> [(&'static str, &str); 4] {
    [
        ("organizational", &case.prevent_organizational.0),
        ("human", &case.prevent_human.0),
        ("physical", &case.prevent_physical.0),
        ("technical", &case.prevent_technical.0),
    ]
}

#[cfg(test)]
mod tests {
    use mamori_ledger::LongText;

    use super::*;

    #[test]
    fn a_case_is_walked_through_in_five_steps() {
        let mut case = CaseStudy::default();
        assert_eq!(next(&case), Some(Step::What));
        case.summary = LongText("退職者が名簿を持ち出した".into());
        assert_eq!(next(&case), Some(Step::Here));
        case.possible = Some(Possible::Partly);
        assert_eq!(next(&case), Some(Step::Here), "a verdict without a reason is none");
        case.why = LongText("名簿は共有フォルダにある".into());
        assert_eq!(next(&case), Some(Step::Causes));
        case.cause_technical = LongText("権限を外していなかった".into());
        case.prevent_organizational = LongText("退職の日の確認表".into());
        assert_eq!(next(&case), Some(Step::Response));
        case.response = LongText("まず権限を止める".into());
        assert_eq!(next(&case), None);
    }

    #[test]
    fn what_cannot_happen_here_ends_with_the_reason() {
        let mut case = CaseStudy { summary: LongText("x".into()), possible: Some(Possible::No), ..CaseStudy::default() };
        assert_eq!(next(&case), Some(Step::Here));
        case.why = LongText("当社は紙だけで扱う".into());
        assert_eq!(next(&case), None);
    }
}
