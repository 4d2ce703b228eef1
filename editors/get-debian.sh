#!/bin/bash
# Puts an editor of another Debian suite into a folder of its own: get-debian.sh SUITE PACKAGE FOLDER
#
#   get-debian.sh trixie neovim    ~/.cache/nvim-trixie     0.10, the oldest that the plugin supports
#   get-debian.sh forky  neovim    ~/.cache/nvim-forky      0.12 or newer, with vim.lsp.config
#   get-debian.sh forky  hx        ~/.cache/helix           Helix
#   get-debian.sh forky  kakoune   ~/.cache/kakoune
#   get-debian.sh forky  emacs-nox ~/.cache/emacs           30 or newer, with its own Eglot
#
# The program is then in FOLDER/bin, as nvim, hx, kak or emacs. Needs apt-get, dpkg and patchelf, not root. The packages come
# with all that they depend on; apt works on a private state, so what is installed on the machine neither counts nor changes.
set -euo pipefail

if [ $# -ne 3 ]; then
    echo "usage: get-debian.sh SUITE PACKAGE FOLDER" >&2
    exit 2
fi
suite=$1
package=$2
folder=$(realpath -m "$3")
state=$(mktemp -d)
trap 'rm -rf "$state"' EXIT

# The machine's own mirror, asked for another suite.
mirror=$(sed -n 's/^URIs: *\([^ ]*\).*/\1/p' /etc/apt/sources.list.d/*.sources 2>/dev/null | head -n 1 || true)
if [ -z "$mirror" ]; then
    mirror=$(sed -n 's/^deb \(\[[^]]*\] \)\?\([^ ]*\) .*/\2/p' /etc/apt/sources.list 2>/dev/null | head -n 1 || true)
fi
if [ -z "$mirror" ]; then
    echo "get-debian.sh: no mirror of Debian is named in /etc/apt; name one in /etc/apt/sources.list" >&2
    exit 1
fi
mkdir -p "$state/lists/partial" "$state/cache/archives/partial"
: > "$state/status"
cat > "$state/suite.sources" <<SOURCE
Types: deb
URIs: $mirror
Suites: $suite
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
SOURCE
cat > "$state/apt.conf" <<CONF
Dir::Etc::sourcelist "$state/suite.sources";
Dir::Etc::sourceparts "-";
Dir::State::lists "$state/lists";
Dir::State::status "$state/status";
Dir::Cache "$state/cache";
APT::Install-Recommends "false";
APT::Sandbox::User "root";
Acquire::Languages "none";
CONF
export APT_CONFIG=$state/apt.conf
apt-get -qq update
apt-get -qq -y --download-only install "$package" > /dev/null

rm -rf "$folder"
mkdir -p "$folder/bin"
for archive in "$state"/cache/archives/*.deb; do
    dpkg -x "$archive" "$folder"
done

# What each editor must be told because it does not lie where it was built for.
share=$folder/usr/share
ask=--version
case $package in
    neovim)
        name=nvim program=usr/bin/nvim
        surroundings="VIMRUNTIME=$share/nvim/runtime" ;;
    hx)
        name=hx program=usr/bin/hx
        surroundings="HELIX_RUNTIME=$(find "$folder/usr" -type d -path '*/hx/runtime' | head -n 1)" ;;
    kakoune)
        name=kak program=usr/bin/kak ask=-version
        surroundings="KAKOUNE_RUNTIME=$share/kak" ;;
    emacs-nox)
        name=emacs program=usr/bin/emacs-nox
        home=$(find "$share/emacs" -maxdepth 1 -name '[0-9]*' | head -n 1)
        dump=$(find "$folder/usr" -name 'emacs-*.pdmp' | head -n 1)
        lisp=$(find "$home/lisp" -type d | tr '\n' ':')
        surroundings="EMACSLOADPATH=$lisp EMACSDATA=$home/etc EMACSDOC=$home/etc EMACSPATH=$(dirname "$dump")" ;;
    *)
        echo "get-debian.sh: no way is known to start $package" >&2
        exit 2 ;;
esac

# The program needs this suite's C library. It is named inside the program, because the other two ways have a price:
# started through its loader, an editor may take the loader for itself; and LD_LIBRARY_PATH would reach the language server too.
real=$(realpath "$folder/$program")
loader=$(find "$folder" -type f -name 'ld-linux-*.so.*' | head -n 1)
libraries=$(dirname "$(find "$folder" -name 'libc.so.6' | head -n 1)")
patchelf --set-interpreter "$loader" --force-rpath --set-rpath "$libraries:$folder/usr/lib/$(basename "$libraries")" "$real"
cat > "$folder/bin/$name" <<WRAPPER
#!/bin/sh
${surroundings:+export $surroundings}
exec $real ${dump:+--dump-file=$dump} "\$@"
WRAPPER
chmod +x "$folder/bin/$name"
"$folder/bin/$name" "$ask" > "$state/version" < /dev/null 2> /dev/null
head -n 1 "$state/version"
