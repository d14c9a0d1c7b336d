#!/usr/bin/env bash
# Everything that CI runs, one step after the other; a step that fails does not hide the ones after it.
# The last line says `N passed, N failed` for all Rust tests, rules of the house and browser tests together.
set -uo pipefail
cd "$(dirname "$0")/.."

export CARGO_TERM_COLOR=never NO_COLOR=1
logs="$(mktemp -d)"
trap 'rm -rf "$logs"' EXIT
passed=0
failed=0
steps=()

# step NAME COMMAND...: runs a step, shows its output, keeps it for counting.
step() {
  local name="$1" started=$SECONDS status
  shift
  echo "== $name"
  "$@" 2>&1 | tee "$logs/last"
  status=${PIPESTATUS[0]}
  steps+=("$(printf '%-44s %4ds  %s' "$name" $((SECONDS - started)) "$([ "$status" -eq 0 ] && echo ok || echo FAILED)")")
  return "$status"
}

# check NAME COMMAND...: a step without tests of its own counts as one failure when it fails.
check() { step "$@" || failed=$((failed + 1)); }

# sum PATTERN: adds up the numbers before `passed` and `failed` in the lines of the last step that match.
sum() {
  local word
  for word in passed failed; do
    grep -E "$1" "$logs/last" | grep -oE "[0-9]+ $word" | awk '{ n += $1 } END { print n + 0 }'
  done
}

# tests NAME PATTERN COMMAND...: a step whose output says how many tests passed and failed.
tests() {
  local name="$1" pattern="$2" status counted
  shift 2
  step "$name" "$@"
  status=$?
  mapfile -t counted < <(sum "$pattern")
  passed=$((passed + counted[0]))
  failed=$((failed + counted[1]))
  # A step that broke off (a compile error, a crash) without a failed test is still a failure.
  if [ "$status" -ne 0 ] && [ "${counted[1]}" -eq 0 ]; then failed=$((failed + 1)); fi
  # No test at all is a failure as well: the pattern no longer fits, or nothing ran.
  if [ "$status" -eq 0 ] && [ "${counted[0]}" -eq 0 ]; then
    echo "$name: no test was counted" >&2
    failed=$((failed + 1))
  fi
}

check "what the tests need" scripts/install-deps.sh
check "layout of the source" cargo fmt --all --check -- --color never
check "rules of the house" cargo run --quiet -p xtask -- check
check "lint" cargo clippy --quiet --workspace --all-targets -- -D warnings
check "build" cargo build --quiet -p mamori
if cargo nextest --version >/dev/null 2>&1; then
  tests "Rust, SQLite and PostgreSQL" '^ *Summary ' scripts/with-postgres.sh cargo nextest run --workspace --no-fail-fast --color never --status-level fail --final-status-level fail --cargo-quiet
else
  tests "Rust, SQLite and PostgreSQL" '^test result:' scripts/with-postgres.sh cargo test --quiet --workspace --no-fail-fast
fi
tests "browser journeys" '^[0-9]+ passed, [0-9]+ failed$' node e2e/run.mjs

echo
printf '%s\n' "${steps[@]}"
echo
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
