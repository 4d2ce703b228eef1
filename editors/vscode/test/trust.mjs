// Whose program is run, and what is said when it is missing or dies:  node trust.mjs RIG CORPUS
// RIG is the folder that get-vscode.sh filled. The server is the one inside the package.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually, finish, test } from './harness.mjs';
import { withEditor, withPage } from './rig.mjs';

const [rig, corpus] = process.argv.slice(2).map((folder) => path.resolve(folder));
const scratch = mkdtempSync(path.join(tmpdir(), 'glossator-trust-'));
const trace = path.join(scratch, 'trapped');
const STATUS = '.statusbar-item[id="glossator.glossator.server"]';
const NOTE = 'notes/data-brokers.md';

/** Makes the folder a hostile one: it holds programs by the server's name, and its settings name one as the server. */
function setTrap(folder) {
  const traps = ['glossator', 'bin/glossator', '.vscode/glossator'].map((name) => path.join(folder, name));
  for (const trap of traps) {
    mkdirSync(path.dirname(trap), { recursive: true });
    writeFileSync(trap, `#!/bin/sh\necho ran >> ${trace}\n`);
    chmodSync(trap, 0o755);
  }
  const settings = { 'glossator.server.path': traps[2], 'glossator.server.args': ['--hostile'] };
  writeFileSync(path.join(folder, '.vscode/settings.json'), JSON.stringify(settings));
}

/** Opens a note and waits for the status bar to show that state. */
async function openNote(options, state, use = () => {}) {
  await withEditor({ rig, corpus, ...options }, (editor) => withPage(rig, async (page) => {
    await page.goto(editor.page(NOTE));
    await page.locator(`${STATUS} .codicon-${state}`).waitFor({ timeout: 120_000 });
    await use(page, editor);
  }));
}

await test('in an untrusted folder, the folder cannot choose the server; the own one works', async () => {
  await openNote({ askForTrust: true, prepare: setTrap }, 'check', async (page) => {
    await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
    await page.locator('.squiggly-warning').first().waitFor({ timeout: 60_000 });
  });
  assert.ok(!existsSync(trace), 'a program of the folder was run');
});

await test('a folder with records, and neither settings nor a bibliography, is a workspace', async () => {
  const prepare = (folder) => ['glossator.toml', 'references.yaml'].forEach((name) => rmSync(path.join(folder, name)));
  await openNote({ prepare }, 'check', async (page) => {
    await page.locator('.squiggly-warning').first().waitFor({ timeout: 60_000 });
  });
});

await test('a folder with notes alone is none: nothing is started', async () => {
  const prepare = (folder) => {
    for (const name of readdirSync(folder)) if (name !== 'notes') rmSync(path.join(folder, name), { recursive: true });
  };
  await withEditor({ rig, corpus, prepare }, (editor) => withPage(rig, async (page) => {
    await page.goto(editor.page(NOTE));
    await page.locator('.view-line').first().waitFor({ timeout: 60_000 });
    await page.waitForTimeout(3000); // Nothing can be waited for.
    assert.equal(await page.locator(STATUS).count(), 0);
    assert.deepEqual(servers(editor), []);
  }));
});

await test('in a trusted folder it can: the trap works; it is no server, which is said, and the way back is open', async () => {
  await openNote({ prepare: setTrap }, 'error', async (page, editor) => {
    await page.locator('.notification-toast', { hasText: 'the server could not be started' }).waitFor();
    rmSync(path.join(editor.folder, '.vscode/settings.json'));
    await page.locator(`${STATUS} .codicon-check`).waitFor({ timeout: 60_000 });
  });
  assert.ok(existsSync(trace), 'the program that the folder named was not run');
});

await test('without a server, the user is told what to do', async () => {
  await openNote({ machine: { 'glossator.server.path': '/nowhere/glossator' } }, 'error', async (page) => {
    const notice = page.locator('.notification-toast', { hasText: 'the server program was not found' });
    await notice.locator('.monaco-button', { hasText: 'Open Settings' }).waitFor();
    // A workbench that is still busy starting may drop the first wish to see the log.
    const channels = () => page.locator('.part.panel select').evaluateAll((all) => all.map((one) => one.selectedOptions[0]?.text));
    await eventually('the log', async () => {
      if ((await channels()).includes('Glossator')) return true;
      await notice.locator('.monaco-button', { hasText: 'Show Log' }).click({ timeout: 500 }).catch(() => {});
      await page.waitForTimeout(1000);
      return (await channels()).includes('Glossator');
    });
  });
});

/** The processes of the bundled server of that editor. */
function servers(editor) {
  const program = path.join(editor.extension, 'server/glossator');
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0')[0] === program;
    } catch {
      return false; // It has ended meanwhile.
    }
  });
}

await test('a server that dies is started anew; one that dies again and again is not, and the user can do so', async () => {
  await openNote({}, 'check', async (page, editor) => {
    let last;
    for (let deaths = 1; deaths <= 5; deaths++) {
      [last] = await eventually('one more server', () => {
        const now = servers(editor);
        return now.length === 1 && now[0] !== last && now;
      });
      // It comes up before it dies again: a server that dies while it starts is the test before the last.
      await page.waitForTimeout(1000);
      await page.locator(`${STATUS} .codicon-check`).waitFor({ timeout: 60_000 });
      process.kill(last, 'SIGKILL');
    }
    const notice = page.locator('.notification-toast', { hasText: 'has ended several times in a row' });
    await notice.waitFor({ timeout: 60_000 });
    await page.locator(`${STATUS} .codicon-error`).waitFor();
    assert.deepEqual(servers(editor), []);
    await notice.locator('.monaco-button', { hasText: 'Restart Server' }).click();
    await page.locator(`${STATUS} .codicon-check`).waitFor({ timeout: 60_000 });
    assert.equal(servers(editor).length, 1);
  });
});

rmSync(scratch, { recursive: true, force: true });
finish();
