//! `mamori`: see `mamori --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    mamori::cli::run(std::env::args_os())
}
