import { readPng } from '../e2e/support/raster';
import { photo } from '../e2e/support/server';
import type { Surface } from './support/firefox';
import { expect, noFirefox, test } from './support/fixtures';

test.skip(noFirefox, 'no Firefox found');

/** Clicks what has these words, or this name, once it is there. */
async function click(lab: Surface, words: string): Promise<void> {
  const found = `[...document.querySelectorAll('button, [role=menuitem], [role=tab]')].find((one) =>
    one.checkVisibility() && (one.getAttribute('aria-label') ?? one.textContent).includes(${JSON.stringify(words)}))`;
  await expect.poll(() => lab.evaluate(`Boolean(${found})`), { message: words, timeout: 15_000 }).toBe(true);
  await lab.evaluate(`(${found}.click(), null)`);
}

test('Firefox: a crop holds the stored values', async ({ lab }) => {
  await click(lab, 'chelsea.png');
  await expect.poll(() => lab.evaluate(`document.title`)).toContain('chelsea.png');
  await lab.evaluate(`(document.querySelector('.picture-button').click(), null)`);
  await click(lab, 'Crop and resize');
  await click(lab, '128²');
  await click(lab, 'As cropped');
  await click(lab, 'Open as new picture');
  await expect.poll(() => lab.evaluate(`document.title`), { timeout: 20_000 }).toContain('chelsea-300x300.png');
  const read = `(() => {
    const canvas = document.querySelector('canvas[role="img"][aria-label="Input"]');
    if (canvas?.width !== 300) return null;
    const copy = new OffscreenCanvas(300, 300).getContext('2d');
    copy.drawImage(canvas, 0, 0);
    return [...copy.getImageData(0, 0, 300, 300).data].filter((_, i) => i % 4 < 3);
  })()`;
  const cat = readPng(photo('chelsea.png'));
  const expected = Array.from({ length: 3 * 300 * 300 }, (_, i) => {
    const [row, column] = [Math.floor(i / 900), Math.floor(i / 3) % 300];
    return cat.data[(row * 451 + column + 76) * 3 + (i % 3)];
  });
  await expect
    .poll(async () => (await lab.evaluate<number[] | null>(read))?.join() === expected.join(), { timeout: 20_000 })
    .toBe(true);
});

test('Firefox: names of tabs are an optional permission; without it a sentence says what can be done', async ({ lab }) => {
  await click(lab, 'Open tabs');
  await click(lab, 'List my open tabs');
  // A click of a script is no click of a person: the browser refuses.
  await expect
    .poll(() => lab.evaluate(`document.querySelector('dialog [role=alert]')?.textContent ?? ''`))
    .toContain('Without that permission tabs have no names here');
  expect(await lab.evaluate(`browser.permissions.contains({ permissions: ['tabs'] })`)).toBe(false);
  expect(await lab.evaluate(`browser.runtime.getManifest().optional_permissions`)).toContain('tabs');
});
