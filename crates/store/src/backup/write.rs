//! Writing a backup: the database is read here, a thread of its own compresses, encrypts and writes.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use mamori_kernel::error::{Error, Result};
use mamori_kernel::id;
use sha2::{Digest, Sha256};
use tokio::sync::mpsc;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::link::Link;
use super::manifest::{ChainMark, FileMark, Manifest, TableMark, line};
use super::{schema, told};
use crate::db::{Db, Engine};
use crate::dialect::instant;
use crate::files::hex;
use crate::{args, secrets};

/// What came of a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Id in `backup_record`.
    pub id: String,
    /// The file.
    pub file: PathBuf,
    /// Its bytes.
    pub size: u64,
    /// Its SHA-256.
    pub sha256: String,
    /// Rows of all tables.
    pub rows: i64,
    /// Attached files.
    pub files: usize,
    /// Encrypted with a passphrase.
    pub encrypted: bool,
}

/// Writes a backup to `out` (which must not exist yet) and notes it in `backup_record`. The file appears under its name only when
/// it is complete. `passphrase` encrypts it.
///
/// # Errors
/// [`Error::Refused`] when the file exists; [`Error::StorageFull`]; [`Error::Internal`] with the file's name for other faults.
pub async fn backup(db: &Db, out: &Path, passphrase: Option<&str>, now: jiff::Timestamp) -> Result<Summary> {
    if out.exists() {
        return Err(Error::Refused(mamori_kernel::lang::Words::owned(
            format!("{} はすでにあります。別の名前を指定してください。", out.display()),
            format!("{} exists already. Please give another name.", out.display()),
        )));
    }
    let mut part = out.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let (send, receive) = mpsc::channel(16);
    let thread = {
        let (part, secret) = (part.clone(), passphrase.map(str::to_owned));
        tokio::task::spawn_blocking(move || write_archive(receive, &part, secret))
    };
    let read = read_all(db, &send, now).await;
    drop(send);
    let written = thread.await.map_err(|error| Error::Internal(error.to_string()))?;
    let outcome = match (written, read) {
        // The writer's fault comes first: the reader then only noticed that nobody listens any more.
        (Err(error), _) => Err(told(&part, &error)),
        (_, Err(error)) => Err(error),
        (Ok(None), Ok(_)) => Err(Error::Internal("the backup was given up".to_owned())),
        (Ok(Some(written)), Ok(manifest)) => Ok((manifest, written)),
    };
    let (manifest, (size, sha256)) = match outcome {
        Ok(done) => done,
        Err(error) => {
            let _ = std::fs::remove_file(&part);
            return Err(error);
        }
    };
    std::fs::rename(&part, out).map_err(|error| told(out, &error))?;
    let summary = Summary {
        id: id::new(),
        file: out.to_owned(),
        size,
        sha256,
        rows: manifest.rows(),
        files: manifest.files.len(),
        encrypted: passphrase.is_some(),
    };
    note(db, &summary, now).await?;
    Ok(summary)
}

async fn note(db: &Db, summary: &Summary, now: jiff::Timestamp) -> Result<()> {
    let mut system = db.system().await?;
    let size = i64::try_from(summary.size).unwrap_or(i64::MAX);
    system
        .exec(
            "insert into backup_record (id, at, file, size, sha256, encrypted) values ($1, $2, $3, $4, $5, $6)",
            args![&summary.id, now, summary.file.display().to_string(), size, &summary.sha256, summary.encrypted],
        )
        .await?;
    Ok(())
}

/// Notes that a backup was verified.
///
/// # Errors
/// Database faults.
pub async fn mark_verified(db: &Db, backup_id: &str, now: jiff::Timestamp) -> Result<()> {
    let mut system = db.system().await?;
    system.exec("update backup_record set verified_at = $2 where id = $1", args![backup_id, now]).await?;
    Ok(())
}

enum Piece {
    /// The next entry of the archive begins.
    Entry(String),
    /// Content of the entry.
    Data(Vec<u8>),
    /// A whole entry out of a file.
    Copy(String, PathBuf),
    /// Nothing more follows; without it the archive is given up.
    End,
}

type Sender = mpsc::Sender<Piece>;

async fn put(send: &Sender, piece: Piece) -> Result<()> {
    send.send(piece).await.map_err(|_| Error::Internal("the backup file can no longer be written".to_owned()))
}

async fn read_all(db: &Db, send: &Sender, now: jiff::Timestamp) -> Result<Manifest> {
    let mut link = Link::reading(db).await?;
    let mut manifest = Manifest {
        format: super::FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        created_at: instant(now),
        engine: match link.engine() {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgres",
        }
        .to_owned(),
        steps: schema::steps(&mut link).await?,
        tables: Vec::new(),
        files: Vec::new(),
        chains: Vec::new(),
        key: false,
    };
    for table in schema::tables(&mut link).await? {
        put(send, Piece::Entry(format!("tables/{}.jsonl", table.name))).await?;
        let (mut rows, mut hasher) = (0_i64, Sha256::new());
        let mut cursor = schema::Cursor::new(&table);
        loop {
            let chunk = cursor.next(&mut link).await?;
            if chunk.is_empty() {
                break;
            }
            let mut text = String::new();
            for row in &chunk {
                text.push_str(&line(row, &table.columns)?);
                text.push('\n');
                rows += 1;
            }
            hasher.update(text.as_bytes());
            put(send, Piece::Data(text.into_bytes())).await?;
        }
        manifest.tables.push(TableMark { name: table.name, columns: table.columns, rows, sha256: hex(&hasher.finalize()) });
    }
    for row in link.rows("select company_id, seq, hash from change_head order by company_id", Vec::new()).await? {
        manifest.chains.push(ChainMark { company_id: row.get("company_id")?, seq: row.get("seq")?, hash: row.get("hash")? });
    }
    // Files are written before the rows that name them and never change, so what the rows of this picture name is there by now.
    for (hash, path) in stored_files(db.data_dir())? {
        let size = std::fs::metadata(&path).map_err(|error| told(&path, &error))?.len();
        put(send, Piece::Copy(format!("files/{hash}"), path)).await?;
        manifest.files.push(FileMark { hash, size });
    }
    let key = db.data_dir().join(secrets::KEY_FILE);
    if key.exists() {
        manifest.key = true;
        put(send, Piece::Copy(secrets::KEY_FILE.to_owned(), key)).await?;
    }
    let text = serde_json::to_vec_pretty(&manifest).map_err(|error| Error::Internal(error.to_string()))?;
    put(send, Piece::Entry("manifest.json".to_owned())).await?;
    put(send, Piece::Data(text)).await?;
    put(send, Piece::End).await?;
    Ok(manifest)
}

/// Complete files of the store, by hash; files in the making have another form of name.
fn stored_files(data_dir: &Path) -> Result<Vec<(String, PathBuf)>> {
    let root = data_dir.join("files");
    let mut found = Vec::new();
    let folders = match std::fs::read_dir(&root) {
        Ok(folders) => folders,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(found),
        Err(error) => return Err(told(&root, &error)),
    };
    for folder in folders {
        let folder = folder.map_err(|error| told(&root, &error))?.path();
        if !folder.is_dir() {
            continue;
        }
        for file in std::fs::read_dir(&folder).map_err(|error| told(&folder, &error))? {
            let path = file.map_err(|error| told(&folder, &error))?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
            if name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                found.push((name, path));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The file on disk; counts and hashes what goes in.
struct Counted {
    file: BufWriter<File>,
    hasher: Sha256,
    size: u64,
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.file.write(bytes)?;
        self.hasher.update(bytes.get(..n).unwrap_or_default());
        self.size += n as u64;
        Ok(n)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

enum Sink {
    Plain(Counted),
    Sealed(age::stream::StreamWriter<Counted>),
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Sink::Plain(inner) => inner.write(bytes),
            Sink::Sealed(inner) => inner.write(bytes),
        }
    }
    fn flush(&mut self) -> io::Result<()> {
        match self {
            Sink::Plain(inner) => inner.flush(),
            Sink::Sealed(inner) => inner.flush(),
        }
    }
}

fn write_archive(
    mut receive: mpsc::Receiver<Piece>,
    part: &Path,
    passphrase: Option<String>,
) -> io::Result<Option<(u64, String)>> {
    if let Some(folder) = part.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    // Holds the key: nobody else on the machine may read it.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let counted = Counted { file: BufWriter::new(options.open(part)?), hasher: Sha256::new(), size: 0 };
    let sink = match passphrase {
        None => Sink::Plain(counted),
        Some(secret) => {
            Sink::Sealed(age::Encryptor::with_user_passphrase(age::secrecy::SecretString::from(secret)).wrap_output(counted)?)
        }
    };
    let mut zip = ZipWriter::new_stream(sink);
    let deflated = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).large_file(true);
    loop {
        match receive.blocking_recv() {
            Some(Piece::Entry(name)) => zip.start_file(name, deflated)?,
            Some(Piece::Data(bytes)) => zip.write_all(&bytes)?,
            Some(Piece::Copy(name, path)) => {
                zip.start_file(name, deflated)?;
                io::copy(&mut File::open(path)?, &mut zip)?;
            }
            Some(Piece::End) => break,
            // The database could not be read to the end; the reader knows why.
            None => return Ok(None),
        }
    }
    let counted = match zip.finish()?.into_inner() {
        Sink::Plain(counted) => counted,
        Sink::Sealed(sealed) => sealed.finish()?,
    };
    let Counted { file, hasher, size } = counted;
    file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
    Ok(Some((size, hex(&hasher.finalize()))))
}
