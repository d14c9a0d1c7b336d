//! Every error that a user can meet, as one table: what happened, why, and what to do. The screen translates it.
//!
//! Rules and use cases return [`Error`]; faults of the machine (disk, database, programming) become [`Error::Internal`] with a
//! text for the log, never for the screen.

use std::fmt;

use crate::lang::Words;

/// What is wrong with one field of a form, a row of a file or a property of an API call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's code; empty when the whole row is meant.
    pub field: String,
    /// What is wrong and which values are allowed.
    pub message: Words,
}

/// A user-visible error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The thing does not exist, or not for this reader (both look the same on purpose).
    NotFound,
    /// Nobody is signed in.
    SignInRequired,
    /// The reader may not do this. Says what, so that he can ask for it.
    Forbidden(Words),
    /// Fields that do not fit.
    Invalid(Vec<FieldError>),
    /// Another person saved the row in the meantime; holds the version now stored.
    Conflict {
        /// The version in the database.
        current: i64,
    },
    /// The row is in use elsewhere and so cannot be removed; the words name where.
    InUse(Words),
    /// A rule of the business refuses it, with its reason.
    Refused(Words),
    /// What was sent is larger than allowed.
    TooLarge(Words),
    /// Too many attempts; the seconds to wait.
    TooMany(u64),
    /// The disk is full or the folder cannot be written.
    StorageFull,
    /// The database is busy or away; trying again may help.
    Unavailable,
    /// A fault of the program or the machine. The text goes to the log only.
    Internal(String),
}

impl Error {
    /// The HTTP status that says the same (RFC 9110 §15).
    pub fn status(&self) -> u16 {
        match self {
            Error::NotFound => 404,
            Error::SignInRequired => 401,
            Error::Forbidden(_) => 403,
            Error::Invalid(_) => 422,
            Error::Conflict { .. } | Error::InUse(_) | Error::Refused(_) => 409,
            Error::TooLarge(_) => 413,
            Error::TooMany(_) => 429,
            Error::StorageFull => 507,
            Error::Unavailable => 503,
            Error::Internal(_) => 500,
        }
    }

    /// The stable code for programs that read the API.
    pub fn code(&self) -> &'static str {
        match self {
            Error::NotFound => "not-found",
            Error::SignInRequired => "sign-in-required",
            Error::Forbidden(_) => "forbidden",
            Error::Invalid(_) => "invalid",
            Error::Conflict { .. } => "conflict",
            Error::InUse(_) => "in-use",
            Error::Refused(_) => "refused",
            Error::TooLarge(_) => "too-large",
            Error::TooMany(_) => "too-many",
            Error::StorageFull => "storage-full",
            Error::Unavailable => "unavailable",
            Error::Internal(_) => "internal",
        }
    }

    /// What the reader is told: what happened and what to do.
    pub fn words(&self) -> Words {
        match self {
            Error::NotFound => Words::new(
                "お探しのものは見つかりませんでした。削除されたか、見る権限がない可能性があります。一覧から探し直してください。",
                "This could not be found. It may have been removed, or you may not have permission to see it. Please look for it from the list.",
            ),
            Error::SignInRequired => Words::new("ログインしてください。", "Please sign in."),
            Error::Forbidden(what) | Error::Refused(what) | Error::InUse(what) | Error::TooLarge(what) => what.clone(),
            Error::Invalid(fields) => match fields.as_slice() {
                [only] => only.message.clone(),
                _ => Words::new(
                    "入力内容に直すところがあります。赤い印の項目を確認してください。",
                    "Some entries need correcting. Please check the fields marked in red.",
                ),
            },
            Error::Conflict { .. } => Words::new(
                "ほかの人が先にこの行を保存しました。両方の内容を見比べて、もう一度保存してください。",
                "Someone else saved this row first. Please compare both versions and save again.",
            ),
            Error::TooMany(seconds) => {
                let minutes = seconds.div_ceil(60).max(1);
                Words::owned(
                    format!("試行回数が多すぎます。約{minutes}分たってから、もう一度お試しください。"),
                    format!("Too many attempts. Please try again in about {minutes} minute(s)."),
                )
            }
            Error::StorageFull => Words::new(
                "保存先の空き容量がないため、保存できませんでした。何も変更されていません。管理者に空き容量の確保を依頼してください。",
                "There is no space left to save this. Nothing was changed. Please ask the administrator to free some space.",
            ),
            Error::Unavailable => Words::new(
                "データベースが混み合っています。何も変更されていません。少し待ってからもう一度お試しください。",
                "The database is busy. Nothing was changed. Please wait a moment and try again.",
            ),
            Error::Internal(_) => Words::new(
                "申し訳ありません。処理中に問題が起きました。何も変更されていません。繰り返す場合は、時刻を添えて管理者に知らせてください。",
                "Sorry, something went wrong. Nothing was changed. If it happens again, please tell the administrator the time it happened.",
            ),
        }
    }

    /// A single wrong field.
    pub fn field(field: impl Into<String>, message: Words) -> Error {
        Error::Invalid(vec![FieldError { field: field.into(), message }])
    }

    /// A refusal by a rule of the business.
    pub fn refused(ja: &'static str, en: &'static str) -> Error {
        Error::Refused(Words::new(ja, en))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Internal(detail) => write!(f, "internal: {detail}"),
            Error::Invalid(fields) => {
                write!(f, "invalid:")?;
                for field in fields {
                    write!(f, " [{}: {}]", field.field, field.message.en)?;
                }
                Ok(())
            }
            other => write!(f, "{}: {}", other.code(), other.words().en),
        }
    }
}

impl std::error::Error for Error {}

/// Result with the user-visible error.
pub type Result<T> = std::result::Result<T, Error>;
