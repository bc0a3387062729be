// The real popup of the toolbar button. Playwright does not see it, so Puppeteer is connected to the same browser.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import puppeteer, { type Page as Popup } from 'puppeteer-core';
import { pressToolbarButton } from '../../../scripts/lib/extension.mjs';
import type { Extension } from './fixtures';

export type { Popup };

/** Presses the toolbar button on `page`, gives `use` the popup, and lets go of it afterwards. */
export async function withPopup(extension: Extension, page: Page, use: (popup: Popup) => Promise<void>): Promise<void> {
  const [port, path] = readFileSync(join(extension.profile, 'DevToolsActivePort'), 'utf8').trim().split('\n');
  const targetId = await pressToolbarButton(extension, page);
  const browser = await puppeteer.connect({ browserWSEndpoint: `ws://127.0.0.1:${port}${path}`, defaultViewport: null });
  try {
    const target = await browser.waitForTarget((other) => other.url().includes(`${extension.id}/popup.html`), {
      timeout: 10_000,
    });
    const popup = await target.asPage();
    popup.setDefaultTimeout(10_000);
    await use(popup);
  } finally {
    await browser.disconnect();
    if (targetId) await extension.browser.send('Target.closeTarget', { targetId }).catch(() => undefined);
  }
}
