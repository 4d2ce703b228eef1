// Makes glossator.vsix: the bundled code, the schemas, the pictures and, when it has been built, the server program.
//
//   node package.mjs                     for this machine, with target/release/glossator or the program that GLOSSATOR names
//   node package.mjs TARGET PROGRAM      for another one, as glossator-TARGET.vsix; TARGET is linux-x64, darwin-arm64, win32-x64, …
//
// Nothing is fetched: it works offline once `npm ci` has run.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { platformOf } from './program.mjs';

process.chdir(fileURLToPath(new URL('.', import.meta.url)));
const { platform, arch, env, argv } = process;
const own = `${platform}-${arch}`;
const [target = own, named] = argv.slice(2);
const name = target.startsWith('win32') ? 'glossator.exe' : 'glossator';
const program = named || env.GLOSSATOR || `../../target/release/${name}`;

rmSync('server', { recursive: true, force: true });
const options = [];
if (existsSync(program)) {
  const built = platformOf(readFileSync(program));
  if (built !== target.replace('alpine', 'linux')) throw new Error(`${program} is a program for ${built}, not for ${target}`);
  mkdirSync('server');
  copyFileSync(program, `server/${name}`);
  chmodSync(`server/${name}`, 0o755); // the archive keeps the mode that the file has now
  options.push('--target', target);
} else if (named) {
  throw new Error(`${program} is not there`);
} else {
  console.log(`${program} is not there: the package will hold no server`);
}

/** Puts a file of the project beside the extension, where the package is made. */
function bring(from, to) {
  rmSync(to, { force: true });
  copyFileSync(`../../${from}`, to);
}
for (const license of ['LICENSE-MIT', 'LICENSE-APACHE']) bring(license, license);
mkdirSync('schema', { recursive: true });
for (const schema of ['record.schema.json', 'config.schema.json']) bring(`docs/schema/${schema}`, `schema/${schema}`);
for (const picture of ['hover', 'warnings', 'hierarchy', 'fixes']) bring(`docs/pictures/vscode-${picture}.png`, `media/${picture}.png`);

const run = (script, ...args) => execFileSync(process.execPath, [`node_modules/${script}`, ...args], { stdio: 'inherit' });
execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit', shell: platform === 'win32' });
const out = target === own ? 'glossator.vsix' : `glossator-${target}.vsix`;
run('@vscode/vsce/vsce', 'package', '--no-dependencies', '--skip-license', '--no-rewrite-relative-links', ...options, '--out', out);
