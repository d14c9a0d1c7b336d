//! Measures a binary of mamori against the speed table of the design, over HTTP, on folders of its own.

mod http;
mod measure;
mod queries;
mod result;
mod risk;
mod sample;
mod server;

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use clap::Parser;
use measure::{Bench, FULL, QUICK};

/// Measures first and warm start, memory, records, lists, load, page weights, import, PDF and the risk register.
#[derive(Parser)]
struct Options {
    /// The program to be measured; a release build, or the figures say nothing.
    #[arg(long, default_value = "target/release/mamori")]
    binary: PathBuf,
    /// Small counts: shows that the measurement works.
    #[arg(long)]
    quick: bool,
    /// Where the table is written; without it, nowhere when quick, else bench/RESULTS.md.
    #[arg(long)]
    output: Option<PathBuf>,
}

fn told(program: &str, words: &[&str]) -> String {
    let output = Command::new(program).args(words).output();
    output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default()
}

/// Cores, memory, day, commit.
fn machine(options: &Options) -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let memory = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kb: f64 = memory.split_whitespace().nth(1).and_then(|kb| kb.parse().ok()).unwrap_or_default();
    let size = std::fs::metadata(&options.binary).map(|data| data.len() / 1_000_000).unwrap_or_default();
    let commit = told("git", &["rev-parse", "--short", "HEAD"]);
    let counts = if options.quick { "**Small counts: no statement about the budgets.** " } else { "" };
    format!(
        "{counts}Machine: {cores} cores, {:.1} GB of memory, Linux {}; {}, commit {commit}; binary `{}` of {size} MB.",
        kb / 1_048_576.0,
        told("uname", &["-r"]),
        told("date", &["-u", "+%Y-%m-%d"]),
        // The name only: a path of the machine says nothing to a reader.
        options.binary.file_name().unwrap_or_default().display()
    )
}

#[tokio::main]
async fn main() -> ExitCode {
    let options = Options::parse();
    match run(&options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("mamori-bench: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: &Options) -> std::io::Result<()> {
    let folder = tempfile::tempdir()?;
    let counts = if options.quick { QUICK } else { FULL };
    let mut bench = Bench { binary: options.binary.clone(), counts, folder: folder.path().to_owned(), lines: Vec::new() };
    bench.run().await?;
    let page = result::page(&machine(options), &bench.lines);
    let output = options.output.clone().or_else(|| (!options.quick).then(|| PathBuf::from("bench/RESULTS.md")));
    match output {
        Some(path) => std::fs::write(&path, page),
        None => {
            println!("\n{page}");
            Ok(())
        }
    }
}
