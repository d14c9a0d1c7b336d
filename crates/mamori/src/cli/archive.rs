//! `backup` and `restore`.

use std::path::PathBuf;

use clap::Args;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::id;
use mamori_kernel::lang::{Lang, Words};
use mamori_kernel::time;
use mamori_ledger::web::Clock;
use mamori_store::{Db, DbConfig, backup};

use super::{NOT_WHOLE, Outcome, Place};
use crate::compose;

/// Where a passphrase comes from. Never from an argument: others on the machine could read it.
#[derive(Args)]
struct Secret {
    /// パスフレーズを書いたファイル（1行目）。環境変数 MAMORI_BACKUP_PASSPHRASE でも指定できます / File with the passphrase in its first line
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

impl Secret {
    fn read(&self) -> Result<Option<String>> {
        let text = match &self.passphrase_file {
            Some(path) => std::fs::read_to_string(path).map_err(|error| {
                Error::Refused(Words::owned(format!("{}: {error}", path.display()), format!("{}: {error}", path.display())))
            })?,
            None => std::env::var("MAMORI_BACKUP_PASSPHRASE").unwrap_or_default(),
        };
        let line = text.lines().next().unwrap_or_default().trim();
        if line.is_empty() && self.passphrase_file.is_some() {
            return Err(Error::Refused(Words::new("パスフレーズのファイルが空です。", "The passphrase file is empty.")));
        }
        Ok((!line.is_empty()).then(|| line.to_owned()))
    }
}

/// すべて（台帳・履歴・添付ファイル・鍵）を1つのファイルにします。動いている間もそのまま取れます。中身はデータと同じだけ秘密です。外に出すものは、パスフレーズで暗号化してください。 / Puts everything into one file while the program runs; it is as secret as the data.
#[derive(Args)]
pub(super) struct Backup {
    #[command(flatten)]
    place: Place,
    /// 書き出すファイル（省略時はデータフォルダーの backups） / File to write
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    secret: Secret,
}

impl Backup {
    pub(super) async fn run(self, lang: Lang) -> Outcome {
        let secret = self.secret.read()?;
        let app = self.place.open().await?;
        let now = app.clock.now();
        let output = self.output.unwrap_or_else(|| {
            let ending = if secret.is_some() { "mamori.age" } else { "mamori" };
            self.place.data.join("backups").join(format!("mamori-{}.{ending}", time::local(now).strftime("%Y%m%d-%H%M%S")))
        });
        let summary = backup::backup(&app.db, &output, secret.as_deref(), now).await?;
        let checked = backup::verify_backup(&output, secret.as_deref())?;
        if checked.is_whole() {
            backup::mark_verified(&app.db, &summary.id, app.clock.now()).await?;
        }
        app.db.close().await;
        println!("{}", output.display());
        println!(
            "rows={} files={} bytes={} encrypted={} sha256={}",
            summary.rows, summary.files, summary.size, summary.encrypted, summary.sha256
        );
        report(&checked.faults);
        if !summary.encrypted {
            eprintln!(
                "{}",
                lang.pick(
                    "注意：暗号化していません。このファイルには全データと鍵が入っています。",
                    "Note: not encrypted. This file holds all data and the key."
                )
            );
        }
        Ok(if checked.is_whole() { 0 } else { NOT_WHOLE })
    }
}

fn report(faults: &[String]) {
    for fault in faults {
        eprintln!("BROKEN  {fault}");
    }
}

/// バックアップを空のフォルダー（またはPostgreSQL）に復元します。--verify では、別の場所に試しに復元し、件数と変更履歴のつながりまで確かめて消します。 / Restores into an empty place; --verify restores into a temporary place, compares everything and removes it.
#[derive(Args)]
pub(super) struct Restore {
    #[command(flatten)]
    place: Place,
    /// 復元せず、使えるバックアップかどうかを確かめます / Only proves that the backup is good
    #[arg(long)]
    verify: bool,
    #[command(flatten)]
    secret: Secret,
    /// バックアップファイル / Backup file
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Restore {
    pub(super) async fn run(self, lang: Lang) -> Outcome {
        let secret = self.secret.read()?;
        let checked = backup::verify_backup(&self.file, secret.as_deref())?;
        if !checked.is_whole() {
            report(&checked.faults);
            return Ok(NOT_WHOLE);
        }
        if self.verify {
            let trial = std::env::temp_dir().join(format!("mamori-verify-{}", id::new()));
            let outcome = self.restore_into(&DbConfig::folder(&trial), secret.as_deref()).await;
            let removed = std::fs::remove_dir_all(&trial);
            if let Err(error) = removed {
                tracing::warn!(%error, folder = %trial.display(), "the trial restore could not be removed");
            }
            outcome?;
            println!("{}", lang.pick("このバックアップは復元できます。", "This backup can be restored."));
        } else {
            self.restore_into(&self.place.config(), secret.as_deref()).await?;
            println!("{}", lang.pick("復元しました：", "Restored: ").to_owned() + &self.place.data.display().to_string());
        }
        let manifest = &checked.manifest;
        println!(
            "created={} program={} rows={} files={} companies={}",
            manifest.created_at,
            manifest.program,
            manifest.rows(),
            manifest.files.len(),
            manifest.chains.len()
        );
        Ok(0)
    }

    async fn restore_into(&self, target: &DbConfig, secret: Option<&str>) -> Result<()> {
        let (registry, _, _) = compose::registry()?;
        let now = Clock::System.now();
        let steps = registry.migrations.clone();
        let restored =
            backup::restore(&self.file, target, secret, &steps, now, async |db: &Db| compose::reindex(db, &registry, now).await)
                .await?;
        restored.db.close().await;
        Ok(())
    }
}
