#!/bin/sh
# Fetch the pinned front-end releases and put what we serve into the core area. Run by hand when a pin changes.
set -eu
NHSUK=10.6.1 SASS=1.108.2 ATKINSON=5.3.0 FRAUNCES=5.3.0
here=$(cd "$(dirname "$0")/.." && pwd)
static="$here/src/ginnel/core/static/ginnel"
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent "nhsuk-frontend@$NHSUK" "sass@$SASS" \
  "@fontsource-variable/atkinson-hyperlegible-next@$ATKINSON" "@fontsource/fraunces@$FRAUNCES"
# The default typeface of the design system is licensed to the NHS only: ours is open, and nothing refers to theirs.
cat > ginnel.scss <<'SCSS'
@use "node_modules/nhsuk-frontend/dist/nhsuk" with (
  $nhsuk-include-font-face: false,
  $nhsuk-font-family: ("Atkinson Hyperlegible Next", "Segoe UI", system-ui, sans-serif)
);
SCSS
npx sass --style=compressed --no-source-map --quiet-deps ginnel.scss \
  | python3 "$here/tools/tokenise_css.py" > "$static/vendor/nhsuk-frontend-$NHSUK.css"
cp "node_modules/nhsuk-frontend/dist/nhsuk/nhsuk-frontend-$NHSUK.min.js" "$static/vendor/"
# The package carries no licence file; its package.json says MIT, and its README names the codebase's owner.
sed -n '/icence/,$p' node_modules/nhsuk-frontend/README.md > "$static/vendor/nhsuk-frontend-LICENCE.md"
mkdir -p "$static/images" "$static/fonts"
for icon in $(grep -o '\.\./images/[a-z-]*\.svg' "$static/vendor/nhsuk-frontend-$NHSUK.css" | sort -u); do
  cp "node_modules/nhsuk-frontend/dist/nhsuk/assets/images/${icon##*/}" "$static/images/"
done
for letters in latin latin-ext; do
  cp "node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-$letters-wght-normal.woff2" "$static/fonts/"
  cp "node_modules/@fontsource/fraunces/files/fraunces-$letters-600-normal.woff2" "$static/fonts/"
done
cp node_modules/@fontsource-variable/atkinson-hyperlegible-next/LICENSE "$static/fonts/atkinson-hyperlegible-next-OFL.txt"
cp node_modules/@fontsource/fraunces/LICENSE "$static/fonts/fraunces-OFL.txt"
