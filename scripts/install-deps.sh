#!/usr/bin/env bash
# Installs what the tests need and this machine lacks, by Debian package name. Nothing is installed when nothing is missing.
#   scripts/install-deps.sh          what `make test` needs
#   scripts/install-deps.sh bench    also the load generator of `make bench`
set -euo pipefail
cd "$(dirname "$0")/.."

missing=()
has() { command -v "$1" >/dev/null 2>&1; }
need() { missing+=("$1"); }

compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || has initdb || need postgresql
has chromium || has google-chrome || need chromium
has pdftotext || need poppler-utils
has node || need nodejs
has npm || need npm
# A Japanese font for the screenshots; the PDF engine carries its own.
if ! has fc-list || [ -z "$(fc-list :lang=ja family 2>/dev/null | head -n 1)" ]; then need fonts-ipafont-gothic; fi
if [ "${1:-}" = bench ]; then has wrk || need wrk; fi

if [ ${#missing[@]} -gt 0 ]; then
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if has sudo; then
      as_root=(sudo)
    else
      echo "These Debian packages are missing: ${missing[*]}. Please install them as root: apt-get install ${missing[*]}" >&2
      exit 1
    fi
  fi
  if ! has apt-get; then
    echo "This machine has no apt-get. Please install the equivalents of: ${missing[*]}" >&2
    exit 1
  fi
  echo "installing ${missing[*]}"
  log="$(mktemp)"
  trap 'rm -f "$log"' EXIT
  if ! { "${as_root[@]}" apt-get update -qq && DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "apt-get could not install: ${missing[*]}. The lines above say why." >&2
    exit 1
  fi
fi

# The browser driver and the accessibility checker, exactly as e2e/package-lock.json says; again only when that file changed.
stamp=e2e/node_modules/.installed
if [ ! -f "$stamp" ] || ! cmp -s e2e/package-lock.json "$stamp"; then
  (cd e2e && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --silent --no-audit --no-fund)
  cp e2e/package-lock.json "$stamp"
fi
