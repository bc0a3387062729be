// The real popup of the toolbar button. Playwright does not see it, so Puppeteer is connected to the same browser.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pressToolbarButton } from './extension.mjs';

/** Presses the toolbar button on `page`: { popup, close() }, the popup as a page of Puppeteer. */
export async function openPopup(extension, page) {
  const { default: puppeteer } = await import('puppeteer-core');
  const [port, path] = readFileSync(join(extension.profile, 'DevToolsActivePort'), 'utf8').trim().split('\n');
  const targetId = await pressToolbarButton(extension, page);
  const browser = await puppeteer.connect({ browserWSEndpoint: `ws://127.0.0.1:${port}${path}`, defaultViewport: null });
  const close = async () => {
    await browser.disconnect();
    if (targetId) await extension.browser.send('Target.closeTarget', { targetId }).catch(() => undefined);
  };
  try {
    const target = await browser.waitForTarget((other) => other.url().includes(`${extension.id}/popup.html`), {
      timeout: 10_000,
    });
    const popup = await target.asPage();
    popup.setDefaultTimeout(10_000);
    return { popup, close };
  } catch (error) {
    await close();
    throw error;
  }
}
