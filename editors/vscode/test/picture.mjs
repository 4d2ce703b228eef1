// Takes the pictures of the manual in a real VS Code:  node picture.mjs RIG CORPUS OUT-FOLDER
// RIG is the folder that get-vscode.sh filled; glossator.vsix must have been packaged with its server.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEditor, withPage } from './rig.mjs';

const [rig, corpus, out] = process.argv.slice(2).map((folder) => path.resolve(folder));
const vsix = fileURLToPath(new URL('../glossator.vsix', import.meta.url));

const editor = await startEditor({ rig, vsix, corpus });
try {
  await withPage(rig, async (page) => {
    await page.goto(editor.page('notes/data-brokers.md'));
    await page.locator('.squiggly-info').first().waitFor({ timeout: 120_000 });
    await page.keyboard.press('Control+Alt+B');
    await page.locator('.view-lines').first().click();
    await page.keyboard.press('Control+End');
    await page.locator('.squiggly-warning').first().waitFor({ timeout: 60_000 });
    const name = page.locator('.view-line', { hasText: 'ByteDance has nine months' }).first();
    const box = await name.boundingBox();
    await page.mouse.move(box.x + 40, box.y + 9);
    await page.locator('.monaco-hover .hover-contents', { hasText: 'mentions in' }).first().waitFor({ timeout: 60_000 });
    await page.waitForTimeout(500);
    await page.screenshot({ path: path.join(out, 'vscode-hover.png') });
  });
} finally {
  await editor.stop();
}
