import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dist, launch } from '../../scripts/lib/extension.mjs';
import { chooseEntry, painted, panelOf } from '../../scripts/lib/panel.mjs';
import { type Extension, expect, nameRules, test as stories } from './support/fixtures';
import { withPopup } from './support/popup';
import { pageAt } from './support/server';

// The extension with its programs taken out or never ending: what is left is what is painted first.

const variants = { missing: 'throw new Error("taken out");', endless: 'await new Promise(() => {});' } as const;

/** The package in which `code` stands for what comes after the first paint. */
async function without(program: string, code: string, use: (extension: Extension) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'convscope-first-'));
  try {
    cpSync(dist, folder, { recursive: true });
    const programs = readdirSync(join(folder, 'assets')).filter((file) => /^(?:rest|beside)-.*\.js$/.test(file));
    expect(programs).toHaveLength(3);
    for (const file of programs) writeFileSync(join(folder, 'assets', file), code);
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
