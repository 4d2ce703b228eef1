// The packaged extension in the extension host of a real VS Code:  node in-host.mjs RIG CORPUS
// RIG is the folder that get-vscode.sh filled. The server is the program that the variable SERVER names, else the bundled one.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { finish, report, test } from './harness.mjs';
import { runInHost, serverSetting, withEditor } from './rig.mjs';

const [rig, corpus] = process.argv.slice(2).map((folder) => path.resolve(folder));
const scratch = mkdtempSync(path.join(tmpdir(), 'glossator-in-host-'));

await test('VS Code starts with the extension installed, and runs the suite', async () => {
  const file = path.join(scratch, 'results.json');
  const suite = fileURLToPath(new URL('suite.cjs', import.meta.url));
  let exit;
  await withEditor({ rig, corpus, machine: serverSetting(), variables: { GLOSSATOR_TEST_RESULTS: file } }, async (editor) => {
    exit = await runInHost(rig, editor, suite, 100_000);
  });
  assert.ok(existsSync(file), `the suite left no results: ${exit}`);
  const { version, results } = JSON.parse(readFileSync(file, 'utf8'));
  console.log(`VS Code ${version}`);
  for (const { name, error, milliseconds } of results) report(name, error, milliseconds);
});

rmSync(scratch, { recursive: true, force: true });
finish();
