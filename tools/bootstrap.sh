#!/bin/sh
# Make .venv hold what uv.lock says, with nothing on the machine but git, make and Python 3.11 or newer.
#
#   tools/bootstrap.sh          what the site needs
#   tools/bootstrap.sh dev      and what tests and checks need (a dependency group of pyproject.toml; also: bench)
#
# PYTHON=… chooses the Python; PIP_INDEX_URL or UV_INDEX_URL a mirror of the package index.
set -eu
cd "$(dirname "$0")/.."
group=${1:-site}
here=$(pwd)
synced=.venv/.ginnel-synced

fail() {
    echo "ginnel: $1" >&2
    exit 1
}

# Nothing to do when this very lock was installed here, for this group, and its Python still runs.
lock=$(cat uv.lock pyproject.toml | cksum)
if [ -f "$synced" ] && grep -qxF "$group $lock $here" "$synced" && .venv/bin/python -c "" 2>/dev/null; then
    exit 0
fi

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
        if is_new_enough "$name"; then
            "$name" -c 'import sys; print(sys.executable)'
            return
        fi
    done
}

python=$(find_python)
if [ -z "$python" ]; then
    found=$("${PYTHON:-python3}" --version 2>&1 | tail -n 1) || found="no Python at all"
    fail "Python 3.11 or newer is needed, and here is $found. Install python3.11 or newer, or name one: make demo PYTHON=/path/to/python3"
fi
if ! { mkdir -p .tools && : >.tools/.writable; } 2>/dev/null; then
    fail "cannot write to $here. Make the folder writable, or clone it to one that is."
fi

uv=$(command -v uv || true)
if [ -z "$uv" ]; then
    uv=$("$python" tools/get_uv.py) || exit 1
fi

# A folder that was moved has scripts that point to where it was.
if [ -f "$synced" ] && ! grep -qF " $here" "$synced"; then
    rm -rf .venv
fi
echo "Installing what $group needs into .venv (once; a minute or two) …"
groups=
[ "$group" = site ] || groups="--group $group"
UV_DEFAULT_INDEX=${UV_DEFAULT_INDEX:-${UV_INDEX_URL:-${PIP_INDEX_URL:-}}}
if [ -n "$UV_DEFAULT_INDEX" ]; then export UV_DEFAULT_INDEX; else unset UV_DEFAULT_INDEX; fi
# --inexact: what another group brought stays. Bytecode is written now, so that the second start is quick even where Python may
# not write it (PYTHONDONTWRITEBYTECODE).
# shellcheck disable=SC2086
if ! UV_PYTHON_DOWNLOADS=never "$uv" sync --quiet --frozen --inexact --compile-bytecode --no-default-groups $groups \
    --python "$python" 2>.tools/uv.log; then
    if grep -qiE 'dns|connect|network|timed out|failed to fetch|no route' .tools/uv.log; then
        fail "no network: the package index does not answer. Go online, or set UV_INDEX_URL to a mirror (details: .tools/uv.log)."
    fi
    fail "installing failed: $(grep -m 1 . .tools/uv.log || echo 'uv said nothing') (details: .tools/uv.log)"
fi
.venv/bin/python -m compileall -q src || true
if ! grep -qF " $lock $here" "$synced" 2>/dev/null; then : >"$synced"; fi
for name in site "$group"; do
    grep -qxF "$name $lock $here" "$synced" || echo "$name $lock $here" >>"$synced"
done
