//! How long a session lasts, how its cookie looks, where one may go after signing in. Pure.

use jiff::{SignedDuration, Timestamp};

use crate::account::rules::later;

/// A session that was not used for this long is over.
pub const IDLE: SignedDuration = SignedDuration::from_hours(12);
/// A session is over after this time however busy it was.
pub const ABSOLUTE: SignedDuration = SignedDuration::from_hours(7 * 24);
/// A sign-in that waits for its code or its new password is given up after this time.
pub const PENDING: SignedDuration = SignedDuration::from_mins(10);
/// The moment of last use is written at most this often.
pub const SEEN_EVERY: SignedDuration = SignedDuration::from_secs(60);
/// A browser that was not seen for this long counts as new; ended sessions are kept that long for this comparison.
pub const DEVICE_MEMORY: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Attempts from one address within [`THROTTLE_WINDOW`]. A whole office may share one address, so this only stops machines.
pub const ATTEMPTS_PER_ADDRESS: i64 = 100;
/// The window of the address throttle.
pub const THROTTLE_WINDOW: SignedDuration = SignedDuration::from_mins(15);

/// How far a sign-in has come; kept with the session.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// In, by password.
    Open,
    /// In, by password and second factor.
    Strong,
    /// The password was right; the code is awaited.
    NeedsCode,
    /// Everything was right, but a new password must be set first; without a second factor.
    NeedsPassword,
    /// As [`Stage::NeedsPassword`], with a second factor.
    NeedsPasswordStrong,
}

impl Stage {
    /// The value of the column. 0 and 1 are in; the others are not.
    pub fn column(self) -> i64 {
        match self {
            Stage::Open => 0,
            Stage::Strong => 1,
            Stage::NeedsCode => 2,
            Stage::NeedsPassword => 3,
            Stage::NeedsPasswordStrong => 4,
        }
    }

    /// Reads the column; an unknown value counts as the farthest from being in.
    pub fn from_column(value: i64) -> Stage {
        match value {
            0 => Stage::Open,
            1 => Stage::Strong,
            3 => Stage::NeedsPassword,
            4 => Stage::NeedsPasswordStrong,
            _ => Stage::NeedsCode,
        }
    }

    /// True when the session opens the product.
    pub fn is_in(self) -> bool {
        matches!(self, Stage::Open | Stage::Strong)
    }

    /// What follows a right password (or, with `code_given`, a right code).
    pub fn next(totp_on: bool, code_given: bool, must_change: bool) -> Stage {
        match (totp_on && !code_given, must_change, totp_on) {
            (true, _, _) => Stage::NeedsCode,
            (false, true, true) => Stage::NeedsPasswordStrong,
            (false, true, false) => Stage::NeedsPassword,
            (false, false, true) => Stage::Strong,
            (false, false, false) => Stage::Open,
        }
    }

    /// When a session of this stage ends at the latest.
    pub fn expires(self, now: Timestamp) -> Timestamp {
        later(now, if self.is_in() { ABSOLUTE } else { PENDING })
    }
}

/// The cookie's name. The `__Host-` prefix makes browsers refuse it from anywhere but this very host over https (RFC 6265bis §4.1.3.2).
pub fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-mamori_session" } else { "mamori_session" }
}

/// The `Set-Cookie` value that carries a session.
pub fn cookie(token: &str, secure: bool) -> String {
    let mark = if secure { "; Secure" } else { "" };
    format!("{}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}{mark}", cookie_name(secure), ABSOLUTE.as_secs())
}

/// The `Set-Cookie` value that removes the session.
pub fn clearing_cookie(secure: bool) -> String {
    let mark = if secure { "; Secure" } else { "" };
    format!("{}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{mark}", cookie_name(secure))
}

/// Where to go after signing in: only pages of our own, and not back to signing in or out.
pub fn safe_next(wanted: &str) -> &str {
    let inside = wanted.starts_with('/') && !wanted.starts_with("//") && !wanted.contains(['\\', '\n', '\r', '\t']);
    let first = wanted.split(['?', '#']).next().unwrap_or_default();
    let loops =
        ["/login", "/logout", "/setup", "/password"].iter().any(|page| first == *page || first.starts_with(&format!("{page}/")));
    if inside && !loops { wanted } else { "/" }
}

/// Browser and system out of a `User-Agent` header, as a person would name the device: `Chrome / Windows`.
pub fn device_name(user_agent: &str) -> String {
    let find =
        |table: &[(&str, &str)]| table.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| (*name).to_owned());
    // Order matters: Edge and Chrome both say Safari, Edge says Chrome as well, iPads say Mac OS.
    let browser = find(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = find(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} / {system}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => mamori_kernel::text::truncate_chars(user_agent, 40),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_way_in() {
        assert_eq!(Stage::next(false, false, false), Stage::Open);
        assert_eq!(Stage::next(true, false, true), Stage::NeedsCode);
        assert_eq!(Stage::next(true, true, true), Stage::NeedsPasswordStrong);
        assert_eq!(Stage::next(true, true, false), Stage::Strong);
        assert_eq!(Stage::next(false, false, true), Stage::NeedsPassword);
        for stage in [Stage::Open, Stage::Strong, Stage::NeedsCode, Stage::NeedsPassword, Stage::NeedsPasswordStrong] {
            assert_eq!(Stage::from_column(stage.column()), stage);
        }
        assert!(!Stage::from_column(99).is_in());
    }

    #[test]
    fn only_own_pages_follow_a_sign_in() {
        for good in ["/", "/assets/information_asset?q=%E9%A1%A7", "/account", "/loginhistory"] {
            assert_eq!(safe_next(good), good);
        }
        for bad in [
            "",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/login",
            "/login?next=/",
            "/logout",
            "/setup",
            "/a\nb",
            "/password/reset?token=x",
        ] {
            assert_eq!(safe_next(bad), "/", "{bad}");
        }
    }

    #[test]
    fn cookies() {
        assert_eq!(cookie("abc", false), "mamori_session=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=604800");
        assert!(
            cookie("abc", true).starts_with("__Host-mamori_session=abc; Path=/;") && cookie("abc", true).ends_with("; Secure")
        );
        assert!(clearing_cookie(false).contains("Max-Age=0"));
    }

    #[test]
    fn devices_have_names() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0";
        assert_eq!(device_name(edge), "Edge / Windows");
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
        assert_eq!(device_name(phone), "Safari / iPhone");
        assert_eq!(device_name("curl/8.5.0"), "curl/8.5.0");
        assert_eq!(device_name(""), "");
    }
}
