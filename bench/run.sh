#!/usr/bin/env bash
# Measures the release build against the speed table of the design; results in bench/RESULTS.md. Further words go to the program
# (`bench/run.sh --quick` for a look without large counts).
set -euo pipefail
cd "$(dirname "$0")/.."
exec cargo run --quiet --release --package mamori-bench -- --binary target/release/mamori "$@"
