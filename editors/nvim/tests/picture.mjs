// Takes the manual's picture of Neovim:  node picture.mjs RIG NVIM CORPUS PICTURE
// RIG is the folder that get-vscode.sh filled: VS Code's terminal draws what Neovim writes. Needs tmux.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from '../../vscode/test/harness.mjs';
import { withPage } from '../../vscode/test/rig.mjs';

const [rig, nvim, corpus, picture] = process.argv.slice(2).map((file) => path.resolve(file));
const plugin = fileURLToPath(new URL('..', import.meta.url));
const [columns, rows] = [108, 24];
const scratch = mkdtempSync(path.join(tmpdir(), 'glossator-picture-'));
const written = path.join(scratch, 'written');
const tmux = (...args) => execFileSync('tmux', ['-u', '-L', `glossator-picture-${process.pid}`, ...args], { encoding: 'utf8' });
const screen = () => tmux('capture-pane', '-p');
const shows = (words) => eventually(`“${words}” on the screen`, () => screen().includes(words));

try {
  // The program begins when its terminal is listened to.
  const start = `read go; exec ${nvim} --clean -n --cmd 'set rtp^=${plugin} termguicolors wrap linebreak' notes/data-brokers.md`;
  tmux('-f', '/dev/null', 'new-session', '-d', '-x', `${columns}`, '-y', `${rows}`, '-c', corpus, 'sh', '-c', start);
  tmux('pipe-pane', '-O', `cat > ${written}`);
  tmux('send-keys', 'Enter');
  await shows('The data brokers');
  tmux('send-keys', '-l', ':colorscheme habamax | set signcolumn=yes | lua vim.diagnostic.config({ virtual_lines = { current_line = true } })');
  tmux('send-keys', 'Enter');
  tmux('send-keys', '-l', '27Gzt3k27G');
  await shows('no source is cited for this claim');
  tmux('send-keys', '-l', ':sleep 500m');
  tmux('send-keys', 'Enter', 'K');
  await shows('Chinese company, owner of');
  await new Promise((resolve) => setTimeout(resolve, 1000));

  await withPage(rig, async (page) => {
    const xterm = path.join(rig, 'node_modules/code-server/lib/vscode/node_modules/@xterm');
    await page.setContent('<body style="margin:0;background:#1c1c1c"><div id="screen" style="display:inline-block;padding:6px"></div>');
    await page.addStyleTag({ path: path.join(xterm, 'xterm/css/xterm.css') });
    await page.addScriptTag({ path: path.join(xterm, 'xterm/lib/xterm.js') });
    await page.addScriptTag({ path: path.join(xterm, 'addon-unicode11/lib/addon-unicode11.js') });
    await page.evaluate(({ columns, rows, text }) => new Promise((resolve) => {
      const terminal = new Terminal({ cols: columns, rows, fontSize: 14, fontFamily: 'DejaVu Sans Mono', allowProposedApi: true });
      terminal.loadAddon(new Unicode11Addon.Unicode11Addon());
      terminal.unicode.activeVersion = '11';
      terminal.open(document.getElementById('screen'));
      terminal.write(text, () => setTimeout(resolve, 500));
    }), { columns, rows, text: readFileSync(written, 'utf8') });
    await page.locator('#screen').screenshot({ path: picture });
  });
} finally {
  tmux('kill-server');
  rmSync(scratch, { recursive: true, force: true });
}
