// Promises of package.json and of the lock file that nothing else would notice the loss of.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { test } from 'node:test';
import { platformOf } from '../program.mjs';

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
  assert.ok(lines.length <= 300, `${lines.length} lines`);
});
test('what an extension for YAML and TOML checks by is in the project', () => {
  const { yamlValidation, tomlValidation } = manifest.contributes;
  for (const { url } of [...yamlValidation, ...tomlValidation]) {
    const { title } = JSON.parse(read(`../../docs/${url.replace('./', '')}`));
    assert.ok(title, url);
  }
});
test('every picture of the walkthrough and the README is one of the manual, and small', () => {
  const steps = manifest.contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps.map(({ media }) => media.image));
  const shown = [...read('README.md').matchAll(/\((media\/[^)]+)\)/g)].map(([, image]) => image);
  assert.ok(shown.length > 0);
  for (const image of [...steps, ...shown]) {
    const picture = new URL(`../../../docs/pictures/vscode-${image.replace('media/', '')}`, import.meta.url);
    assert.ok(existsSync(picture) && statSync(picture).size < 160_000, image);
  }
});
test('the marketplace takes no icon but a PNG', () => {
  assert.equal(readFileSync(new URL(`../${manifest.icon}`, import.meta.url)).subarray(1, 4).toString('latin1'), 'PNG');
});
test('every command of the walkthrough is there', () => {
  const own = manifest.contributes.commands.map(({ command }) => command);
  for (const [, command] of read('package.json').matchAll(/command:(glossator\.\w+)/g)) assert.ok(own.includes(command), command);
});
test('a folder that is no workspace of ours does not start the server', () => {
  assert.deepEqual(manifest.activationEvents.filter((event) => !event.startsWith('workspaceContains:')), []);
});
test('a folder with records, texts, decisions or a bibliography is a workspace without settings; one with notes alone is not', () => {
  const looked = manifest.activationEvents.map((event) => event.replace('workspaceContains:', ''));
  assert.deepEqual(looked, ['glossator.toml', 'references.yaml', 'references.json', 'references.bib', 'actors', 'corpus', 'annotations']);
  const { root_markers: markers } = /root_markers = \{(?<root_markers>[^}]*)\}/.exec(read('../nvim/lua/glossator/init.lua')).groups;
  assert.deepEqual([...markers.matchAll(/'([^']+)'/g)].map(([, name]) => name), looked, 'as in Neovim');
});
test('a program tells which platform it is for', () => {
  const program = (length, ...writes) => {
    const bytes = Buffer.alloc(length);
    for (const [at, value] of writes) bytes.writeUInt32LE(value, at);
    return platformOf(bytes);
  };
  assert.equal(program(64, [0, 0x464c457f], [0x12, 0x3e]), 'linux-x64');
  assert.equal(program(64, [0, 0x464c457f], [0x12, 0xb7]), 'linux-arm64');
  assert.equal(program(64, [0, 0xfeedfacf], [4, 0x0100000c]), 'darwin-arm64');
  assert.equal(program(256, [0, 0x00005a4d], [0x3c, 0x80], [0x84, 0x8664]), 'win32-x64');
  assert.equal(program(64, [0, 0x464c457f], [0x12, 0x08]), 'linux-unknown');
  assert.equal(platformOf(Buffer.from('#!/bin/sh')), 'unknown');
});
