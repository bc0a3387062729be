import type { Page } from 'playwright/test';
import { painted, pixelsOf } from '../../scripts/lib/panel.mjs';
import { chooseFile } from './support/chooseFile';
import { expect, test } from './support/fixtures';
import { type Raster, readPng } from './support/raster';
import { pngOf } from './support/server';

/** Pictures that are seen much smaller than they are. */

/** Columns of black and white in turn: from afar, grey. */
const stripes: Raster = {
  width: 1500,
  height: 900,
  data: Uint8Array.from({ length: 3 * 1500 * 900 }, (_, i) => (Math.floor(i / 3) % 2) * 255),
};

/** The darkest and the lightest pixel on the screen of the middle of a view. */
async function onScreen(page: Page, side: 'input' | 'output' | 'apart'): Promise<readonly [number, number]> {
  const box = (await page
    .locator(side === 'apart' ? '.pane.apart' : `figure.${side} .glass`)
    .first()
    .boundingBox())!;
  const clip = { x: box.x + box.width / 2 - 40, y: box.y + box.height / 2 - 10, width: 80, height: 20 };
  const { data } = readPng(await page.screenshot({ clip }));
  return [data.reduce((a, b) => Math.min(a, b)), data.reduce((a, b) => Math.max(a, b))];
}
const grey = async (page: Page, side: 'input' | 'output') => {
  const [least, most] = await onScreen(page, side);
  return least > 110 && most < 145;
};

/** A canvas has a pixel for each one of the screen, and less than two. */
const fits = (canvas: HTMLElement | SVGElement): boolean => {
  const finer =
    canvas instanceof HTMLCanvasElement ? canvas.width / (canvas.getBoundingClientRect().width * devicePixelRatio) : 0;
  return finer > 0.99 && finer < 2;
};

test('fine stripes are grey from afar, in any layout, and stripes when one looks closely; the drawing has every pixel', async ({
  page,
  hosted,
}) => {
  const scene = JSON.stringify({ version: 1, input: 'unit', steps: [{ op: 'maxPool2d', params: { kernelSize: 1, stride: 1 } }] });
  await page.goto(`${hosted}#${new URLSearchParams({ scene })}`);
  await chooseFile(page, { name: 'stripes.png', mimeType: 'image/png', buffer: Buffer.from(pngOf(stripes)) });
  await painted(page);
  for (const side of ['input', 'output'] as const) await expect.poll(() => grey(page, side), side).toBe(true);
  expect((await pixelsOf(page, 'Output')).data.slice(0, 9)).toEqual(stripes.data.slice(0, 9));

  await page.setViewportSize({ width: 1700, height: 900 });
  for (const side of ['input', 'output'] as const) await expect.poll(() => grey(page, side), side).toBe(true);

  await page.getByRole('radio', { name: 'Difference' }).check({ force: true });
  await expect(page.locator('.pane.apart canvas').first()).toBeVisible();
  await page.setViewportSize({ width: 1280, height: 800 });
  const apart = page.locator('.pane.apart canvas');
  await expect.poll(() => apart.nth(1).evaluate(fits)).toBe(true);
  await page.getByRole('radio', { name: 'Side by side' }).check({ force: true });
  await page.locator('figure.output .glass').dblclick();
  await expect.poll(() => onScreen(page, 'output')).toEqual([0, 255]);
  await page.getByRole('button', { name: 'Fit', exact: true }).click();
  await expect.poll(() => grey(page, 'output')).toBe(true);
});

test('a slider that rests leaves what was seen while it moved', async ({ page, hosted }) => {
  const scene = JSON.stringify({ version: 1, input: 'unit', steps: [{ op: 'leakyRelu', params: {} }] });
  await page.goto(`${hosted}#${new URLSearchParams({ scene })}`);
  await chooseFile(page, { name: 'stripes.png', mimeType: 'image/png', buffer: Buffer.from(pngOf(stripes)) });
  await painted(page);
  await expect.poll(() => grey(page, 'output')).toBe(true);
  await page.evaluate(() => {
    // Widths of what lies on top, whenever they change.
    const seen: number[] = [];
    Object.assign(globalThis, { seen });
    const look = () => {
      const [own, beside] = document.querySelectorAll<HTMLCanvasElement>('figure.output .pane canvas:is([role=img], .beside)');
      const top = beside && !beside.hidden ? beside : own;
      if (top && top.width !== seen.at(-1)) seen.push(top.width);
      requestAnimationFrame(look);
    };
    look();
  });
  const slider = page.getByRole('slider', { name: 'Negative slope' }).first();
  await slider.focus();
  for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowRight');
  await page.waitForTimeout(600);
  expect(await page.evaluate(() => Reflect.get(globalThis, 'seen'))).toHaveLength(1);
  expect(await grey(page, 'output')).toBe(true);
});
