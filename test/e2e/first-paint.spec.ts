import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dist, launch } from '../../scripts/lib/extension.mjs';
import { chooseEntry, painted, panelOf } from '../../scripts/lib/panel.mjs';
import { type Extension, expect, nameRules, test as stories } from './support/fixtures';
import { withPopup } from './support/popup';
import { pageAt } from './support/server';

// The extension with its programs taken out or never ending: what is left is what is painted first.

const variants = {
  missing: () => 'throw new Error("taken out");',
  endless: () => 'await new Promise(() => {});',
  late: (code: string) => `await new Promise((done) => setTimeout(done, 3000));\n${code}`,
} as const;

/** The package with something else in the place of what comes after the first paint. */
async function without(
  program: string,
  instead: (code: string) => string,
  use: (extension: Extension) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'convscope-first-'));
  try {
    cpSync(dist, folder, { recursive: true });
    const programs = readdirSync(join(folder, 'assets')).filter((file) => /^(?:rest|beside)-.*\.js$/.test(file));
    expect(programs).toHaveLength(3);
    for (const file of programs) {
      const path = join(folder, 'assets', file);
      writeFileSync(path, instead(readFileSync(path, 'utf8')));
    }
    const extension = await launch(program, { args: [nameRules], folder });
    try {
      await use(extension);
    } finally {
      await extension.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

stories('the panel names its operation, waits and can be closed before its program is there', async ({ program, site }) => {
  await without(program, variants.endless, async (extension) => {
    const page = await extension.context.newPage();
    await page.goto(pageAt(site.origin, { images: ['/pattern-90x60.png'] }));
    await chooseEntry(extension, page, 'maxPool', { srcUrl: `${site.origin}/pattern-90x60.png` });
    const panel = await panelOf(page);
    await expect(panel.getByText('Max-pool')).toBeVisible();
    await expect(panel.getByRole('progressbar', { name: 'Decoding pattern-90x60.png' })).toBeVisible();
    await panel.getByRole('button', { name: /^Close/ }).click();
    await expect.poll(() => page.frames().length).toBe(1);
  });
});

stories('the popup has its head, its strip and its stage before its program is there', async ({ program, site }) => {
  await without(program, variants.endless, async (extension) => {
    const page = await extension.context.newPage();
    await page.goto(pageAt(site.origin, { images: ['/pattern-90x60.png'] }));
    await withPopup(extension, page, async (popup) => {
      await popup.waitForSelector('::-p-aria([name="Pictures on this page"][role="heading"])');
      await popup.waitForSelector('.strip ::-p-text(Looking for pictures)');
      await popup.waitForSelector('.stage [role="progressbar"]');
    });
  });
});

stories(
  'an operation that is chosen in the popup before its program is there is the one that runs',
  async ({ program, site }) => {
    await without(program, variants.late, async (extension) => {
      const page = await extension.context.newPage();
      await page.goto(pageAt(site.origin, { images: ['/pattern-90x60.png'] }));
      await withPopup(extension, page, async (popup) => {
        const search = await popup.waitForSelector('::-p-aria([name="Find an operation"][role="combobox"])');
        await search?.type('sigmoid');
        await popup.keyboard.press('Enter');
        expect(await popup.$('main[aria-busy="true"]')).not.toBeNull();
        await popup.waitForSelector('canvas[aria-label="Output"]', { timeout: 20_000 });
        expect(await popup.$eval('.ops [aria-selected="true"]', (entry) => entry.textContent)).toBe('Sigmoid');
      });
    });
  },
);

stories('a panel and a popup whose program does not come say so', async ({ program, site }) => {
  await without(program, variants.missing, async (extension) => {
    const page = await extension.context.newPage();
    await page.goto(pageAt(site.origin, { images: ['/pattern-90x60.png'] }));
    await chooseEntry(extension, page, 'maxPool', { srcUrl: `${site.origin}/pattern-90x60.png` });
    const panel = await panelOf(page);
    await expect(panel.getByText('A part of ConvScope did not load. Close this and open it again.')).toBeVisible();
    await withPopup(extension, page, async (popup) => {
      await popup.waitForSelector('::-p-text(A part of ConvScope did not load.)');
    });
  });
});

stories('the Lab starts, and shows a picture with its result, before what stands beside them is there', async ({ program }) => {
  await without(program, variants.endless, async (extension) => {
    const lab = await extension.context.newPage();
    await lab.goto(`chrome-extension://${extension.id}/lab.html`);
    await expect(lab.getByRole('heading', { name: 'ConvScope Lab' })).toBeVisible();
    await lab
      .getByRole('button', { name: /chelsea/ })
      .first()
      .click();
    await painted(lab);
  });
});
