#!/bin/sh
# Everything a machine can check without running the site. Every check runs; the first line that fails does not hide the next.
set -u
cd "$(dirname "$0")/.."
PATH=$(pwd)/.venv/bin:$PATH
failed=

check() {
    name=$1
    shift
    echo "== $name"
    "$@" || failed="$failed, $name"
}

export GINNEL_VAR="${TMPDIR:-/tmp}/ginnel-check.$$"
trap 'rm -rf "$GINNEL_VAR"' EXIT
mkdir -p "$GINNEL_VAR"

check "ruff" ruff check --quiet --output-format concise .
check "ruff format" ruff format --check --quiet .
check "types" env GINNEL_DEBUG=yes mypy
check "templates" djlint --lint --quiet src
check "imports between areas" lint-imports --no-logo
check "missing migrations" env GINNEL_DEBUG=yes ginnel manage makemigrations --check --dry-run
# With GINNEL_DEBUG django-linear-migrations is installed, and its checks run with Django's own.
check "linear migrations" env GINNEL_DEBUG=yes ginnel manage check
check "settings for real use" env GINNEL_SECRET_KEY="$(head -c 60 /dev/urandom | od -An -tx1 | tr -d ' \n')" \
    ginnel manage check --deploy --fail-level WARNING
check "place packs" ginnel place check leeds
check "words in catalogues" python tools/messages.py --check
check "translations" pytest -q tests/test_catalogues.py
check "documentation" pytest -q tests/test_docs.py

if [ -n "$failed" ]; then
    echo "Failed: ${failed#, }" >&2
    exit 1
fi
echo "All checks passed."
