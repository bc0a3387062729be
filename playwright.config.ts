import { defineConfig } from 'playwright/test';

export default defineConfig({
  outputDir: 'out/test/artifacts',
  fullyParallel: false,
  workers: 2,
  retries: 0,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  reporter: process.env.CONVSCOPE_REPORT ? [['json', { outputFile: process.env.CONVSCOPE_REPORT }], ['line']] : 'list',
  forbidOnly: true,
  projects: [
    { name: 'chromium', testDir: 'test/e2e' },
    { name: 'firefox', testDir: 'test/firefox' },
  ],
});
