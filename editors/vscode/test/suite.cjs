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
  const open = async (file) => {
    const document = await vscode.workspace.openTextDocument(path.join(folder, file));
    await vscode.window.showTextDocument(document, { preview: false });
    return document;
  };
  const write = (file, content) => {
    fs.writeFileSync(path.join(folder, file), content);
    return open(file);
  };
  const findings = (document) => vscode.languages.getDiagnostics(document.uri);
  const codeOf = ({ code }) => code?.value ?? code;
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
      findings.some((finding) => codeOf(finding) === 'uncited-claim')));
  });
  await test('findings lie at their words, after Chinese and an emoji too', async () => {
    const note = await write('notes/中文.md', '据报道，😀 人民日报在二〇二一年签约 [@nobody-1999, 第3页]。\n');
    const finding = await eventually('undefined-citation', () => findings(note).find((it) => codeOf(it) === 'undefined-citation'));
    assert.equal(note.getText(finding.range), 'nobody-1999');
  });
  await test('names and keys are coloured, with what is not sure marked', async () => {
    const note = await open('notes/data-brokers.md');
    const legend = await vscode.commands.executeCommand('vscode.provideDocumentSemanticTokensLegend', note.uri);
    const kinds = await eventually('tokens', async () => {
      const { data } = await vscode.commands.executeCommand('vscode.provideDocumentSemanticTokens', note.uri);
      const seen = new Set();
      for (let at = 0; at < data.length; at += 5) {
        const marks = legend.tokenModifiers.filter((_, bit) => data[at + 4] & (1 << bit));
        seen.add([legend.tokenTypes[data[at + 3]], ...marks].join('.'));
      }
      return seen.size >= 4 && seen;
    });
    for (const kind of ['class', 'class.possible', 'macro', 'macro.undefined']) assert.ok(kinds.has(kind), `${kind} in ${[...kinds]}`);
    const { semanticTokenModifiers } = extension.packageJSON.contributes;
    assert.deepEqual(semanticTokenModifiers.map(({ id }) => id), legend.tokenModifiers);
  });
  await test('a quick fix cites a source, whatever the editor knows of the findings', async () => {
    const note = await open('notes/data-brokers.md');
    const claim = note.positionAt(note.getText().indexOf('ByteDance has nine months') + 12);
    const fix = await eventually('a fix that cites', async () => {
      const fixes = await vscode.commands.executeCommand('vscode.executeCodeActionProvider', note.uri, new vscode.Range(claim, claim), 'quickfix', 20);
      return fixes.find((it) => it.edit && it.title.includes('wapo-2024'));
    });
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.match(note.lineAt(claim.line).text, /^ByteDance has nine months [^.]* \[@wapo-2024[^\]]*\]\./);
    await vscode.commands.executeCommand('undo');
  });
  await test('the type hierarchy shows owners', async () => {
    const record = await open('actors/peoples-data.md');
    const at = record.positionAt(record.getText().indexOf("People's Data") + 2);
    const [item] = await eventually('an item', async () => {
      const items = await vscode.commands.executeCommand('vscode.prepareTypeHierarchy', record.uri, at);
      return items?.length && items;
    });
    const owners = await vscode.commands.executeCommand('vscode.provideSupertypes', item);
    assert.ok(owners.some(({ name }) => name === "People's Daily Online"), owners.map(({ name }) => name).join());
  });
  await test('a lens counts the mentions above a record', async () => {
    const record = await open('actors/bytedance.md');
    await eventually('a lens', async () => {
      const lenses = await vscode.commands.executeCommand('vscode.executeCodeLensProvider', record.uri, 5);
      return lenses.some(({ command }) => /^\d+ mentions? in \d+ texts?$/.test(command?.title));
    });
  });
  await test("VS Code's own Markdown checks take no citation and no footnote for a broken link", async () => {
    await vscode.workspace.getConfiguration('markdown.validate').update('enabled', true);
    const note = await write('notes/links.md', 'See [@wapo-2024, p. 3] and @aspi-2024 [p. 4].[^one] A [broken](nowhere.md) link.\n\n[^one]: Also [-@wapo-2024].\n');
    const checks = () => findings(note).filter(({ source }) => source !== 'glossator');
    await eventually('the check of links', () => checks().length > 0);
    assert.deepEqual(checks().map(({ range }) => note.getText(range)), ['nowhere.md']);
    await vscode.workspace.getConfiguration('markdown.validate').update('enabled', undefined);
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
