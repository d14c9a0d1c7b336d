#!/usr/bin/env bash
# Runs a command with a throw-away PostgreSQL: its own folder, its own free port, removed afterwards whatever happens.
# The command finds TEST_DATABASE_URL in its environment. The role is no superuser, so row-level security applies to it.
#   scripts/with-postgres.sh cargo test -p mamori
set -euo pipefail

if [ $# -eq 0 ]; then
  echo "usage: scripts/with-postgres.sh COMMAND [ARGUMENT...]" >&2
  exit 2
fi

# Debian keeps the server's programs out of the PATH, one folder for each version: take the newest.
initdb="$(find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1)"
bin="$(dirname "${initdb:-$(command -v initdb || echo /nowhere/initdb)}")"
if [ ! -x "$bin/initdb" ]; then
  echo "PostgreSQL is not installed; scripts/install-deps.sh installs it." >&2
  exit 1
fi

dir="$(mktemp -d)"
# PostgreSQL refuses to run as root; Debian's package brings the user postgres.
run() { "$@"; }
if [ "$(id -u)" -eq 0 ]; then
  chown postgres "$dir"
  run() { (cd "$dir" && setpriv --reuid=postgres --regid="$(id -g postgres)" --clear-groups -- "$@"); }
fi

stop() {
  status=$?
  trap - EXIT INT TERM
  run "$bin/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$dir"
  exit "$status"
}
trap stop EXIT INT TERM

run "$bin/initdb" -D "$dir/data" -U owner -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$dir/initdb.log" 2>&1 || {
  cat "$dir/initdb.log" >&2
  exit 1
}

# Another program may take the port between looking and binding: so try a few.
port=""
for _ in 1 2 3 4 5; do
  candidate=$((20000 + RANDOM % 30000))
  if run "$bin/pg_ctl" -D "$dir/data" -w -t 30 -l "$dir/data/server.log" start -o \
    "-p $candidate -c listen_addresses=127.0.0.1 -c unix_socket_directories=$dir -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300 -c shared_buffers=128MB -c jit=off" \
    >"$dir/start.log" 2>&1; then
    port=$candidate
    break
  fi
done
if [ -z "$port" ]; then
  cat "$dir/start.log" "$dir/data/server.log" >&2
  echo "PostgreSQL did not start." >&2
  exit 1
fi

run "$bin/psql" -q -h "$dir" -p "$port" -U owner -d postgres -v ON_ERROR_STOP=1 \
  -c "create role mamori login nosuperuser nocreatedb nocreaterole nobypassrls" \
  -c "create database mamori owner mamori" >/dev/null

export TEST_DATABASE_URL="postgres://mamori@127.0.0.1:$port/mamori"
"$@"
