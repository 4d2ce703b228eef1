// Where the server is looked for. Needs no VS Code: run by `node --test`.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { transform } from 'esbuild';

const source = readFileSync(new URL('../src/server.ts', import.meta.url), 'utf8');
const { code } = await transform(source, { loader: 'ts', format: 'esm' });
const { findServer, tooManyDeaths } = await import(`data:text/javascript,${encodeURIComponent(code)}`);

const root = mkdtempSync(path.join(tmpdir(), 'glossator-unit-'));
after(() => rmSync(root, { recursive: true }));

/** Makes a program of that name in a folder of that name; gives its path. */
function program(folder, name = 'glossator', mode = 0o755) {
  const file = path.join(root, folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, mode);
  return file;
}
const bundled = program('bundled');
const onPath = program('path');
const other = program('path', 'glossator-next');
const noProgram = program('text', 'glossator', 0o644);

const surroundings = (changes) =>
  ({ setting: '', bundled: path.dirname(bundled), path: path.dirname(onPath), windows: false, ...changes });
const finds = (changes, program) =>
  assert.deepEqual(findServer(surroundings(changes)), { found: true, program });
const misses = (changes, lookedIn) =>
  assert.deepEqual(findServer(surroundings(changes)), { found: false, lookedIn });

test('the setting comes first', () => finds({ setting: ` ${other} ` }, other));
test('then the bundled program', () => finds({}, bundled));
test('then the PATH', () => finds({ bundled: path.join(root, 'none') }, onPath));
test('a name in the setting is looked up on the PATH', () => finds({ setting: 'glossator-next' }, other));
test('a setting that leads nowhere is not passed over', () =>
  misses({ setting: '/nowhere/glossator' }, ['/nowhere/glossator']));
test('a relative setting is refused, whatever the open folder holds', () =>
  misses({ setting: './glossator' }, ['./glossator']));
test('relative folders on the PATH are refused', () =>
  misses({ bundled: '/none', path: ['.', '', 'bin'].join(path.delimiter) }, ['/none/glossator']));
test('a tilde is the home folder', () =>
  misses({ setting: '~/no-such-program' }, [path.join(homedir(), 'no-such-program')]));
test('a file that cannot be run is no server', () => finds({ bundled: path.dirname(noProgram) }, onPath));
test('a folder is no server', () => misses({ setting: root }, [root]));
test('nothing anywhere: every place is named', () =>
  misses({ bundled: '/a', path: '/b' }, ['/a/glossator', '/b/glossator']));
test('on Windows the program ends in .exe', () =>
  misses({ bundled: '/a', path: '/b', windows: true }, ['/a/glossator.exe', '/b/glossator.exe']));

test('five deaths within three minutes are too many, over a day they are not', () => {
  const minute = 60_000;
  assert.equal(tooManyDeaths([0, 1, 2, 3].map((it) => it * 1000)), false);
  assert.equal(tooManyDeaths([0, 1, 2, 3, 4].map((it) => it * 1000)), true);
  assert.equal(tooManyDeaths([0, 1, 2, 3, 4].map((it) => it * minute)), false);
});
