import { readFileSync } from 'node:fs';
import axe from 'axe-core';
import { decode as decodePng } from 'fast-png';
import type { Page } from 'playwright/test';
import { painted } from '../../scripts/lib/panel.mjs';
import { readNpy } from '../image/npy/readNpy';
import { expect, expectPixels, test } from './support/fixtures';
import { convolve, difference, maxPool, pattern, type Raster, readPng } from './support/raster';
import { pngOf } from './support/server';

/** The Lab as a plain web page: Playwright grants the clipboard to web origins only. */

const x = pattern(50, 40);
const edges = [
  [-1, 0, 1],
  [-2, 0, 2],
  [-1, 0, 1],
];
/** Edges, then their maxima; between them a step that is off. */
const chain = {
  version: 1,
  input: 'signed',
  steps: [
    { op: 'conv2d', params: { padding: 1, groups: 3 }, weights: { weight: edges } },
    { op: 'sigmoid', params: {}, off: true },
    { op: 'maxPool2d', params: { kernelSize: 2 } },
  ],
};

const values = (raster: Raster): number[] => [...raster.data].map((v) => Math.fround(Math.fround(2 * Math.fround(v / 255)) - 1));

/** The first step in plain loops: values of three planes, zeros beyond the edge. */
function edgesOf(raster: Raster): number[][] {
  const v = values(raster);
  const { width, height } = raster;
  const at = (y: number, z: number, c: number) => (y < 0 || z < 0 || y >= height || z >= width ? 0 : v[(y * width + z) * 3 + c]!);
  return [0, 1, 2].map((c) =>
    Array.from({ length: width * height }, (_, i) => {
      const [y, z] = [Math.floor(i / width), i % width];
      return edges.reduce(
        (sum, row, dy) => row.reduce((part, weight, dz) => part + weight * at(y + dy - 1, z + dz - 1, c), sum),
        0,
      );
    }),
  );
}
function pooled(planes: number[][], width: number): number[] {
  return planes.flatMap((plane) => {
    const out: number[] = [];
    for (let y = 0; y < plane.length / width; y += 2)
      for (let z = 0; z < width; z += 2)
        out.push(Math.max(...[0, 1, width, width + 1].map((step) => plane[y * width + z + step]!)));
    return out;
  });
}

async function openLab(page: Page, lab: string, raster: Raster, scene: object = chain): Promise<void> {
  await page.goto(`${lab}#scene=${encodeURIComponent(JSON.stringify(scene))}`);
  await page.reload();
  await expect(page.getByText('Drop a picture here')).toBeVisible();
  await page.evaluate(
    (base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], 'mine.png', { type: 'image/png' }));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    Buffer.from(pngOf(raster)).toString('base64'),
  );
  await painted(page);
}

const lab = ({ id }: { id: string }): string => `chrome-extension://${id}/lab.html`;
const sheet = (page: Page) => page.getByRole('dialog', { name: 'Export' });
async function openSheet(page: Page, what: 'Picture' | 'Values' | 'Figure' | 'Chain') {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(sheet(page)).toBeVisible();
  await choose(page, what);
}
const choose = (page: Page, name: string) => sheet(page).getByRole('radio', { name, exact: true }).check({ force: true });

async function saved(page: Page): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    sheet(page).getByRole('button', { name: 'Save', exact: true }).click(),
  ]);
  const name = download.suggestedFilename();
  await expect(sheet(page).getByRole('status')).toHaveText(`Saved as ${name}`);
  return { name, bytes: readFileSync(await download.path()) };
}

test('values saved as .npy are those of the chain, of every step and of the input', async ({ page, extension }) => {
  await openLab(page, lab(extension), x);
  await openSheet(page, 'Values');
  const of = sheet(page).getByRole('combobox', { name: 'Of' });
  await expect(of.getByRole('option')).toHaveText([
    'Input (3 × 40 × 50)',
    '1. Convolution (3 × 40 × 50)',
    '3. Max-pool (3 × 20 × 25)',
  ]);
  const first = edgesOf(x);
  const input = [0, 1, 2].flatMap((c) => values(x).filter((_, i) => i % 3 === c));
  for (const [label, shape, expected, name, size] of [
    ['3. Max-pool (3 × 20 × 25)', [1, 3, 20, 25], pooled(first, 50), 'mine-conv2d-maxPool2d.npy', '6.1 kB'],
    ['1. Convolution (3 × 40 × 50)', [1, 3, 40, 50], first.flat(), 'mine-conv2d.npy', '24.1 kB'],
    ['Input (3 × 40 × 50)', [1, 3, 40, 50], input, 'mine.npy', '24.1 kB'],
  ] as const) {
    await of.selectOption(label);
    const told = sheet(page).getByRole('status');
    await expect(told).toHaveText(size);
    const file = await saved(page);
    expect(file.name).toBe(name);
    expect(`${(file.bytes.length / 1000).toFixed(1)} kB`).toBe(size);
    const { shape: read, data } = readNpy(file.bytes);
    expect(read).toEqual(shape);
    const farthest = Math.max(...data.map((v, i) => Math.abs(v - expected[i]!)));
    expect(data.length).toBe(expected.length);
    expect(farthest).toBeLessThan(1e-5);
  }
});

test('values saved as .npy open again as a picture, dropped on the Lab, and say what they are', async ({ page, extension }) => {
  const scene = { version: 1, input: 'unit', steps: [{ op: 'maxPool2d', params: { kernelSize: 2 } }] };
  await openLab(page, lab(extension), x, scene);
  await openSheet(page, 'Values');
  const { name, bytes } = await saved(page);
  await page.keyboard.press('Escape');
  await page.evaluate(
    ([base64, title]) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(base64!), (letter) => letter.charCodeAt(0))], title!));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    [bytes.toString('base64'), name],
  );
  await expectPixels(page, 'Input', maxPool(x, 2));
  await expect(page.getByText('NPY of float32, shape (1, 3, 20, 25), read as channels, rows and columns.')).toBeVisible();
  await expect(page.getByText('Values 0 to 1 are black to white.')).toBeVisible();
  await expectPixels(page, 'Output', maxPool(maxPool(x, 2), 2));
});

test('a picture saved with 16 bits has 257 times finer steps, and WebP is a WebP of that size', async ({ page, extension }) => {
  const scene = { version: 1, input: 'unit', steps: [{ op: 'avgPool2d', params: { kernelSize: 2 } }] };
  await openLab(page, lab(extension), x, scene);
  await openSheet(page, 'Picture');
  const format = sheet(page).getByRole('combobox', { name: 'Format' });
  await format.selectOption('png16');
  const fine = decodePng((await saved(page)).bytes, { checkCrc: true });
  expect([fine.width, fine.height, fine.depth, fine.channels]).toEqual([25, 20, 16, 3]);
  const mean = (row: number, column: number, c: number): number =>
    [0, 3, 150, 153].reduce((sum, step) => sum + x.data[(2 * row * 50 + 2 * column) * 3 + c + step]! / 4, 0);
  const expected = Array.from({ length: 1500 }, (_, i) => 257 * mean(Math.floor(i / 75), Math.floor(i / 3) % 25, i % 3));
  expect(Math.max(...[...fine.data].map((word, i) => Math.abs(word - expected[i]!)))).toBeLessThanOrEqual(0.51);

  await format.selectOption('webp');
  await expect(sheet(page).getByRole('status')).toHaveText(/^About /);
  const { name, bytes } = await saved(page);
  expect([name, bytes.toString('latin1', 0, 4), bytes.toString('latin1', 8, 12)]).toEqual([
    'mine-avgPool2d.webp',
    'RIFF',
    'WEBP',
  ]);
  const size = await page.evaluate(async (base64) => {
    const blob = await (await fetch(`data:image/webp;base64,${base64}`)).blob();
    const { width, height } = await createImageBitmap(blob);
    return [width, height];
  }, bytes.toString('base64'));
  expect(size).toEqual([25, 20]);
});

test('a figure as SVG has pictures, captions, legend and a description; as PNG it is drawn alike', async ({
  page,
  extension,
}) => {
  await openLab(page, lab(extension), x);
  await openSheet(page, 'Figure');
  await choose(page, 'Every step');
  await sheet(page).getByRole('textbox', { name: 'Title' }).fill('Edges & <maxima>');
  await expect(sheet(page).getByRole('img', { name: 'Edges & <maxima>, with 3 pictures side by side' })).toBeVisible();
  const { name, bytes } = await saved(page);
  expect(name).toBe('mine-conv2d-maxPool2d.svg');
  const seen = await page.evaluate((text) => {
    const svg = new DOMParser().parseFromString(text, 'image/svg+xml');
    const textOf = (selector: string) => [...svg.querySelectorAll(selector)].map((at) => at.textContent);
    const hrefs = [...svg.querySelectorAll('image')].map((at) => at.getAttribute('href') ?? '');
    return {
      broken: svg.querySelector('parsererror')?.textContent ?? null,
      title: textOf('title'),
      about: textOf('desc').join(),
      texts: textOf('text'),
      hrefs,
      stops: [...svg.querySelectorAll('linearGradient:first-of-type stop')].map((at) => at.getAttribute('stop-color')),
    };
  }, bytes.toString('utf8'));
  expect(seen.broken).toBeNull();
  expect(seen.title).toEqual(['Edges & <maxima>']);
  expect(seen.about).toContain('1. Convolution, Padding 1, Groups 3, Kernel [−1 0 1; −2 0 2; −1 0 1]');
  expect(seen.texts).toEqual(
    expect.arrayContaining(['Edges & <maxima>', 'Input', '1. Convolution', '3. Max-pool', 'Shape 3 × 20 × 25']),
  );
  expect(seen.stops[0]).toBe('#43105f');
  const pictures = seen.hrefs.map((href) => readPng(Buffer.from(href.replace('data:image/png;base64,', ''), 'base64')));
  expect(pictures.map(({ width, height }) => [width, height])).toEqual([
    [50, 40],
    [50, 40],
    [25, 20],
  ]);
  expect(pictures[0]).toEqual(x);

  await choose(page, 'PNG');
  const size = (await saved(page)).bytes;
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(bytes.toString('utf8')) ?? [];
  const png = decodePng(size);
  expect([png.width, png.height]).toEqual([2 * Number(width), 2 * Number(height)]);
});

test('a picture and a text are copied, and the clipboard holds them', async ({ page, extension, hosted }) => {
  const { origin } = new URL(hosted);
  await extension.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
  const scene = { version: 1, input: 'unit', steps: [{ op: 'maxPool2d', params: { kernelSize: [2, 2] } }] };
  await openLab(page, hosted, x, scene);
  await openSheet(page, 'Picture');
  await sheet(page).getByRole('button', { name: 'Copy picture' }).click();
  await expect(sheet(page).getByRole('status')).toHaveText('Picture copied');
  const base64 = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const bytes = new Uint8Array(await (await item!.getType('image/png')).arrayBuffer());
    return btoa(String.fromCharCode(...bytes));
  });
  const copied = decodePng(Buffer.from(base64, 'base64'));
  const rgb = [...copied.data].filter((_, i) => copied.channels === 3 || i % 4 < 3);
  expect(rgb).toEqual([...maxPool(x, 2).data]);

  await choose(page, 'Chain');
  await expect(sheet(page).getByRole('textbox', { name: 'Chain' })).toHaveValue(/x = F\.max_pool2d\(x, kernel_size=2\)/);
  await choose(page, 'Link');
  await sheet(page).getByRole('button', { name: 'Copy text' }).click();
  await expect(sheet(page).getByRole('status')).toHaveText('Text copied');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link.startsWith(`${hosted}#scene=`)).toBe(true);
  expect(JSON.parse(new URLSearchParams(new URL(link).hash.slice(1)).get('scene') ?? '')).toMatchObject(scene);
});

test('long work shows its progress, is cancelled, and can be started again', async ({ page, extension }) => {
  test.setTimeout(90_000);
  const scene = { version: 1, input: 'unit', steps: [{ op: 'relu', params: {} }] };
  const large = pattern(3000, 2000);
  await openLab(page, lab(extension), large, scene);
  await openSheet(page, 'Picture');
  await sheet(page).getByRole('combobox', { name: 'Format' }).selectOption('png16');
  let downloads = 0;
  page.on('download', () => {
    downloads += 1;
  });
  await sheet(page).getByRole('button', { name: 'Save', exact: true }).click();
  const bar = sheet(page).getByRole('progressbar', { name: 'Progress of the export' });
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(0);
  await sheet(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(sheet(page).getByRole('status')).toHaveText('Stopped. Nothing was saved.');
  await expect(bar).toHaveCount(0);
  await sheet(page).getByRole('combobox', { name: 'Format' }).selectOption('png');
  const { bytes } = await saved(page);
  expect(downloads).toBe(1);
  expect(difference(readPng(bytes), large)).toBeNull();
});

test('the sheet is worked by keyboard, gives the focus back, remembers the last choice, and axe finds nothing', async ({
  page,
  extension,
}) => {
  await openLab(page, lab(extension), x);
  const button = page.getByRole('button', { name: 'Export', exact: true });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(sheet(page)).toBeVisible();
  await sheet(page).getByRole('radio', { name: 'Picture' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(sheet(page).getByRole('radio', { name: 'Values' })).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(sheet(page)).toHaveCount(0);
  await expect(button).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(sheet(page).getByRole('radio', { name: 'Values' })).toBeChecked();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const what of ['Picture', 'Values', 'Figure', 'Chain']) {
      await choose(page, what);
      if (what === 'Figure') await expect(sheet(page).getByRole('img')).toBeVisible();
      await page.evaluate(axe.source);
      const found: unknown = await page.evaluate(
        `axe.run(document).then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ target, failureSummary }) => target.join(' ') + failureSummary)]))`,
      );
      expect(found, `${what}, ${colorScheme}`).toEqual([]);
    }
  }
});

test('a signed result keeps its colours in the file: negative violet, positive orange', async ({ page, extension }) => {
  const scene = {
    version: 1,
    input: 'unit',
    steps: [{ op: 'conv2d', params: { padding: 1, groups: 3 }, weights: { weight: edges } }],
  };
  await openLab(page, lab(extension), x, scene);
  await openSheet(page, 'Picture');
  const { data } = readPng((await saved(page)).bytes);
  const { planes } = convolve(x, edges, 'zeros');
  const sums = planes[0]!.map((_, i) => planes[0]![i]! + planes[1]![i]! + planes[2]![i]!);
  const low = sums.indexOf(Math.min(...sums));
  const high = sums.indexOf(Math.max(...sums));
  const [violet, orange] = [[...data.subarray(3 * low, 3 * low + 3)], [...data.subarray(3 * high, 3 * high + 3)]];
  expect(violet[2]!).toBeGreaterThan(violet[1]!);
  expect(orange[0]!).toBeGreaterThan(orange[2]!);
});
