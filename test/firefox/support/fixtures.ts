// What a story in Firefox needs: the browser with the package, a tab, and the Lab in it.
import type { Page } from 'puppeteer-core';
import { findFirefox } from '../../../scripts/lib/desk.mjs';
import { test as base, expect } from '../../e2e/support/fixtures';
import { type Firefox, launchFirefox, type Surface } from './firefox';

const program = findFirefox();
export const noFirefox = program === null;
if (noFirefox) console.log('Not tested: no Firefox found.');

export const test = base.extend<{ tab: Page; lab: Surface }, { firefox: Firefox }>({
  firefox: [
    async ({ browserName: _ }, use) => {
      const firefox = await launchFirefox(program ?? 'firefox');
      await use(firefox);
      await firefox.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  tab: async ({ firefox }, use) => {
    const tab = await firefox.browser.newPage();
    await use(tab);
    await tab.close();
  },
  lab: async ({ firefox, tab }, use) => {
    // The navigation never reports its end for extension pages.
    await tab.goto(`${firefox.origin}/lab.html`, { timeout: 2000 }).catch(() => undefined);
    await use(await firefox.surface('lab.html'));
  },
});
export { expect };
