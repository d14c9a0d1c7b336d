//! What may be done with a check, and what fits as an answer. Pure.

use jiff::civil::Date;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Words;

use super::State;
use crate::catalogue::{AnswerKind, Catalogue, Item};

/// Longest note and evidence, in characters.
pub const LONGEST: usize = 4000;

/// Longest answer in text, in characters.
pub const LONGEST_ANSWER: usize = 2000;

/// What is done with a check as a whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Deed {
    /// All answers are in.
    Finish,
    /// Somebody else has looked at them.
    Review,
    /// Answers are to be changed again.
    Reopen,
    /// Nothing more to do.
    Close,
}

impl Deed {
    /// From an address.
    pub fn parse(code: &str) -> Option<Deed> {
        Some(match code {
            "finish" => Deed::Finish,
            "review" => Deed::Review,
            "reopen" => Deed::Reopen,
            "close" => Deed::Close,
            _ => return None,
        })
    }

    /// For an address, the change log and the sentences.
    pub fn code(self) -> &'static str {
        match self {
            Deed::Finish => "finish",
            Deed::Review => "review",
            Deed::Reopen => "reopen",
            Deed::Close => "close",
        }
    }

    /// The state afterwards; `None` where the deed does not fit the state.
    pub fn leads_to(self, state: State) -> Option<State> {
        match (self, state) {
            (Deed::Finish, State::Draft | State::Open) => Some(State::Answered),
            (Deed::Review, State::Answered) => Some(State::Reviewed),
            (Deed::Reopen, State::Answered | State::Reviewed | State::Closed) => Some(State::Open),
            (Deed::Close, State::Reviewed) => Some(State::Closed),
            _ => None,
        }
    }

    /// Only somebody with the right to approve.
    pub fn needs_approver(self, state: State) -> bool {
        match self {
            Deed::Review | Deed::Close => true,
            Deed::Reopen => matches!(state, State::Reviewed | State::Closed),
            Deed::Finish => false,
        }
    }
}

/// The state after a deed.
///
/// # Errors
/// [`Error::Refused`] when it does not fit, when somebody reviews the own answers, or when answers are missing.
pub fn judge(deed: Deed, state: State, missing: i64, own: bool) -> Result<State> {
    let next = deed.leads_to(state).ok_or_else(|| {
        Error::refused(
            "この点検はほかの人が先に進めたため、その操作はできません。画面を開き直して、今の状態を確かめてください。",
            "Somebody else has moved this check on, so this cannot be done now. Please reload the page to see where it stands.",
        )
    })?;
    if deed == Deed::Finish && missing > 0 {
        return Err(Error::Refused(Words::owned(
            format!("まだ答えていない質問が {missing} 件あります。調べないと答えられないものは「わからない」を選んでください。"),
            format!("Questions without an answer: {missing}. Choose “Not known” where somebody has to find out first."),
        )));
    }
    if deed == Deed::Review && own {
        return Err(Error::refused(
            "自分が答えた点検は、自分では確認済みにできません。ほかの人に確認を頼んでください。",
            "You cannot review what you answered yourself. Please ask somebody else.",
        ));
    }
    Ok(next)
}

/// Refuses answers to a check that is no longer open.
///
/// # Errors
/// [`Error::Refused`] with what to do first.
pub fn takes_answers(state: State) -> Result<()> {
    if state.takes_answers() {
        return Ok(());
    }
    Err(Error::refused(
        "この点検は回答を終えているため、答えを変えられません。変えるときは、点検の画面で「回答をやり直す」を押してください。",
        "This check has been finished, so its answers cannot be changed. To change them, press “Change answers” on its page first.",
    ))
}

/// Checks what was answered to an item; gives it in the form in which it is kept.
///
/// # Errors
/// What is wrong and what would be right.
pub fn fit(catalogue: &Catalogue, item: &Item, typed: &str) -> std::result::Result<String, Words> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(String::new());
    }
    let Some(scale) = catalogue.scale(item) else { return Ok(typed.to_owned()) };
    match scale.kind {
        kind if kind.chooses() => {
            if scale.option(typed).is_some() {
                return Ok(typed.to_owned());
            }
            Err(Words::owned(
                format!("「{typed}」という答えはありません。画面の選択肢から選んでください。"),
                format!("There is no answer “{typed}”. Please choose one of those on the page."),
            ))
        }
        AnswerKind::Number => number(item, typed),
        AnswerKind::Date => typed.parse::<Date>().map(|date| date.to_string()).map_err(|_| {
            Words::owned(
                format!("「{typed}」は日付として読めません。2026-04-01 のように入力してください。"),
                format!("“{typed}” is not a date. Please write it like 2026-04-01."),
            )
        }),
        _ if typed.chars().count() > LONGEST_ANSWER => Err(Words::owned(
            format!("回答は{LONGEST_ANSWER}字までです。続きはファイルにして証拠に付けてください。"),
            format!("An answer has up to {LONGEST_ANSWER} characters. Please attach the rest as a file."),
        )),
        _ => Ok(typed.to_owned()),
    }
}

/// A number as people type it: full-width digits and separators of thousands are understood.
fn number(item: &Item, typed: &str) -> std::result::Result<String, Words> {
    let value = mamori_kernel::text::parse_decimal(typed).filter(|value| value.is_finite()).ok_or_else(|| {
        Words::owned(
            format!("「{typed}」は数として読めません。数字だけを入力してください。"),
            format!("“{typed}” is not a number. Please enter digits only."),
        )
    })?;
    let below = item.least.is_some_and(|least| value < least as f64);
    let above = item.most.is_some_and(|most| value > most as f64);
    if below || above {
        let bound = |bound: Option<i64>| bound.map_or_else(String::new, |bound| bound.to_string());
        return Err(Words::owned(
            format!("「{typed}」は範囲の外です（{}〜{}）。", bound(item.least), bound(item.most)),
            format!("“{typed}” is out of range ({} to {}).", bound(item.least), bound(item.most)),
        ));
    }
    Ok(value.to_string())
}

/// A level to be reached, or none.
///
/// # Errors
/// What is wrong.
pub fn fit_target(catalogue: &Catalogue, item: &Item, typed: &str) -> std::result::Result<Option<i64>, Words> {
    let Some(scale) = catalogue.scale(item).filter(|scale| scale.kind == AnswerKind::Tier) else { return Ok(None) };
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    scale.option(typed).and_then(|option| option.points).map(Some).ok_or_else(|| {
        Words::owned(
            format!("目標「{typed}」はありません。ティアの中から選んでください。"),
            format!("There is no target “{typed}”. Please choose one of the tiers."),
        )
    })
}
