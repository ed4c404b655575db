#!/bin/sh
# See to it that the journeys have a Chromium: the machine's own, or Debian's package, or the one Playwright fetches.
set -u
cd "$(dirname "$0")/.."

for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name" >/dev/null; then exit 0; fi
done
if ls "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}"/chromium* >/dev/null 2>&1; then exit 0; fi

echo "Installing Chromium for the journeys (once) …"
mkdir -p var
as_root=
[ "$(id -u)" = 0 ] || as_root="sudo -n"
if command -v apt-get >/dev/null && $as_root true 2>/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    if { $as_root apt-get update -q && $as_root apt-get install -q -y --no-install-recommends chromium; } \
        </dev/null >var/chromium.log 2>&1 && command -v chromium >/dev/null; then
        exit 0
    fi
fi
if .venv/bin/playwright install chromium </dev/null >>var/chromium.log 2>&1; then exit 0; fi
echo "ginnel: no Chromium for the journeys. Install one: apt-get install chromium (details: var/chromium.log)" >&2
exit 1
