import { join } from 'node:path';
import { build, type Plugin } from 'vite';
import { root } from '../../../scripts/lib/process.mjs';
import { test as base, expect, expectPixels } from '../support/fixtures';
import { serveFolder } from '../support/folder';
import { pattern, type Raster } from '../support/raster';
import { pngOf } from '../support/server';

// An op is one file and one line: the Lab is built with one more, and has it everywhere without any other change.

const folder = join(root, 'out', 'test', 'own-op');
const oneMore: Plugin = {
  name: 'one-more-op',
  enforce: 'pre',
  transform: (code, id) =>
    /src\/core\/ops\/index\.ts$/.test(id.replaceAll('\\', '/'))
      ? `${code}\nexport { repeatValues } from ${JSON.stringify(join(root, 'test/e2e/own-op/repeatValues.ts'))};`
      : undefined,
};

const test = base.extend<object, { lab: string }>({
  lab: [
    async ({ browserName: _ }, use) => {
      await build({
        configFile: join(root, 'vite.config.ts'),
        mode: 'lab',
        logLevel: 'warn',
        plugins: [oneMore],
        worker: { plugins: () => [oneMore] },
        build: { outDir: folder, emptyOutDir: true },
      });
      const { url, close } = await serveFolder(folder);
      await use(url);
      close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

const x = pattern(20, 16);
/** Every pixel as a block of side n, dark for light. */
function blocks({ width, height, data }: Raster, n: number): Raster {
  const at = (i: number): number => {
    const [column, row] = [Math.floor(i / 3) % (width * n), Math.floor(Math.floor(i / 3) / (width * n))];
    return 255 - data[3 * (Math.floor(row / n) * width + Math.floor(column / n)) + (i % 3)]!;
  };
  return { width: width * n, height: height * n, data: Uint8Array.from({ length: data.length * n * n }, (_, i) => at(i)) };
}

test('an op that only its own file knows is found, controlled, run, explained and kept in the address', async ({ page, lab }) => {
  const steps = [{ op: 'repeatValues', params: { inverted: true } }];
  const scene = encodeURIComponent(JSON.stringify({ version: 1, input: 'unit', steps }));
  await page.goto(`${lab}#scene=${scene}`);
  const file = { name: 'mine.png', mimeType: 'image/png', buffer: Buffer.from(pngOf(x)) };
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Open a picture' }).click(),
  ]);
  await chooser.setFiles(file);
  await expectPixels(page, 'Output', blocks(x, 2));
  const controls = page.getByRole('complementary');
  await expect(controls.getByText('Puts every value in a block of its own.')).toBeVisible();
  await expect(controls.getByText('repeat_interleave(2, 2)')).toBeVisible();
  for (const name of ['Times', 'Gain', 'Inverted', 'Ends', 'Shift']) {
    await expect(controls.getByText(name, { exact: true }).first()).toBeVisible();
  }
  const times = controls.getByRole('spinbutton', { name: 'Times' });
  await times.fill('3');
  await times.press('Enter');
  await expectPixels(page, 'Output', blocks(x, 3));
  await expect.poll(() => decodeURIComponent(new URL(page.url()).hash)).toContain('"times":3');
});
