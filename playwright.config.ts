import { defineConfig } from 'playwright/test';

/** What measures time has the machine to itself: run with one worker. */
const alone = /(large|decode)\.spec/;

export default defineConfig({
  outputDir: 'out/test/artifacts',
  fullyParallel: false,
  workers: 2,
  retries: 0,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  reporter: process.env.CONVSCOPE_REPORT ? [['json', { outputFile: process.env.CONVSCOPE_REPORT }], ['dot']] : 'list',
  forbidOnly: true,
  projects: [
    { name: 'chromium', testDir: 'test/e2e', testIgnore: alone },
    { name: 'alone', testDir: 'test/e2e', testMatch: alone },
    { name: 'firefox', testDir: 'test/firefox' },
  ],
});
