//! Opening and verifying a backup.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Words;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use super::manifest::Manifest;
use super::told;
use crate::change_log::LogEntry;
use crate::files::hex;

/// The first bytes of the `age` format.
const AGE: &[u8] = b"age-encryption.org/v1";

pub(super) enum Source {
    Plain(BufReader<File>),
    Sealed(Box<age::stream::StreamReader<BufReader<File>>>),
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Source::Plain(inner) => inner.read(buffer),
            Source::Sealed(inner) => inner.read(buffer),
        }
    }
}

impl Seek for Source {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Source::Plain(inner) => inner.seek(to),
            Source::Sealed(inner) => inner.seek(to),
        }
    }
}

/// An open backup.
pub(super) struct Archive {
    zip: ZipArchive<Source>,
    pub(super) manifest: Manifest,
}

fn refused(ja: impl Into<String>, en: impl Into<String>) -> Error {
    Error::Refused(Words::owned(ja, en))
}

fn not_one(path: &Path, why: &dyn std::fmt::Display) -> Error {
    refused(
        format!("{} はmamoriのバックアップとして読めません。ファイルが壊れているか、別のファイルです。（{why}）", path.display()),
        format!("{} cannot be read as a mamori backup: it is damaged, or another kind of file. ({why})", path.display()),
    )
}

impl Archive {
    pub(super) fn open(path: &Path, passphrase: Option<&str>) -> Result<Archive> {
        let mut file = BufReader::new(File::open(path).map_err(|error| told(path, &error))?);
        let sealed = file.fill_buf().map_err(|error| told(path, &error))?.starts_with(AGE);
        let source = if sealed {
            let Some(secret) = passphrase else {
                return Err(refused(
                    "このバックアップは暗号化されています。パスフレーズを指定してください。",
                    "This backup is encrypted. Please give its passphrase.",
                ));
            };
            let identity = age::scrypt::Identity::new(age::secrecy::SecretString::from(secret.to_owned()));
            let decryptor = age::Decryptor::new(file).map_err(|error| not_one(path, &error))?;
            let opened = decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity)).map_err(|_| {
                refused(
                    "パスフレーズが違うため、バックアップを開けません。作成したときのパスフレーズを確認してください。",
                    "The backup does not open with this passphrase. Please check the one it was made with.",
                )
            })?;
            Source::Sealed(Box::new(opened))
        } else {
            Source::Plain(file)
        };
        let mut zip = ZipArchive::new(source).map_err(|error| not_one(path, &error))?;
        let mut text = String::new();
        zip.by_name("manifest.json")
            .map_err(|error| not_one(path, &error))?
            .take(64 * 1024 * 1024)
            .read_to_string(&mut text)
            .map_err(|error| not_one(path, &error))?;
        let manifest: Manifest = serde_json::from_str(&text).map_err(|error| not_one(path, &error))?;
        if manifest.format > super::FORMAT {
            return Err(refused(
                format!(
                    "このバックアップは新しいmamori（{}）で作られました。同じか新しいmamoriで開いてください。",
                    manifest.program
                ),
                format!(
                    "This backup was made by a newer mamori ({}). Please open it with that version or a later one.",
                    manifest.program
                ),
            ));
        }
        Ok(Archive { zip, manifest })
    }

    /// The content of an entry.
    pub(super) fn entry(&mut self, name: &str) -> Result<impl Read + '_> {
        self.zip.by_name(name).map_err(|error| Error::Internal(format!("{name}: {error}")))
    }

    /// An entry in memory; `limit` bytes at most.
    pub(super) fn bytes(&mut self, name: &str, limit: u64) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.entry(name)?.take(limit).read_to_end(&mut bytes).map_err(|error| Error::Internal(format!("{name}: {error}")))?;
        Ok(bytes)
    }
}

/// What the verification of a backup found.
#[derive(Clone, Debug)]
pub struct Checked {
    /// What the backup says of itself.
    pub manifest: Manifest,
    /// Everything that does not agree, in English for log and command line; empty when the backup is whole.
    pub faults: Vec<String>,
}

impl Checked {
    /// The backup can be relied upon.
    pub fn is_whole(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Proves that a backup opens and is whole: counts and hashes of every table, the change-log chain of every company recomputed
/// from the rows, the hash of every attached file, and that no attachment lacks its file.
///
/// # Errors
/// [`Error::Refused`] when it cannot be opened at all (not a backup, wrong passphrase, made by a newer program).
pub fn verify_backup(path: &Path, passphrase: Option<&str>) -> Result<Checked> {
    let mut archive = Archive::open(path, passphrase)?;
    let manifest = archive.manifest.clone();
    let mut faults = Vec::new();
    let mut chains = Chains::default();
    let mut named = BTreeSet::new();
    for table in &manifest.tables {
        let name = format!("tables/{}.jsonl", table.name);
        let walked = archive.entry(&name).and_then(|entry| {
            walk(entry, |row| match table.name.as_str() {
                "change_log" => chains.follow(row),
                "attachment" if text(row, "removed_at").is_empty() => {
                    named.insert(text(row, "hash").to_owned());
                }
                _ => {}
            })
        });
        match walked {
            Ok((rows, sha256)) if rows == table.rows && sha256 == table.sha256 => {}
            Ok((rows, _)) => faults.push(format!("{name}: {rows} rows do not agree with the manifest ({} rows)", table.rows)),
            Err(error) => faults.push(error.to_string()),
        }
    }
    faults.extend(chains.faults(&manifest));
    for file in &manifest.files {
        let name = format!("files/{}", file.hash);
        let hash = archive.entry(&name).and_then(|mut entry| {
            let mut hasher = Sha256::new();
            let mut buffer = vec![0_u8; 64 * 1024];
            loop {
                match entry.read(&mut buffer) {
                    Ok(0) => return Ok(hex(&hasher.finalize())),
                    Ok(n) => hasher.update(buffer.get(..n).unwrap_or_default()),
                    Err(error) => return Err(Error::Internal(format!("{name}: {error}"))),
                }
            }
        });
        match hash {
            Ok(hash) if hash == file.hash => {}
            Ok(_) => faults.push(format!("{name}: the content does not match its hash")),
            Err(error) => faults.push(error.to_string()),
        }
        named.remove(&file.hash);
    }
    faults.extend(named.into_iter().map(|hash| format!("files/{hash}: attached, but not in the backup")));
    Ok(Checked { manifest, faults })
}

/// Goes through the lines of a table; gives their number and hash.
fn walk(entry: impl Read, mut look: impl FnMut(&Json)) -> Result<(i64, String)> {
    let broken = |error: &dyn std::fmt::Display| Error::Internal(error.to_string());
    let mut reader = BufReader::new(entry);
    let (mut rows, mut hasher, mut line) = (0_i64, Sha256::new(), String::new());
    loop {
        line.clear();
        if reader.read_line(&mut line).map_err(|error| broken(&error))? == 0 {
            return Ok((rows, hex(&hasher.finalize())));
        }
        hasher.update(line.as_bytes());
        rows += 1;
        look(&serde_json::from_str(&line).map_err(|error| broken(&error))?);
    }
}

fn text<'a>(row: &'a Json, name: &str) -> &'a str {
    row.get(name).and_then(Json::as_str).unwrap_or_default()
}

/// Recomputes the chains of all companies in one pass.
#[derive(Default)]
struct Chains(BTreeMap<String, (i64, String, Option<String>)>);

impl Chains {
    fn follow(&mut self, row: &Json) {
        let company = text(row, "company_id").to_owned();
        let get = |name: &str| text(row, name).to_owned();
        let entry = LogEntry {
            seq: row.get("seq").and_then(Json::as_i64).unwrap_or_default(),
            at: get("at"),
            user_id: get("user_id"),
            actor: get("actor"),
            origin: get("origin"),
            action: get("action"),
            ledger: get("ledger"),
            row_id: get("row_id"),
            label: get("label"),
            diff: get("diff"),
            prev_hash: get("prev_hash"),
            hash: get("hash"),
        };
        let computed = entry.computed_hash(&company);
        let (seq, hash, fault) = self.0.entry(company).or_default();
        let whole = entry.seq == *seq + 1 && entry.prev_hash == *hash && computed == entry.hash;
        if !whole && fault.is_none() {
            *fault = Some(format!("entry {} does not fit the chain", entry.seq));
        }
        (*seq, *hash) = (entry.seq, entry.hash);
    }

    fn faults(mut self, manifest: &Manifest) -> Vec<String> {
        let mut faults = Vec::new();
        for mark in &manifest.chains {
            let (seq, hash, fault) = self.0.remove(&mark.company_id).unwrap_or_default();
            if let Some(fault) = fault {
                faults.push(format!("change log of {}: {fault}", mark.company_id));
            } else if seq != mark.seq || hash != mark.hash {
                faults.push(format!("change log of {}: ends at {seq}, its head says {}", mark.company_id, mark.seq));
            }
        }
        faults.extend(self.0.into_keys().map(|company| format!("change log of {company}: has no head")));
        faults
    }
}
