//! Attached files: kept by the hash of their content, size-limited, never executed.

use std::path::PathBuf;

use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Words;
use sha2::{Digest, Sha256};

use crate::args;
use crate::db::Db;

/// The largest attachment, in bytes.
pub const MAX_FILE: usize = 50 * 1024 * 1024;

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The SHA-256 of some bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn disk(error: std::io::Error) -> Error {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Error::StorageFull,
        std::io::ErrorKind::NotFound => Error::NotFound,
        _ => Error::Internal(format!("file store: {error}")),
    }
}

impl Db {
    fn file_path(&self, hash: &str) -> Result<PathBuf> {
        let plain = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
        let (Some(folder), true) = (hash.get(..2), plain) else {
            return Err(Error::NotFound);
        };
        Ok(self.data_dir().join("files").join(folder).join(hash))
    }

    /// Keeps a file and returns its hash. The same content is kept once. Written beside and renamed, so a crash leaves no half file.
    ///
    /// # Errors
    /// [`Error::TooLarge`] over [`MAX_FILE`]; [`Error::StorageFull`] when the disk is full.
    pub async fn put_file(&self, bytes: Vec<u8>) -> Result<String> {
        if bytes.len() > MAX_FILE {
            return Err(Error::TooLarge(Words::new(
                "ファイルが大きすぎます。50MBまでのファイルを選んでください。",
                "The file is too large. Please choose a file of up to 50 MB.",
            )));
        }
        let hash = sha256(&bytes);
        let path = self.file_path(&hash)?;
        let written = tokio::task::spawn_blocking(move || -> std::io::Result<()> {
            if path.exists() {
                return Ok(());
            }
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)?;
            }
            let beside = path.with_extension(format!("part-{}", mamori_kernel::id::new()));
            let mut file = std::fs::File::create(&beside)?;
            let kept = std::io::Write::write_all(&mut file, &bytes).and_then(|()| file.sync_all());
            if let Err(error) = kept {
                let _ = std::fs::remove_file(&beside);
                return Err(error);
            }
            std::fs::rename(&beside, &path)
        })
        .await
        .map_err(|error| Error::Internal(error.to_string()))?;
        written.map_err(disk)?;
        Ok(hash)
    }

    /// Reads a kept file.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is not there; [`Error::Internal`] when its content no longer matches its hash.
    pub async fn get_file(&self, hash: &str) -> Result<Vec<u8>> {
        let bytes = tokio::fs::read(self.file_path(hash)?).await.map_err(disk)?;
        if sha256(&bytes) != hash {
            return Err(Error::Internal(format!("file {hash} was changed on disk")));
        }
        Ok(bytes)
    }
}

/// What a look at all attached files found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilesChecked {
    /// Files that are as they were when they were attached.
    pub sound: usize,
    /// Files that are missing or altered: hash and what is wrong.
    pub broken: Vec<(String, Error)>,
}

/// Reads every file that an attachment of any company names and compares it with its hash.
///
/// # Errors
/// [`Error::Unavailable`] when the database is away; a broken file is no error but part of the answer.
pub async fn verify_files(db: &Db) -> Result<FilesChecked> {
    let hashes: Vec<String> = {
        let mut system = db.system_view().await?;
        let rows = system.rows("select distinct hash from attachment where removed_at = $1 order by hash", args![""]).await?;
        rows.iter().map(|row| row.get("hash")).collect::<Result<_>>()?
    };
    let mut checked = FilesChecked::default();
    for hash in hashes {
        match db.get_file(&hash).await {
            Ok(_) => checked.sound += 1,
            Err(error) => checked.broken.push((hash, error)),
        }
    }
    Ok(checked)
}
