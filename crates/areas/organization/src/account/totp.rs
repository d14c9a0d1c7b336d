//! The second factor: time-based one-time codes (RFC 6238: SHA-1, six digits, 30 seconds) and recovery codes. Pure but for the
//! random numbers of the operating system.

use fast_qr::convert::Builder as _;
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::qr::QRBuilder;
use jiff::Timestamp;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::text::nfkc;
use mamori_store::{files, secrets};
use totp_rs::{Builder, Secret};

use super::rules::same_bytes;

/// How many recovery codes are made at once.
pub const RECOVERY_CODES: usize = 10;

/// A fresh secret (160 bits, RFC 4226 §4) in the base32 form that authenticator apps take.
///
/// # Errors
/// [`Error::Internal`] when the system has no random bytes.
pub fn new_secret() -> Result<String> {
    Ok(base32(&secrets::random::<20>()?))
}

const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Base32 without padding (RFC 4648 §6).
fn base32(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 8 / 5 + 1);
    let (mut held, mut bits) = (0_u32, 0_u32);
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(letter(held >> bits));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        text.push(letter(held << (5 - bits)));
    }
    text
}

fn letter(five_bits: u32) -> char {
    usize::try_from(five_bits & 31).ok().and_then(|index| ALPHABET.get(index)).map_or('A', |byte| char::from(*byte))
}

/// The bytes of a base32 text; `None` for any other letter.
fn from_base32(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut held, mut bits) = (Vec::with_capacity(text.len() * 5 / 8), 0_u32, 0_u32);
    for byte in text.bytes() {
        let value = ALPHABET.iter().position(|known| *known == byte)?;
        held = (held << 5) | u32::try_from(value).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((held >> bits) & 255).ok()?);
            held &= (1 << bits) - 1;
        }
    }
    Some(bytes)
}

/// Judges a typed code against the secret: the step of now, the one before and the one after count, and a step that was used
/// already never counts again (RFC 6238 §5.2). Gives the step to remember.
///
/// # Errors
/// [`Error::Internal`] when the stored secret cannot be read.
pub fn verify(secret_base32: &str, typed: &str, now: Timestamp, last_step: i64) -> Result<Option<i64>> {
    let broken = |what: &dyn std::fmt::Display| Error::Internal(format!("second factor: {what}"));
    let bytes = from_base32(secret_base32)
        .and_then(|bytes| <[u8; 20]>::try_from(bytes).ok())
        .ok_or_else(|| broken(&"unreadable secret"))?;
    let secret = Secret::new_stack(bytes);
    let totp = Builder::new().with_secret(secret).build().map_err(|error| broken(&error))?;
    let code: String = nfkc(typed).chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(None);
    }
    let seconds = u64::try_from(now.as_second()).unwrap_or(0);
    let step = totp.check(&code, seconds).and_then(|step| i64::try_from(step).ok());
    Ok(step.filter(|step| *step > last_step))
}

/// The code that an authenticator shows at an instant.
#[cfg(test)]
pub(crate) fn code_at(secret_base32: &str, now: Timestamp) -> Option<String> {
    let bytes = from_base32(secret_base32).and_then(|bytes| <[u8; 20]>::try_from(bytes).ok())?;
    let totp = Builder::new().with_secret(Secret::new_stack(bytes)).build().ok()?;
    Some(totp.generate(u64::try_from(now.as_second()).ok()?).to_string())
}

/// The address that authenticator apps read from the QR code. Names are percent-encoded, so any login fits.
pub fn address(secret_base32: &str, login: &str) -> String {
    let encode = |text: &str| {
        text.bytes().fold(String::new(), |mut all, byte| {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                all.push(char::from(byte));
            } else {
                all.push_str(&format!("%{byte:02X}"));
            }
            all
        })
    };
    format!("otpauth://totp/mamori:{}?secret={secret_base32}&issuer=mamori&algorithm=SHA1&digits=6&period=30", encode(login))
}

/// The QR code of an address as SVG, 224 pixels wide.
///
/// # Errors
/// [`Error::Internal`] when the address is too long for a QR code.
pub fn qr_svg(address: &str, label: &str) -> Result<String> {
    let code = QRBuilder::new(address).build().map_err(|error| Error::Internal(format!("QR code: {error:?}")))?;
    let svg = SvgBuilder::default().margin(3).to_str(&code);
    let label = mamori_ui::html::escape(label);
    Ok(svg.replacen("<svg ", &format!("<svg width=\"224\" height=\"224\" role=\"img\" aria-label=\"{label}\" "), 1))
}

/// Splits a key into groups of four, so that it can be typed from the screen.
pub fn grouped(secret_base32: &str) -> String {
    let letters: Vec<char> = secret_base32.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// Ten fresh recovery codes of 80 bits each, as shown (`abcd-efgh-ijkl-mnop`).
///
/// # Errors
/// [`Error::Internal`] when the system has no random bytes.
pub fn new_recovery_codes() -> Result<Vec<String>> {
    (0..RECOVERY_CODES)
        .map(|_| {
            let text = base32(&secrets::random::<10>()?).to_lowercase();
            Ok(grouped(&text).replace(' ', "-"))
        })
        .collect()
}

/// The form in which a recovery code is kept. The codes are long and random, so a plain hash is enough.
pub fn recovery_hash(typed: &str) -> String {
    let plain: String = nfkc(typed).chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    files::sha256(plain.as_bytes())
}

/// The codes that remain when a typed one is used; `None` when it is none of them.
pub fn use_recovery_code(kept: &[String], typed: &str) -> Option<Vec<String>> {
    let hash = recovery_hash(typed);
    let found = kept.iter().fold(false, |found, one| found | same_bytes(one.as_bytes(), hash.as_bytes()));
    found.then(|| kept.iter().filter(|one| **one != hash).cloned().collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    /// RFC 6238 appendix B uses the ASCII secret 12345678901234567890; the last six of its eight digits are the six-digit code.
    const RFC_SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    fn second(n: i64) -> Timestamp {
        Timestamp::from_second(n).unwrap()
    }

    #[test]
    fn base32_of_the_standard_and_back() {
        // RFC 4648 §10 without the padding.
        for (plain, text) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(plain.as_bytes()), text);
            assert_eq!(from_base32(text).unwrap(), plain.as_bytes());
        }
        assert_eq!(from_base32("a1"), None);
        assert_eq!(base32(b"12345678901234567890"), RFC_SECRET);
    }

    #[test]
    fn codes_of_the_standard_are_accepted() {
        for (time, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")] {
            assert_eq!(verify(RFC_SECRET, code, second(time), 0).unwrap(), Some(time / 30), "{time}");
        }
    }

    #[test]
    fn one_step_of_drift_is_accepted_and_two_are_not() {
        assert_eq!(verify(RFC_SECRET, "287082", second(59 + 30), 0).unwrap(), Some(1));
        assert_eq!(verify(RFC_SECRET, "287082", second(29), 0).unwrap(), Some(1));
        assert_eq!(verify(RFC_SECRET, "287082", second(59 + 61), 0).unwrap(), None);
    }

    #[test]
    fn a_code_counts_once() {
        assert_eq!(verify(RFC_SECRET, "287082", second(59), 1).unwrap(), None);
    }

    #[test]
    fn codes_typed_full_width_or_in_groups_are_read_and_rubbish_is_not() {
        assert_eq!(verify(RFC_SECRET, "２８７ ０８２", second(59), 0).unwrap(), Some(1));
        for bad in ["", "28708", "2870820", "abcdef", "28708２x"] {
            assert_eq!(verify(RFC_SECRET, bad, second(59), 0).unwrap(), None, "{bad}");
        }
    }

    #[test]
    fn a_recovery_code_is_used_up() {
        let codes = new_recovery_codes().unwrap();
        assert_eq!(codes.len(), 10);
        assert_eq!(codes[0].len(), 19);
        let kept: Vec<String> = codes.iter().map(|code| recovery_hash(code)).collect();
        let rest = use_recovery_code(&kept, &codes[3].to_uppercase().replace('-', " ")).unwrap();
        assert_eq!(rest.len(), 9);
        assert_eq!(use_recovery_code(&rest, &codes[3]), None);
        assert_eq!(use_recovery_code(&rest, ""), None);
    }

    #[test]
    fn secrets_differ_and_make_a_picture() {
        let secret = new_secret().unwrap();
        assert_eq!(secret.len(), 32);
        assert_ne!(secret, new_secret().unwrap());
        assert_eq!(grouped("ABCDEFGHIJ"), "ABCD EFGH IJ");
        let address = address(&secret, "k.sato@example.co.jp");
        assert!(address.contains("mamori:k.sato%40example.co.jp?secret="));
        assert!(qr_svg(&address, "QR").unwrap().starts_with("<svg width=\"224\""));
    }
}
