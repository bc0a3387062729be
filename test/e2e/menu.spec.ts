import { pixelsOf } from '../../scripts/lib/panel.mjs';
import { expect, expectPixels, openPanel, test } from './support/fixtures';
import {
  averagePool,
  bicubicTwice,
  bilinearTwice,
  clamped,
  convolve,
  maxPool,
  nearestTwice,
  pattern,
  type Raster,
  readPng,
} from './support/raster';
import { pageAt, photo } from './support/server';

const bell = [-2, -1, 0, 1, 2].map((d) => Math.exp((-d * d) / (2 * 1.1 ** 2)));
const total = bell.reduce((a, b) => a + b);
const gaussian = bell.map((a) => bell.map((b) => (a * b) / total ** 2));

/** ReLU sees black as -1 and white as 1, so that middle grey is zero. */
const liftedToGrey = (x: Raster): Raster => ({ ...x, data: x.data.map((v) => Math.max(128, v)) });

const entries: { id: string; makes: string; of(x: Raster): Raster; tolerance?: number }[] = [
  { id: 'maxPool', makes: 'the largest of each 2 x 2 block', of: (x) => maxPool(x, 2) },
  { id: 'avgPool', makes: 'the mean of each 2 x 2 block', of: (x) => averagePool(x, 2), tolerance: 1 },
  { id: 'nearest', makes: 'every pixel four times', of: nearestTwice },
  { id: 'bilinear', makes: 'twice the size by bilinear weights', of: bilinearTwice, tolerance: 1 },
  { id: 'bicubic', makes: "twice the size by Keys' cubic weights", of: bicubicTwice, tolerance: 1 },
  { id: 'blur', makes: 'a Gaussian blur', of: (x) => clamped(convolve(x, gaussian, 'edge')), tolerance: 1 },
  { id: 'relu', makes: 'middle grey of all that is darker', of: liftedToGrey, tolerance: 1 },
];

for (const { id, makes, of, tolerance } of entries) {
  test(`the menu entry ${id} makes ${makes}`, async ({ extension, page, site }) => {
    await page.goto(pageAt(site.origin, { images: ['/pattern-75x50.png'] }));
    const panel = await openPanel(extension, page, id);
    await expectPixels(panel, 'Output', of(pattern(75, 50)), tolerance);
    await expect(panel.getByRole('dialog', { name: 'ConvScope' })).toBeVisible();
  });
}

test('the menu entry sharpen adds the difference to the four neighbours', async ({ extension, page, site }) => {
  const cat = readPng(photo('chelsea.png'));
  const kernel = [
    [0, -1, 0],
    [-1, 5, -1],
    [0, -1, 0],
  ];
  await page.goto(pageAt(site.origin, { images: ['/photos/chelsea.png'] }));
  const panel = await openPanel(extension, page, 'sharpen');
  await expectPixels(panel, 'Output', clamped(convolve(cat, kernel, 'edge')), 1);
});

test('the menu entry edges shows Sobel responses with both signs, orange for positive and violet for negative', async ({
  extension,
  page,
  site,
}) => {
  const kernel = [
    [-1, 0, 1],
    [-2, 0, 2],
    [-1, 0, 1],
  ];
  const { width, planes } = convolve(pattern(75, 50), kernel, 'zeros');
  await page.goto(pageAt(site.origin, { images: ['/pattern-75x50.png'] }));
  const panel = await openPanel(extension, page, 'edges');
  const shown = await pixelsOf(panel, 'Output');
  expect([shown.width, shown.height]).toEqual([75, 50]);

  const mean = planes[0]!.map((_, i) => (planes[0]![i]! + planes[1]![i]! + planes[2]![i]!) / 3);
  const strong = Math.max(...mean.map(Math.abs)) / 4;
  const seen = { positive: 0, negative: 0 };
  const wrong: string[] = [];
  for (const [i, value] of mean.entries()) {
    if (Math.abs(value) < strong) continue;
    const [red, , blue] = shown.data.subarray(3 * i);
    const sign = value > 0 ? 'positive' : 'negative';
    seen[sign]++;
    if (red! > blue! !== value > 0) wrong.push(`x ${i % width}, y ${Math.floor(i / width)}: ${value}`);
  }
  expect(wrong).toEqual([]);
  expect(Math.min(seen.positive, seen.negative)).toBeGreaterThan(100);
});
