#!/bin/sh
# See to it that the tests have npm's oidc-provider, pinned, in var/oidc-provider; print that folder. Needs Node 20 or newer and npm.
set -eu
cd "$(dirname "$0")/.."
VERSION=9.13.3
folder=$(pwd)/var/oidc-provider

fail() {
    echo "ginnel: $1" >&2
    exit 1
}

if ! grep -qs "\"version\": \"$VERSION\"" "$folder/node_modules/oidc-provider/package.json"; then
    command -v node >/dev/null && command -v npm >/dev/null || fail "no Node and npm here, so no OpenID Connect provider to test against"
    [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || fail "oidc-provider needs Node 20 or newer; here is $(node --version)"
    mkdir -p "$folder"
    # Two test processes may come here at once.
    (
        flock 9
        if ! grep -qs "\"version\": \"$VERSION\"" "$folder/node_modules/oidc-provider/package.json"; then
            npm install --prefix "$folder" --silent --no-audit --no-fund --no-save "oidc-provider@$VERSION" >&2 ||
                fail "npm could not install oidc-provider $VERSION"
        fi
    ) 9>"$folder/lock"
fi
echo "$folder"
