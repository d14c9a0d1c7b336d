//! The command line. Every command works on a data folder (or a PostgreSQL URL); messages come in the language of `--lang` or `LANG`.

mod admin;
mod archive;
mod data;
mod open;
mod server;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use mamori_kernel::error::Error;
use mamori_kernel::lang::Lang;

/// Exit code for a fault of the program or the machine.
pub const FAULT: u8 = 1;
/// Exit code for bad input: wrong rows, unknown names, wrong options.
pub const BAD_INPUT: u8 = 2;
/// Exit code when a verification found something that does not agree.
pub const NOT_WHOLE: u8 = 3;

const EXIT_CODES: &str = "終了コード / Exit codes:
  0  成功 / done
  1  プログラムまたは機械の問題 / fault of the program or the machine
  2  入力の問題（何も書き込まれません）/ bad input (nothing was written)
  3  検証で不一致が見つかった / a verification found something that does not agree";

/// 会社の情報セキュリティを、毎日の仕事に。 / Runs the information-security programme of a company.
#[derive(Parser)]
#[command(name = "mamori", version, after_help = EXIT_CODES, disable_help_subcommand = true)]
struct Cli {
    /// メッセージの言語（ja, en）。省略時は LANG、どちらもなければ ja / Language of messages
    #[arg(long, global = true, value_name = "LANG")]
    lang: Option<String>,
    #[command(subcommand)]
    command: Command,
}

/// Where the data lies.
#[derive(Args, Clone, Debug)]
pub(crate) struct Place {
    /// データフォルダー / Data folder
    #[arg(long, value_name = "DIR", default_value = "./mamori-data", env = "MAMORI_DATA")]
    pub(crate) data: std::path::PathBuf,
    /// PostgreSQLのURL。省略時はデータフォルダーのSQLite / URL of PostgreSQL; SQLite in the data folder without it
    #[arg(long, value_name = "URL", env = "MAMORI_DATABASE_URL", hide_env_values = true)]
    pub(crate) database: Option<String>,
}

#[derive(Subcommand)]
enum Command {
    /// 画面とAPIを提供します / Serves the pages and the API
    Serve(server::Serve),
    /// 空のフォルダーに見本の会社を作ります / Fills an empty folder with a sample company
    Demo(server::Demo),
    /// ファイル（xlsx, xls, csv）を台帳に取り込みます / Imports a file into a ledger
    Import(data::Import),
    /// 台帳をファイルに書き出します / Exports a ledger to a file
    Export(data::Export),
    /// 報告書を作ります / Makes a report
    Report(data::Report),
    /// 変更履歴の改ざんと添付ファイルの破損を調べます / Checks the change log and the attached files
    Verify(data::Verify),
    /// すべてを1つのファイルにバックアップします / Puts everything into one backup file
    Backup(archive::Backup),
    /// バックアップから復元、または --verify で検証します / Restores a backup, or proves it with --verify
    Restore(archive::Restore),
    /// 利用者アカウントを管理します / Manages user accounts
    #[command(subcommand)]
    User(admin::User),
    /// 会社を管理します / Manages companies
    #[command(subcommand)]
    Company(admin::Company),
    /// APIトークンを発行します / Issues an API token
    Token(admin::Token),
    /// データベースを最新の形にします / Brings the database to this program's state
    Migrate(admin::Migrate),
}

/// How a command ended.
pub(crate) type Outcome = Result<u8, Error>;

/// Reads the arguments, runs the command, says what went wrong.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { BAD_INPUT } else { 0 });
        }
    };
    let lang = language(cli.lang.as_deref());
    log_to_stderr();
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(workers()).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("mamori: {error}");
            return ExitCode::from(FAULT);
        }
    };
    let code = runtime.block_on(dispatch(cli.command, lang)).unwrap_or_else(|error| {
        complain(&error, lang);
        exit_code(&error)
    });
    ExitCode::from(code)
}

async fn dispatch(command: Command, lang: Lang) -> Outcome {
    match command {
        Command::Serve(serve) => serve.run(lang).await,
        Command::Demo(demo) => demo.run(lang).await,
        Command::Import(import) => import.run(lang).await,
        Command::Export(export) => export.run(lang).await,
        Command::Report(report) => report.run(lang).await,
        Command::Verify(verify) => verify.run(lang).await,
        Command::Backup(backup) => backup.run(lang).await,
        Command::Restore(restore) => restore.run(lang).await,
        Command::User(user) => user.run(lang).await,
        Command::Company(company) => company.run(lang).await,
        Command::Token(token) => token.run(lang).await,
        Command::Migrate(migrate) => migrate.run(lang).await,
    }
}

fn language(asked: Option<&str>) -> Lang {
    let system = || ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| Lang::parse(&std::env::var(name).ok()?));
    asked.and_then(Lang::parse).or_else(system).unwrap_or_default()
}

/// SQLite answers in the asking thread: more threads than the four reading and the one writing connection, so that pages which need none
/// of them never wait for a long answer.
fn workers() -> usize {
    std::thread::available_parallelism().map_or(6, |cores| cores.get().max(6))
}

/// `MAMORI_LOG` takes the filters of `tracing` (`debug`, `mamori=debug,sqlx=warn`); `MAMORI_LOG_FORMAT=json` writes one object a line.
fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("MAMORI_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info,sqlx=warn,tower_http=warn"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::env::var("MAMORI_LOG_FORMAT").is_ok_and(|format| format == "json") {
        let _ = builder.json().try_init();
    } else {
        let _ = builder.with_ansi(false).try_init();
    }
}

/// Faults of the machine are 1, everything a person can put right is 2.
fn exit_code(error: &Error) -> u8 {
    match error {
        Error::Internal(_) | Error::Unavailable | Error::StorageFull => FAULT,
        _ => BAD_INPUT,
    }
}

/// Says what went wrong. Whoever sits at the server may read the detail of a fault.
fn complain(error: &Error, lang: Lang) {
    match error {
        Error::Internal(detail) => eprintln!("mamori: {detail}"),
        Error::Invalid(fields) => {
            for field in fields {
                eprintln!("mamori: {}: {}", field.field, field.message.get(lang));
            }
        }
        other => eprintln!("mamori: {}", other.words().get(lang)),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use clap::CommandFactory as _;
    use mamori_kernel::lang::Words;

    #[test]
    fn the_command_line_is_consistent_and_explains_itself() {
        Cli::command().debug_assert();
        let help = Cli::command().render_long_help().to_string();
        for word in [
            "serve",
            "demo",
            "import",
            "export",
            "report",
            "verify",
            "backup",
            "restore",
            "user",
            "company",
            "token",
            "migrate",
            "Exit codes",
        ] {
            assert!(help.contains(word), "{word}");
        }
        for command in Cli::command().get_subcommands() {
            assert!(command.get_about().is_some(), "{}", command.get_name());
        }
    }

    #[test]
    fn the_stable_interfaces_are_accepted() {
        for line in [
            "mamori serve --data d --listen 127.0.0.1:7780 --database postgres://h/d",
            "mamori serve",
            "mamori demo --data d --seed 7",
            "mamori import --data d --ledger information_asset --company main --dry-run f.xlsx",
            "mamori export --data d --ledger information_asset --format csv --encoding cp932 --output o.csv",
            "mamori report --data d --report asset-risk --output r.pdf",
            "mamori report --data d --report risk-assessment --output r.docx",
            "mamori report --data d --report treatment-plan --output r.xlsx",
            "mamori report --data d --report residual-risks --output r",
            "mamori verify --data d",
            "mamori token --data d --user mori --scope read",
            "mamori restore --verify b.mamori",
            "mamori user add --data d --login mori --name 森 --role officer --role admin",
            "mamori company add --data d --code sub --name 第二 --headcount 12",
            "mamori migrate --data d",
        ] {
            assert!(Cli::try_parse_from(line.split(' ')).is_ok(), "{line}");
        }
        for line in [
            "mamori import --data d f.xlsx",
            "mamori export --data d --ledger x --format pdf --output o",
            "mamori token --data d --user x --scope all",
            "mamori report --data d --report weather --output r.pdf",
        ] {
            assert!(Cli::try_parse_from(line.split(' ')).is_err(), "{line}");
        }
    }

    #[test]
    fn exit_codes_tell_whose_turn_it_is() {
        assert_eq!(exit_code(&Error::Internal(String::new())), 1);
        assert_eq!(exit_code(&Error::StorageFull), 1);
        assert_eq!(exit_code(&Error::Refused(Words::default())), 2);
        assert_eq!(exit_code(&Error::NotFound), 2);
    }

    #[test]
    fn the_language_is_asked_for_or_japanese() {
        assert_eq!(language(Some("en")), Lang::En);
        assert_eq!(language(Some("ja_JP.UTF-8")), Lang::Ja);
    }
}
