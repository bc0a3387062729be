// Measures rows in a headless Chromium, one after the other, in one page.
import { servePage } from './build.mjs';

const lateAfter = 600_000;

/** Opens the page of the bench: { version, binary, rows, measure(asked), close() }. */
export async function openBench(program, threads) {
  const { chromium } = await import('playwright');
  const site = await servePage({ isolated: threads > 1 });
  const browser = await chromium.launch({ executablePath: program, headless: true, chromiumSandbox: false });
  const close = async () => {
    await browser.close();
    site.close();
  };
  try {
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error(error));
    page.on('console', (message) => {
      if (message.type() === 'error') console.error(message.text());
    });
    const start = async () => {
      await page.goto(site.url);
      await page.waitForFunction(() => globalThis.bench !== undefined);
      return page.evaluate((count) => globalThis.bench.open(count), threads);
    };
    const opened = await start();
    const rows = await page.evaluate(() => globalThis.bench.rows());
    const measure = async (asked) => {
      let timer;
      const late = new Promise((_, reject) => {
        timer = setTimeout(
          () => reject(new Error(`${asked.name} at ${asked.size}: no answer in ${lateAfter / 1000} s`)),
          lateAfter,
        );
      });
      try {
        return await Promise.race([page.evaluate((what) => globalThis.bench.measure(what), asked), late]);
      } finally {
        clearTimeout(timer);
      }
    };
    return { version: browser.version(), ...opened, rows, measure, restart: start, close };
  } catch (error) {
    await close();
    throw error;
  }
}
