#!/bin/bash
# Puts the Neovim of another Debian suite into a folder of its own: get-nvim.sh SUITE FOLDER
#
#   get-nvim.sh trixie ~/.cache/nvim-trixie     0.10, the oldest that the plugin supports
#   get-nvim.sh forky  ~/.cache/nvim-forky      0.12 or newer, with vim.lsp.config
#
# The program is then FOLDER/bin/nvim. Needs apt-get, dpkg and patchelf, not root. The packages come with all that they
# depend on; apt works on a private state, so what is installed on the machine neither counts nor changes.
set -euo pipefail

if [ $# -ne 2 ]; then
    echo "usage: get-nvim.sh SUITE FOLDER" >&2
    exit 2
fi
suite=$1
folder=$(realpath -m "$2")
state=$(mktemp -d)
trap 'rm -rf "$state"' EXIT

# The machine's own mirror, asked for another suite.
mirror=$(sed -n 's/^URIs: *\([^ ]*\).*/\1/p' /etc/apt/sources.list.d/*.sources 2>/dev/null | head -n 1)
if [ -z "$mirror" ]; then
    mirror=$(sed -n 's/^deb \(\[[^]]*\] \)\?\([^ ]*\) .*/\2/p' /etc/apt/sources.list | head -n 1)
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
apt-get -qq -y --download-only install neovim > /dev/null

rm -rf "$folder"
mkdir -p "$folder/bin"
for package in "$state"/cache/archives/*.deb; do
    dpkg -x "$package" "$folder"
done

# The program needs this suite's C library. It is named inside the program, because the other two ways have a price:
# started through its loader, Neovim takes the loader for itself; and LD_LIBRARY_PATH would reach the language server too.
nvim=$(realpath "$folder/usr/bin/nvim")
loader=$(find "$folder" -type f -name 'ld-linux-*.so.*' | head -n 1)
libraries=$(dirname "$(find "$folder" -name 'libc.so.6' | head -n 1)")
patchelf --set-interpreter "$loader" --force-rpath --set-rpath "$libraries:$folder/usr/lib/$(basename "$libraries")" "$nvim"
cat > "$folder/bin/nvim" <<WRAPPER
#!/bin/sh
VIMRUNTIME=$folder/usr/share/nvim/runtime exec $nvim "\$@"
WRAPPER
chmod +x "$folder/bin/nvim"
"$folder/bin/nvim" --version | head -n 1
