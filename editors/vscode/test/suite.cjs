// Runs inside VS Code's extension host, on the installed extension and a copy of the example corpus; see in-editor.mjs.
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');

const PATIENCE = 30_000; // milliseconds for what has to come by itself
const results = [];

async function test(name, body) {
  const start = Date.now();
  let error;
  try {
    await body();
  } catch (caught) {
    error = String(caught?.stack ?? caught);
  }
  results.push({ name, error, milliseconds: Date.now() - start });
}

/** Asks until the answer is truthy. */
async function eventually(what, ask) {
  for (const start = Date.now(); Date.now() - start < PATIENCE; ) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited in vain for ${what}`);
}

/** Where the first French source text that names Microsoft does so. */
function findMention(folder) {
  for (const name of fs.readdirSync(path.join(folder, 'corpus')).sort()) {
    const file = path.join(folder, 'corpus', name);
    if (!name.endsWith('fr.txt')) continue;
    const lines = fs.readFileSync(file, 'utf8').split('\n');
    const line = lines.findIndex((text) => text.includes('Microsoft'));
    if (line >= 0) return { file, position: new vscode.Position(line, lines[line].indexOf('Microsoft') + 2) };
  }
  throw new Error('no corpus/*fr.txt names Microsoft');
}

async function suite() {
  const folder = vscode.workspace.workspaceFolders[0].uri.fsPath;
  const extension = vscode.extensions.getExtension('glossator.glossator');
  const mention = findMention(folder);
  const text = vscode.Uri.file(mention.file);
  const ask = (command) => vscode.commands.executeCommand(command, text, mention.position);
  const definition = () => eventually('a definition', async () => (await ask('vscode.executeDefinitionProvider'))[0]);

  await test('the package holds the server, and it can be run', () => {
    fs.accessSync(path.join(extension.extensionPath, 'server/glossator'), fs.constants.X_OK);
  });
  await test('opening a source text activates the extension', async () => {
    await vscode.window.showTextDocument(text);
    await eventually('activation', () => extension.isActive);
  });
  await test('hover shows the record of the actor', async () => {
    const hover = await eventually('a hover', async () => (await ask('vscode.executeHoverProvider'))[0]);
    const shown = hover.contents.map((part) => part.value ?? part).join('\n');
    assert.match(shown, /Microsoft/);
    assert.ok(hover.range.contains(mention.position));
  });
  await test('definition leads to the record', async () => {
    const found = await definition();
    const record = (found.targetUri ?? found.uri).fsPath;
    assert.equal(path.relative(folder, record).split(path.sep)[0], 'actors');
    assert.match(fs.readFileSync(record, 'utf8'), /Microsoft/);
  });
  await test('findings arrive: an uncited claim', async () => {
    for (const note of await vscode.workspace.findFiles('notes/*.md')) {
      await vscode.window.showTextDocument(note, { preview: false });
    }
    await eventually('uncited-claim', () => vscode.languages.getDiagnostics().some(([, findings]) =>
      findings.some(({ code }) => (code?.value ?? code) === 'uncited-claim')));
  });
  await test('the commands of the manifest are there', async () => {
    const known = await vscode.commands.getCommands(true);
    for (const { command } of extension.packageJSON.contributes.commands) assert.ok(known.includes(command), command);
  });
  await test('a restarted server answers', async () => {
    await vscode.commands.executeCommand('glossator.restartServer');
    await definition();
  });
  await test('two restarts at once leave one server', async () => {
    const restart = () => vscode.commands.executeCommand('glossator.restartServer');
    await Promise.all([restart(), restart()]);
    await definition();
    const hovers = await ask('vscode.executeHoverProvider');
    assert.equal(hovers.length, 1);
  });
}

exports.run = async () => {
  await test('the suite ran to its end', suite);
  fs.writeFileSync(process.env.GLOSSATOR_TEST_RESULTS, JSON.stringify({ version: vscode.version, results }));
  if (results.some(({ error }) => error)) throw new Error('failed');
};
