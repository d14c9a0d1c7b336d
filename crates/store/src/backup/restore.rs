//! Restoring a backup into an empty place.

use std::io::{BufRead, BufReader};
use std::path::Path;

use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Words;

use super::link::Link;
use super::manifest::{Manifest, TableMark, args_of};
use super::read::{Archive, verify_backup};
use super::told;
use crate::arg::Arg;
use crate::db::{Db, DbConfig, Engine};
use crate::files::{MAX_FILE, sha256};
use crate::migrate::{self, Step};
use crate::{change_log, secrets};

/// Values bound to one statement; SQLite takes 32,766, PostgreSQL 65,535.
const MAX_ARGS: usize = 20_000;

/// What a restore brought.
pub struct Restored {
    /// The database, open.
    pub db: Db,
    /// What the backup said of itself.
    pub manifest: Manifest,
    /// Migrations that this program added to the backup's schema.
    pub newer_steps: usize,
}

/// Restores a backup into an empty folder (and an empty PostgreSQL schema, if `config` names one).
///
/// The backup is verified first; then the schema of its time is built, the rows are loaded in one transaction, files and key are
/// written, newer migrations run, `reindex` builds the search index, and counts and chains are compared with the manifest.
///
/// # Errors
/// [`Error::Refused`] when the backup is not whole, was made by a newer program, or the target is not empty; database and disk faults.
pub async fn restore<F>(
    path: &Path,
    config: &DbConfig,
    passphrase: Option<&str>,
    area_steps: &[Step],
    now: jiff::Timestamp,
    reindex: F,
) -> Result<Restored>
where
    F: AsyncFnOnce(&Db) -> Result<()>,
{
    let checked = verify_backup(path, passphrase)?;
    if let Some(fault) = checked.faults.first() {
        return Err(refused(
            format!("バックアップが壊れているため、復元しませんでした。（{fault}）"),
            format!("The backup is not whole, so nothing was restored. ({fault})"),
        ));
    }
    let steps = steps_of(&checked.manifest, area_steps)?;
    folder_is_empty(&config.data_dir)?;
    let mut archive = Archive::open(path, passphrase)?;
    let db = Db::open(config).await?;
    schema_is_empty(&db).await?;
    migrate::run_exactly(&db, &steps, now).await?;
    load(&db, &mut archive).await?;
    write_files(&db, &mut archive).await?;
    let newer_steps = migrate::run(&db, area_steps, now).await?.len();
    reindex(&db).await?;
    compare(&db, &checked.manifest).await?;
    Ok(Restored { db, manifest: checked.manifest, newer_steps })
}

fn refused(ja: impl Into<String>, en: impl Into<String>) -> Error {
    Error::Refused(Words::owned(ja, en))
}

/// The steps of the backup, as this program knows them.
fn steps_of(manifest: &Manifest, area_steps: &[Step]) -> Result<Vec<Step>> {
    let mut known = migrate::own_steps();
    known.extend_from_slice(area_steps);
    for mark in &manifest.steps {
        let same = known
            .iter()
            .any(|step| step.owner == mark.owner && step.number == mark.number && sha256(step.sql.as_bytes()) == mark.sha256);
        if !same {
            return Err(refused(
                format!(
                    "このバックアップの表の形（{} {}）を、このmamoriは知りません。同じか新しいmamoriで復元してください。",
                    mark.owner, mark.number
                ),
                format!(
                    "This mamori does not know the schema of the backup ({} {}). Please restore with that version or a later one.",
                    mark.owner, mark.number
                ),
            ));
        }
    }
    known.retain(|step| manifest.steps.iter().any(|mark| step.owner == mark.owner && step.number == mark.number));
    Ok(known)
}

fn folder_is_empty(folder: &Path) -> Result<()> {
    let names = [crate::db::SQLITE_FILE, secrets::KEY_FILE];
    let files = std::fs::read_dir(folder.join("files")).is_ok_and(|mut entries| entries.next().is_some());
    if files || names.iter().any(|name| folder.join(name).exists()) {
        return Err(refused(
            format!("{} にはすでにデータがあります。空のフォルダーを指定してください。", folder.display()),
            format!("{} holds data already. Please give an empty folder.", folder.display()),
        ));
    }
    Ok(())
}

async fn schema_is_empty(db: &Db) -> Result<()> {
    if db.engine() == Engine::Sqlite {
        return Ok(());
    }
    let mut link = Link::reading(db).await?;
    let rows = link
        .rows("select count(*) as n from information_schema.tables where table_schema = current_schema() and table_name = 'schema_step'", Vec::new())
        .await?;
    match rows.first() {
        Some(row) if row.get::<i64>("n")? > 0 => Err(refused(
            "復元先のデータベースにはすでにmamoriの表があります。空のデータベースを指定してください。",
            "The target database already holds tables of mamori. Please give an empty database.",
        )),
        _ => Ok(()),
    }
}

async fn load(db: &Db, archive: &mut Archive) -> Result<()> {
    let mut link = Link::writing(db).await?;
    let constraints = defer(&mut link).await?;
    for table in archive.manifest.tables.clone() {
        load_table(&mut link, archive, &table).await?;
    }
    settle(&mut link, &constraints).await?;
    link.commit().await
}

/// References may point ahead while rows are loaded; they are all checked before the transaction ends.
async fn defer(link: &mut Link) -> Result<Vec<(String, String)>> {
    if link.engine() == Engine::Sqlite {
        link.script("pragma defer_foreign_keys = on").await?;
        return Ok(Vec::new());
    }
    let rows = link
        .rows(
            "select conrelid::regclass::text as place, format('%I', conname) as name from pg_constraint \
             where contype = 'f' and connamespace = current_schema()::regnamespace",
            Vec::new(),
        )
        .await?;
    let mut constraints = Vec::with_capacity(rows.len());
    for row in &rows {
        let (place, name): (String, String) = (row.get("place")?, row.get("name")?);
        link.script(&format!("alter table {place} alter constraint {name} deferrable initially deferred")).await?;
        constraints.push((place, name));
    }
    Ok(constraints)
}

async fn settle(link: &mut Link, constraints: &[(String, String)]) -> Result<()> {
    if link.engine() == Engine::Postgres {
        link.script("set constraints all immediate").await?;
        for (place, name) in constraints {
            link.script(&format!("alter table {place} alter constraint {name} not deferrable")).await?;
        }
    }
    Ok(())
}

async fn load_table(link: &mut Link, archive: &mut Archive, table: &TableMark) -> Result<()> {
    let name = format!("tables/{}.jsonl", table.name);
    let columns: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    let width = columns.len().max(1);
    let head = format!("insert into {} ({}) values ", table.name, columns.join(", "));
    let per_statement = (MAX_ARGS / width).clamp(1, 500);
    let mut reader = BufReader::new(archive.entry(&name)?);
    let mut line = String::new();
    loop {
        let (mut args, mut rows): (Vec<Arg>, usize) = (Vec::new(), 0);
        while rows < per_statement {
            line.clear();
            if reader.read_line(&mut line).map_err(|error| Error::Internal(format!("{name}: {error}")))? == 0 {
                break;
            }
            args.extend(args_of(&line, &table.columns)?);
            rows += 1;
        }
        if rows == 0 {
            return Ok(());
        }
        let groups: Vec<String> = (0..rows)
            .map(|row| {
                let marks: Vec<String> = (0..width).map(|column| format!("${}", row * width + column + 1)).collect();
                format!("({})", marks.join(", "))
            })
            .collect();
        link.exec(&format!("{head}{}", groups.join(", ")), args).await?;
    }
}

async fn write_files(db: &Db, archive: &mut Archive) -> Result<()> {
    for file in archive.manifest.files.clone() {
        let bytes = archive.bytes(&format!("files/{}", file.hash), MAX_FILE as u64 + 1)?;
        let hash = db.put_file(bytes).await?;
        if hash != file.hash {
            return Err(Error::Internal(format!("files/{}: the content does not match its hash", file.hash)));
        }
    }
    if archive.manifest.key {
        let key = archive.bytes(secrets::KEY_FILE, 4096)?;
        let path = db.data_dir().join(secrets::KEY_FILE);
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&path).map_err(|error| told(&path, &error))?;
        std::io::Write::write_all(&mut file, &key).and_then(|()| file.sync_all()).map_err(|error| told(&path, &error))?;
    }
    Ok(())
}

/// What lies in the database now is what the manifest promised. Newer migrations may have added rows, never taken some away.
async fn compare(db: &Db, manifest: &Manifest) -> Result<()> {
    let mut link = Link::reading(db).await?;
    for table in &manifest.tables {
        let rows = link.rows(&format!("select count(*) as n from {}", table.name), Vec::new()).await?;
        let n = rows.first().map_or(Ok(0), |row| row.get::<i64>("n"))?;
        if n < table.rows {
            return Err(Error::Internal(format!("{}: {n} rows restored of {}", table.name, table.rows)));
        }
    }
    drop(link);
    for chain in change_log::verify_all(db).await? {
        if let Some((entry, reason)) = chain.broken {
            return Err(Error::Internal(format!("change log of {}: entry {entry} {reason}", chain.company_id)));
        }
    }
    Ok(())
}
