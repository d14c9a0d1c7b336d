//! `import`, `export`, `report`, `verify`.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::{Lang, Words};
use mamori_ledger::export::{self, Format};
use mamori_ledger::import;
use mamori_ledger::query::ListQuery;
use mamori_ledger::shape::Shape;
use mamori_store::files::verify_files;
use mamori_store::verify_all;

use super::{BAD_INPUT, NOT_WHOLE, Outcome, Place, open};
use crate::compose::{self, ReportFormat, ReportKind};

fn told(path: &Path, error: &std::io::Error) -> Error {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Error::StorageFull,
        _ => Error::Refused(Words::owned(
            format!("{} を扱えません。場所と権限を確認してください。（{error}）", path.display()),
            format!("{} cannot be used. Please check the place and its permissions. ({error})", path.display()),
        )),
    }
}

/// Beside first, then renamed: a full disk leaves no half file under the name.
fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let kept = std::fs::write(&part, bytes).and_then(|()| std::fs::rename(&part, path));
    kept.map_err(|error| {
        let _ = std::fs::remove_file(&part);
        told(path, &error)
    })
}

/// ファイル（xlsx, xls, csv）を台帳に取り込みます。直すところが1行でもあれば、何も書き込まず、その行を示して終了コード2で終わります。 / Imports a file into a ledger; with any wrong row nothing is written.
#[derive(Args)]
pub(super) struct Import {
    #[command(flatten)]
    place: Place,
    /// 台帳のコード / Code of the ledger
    #[arg(long, value_name = "LEDGER")]
    ledger: String,
    /// 会社コード（会社が1つなら省略可） / Code of the company
    #[arg(long, value_name = "CODE")]
    company: Option<String>,
    /// 書き込まず、どうなるかだけを示します / Only tells what would happen
    #[arg(long)]
    dry_run: bool,
    /// 取り込むファイル / File to import
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Larger files are refused before they are read.
const MAX_IMPORT: u64 = 50 * 1024 * 1024;

impl Import {
    pub(super) async fn run(self, lang: Lang) -> Outcome {
        let size = std::fs::metadata(&self.file).map_err(|error| told(&self.file, &error))?.len();
        if size > MAX_IMPORT {
            return Err(Error::TooLarge(Words::new(
                "ファイルが大きすぎます。50MBまでのファイルに分けてください。",
                "The file is too large. Please split it into files of up to 50 MB.",
            )));
        }
        let bytes = std::fs::read(&self.file).map_err(|error| told(&self.file, &error))?;
        let app = self.place.open().await?;
        let def = open::ledger(&app, &self.ledger)?;
        let actor = open::actor(&open::company(&app, self.company.as_deref()).await?, lang);
        let name = self.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let outcome = import::run(&app, actor, &def, &bytes, &name, self.dry_run).await?;
        for problem in &outcome.problems {
            eprintln!("{}", problem.line(lang));
        }
        let counts = &outcome.summary;
        println!("created={} changed={} unchanged={} wrong={}", counts.created, counts.changed, counts.unchanged, counts.wrong);
        app.db.close().await;
        Ok(if outcome.problems.is_empty() { 0 } else { BAD_INPUT })
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    /// Excel
    Xlsx,
    /// CSV
    Csv,
}

#[derive(Clone, Copy, ValueEnum)]
enum Encoding {
    /// UTF-8（BOM付き） / UTF-8 with BOM
    #[value(name = "utf-8")]
    Utf8,
    /// CP932（Shift_JIS）
    #[value(name = "cp932")]
    Cp932,
}

/// 台帳をファイルに書き出します。そのまま取り込み直せます。 / Exports a ledger; the file can be imported again.
#[derive(Args)]
pub(super) struct Export {
    #[command(flatten)]
    place: Place,
    /// 台帳のコード / Code of the ledger
    #[arg(long, value_name = "LEDGER")]
    ledger: String,
    /// 会社コード（会社が1つなら省略可） / Code of the company
    #[arg(long, value_name = "CODE")]
    company: Option<String>,
    /// 形式 / Format
    #[arg(long, value_enum)]
    format: Kind,
    /// CSVの文字コード / Encoding of CSV
    #[arg(long, value_enum, default_value = "utf-8")]
    encoding: Encoding,
    /// 書き出すファイル / File to write
    #[arg(long, value_name = "FILE")]
    output: PathBuf,
}

impl Export {
    pub(super) async fn run(self, lang: Lang) -> Outcome {
        let format = match (self.format, self.encoding) {
            (Kind::Xlsx, _) => Format::Xlsx,
            (Kind::Csv, Encoding::Utf8) => Format::CsvUtf8,
            (Kind::Csv, Encoding::Cp932) => Format::CsvCp932,
        };
        let app = self.place.open().await?;
        let def = open::ledger(&app, &self.ledger)?;
        let actor = open::actor(&open::company(&app, self.company.as_deref()).await?, lang);
        let mut view = app.db.view(actor).await?;
        let shape = Shape::load(&def, &mut view).await?;
        let bytes = export::file(&app.registry, &mut view, &shape, &ListQuery::default(), format, lang).await?;
        drop(view);
        write(&self.output, &bytes)?;
        app.db.close().await;
        println!("{}", self.output.display());
        Ok(0)
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum ReportName {
    /// 情報資産リスク報告書（PDF、拡張子が .xlsx ならIPAの様式のブック） / Asset risk report
    AssetRisk,
    /// リスクアセスメント報告書（PDF、Word、Excel） / Risk assessment report
    RiskAssessment,
    /// リスク対応計画書（PDF、Word、Excel） / Risk treatment plan
    TreatmentPlan,
    /// 残留リスク一覧と受容記録（PDF、Word、Excel） / Residual risks and acceptances
    ResidualRisks,
}

impl ReportName {
    fn kind(self) -> ReportKind {
        match self {
            ReportName::AssetRisk => ReportKind::AssetRisk,
            ReportName::RiskAssessment => ReportKind::Assessment,
            ReportName::TreatmentPlan => ReportKind::Plan,
            ReportName::ResidualRisks => ReportKind::Residual,
        }
    }
}

/// 報告書を作ります。 / Makes a report.
#[derive(Args)]
pub(super) struct Report {
    #[command(flatten)]
    place: Place,
    /// 報告書の種類 / Which report
    #[arg(long, value_enum)]
    report: ReportName,
    /// 会社コード（会社が1つなら省略可） / Code of the company
    #[arg(long, value_name = "CODE")]
    company: Option<String>,
    /// 書き出すファイル。拡張子 .pdf、.docx、.xlsx で形式が決まります / File to write; its ending decides the format
    #[arg(long, value_name = "FILE")]
    output: PathBuf,
}

/// The format of a file's ending; a file without one becomes a PDF.
fn format(output: &Path) -> Result<ReportFormat> {
    let Some(ending) = output.extension() else { return Ok(ReportFormat::Pdf) };
    let ending = ending.to_string_lossy();
    ReportFormat::of_ending(&ending).ok_or_else(|| {
        Error::Refused(Words::owned(
            format!("拡張子「.{ending}」の報告書は作れません。.pdf、.docx、.xlsx のどれかにしてください。"),
            format!("A report cannot end in “.{ending}”. Use .pdf, .docx or .xlsx."),
        ))
    })
}

impl Report {
    pub(super) async fn run(self, lang: Lang) -> Outcome {
        let format = format(&self.output)?;
        let app = self.place.open().await?;
        let actor = open::actor(&open::company(&app, self.company.as_deref()).await?, lang);
        let bytes = compose::risk_report(&app, actor, self.report.kind(), format).await?;
        write(&self.output, &bytes)?;
        app.db.close().await;
        println!("{}", self.output.display());
        Ok(0)
    }
}

/// 変更履歴が最初からつながっているか、添付ファイルが登録時のままかを調べます。 / Walks the change log of every company and checks every attached file.
#[derive(Args)]
pub(super) struct Verify {
    #[command(flatten)]
    place: Place,
}

impl Verify {
    pub(super) async fn run(self, lang: Lang) -> Outcome {
        let app = self.place.open().await?;
        let names = compose::companies(&app.db).await?;
        let mut whole = true;
        for chain in verify_all(&app.db).await? {
            let name = names.iter().find(|(id, _, _)| *id == chain.company_id).map_or("?", |(_, code, _)| code.as_str());
            match chain.broken {
                None => println!("ok      {name}: {} {}", chain.entries, lang.pick("件の変更履歴", "change-log entries")),
                Some((entry, reason)) => {
                    whole = false;
                    println!("BROKEN  {name}: {} {entry}: {reason}", lang.pick("変更履歴", "change-log entry"));
                }
            }
        }
        let files = verify_files(&app.db).await?;
        for (hash, error) in &files.broken {
            whole = false;
            println!("BROKEN  {} {hash}: {error}", lang.pick("添付ファイル", "attached file"));
        }
        println!("ok      {} {}", files.sound, lang.pick("個の添付ファイル", "attached files"));
        app.db.close().await;
        Ok(if whole { 0 } else { NOT_WHOLE })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_ending_decides_the_format() {
        let of = |name: &str| format(Path::new(name));
        assert_eq!(of("r.PDF").unwrap(), ReportFormat::Pdf);
        assert_eq!(of("a/b.docx").unwrap(), ReportFormat::Docx);
        assert_eq!(of("r.xlsx").unwrap(), ReportFormat::Xlsx);
        assert_eq!(of("r").unwrap(), ReportFormat::Pdf);
        assert!(matches!(of("r.doc"), Err(Error::Refused(words)) if words.ja.contains("「.doc」")));
    }
}
