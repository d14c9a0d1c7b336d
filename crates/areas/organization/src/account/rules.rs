//! What an account may be called, what its password must be, and when it is locked (S2-D7-06, table T8).
//!
//! | | general account | privileged account |
//! | --- | --- | --- |
//! | shortest password | 10 characters | 12 characters |
//! | failures until locked | 5 | 3 |
//! | locked for | 1 hour | 6 hours |
//!
//! Pure functions; the instant is always a parameter.

use jiff::{SignedDuration, Timestamp};
use mamori_kernel::access::Role;
use mamori_kernel::lang::Words;
use mamori_kernel::text::nfkc;

/// Which column of the table above applies to an account.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    /// Everybody else.
    General,
    /// Holds the keys: administrators of a company or of the installation.
    Privileged,
}

impl Class {
    /// The class of an account with these roles in any company.
    pub fn of(roles: &[Role], installation_admin: bool) -> Class {
        if installation_admin || roles.iter().any(|role| role.is_privileged()) { Class::Privileged } else { Class::General }
    }

    /// Shortest password in characters (T8).
    pub fn shortest(self) -> usize {
        match self {
            Class::General => 10,
            Class::Privileged => 12,
        }
    }

    /// How many failures in a row lock the account (T8).
    pub fn failures_allowed(self) -> i64 {
        match self {
            Class::General => 5,
            Class::Privileged => 3,
        }
    }

    /// How long the account stays locked (T8).
    pub fn lock_time(self) -> SignedDuration {
        match self {
            Class::General => SignedDuration::from_hours(1),
            Class::Privileged => SignedDuration::from_hours(6),
        }
    }
}

/// Failures in a row and the lock that follows from them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Attempts {
    /// Failures since the last success or the end of the last lock.
    pub failures: i64,
    /// Nobody gets in before this instant.
    pub locked_until: Option<Timestamp>,
}

impl Attempts {
    /// True while the lock lasts; at its last instant it is over.
    pub fn is_locked(self, now: Timestamp) -> bool {
        self.locked_until.is_some_and(|until| now < until)
    }

    /// The state after one more failure. A lock that is over starts the count anew; failures during a lock do not lengthen it.
    pub fn after_failure(self, class: Class, now: Timestamp) -> Attempts {
        if self.is_locked(now) {
            return self;
        }
        let before = if self.locked_until.is_some() { 0 } else { self.failures.max(0) };
        let failures = before.saturating_add(1);
        let locked_until = (failures >= class.failures_allowed()).then(|| later(now, class.lock_time()));
        Attempts { failures, locked_until }
    }

    /// Takes back one failure that was counted in advance and turned out to be none.
    pub fn taken_back(self) -> Attempts {
        Attempts { failures: self.failures.saturating_sub(1).max(0), locked_until: None }
    }
}

/// An instant some time later; the same instant at the end of all time.
pub fn later(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.checked_add(by).unwrap_or(now)
}

/// A one-time password handed out by an administrator is good for this many days.
pub const ONE_TIME_PASSWORD_DAYS: i64 = 7;

/// True when a one-time password set at `since` may no longer be used.
pub fn one_time_password_expired(since: Timestamp, now: Timestamp) -> bool {
    now > later(since, SignedDuration::from_hours(24 * ONE_TIME_PASSWORD_DAYS))
}

/// Login names that every attacker tries first; never given out (S2-D7-06). Digits and signs around them do not help (`admin01`).
const FORBIDDEN_LOGINS: [&str; 12] =
    ["administrator", "admin", "root", "guest", "sysadmin", "superuser", "system", "sa", "user", "test", "demo", "anonymous"];

/// The form in which login names are compared and kept: half width, lower case, no blanks around.
pub fn normal_login(typed: &str) -> String {
    nfkc(typed).trim().to_lowercase()
}

/// Judges a login name in its normal form: 3–64 of `a-z 0-9 . _ - @`, none that everybody guesses.
///
/// # Errors
/// What is wrong and what is allowed.
pub fn check_login(login: &str) -> Result<(), Words> {
    let length = login.chars().count();
    let fits = login.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-@".contains(c));
    if !(3..=64).contains(&length) || !fits {
        return Err(Words::new(
            "ログイン名は3〜64文字で、半角の英小文字、数字、記号「. _ - @」を使ってください。",
            "A login name has 3 to 64 characters: lower-case letters, digits and the signs . _ - @.",
        ));
    }
    let core: String = login.chars().filter(char::is_ascii_lowercase).collect();
    if FORBIDDEN_LOGINS.contains(&core.as_str()) {
        return Err(Words::new(
            "この名前は攻撃者が最初に試すため使えません。社員番号など、その人だけの名前にしてください。",
            "Attackers try this name first, so it cannot be used. Please choose one that belongs to a person, such as an employee number.",
        ));
    }
    Ok(())
}

/// Longest password in characters; longer ones only cost the server time.
pub const PASSWORD_LONGEST: usize = 256;

/// Words that head every list of broken passwords; digits and signs added to them do not help (`Password2026!`).
const COMMON_CORES: [&str; 40] = [
    "password",
    "passwort",
    "passw",
    "pass",
    "passwd",
    "pasuwado",
    "welcome",
    "letmein",
    "qwerty",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertyasdf",
    "qazwsxedc",
    "qazwsx",
    "iloveyou",
    "sunshine",
    "princess",
    "football",
    "baseball",
    "dragon",
    "monkey",
    "master",
    "superman",
    "admin",
    "administrator",
    "root",
    "secret",
    "security",
    "changeme",
    "default",
    "system",
    "server",
    "himitsu",
    "sakura",
    "doraemon",
    "pokemon",
    "aishiteru",
    "nippon",
    "company",
];

/// Rows of keys and letters that fingers run along.
const RUNS: [&str; 6] = [
    "01234567890123456789",
    "98765432109876543210",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "zyxwvutsrqponmlkjihgfedcba",
];

/// The form in which passwords are judged and hashed: full-width letters typed by mistake count as half width.
pub fn normal_password(typed: &str) -> String {
    nfkc(typed)
}

/// Judges a new password in its normal form for a login name. Length counts; there is no rule about kinds of characters.
///
/// # Errors
/// What is wrong and what to do.
pub fn check_password(password: &str, login: &str, class: Class) -> Result<(), Words> {
    let length = password.chars().count();
    if length < class.shortest() {
        let n = class.shortest();
        return Err(match class {
            Class::General => Words::owned(
                format!("パスワードは{n}文字以上にしてください。単語をいくつか並べると、長くて覚えやすくなります。"),
                format!("A password needs at least {n} characters. Several words in a row are long and easy to remember."),
            ),
            Class::Privileged => Words::owned(
                format!("管理者のパスワードは{n}文字以上にしてください。単語をいくつか並べると、長くて覚えやすくなります。"),
                format!(
                    "An administrator's password needs at least {n} characters. Several words in a row are long and easy to remember."
                ),
            ),
        });
    }
    if length > PASSWORD_LONGEST {
        return Err(Words::owned(
            format!("パスワードは{PASSWORD_LONGEST}文字以内にしてください。"),
            format!("A password has at most {PASSWORD_LONGEST} characters."),
        ));
    }
    let lower = password.to_lowercase();
    let own = login.split('@').next().unwrap_or(login);
    if own.chars().count() >= 3 && lower.contains(own) {
        return Err(Words::new(
            "パスワードにログイン名を含めないでください。",
            "Please do not use the login name inside the password.",
        ));
    }
    if is_easily_guessed(&lower) {
        return Err(Words::new(
            "よく使われる、または規則的なパスワードのため、すぐに破られます。関係のない単語をいくつか並べてみてください。",
            "This password is common or follows a pattern and would be broken at once. Try several unrelated words in a row.",
        ));
    }
    Ok(())
}

fn is_easily_guessed(lower: &str) -> bool {
    let mut distinct: Vec<char> = lower.chars().collect();
    distinct.sort_unstable();
    distinct.dedup();
    let core: String = lower.chars().filter(|c| c.is_alphabetic()).collect();
    let length = lower.chars().count();
    distinct.len() < 5 || (length < 20 && COMMON_CORES.contains(&core.as_str())) || RUNS.iter().any(|run| run.contains(lower))
}

/// The address has the form of a mail address (RFC 5321, as the mail sender understands it). Empty is allowed: mail is optional.
///
/// # Errors
/// What is wrong.
pub fn check_email(email: &str) -> Result<(), Words> {
    if email.is_empty() || (email.len() <= 254 && email.parse::<lettre::Address>().is_ok()) {
        return Ok(());
    }
    Err(Words::new(
        "メールアドレスの形になっていません。「name@example.co.jp」のように入力してください。",
        "This is not a mail address. Please enter it like name@example.co.jp.",
    ))
}

/// A person's name as shown in history: 1–100 characters.
///
/// # Errors
/// What is wrong.
pub fn check_name(name: &str) -> Result<(), Words> {
    if (1..=100).contains(&name.trim().chars().count()) {
        return Ok(());
    }
    Err(Words::new("氏名を100文字以内で入力してください。", "Please enter a name of up to 100 characters."))
}

/// Compares without telling by its duration where the difference lies.
pub fn same_bytes(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0_u8, |difference, (x, y)| difference | (x ^ y)) == 0
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_general_account_is_locked_for_an_hour_by_the_fifth_failure() {
        let now = at("2026-04-01T00:00:00Z");
        let mut attempts = Attempts::default();
        for _ in 0..4 {
            attempts = attempts.after_failure(Class::General, now);
            assert!(!attempts.is_locked(now));
        }
        attempts = attempts.after_failure(Class::General, now);
        assert_eq!(attempts.locked_until, Some(at("2026-04-01T01:00:00Z")));
        assert!(attempts.is_locked(at("2026-04-01T00:59:59Z")));
        assert!(!attempts.is_locked(at("2026-04-01T01:00:00Z")));
    }

    #[test]
    fn a_privileged_account_is_locked_for_six_hours_by_the_third_failure() {
        let now = at("2026-04-01T00:00:00Z");
        let attempts = (0..3).fold(Attempts::default(), |attempts, _| attempts.after_failure(Class::Privileged, now));
        assert_eq!(attempts.locked_until, Some(at("2026-04-01T06:00:00Z")));
    }

    #[test]
    fn a_lock_is_not_lengthened_and_its_end_starts_the_count_anew() {
        let now = at("2026-04-01T00:00:00Z");
        let locked = Attempts { failures: 5, locked_until: Some(at("2026-04-01T01:00:00Z")) };
        assert_eq!(locked.after_failure(Class::General, at("2026-04-01T00:30:00Z")), locked);
        let anew = locked.after_failure(Class::General, at("2026-04-01T01:00:01Z"));
        assert_eq!(anew, Attempts { failures: 1, locked_until: None });
        assert_eq!(anew.taken_back(), Attempts::default());
        assert_eq!(Attempts::default().taken_back().after_failure(Class::General, now).failures, 1);
    }

    #[test]
    fn login_names() {
        for good in ["tanaka", "e0123", "k.sato@example.co.jp", "admin.tanaka", "a-b"] {
            assert!(check_login(good).is_ok(), "{good}");
        }
        for bad in
            ["", "ab", "Tanaka", "田中", "a b c", "admin", "administrator", "root", "guest", "admin01", "root-1", &"x".repeat(65)]
        {
            assert!(check_login(bad).is_err(), "{bad}");
        }
        assert_eq!(normal_login(" ＴＡＮＡＫＡ "), "tanaka");
    }

    #[test]
    fn password_length_is_judged_by_characters_and_class() {
        assert!(check_password("kumo-hana1", "tanaka", Class::General).is_ok());
        assert!(check_password("kumo-hana", "tanaka", Class::General).is_err(), "nine characters");
        assert!(check_password("kumo-hana1", "tanaka", Class::Privileged).is_err(), "ten for an administrator");
        assert!(check_password("kumo-hana-12", "tanaka", Class::Privileged).is_ok());
        assert!(check_password("朝の珈琲を窓辺で飲む", "tanaka", Class::General).is_ok(), "ten characters, thirty bytes");
        assert!(check_password(&"abcdefg-".repeat(33), "tanaka", Class::General).is_err(), "264 characters");
    }

    #[test]
    fn passwords_that_everybody_guesses() {
        for bad in [
            "Password2026!",
            "1234567890",
            "aaaaaaaaaaaa",
            "qwertyuiop",
            "abcdefghijkl",
            "Welcome-2026",
            "my-tanaka-pass",
            "ababababab12",
        ] {
            assert!(check_password(&normal_password(bad), "tanaka", Class::General).is_err(), "{bad}");
        }
    }

    #[test]
    fn one_time_passwords_last_a_week() {
        let since = at("2026-04-01T00:00:00Z");
        assert!(!one_time_password_expired(since, at("2026-04-08T00:00:00Z")));
        assert!(one_time_password_expired(since, at("2026-04-08T00:00:01Z")));
    }

    #[test]
    fn classes_follow_the_roles() {
        assert_eq!(Class::of(&[Role::Officer, Role::Admin], false), Class::Privileged);
        assert_eq!(Class::of(&[Role::Officer], false), Class::General);
        assert_eq!(Class::of(&[], true), Class::Privileged);
    }

    #[test]
    fn mail_addresses_and_comparison() {
        assert!(check_email("").is_ok() && check_email("a@example.co.jp").is_ok());
        assert!(check_email("a@").is_err() && check_email("田中").is_err());
        assert!(same_bytes(b"abc", b"abc") && !same_bytes(b"abc", b"abd") && !same_bytes(b"abc", b"ab"));
    }
}
