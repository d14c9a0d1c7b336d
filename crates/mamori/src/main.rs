//! `mamori`: see `mamori --help`.

use std::process::ExitCode;

/// Gives memory of imports and reports back to the system (docs/decisions/0009).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    mamori::cli::run(std::env::args_os())
}
