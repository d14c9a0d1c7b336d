//! Secrets at rest: a key in the data folder (or the environment) and XChaCha20-Poly1305 around each secret column.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use mamori_kernel::error::{Error, Result};

/// Name of the key file in the data folder.
pub const KEY_FILE: &str = "secret.key";

/// Encrypts and decrypts secret columns.
#[derive(Clone)]
pub struct Vault {
    cipher: XChaCha20Poly1305,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(…)")
    }
}

/// Fills with random bytes of the operating system.
///
/// # Errors
/// [`Error::Internal`] when the system has none.
pub fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0_u8; N];
    getrandom::fill(&mut bytes).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(bytes)
}

impl Vault {
    /// Reads the key from the folder; makes one on the first start, readable by the owner only.
    ///
    /// # Errors
    /// [`Error::Internal`] when the file cannot be read or written or holds no key.
    pub fn open(data_dir: &Path) -> Result<Vault> {
        let path = data_dir.join(KEY_FILE);
        let told = |what: &dyn std::fmt::Display| Error::Internal(format!("{}: {what}", path.display()));
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let text = BASE64.encode(random::<32>()?);
                let mut options = std::fs::OpenOptions::new();
                options.write(true).create_new(true);
                #[cfg(unix)]
                std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
                let mut file = options.open(&path).map_err(|error| told(&error))?;
                std::io::Write::write_all(&mut file, text.as_bytes()).map_err(|error| told(&error))?;
                text
            }
            Err(error) => return Err(told(&error)),
        };
        let bytes = BASE64.decode(text.trim()).map_err(|error| told(&error))?;
        let bytes: [u8; 32] = bytes.try_into().map_err(|_| told(&"not a key of 32 bytes"))?;
        Ok(Vault { cipher: XChaCha20Poly1305::new(&Key::from(bytes)) })
    }

    /// Encrypts a secret to text for a column.
    ///
    /// # Errors
    /// [`Error::Internal`] when no random bytes are to be had.
    pub fn seal(&self, secret: &str) -> Result<String> {
        let nonce = random::<24>()?;
        let sealed = self
            .cipher
            .encrypt(&XNonce::from(nonce), secret.as_bytes())
            .map_err(|_| Error::Internal("sealing failed".to_owned()))?;
        let mut all = nonce.to_vec();
        all.extend(sealed);
        Ok(BASE64.encode(all))
    }

    /// Decrypts a column.
    ///
    /// # Errors
    /// [`Error::Internal`] when the text was changed or another key sealed it.
    pub fn open_text(&self, sealed: &str) -> Result<String> {
        let broken = || Error::Internal("a secret cannot be opened with this installation's key".to_owned());
        let all = BASE64.decode(sealed).map_err(|_| broken())?;
        let (nonce, body) = all.split_at_checked(24).ok_or_else(broken)?;
        let nonce: [u8; 24] = nonce.try_into().map_err(|_| broken())?;
        let plain = self.cipher.decrypt(&XNonce::from(nonce), body).map_err(|_| broken())?;
        String::from_utf8(plain).map_err(|_| broken())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_secret_opens_with_its_own_key_only() {
        let (a, b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let vault = Vault::open(a.path()).unwrap();
        let sealed = vault.seal("JBSWY3DPEHPK3PXP").unwrap();
        assert!(!sealed.contains("JBSW"));
        assert_eq!(Vault::open(a.path()).unwrap().open_text(&sealed).unwrap(), "JBSWY3DPEHPK3PXP");
        assert!(Vault::open(b.path()).unwrap().open_text(&sealed).is_err());
    }
}
