// What a person sees in VS Code, and the pictures of the manual:  node ui.mjs RIG CORPUS [PICTURES]
// RIG is the folder that get-vscode.sh filled. Pictures are taken when a folder for them is named.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually, finish, test } from './harness.mjs';
import { serverSetting, withEditor, withPage } from './rig.mjs';

const [rig, corpus, pictures] = process.argv.slice(2).map((folder) => path.resolve(folder));
const STATUS = '.statusbar-item[id="glossator.glossator.server"]';
const CHINESE = '# 摘要\n\n据报道，😀 人民日报在二〇二一年签约 [@nobody-1999, 第3页]。\n';

/** VS Code draws spaces as no-break ones. */
const words = (text) => new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '\\s'));

/** The hands and eyes of a person in front of the workbench. */
class Person {
  constructor(page) {
    this.page = page;
  }

  line(text) {
    return this.page.locator('.editor-instance .view-line, .monaco-editor .view-line', { hasText: words(text) }).first();
  }

  /** Where those words are drawn, once two looks agree: a line is drawn anew when colours or findings come. */
  async find(text) {
    let last;
    return eventually(`“${text}” to lie still`, async () => {
      const box = await this.line(text).evaluate((line, pattern) => {
        const pieces = [];
        const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
        let whole = '';
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          pieces.push({ node, start: whole.length });
          whole += node.data;
        }
        const found = new RegExp(pattern).exec(whole);
        const at = (offset) => pieces.findLast(({ start }) => start <= offset);
        const range = document.createRange();
        const [first, last] = [at(found.index), at(found.index + found[0].length - 1)];
        range.setStart(first.node, found.index - first.start);
        range.setEnd(last.node, found.index + found[0].length - last.start);
        const { x, y, width, height } = range.getBoundingClientRect();
        return { x, y, width, height };
      }, words(text).source, { timeout: 5000 }).catch(() => undefined);
      const still = box && last && box.x === last.x && box.y === last.y && box.width === last.width;
      last = box;
      return still && box;
    });
  }

  async click(text) {
    const box = await this.find(text);
    await this.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  }

  /** Points at words until a card with that text is there, and says what the card says: it may go when the text moves. */
  async pointAt(text, card) {
    const shown = this.page.locator('.monaco-hover:visible', { hasText: card }).first();
    return eventually(`a card with ${card}`, async () => {
      const box = await this.find(text);
      await this.page.mouse.move(box.x + 300, box.y + 200);
      await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 3 });
      return shown.innerText({ timeout: 3000 }).catch(() => undefined);
    });
  }

  /** Runs a command of the palette by its name. */
  command(name) {
    return this.choose('F1', `>${name}`, name);
  }

  /** Opens a file of the folder by its name; again, if the list was drawn anew under the hand. */
  async open(name) {
    await eventually(`${name} in front`, async () => {
      await this.choose('Control+P', name, name);
      return this.tab(name, 5000).then(() => true, () => false);
    });
  }

  /** Opens a list by a key, looks for something in it, and takes that. */
  async choose(key, search, wanted) {
    await eventually(`${wanted} in the list`, async () => {
      await this.page.keyboard.press(key);
      await this.page.locator('.quick-input-widget input').fill(search, { timeout: 5000 }).catch(() => {});
      const row = this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: wanted });
      return row.waitFor({ timeout: 5000 }).then(() => true, () => this.page.keyboard.press('Escape'));
    });
    await this.page.keyboard.press('Enter');
  }

  tab(name, timeout) {
    return this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor({ timeout });
  }

  async picture(name) {
    if (!pictures) return;
    await this.page.waitForTimeout(500);
    await this.page.screenshot({ path: path.join(pictures, `vscode-${name}.png`) });
  }
}

async function tests(page, editor) {
  const person = new Person(page);
  page.setDefaultTimeout(60_000);

  await test('the workbench opens a note, and the server runs', async () => {
    await page.goto(editor.page('notes/data-brokers.md', 25));
    await page.locator(`${STATUS} .codicon-check`).waitFor({ timeout: 120_000 });
  });

  await test('claims without a source are underlined, and listed among the problems', async () => {
    await page.locator('.squiggly-warning').first().waitFor();
    await page.keyboard.press('Control+B');
    await page.keyboard.press('Control+Shift+M');
    await page.locator('.markers-panel .monaco-list-row', { hasText: 'no source is cited for this claim' }).first().waitFor();
    await person.picture('warnings');
    await page.keyboard.press('Control+J');
  });

  await test('a card says who is named', async () => {
    assert.match(await person.pointAt('ByteDance', 'mentions in'), /Chinese company/);
    await person.picture('hover');
    await page.mouse.move(5, 5);
  });

  await test('actors and keys have a colour of their own, in a light and in a dark theme', async () => {
    const colour = (text) => person.line(text).evaluate((line, pattern) => {
      const spans = [...line.querySelectorAll('span span')];
      return getComputedStyle(spans.find((span) => new RegExp(pattern).test(span.textContent))).color;
    }, words(text).source);
    for (const [actor, key] of [['rgb(11, 110, 79)', 'rgb(122, 62, 157)'], ['rgb(111, 211, 168)', 'rgb(201, 160, 234)']]) {
      await eventually(`actors in ${actor}`, async () => (await colour('ByteDance')) === actor);
      await eventually(`keys in ${key}`, async () => (await colour('nyt-2023')) === key);
      await person.command('Preferences: Toggle between Light/Dark Themes');
    }
  });

  await test('the light bulb cites a source', async () => {
    await person.click('nine months');
    const menu = page.locator('.action-widget');
    // Findings may be on their way to the workbench still: the menu is asked for again.
    await eventually('the menu', async () => {
      await page.keyboard.press('Control+Period');
      return menu.locator('.action', { hasText: 'wapo-2024' }).first().waitFor({ timeout: 3000 }).then(() => true, async () => {
        await page.keyboard.press('Escape');
      });
    });
    await person.picture('fixes');
    await menu.locator('.action', { hasText: 'wapo-2024' }).first().click();
    await person.line('April 2024 [@wapo-2024').waitFor();
    await page.keyboard.press('Control+Z');
  });

  await test('F12 leads to the record, where a lens counts the mentions and lists them', async () => {
    await eventually('the record in front', async () => {
      await person.click('ByteDance');
      await page.keyboard.press('F12');
      return person.tab('bytedance.md', 5000).then(() => true, () => false);
    });
    const lens = page.locator('.codelens-decoration a', { hasText: /mentions? in \d+ texts?/ }).first();
    const peek = page.locator('.peekview-widget').first();
    const list = peek.locator('.ref-tree .monaco-list-row').first();
    await eventually('the list', async () => {
      // Another click would close the list that is coming.
      if (!(await peek.isVisible())) await lens.click({ timeout: 5000 }).catch(() => {});
      return list.waitFor({ timeout: 3000 }).then(() => true, () => false);
    });
    await person.tab('bytedance.md');
    await page.keyboard.press('Escape');
  });

  await test('the type hierarchy shows owners', async () => {
    await person.open('peoples-data.md');
    const owners = page.locator('.part .monaco-list-row', { hasText: "People's Daily Online" });
    // It begins with what the company holds, unless it was turned round before.
    const held = page.locator('.part .monaco-list-row', { hasText: "People's DataCompany" }).or(owners).first();
    await eventually('the hierarchy', async () => {
      await person.click("name: People's Data");
      await person.command('Types: Show Type Hierarchy');
      return held.waitFor({ timeout: 5000 }).then(() => true, () => false);
    });
    await eventually('the owners', async () => {
      // A list that is still being filled does not turn round.
      if (!(await owners.first().isVisible())) await person.command('Types: Show Supertypes');
      return owners.first().waitFor({ timeout: 5000 }).then(() => true, () => false);
    });
    await person.picture('hierarchy');
  });

  await test('a finding is underlined at its words, after Chinese and an emoji', async () => {
    await person.open('zhaiyao.md');
    const squiggle = page.locator('.squiggly-error').first();
    await squiggle.waitFor();
    await eventually('the line under the words', async () => {
      const wanted = await person.find('nobody-1999');
      const drawn = await squiggle.boundingBox({ timeout: 3000 }).catch(() => undefined);
      return drawn && Math.abs(drawn.x - wanted.x) < 2 && Math.abs(drawn.width - wanted.width) < 2;
    });
    await person.pointAt('人民日报', "People's Daily");
    await person.picture('chinese');
  });

  await test('the status bar opens a menu, and from it the walkthrough, with its pictures', async () => {
    await page.locator(STATUS).click();
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Get Started' }).click();
    const steps = page.locator('.gettingStartedContainer .getting-started-step');
    await steps.first().waitFor();
    assert.equal(await steps.count(), 4);
    await eventually('the picture', () => page.evaluate(() => [...document.querySelectorAll('.gettingStartedContainer img')]
      .some((image) => image.naturalWidth > 500)));
  });
}

const prepare = (folder) => writeFileSync(path.join(folder, 'notes/zhaiyao.md'), CHINESE);
await withEditor({ rig, corpus, prepare, machine: serverSetting() },
  (editor) => withPage(rig, (page) => tests(page, editor), { width: 1024, height: 640 }));

await test('in an empty folder nothing runs, until a command makes it a workspace', async () => {
  const empty = mkdtempSync(path.join(tmpdir(), 'glossator-empty-'));
  writeFileSync(path.join(empty, 'readme.md'), 'Acme paid 3 million dollars in 2021.\n');
  await withEditor({ rig, corpus: empty, machine: serverSetting() }, (editor) => withPage(rig, async (page) => {
    const person = new Person(page);
    await page.goto(editor.page('readme.md'));
    await person.line('Acme paid').waitFor({ timeout: 120_000 });
    await page.locator('.statusbar-item', { hasText: 'Markdown' }).waitFor();
    assert.equal(await page.locator(STATUS).count(), 0);
    await person.command('Glossator: Make a Workspace in This Folder');
    await person.tab('glossator.toml');
    await page.locator(`${STATUS} .codicon-check`).waitFor();
    for (const name of ['corpus', 'notes', 'actors', 'annotations']) assert.ok(existsSync(path.join(editor.folder, name)), name);
  }));
  rmSync(empty, { recursive: true });
});
finish();
