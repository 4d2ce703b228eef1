// Promises of package.json and of the lock file that nothing else would notice the loss of.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const read = (name) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
const manifest = JSON.parse(read('package.json'));
const settings = manifest.contributes.configuration.properties;
const source = read('src/extension.ts');

test('an untrusted folder cannot choose the server program', () => {
  const server = Object.keys(settings).filter((name) => name.startsWith('glossator.server.'));
  assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, server);
  for (const name of server) assert.equal(settings[name].scope, 'machine-overridable', name);
});
test('every command is registered under its name', () => {
  for (const { command } of manifest.contributes.commands) assert.ok(source.includes(`'${command}'`), command);
});
test('the types are those of the oldest VS Code that is promised', () => {
  const [, oldest] = /(\d+\.\d+)/.exec(manifest.engines.vscode);
  const [, types] = /(\d+\.\d+)/.exec(JSON.parse(read('package-lock.json')).packages['node_modules/@types/vscode'].version);
  assert.equal(types, oldest);
});
test('the lock file names no place to fetch from', () => {
  assert.ok(!read('package-lock.json').includes('"resolved"'));
});
test('the extension stays thin', () => {
  const lines = ['src/extension.ts', 'src/server.ts'].flatMap((name) => read(name).trimEnd().split('\n'));
  assert.ok(lines.length <= 200, `${lines.length} lines`);
});
