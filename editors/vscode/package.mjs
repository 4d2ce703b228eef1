// Makes glossator.vsix: the bundled code and, when it has been built, the server program.
// The program is the release build of this repository, or the one that the variable GLOSSATOR names.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('.', import.meta.url)));
const { platform, arch, env } = process;
const name = platform === 'win32' ? 'glossator.exe' : 'glossator';
const program = env.GLOSSATOR || `../../target/release/${name}`;

rmSync('server', { recursive: true, force: true });
const target = [];
if (existsSync(program)) {
  mkdirSync('server');
  copyFileSync(program, `server/${name}`);
  chmodSync(`server/${name}`, 0o755); // the archive keeps the mode that the file has now
  target.push('--target', `${platform}-${arch}`);
} else {
  console.log(`${program} is not there: the package will hold no server`);
}
for (const license of ['LICENSE-MIT', 'LICENSE-APACHE']) {
  rmSync(license, { force: true });
  if (existsSync(`../../${license}`)) copyFileSync(`../../${license}`, license);
}

const run = (script, ...args) => execFileSync(process.execPath, [`node_modules/${script}`, ...args], { stdio: 'inherit' });
execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit', shell: platform === 'win32' });
run('@vscode/vsce/vsce', 'package', '--no-dependencies', '--skip-license', ...target, '--out', 'glossator.vsix');
