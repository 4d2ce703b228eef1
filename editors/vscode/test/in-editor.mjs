// The packaged extension in a real VS Code:  node in-editor.mjs RIG CORPUS
// RIG is the folder that get-vscode.sh filled. The last line is "N passed, N failed".
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInHost, startEditor, withPage } from './rig.mjs';

const [rig, corpus] = process.argv.slice(2).map((folder) => path.resolve(folder));
const vsix = fileURLToPath(new URL('../glossator.vsix', import.meta.url));
const scratch = mkdtempSync(path.join(tmpdir(), 'glossator-in-editor-'));
let passed = 0;
let failed = 0;

function report(name, error, milliseconds) {
  error ? failed++ : passed++;
  console.log(`${error ? 'not ok' : 'ok'} - ${name} (${milliseconds} ms)${error ? `\n${error}` : ''}`);
}

async function test(name, body) {
  const start = Date.now();
  const error = await body().then(() => undefined, (caught) => caught.stack);
  report(name, error, Date.now() - start);
}

/** Starts an editor, hands it to `use`, and ends it. */
async function withEditor(options, use) {
  const editor = await startEditor({ rig, vsix, corpus, ...options });
  try {
    await use(editor);
  } finally {
    await editor.stop();
  }
}

await test('VS Code starts with the extension installed, and runs the suite', async () => {
  const file = path.join(scratch, 'results.json');
  const suite = fileURLToPath(new URL('suite.cjs', import.meta.url));
  let exit;
  await withEditor({ variables: { GLOSSATOR_TEST_RESULTS: file } }, async (editor) => {
    exit = await runInHost(rig, editor, suite, 240_000);
  });
  assert.ok(existsSync(file), `the suite left no results: ${exit}`);
  const { version, results } = JSON.parse(readFileSync(file, 'utf8'));
  console.log(`VS Code ${version}`);
  for (const { name, error, milliseconds } of results) report(name, error, milliseconds);
});

/** Makes the folder a hostile one: its own settings name another program as the server, which leaves a trace when it runs. */
const trap = path.join(scratch, 'trap');
const trace = path.join(scratch, 'trapped');
writeFileSync(trap, `#!/bin/sh\necho ran >> ${trace}\n`);
chmodSync(trap, 0o755);
function setTrap(folder) {
  mkdirSync(path.join(folder, '.vscode'), { recursive: true });
  writeFileSync(path.join(folder, '.vscode/settings.json'), JSON.stringify({ 'glossator.server.path': trap }));
}

/** Opens a source text in a hostile folder and waits for the status bar to show that state. */
async function openHostile(askForTrust, state) {
  await withEditor({ askForTrust, prepare: setTrap }, (editor) => withPage(rig, async (page) => {
    const text = readdirSync(path.join(editor.folder, 'corpus')).find((name) => name.endsWith('fr.txt'));
    await page.goto(editor.page(`corpus/${text}`));
    await page.locator(`.statusbar-item[id="glossator.glossator.server"] .codicon-${state}`).waitFor({ timeout: 120_000 });
  }));
}

await test('in an untrusted folder, the folder cannot choose the server', async () => {
  await openHostile(true, 'check');
  assert.ok(!existsSync(trace), 'the program that the folder named was run');
});
await test('in a trusted folder it can: the trap of the test before works', async () => {
  await openHostile(false, 'error');
  assert.ok(existsSync(trace), 'the program that the folder named was not run');
});

await test('without a server, the user is told what to do', async () => {
  const machine = { 'glossator.server.path': '/nowhere/glossator' };
  await withEditor({ machine }, (editor) => withPage(rig, async (page) => {
    await page.goto(editor.page('glossator.toml'));
    const notice = page.locator('.notification-toast', { hasText: 'the server program was not found' });
    await notice.locator('.monaco-button', { hasText: 'Open Settings' }).waitFor({ timeout: 120_000 });
    await notice.locator('.monaco-button', { hasText: 'Show Log' }).waitFor();
    // The status bar item opens the same log. A workbench that is still busy starting may drop the first wish to see it.
    const channels = () => page.locator('.part.panel select').evaluateAll((all) => all.map((one) => one.selectedOptions[0]?.text));
    for (let tries = 0; !(await channels()).includes('Glossator'); tries++) {
      assert.ok(tries < 30, 'the log did not open');
      await page.locator('.statusbar-item[id="glossator.glossator.server"]').click();
      await page.waitForTimeout(2000);
    }
  }));
});

rmSync(scratch, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
