import type { Page } from 'playwright/test';
import { expect, test } from './support/fixtures';

/** A language from right to left: what is mathematics or picture stays as it is. The extension's pages are the same with the browser in Arabic. */

async function lab(page: Page, hosted: string, op: string, weights = {}): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 800 });
  const scene = JSON.stringify({ version: 1, input: 'unit', steps: [{ op, params: {}, weights }] });
  await page.goto(`${hosted}?lang=ar#${new URLSearchParams({ picture: 'sample-coffee', scene })}`);
  await page.locator('figure.output canvas[role=img]').waitFor();
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
  expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl');
}

test('the ends of a legend stand at the colours that they name: low on the left, as its gradient begins', async ({
  page,
  hosted,
}) => {
  await lab(page, hosted, 'conv2d');
  const ends = page.locator('.readout .legend > *');
  const lefts = await ends.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().left));
  expect(lefts).toEqual([...lefts].sort((a, b) => a - b));
  expect(lefts).toHaveLength(3);
});

test('values under the pointer have their sign before them', async ({ page, hosted }) => {
  await lab(page, hosted, 'conv2d', { weight: [[-1]], bias: -0.5 });
  await page.locator('figure.output .glass').hover();
  const values = page.locator('.readout.pointing span[dir=ltr]:not(.legend)');
  await expect(values).toHaveCount(2);
  const signs = await values.last().evaluate((one) => {
    const text = one.firstChild;
    const left = (at: number): number => {
      const range = document.createRange();
      range.setStart(text!, at);
      range.setEnd(text!, at + 1);
      return range.getBoundingClientRect().left;
    };
    return [...(text?.textContent ?? '')].flatMap((letter, at) => (letter === '−' ? [left(at) < left(at + 1)] : []));
  });
  expect(signs).toEqual([true]);
});

test('a formula in several lines begins on the left of its first line', async ({ page, hosted }) => {
  await lab(page, hosted, 'convTranspose2d');
  const pieces = page.locator('.ctl .about .formula math');
  await expect.poll(() => pieces.count()).toBeGreaterThan(2);
  const boxes = await pieces.evaluateAll((all) =>
    all.map((one) => {
      const { left, top, bottom } = one.getBoundingClientRect();
      return { left, middle: (top + bottom) / 2 };
    }),
  );
  for (const [i, box] of boxes.slice(1).entries()) {
    const before = boxes[i]!;
    expect(box.left > before.left || box.middle > before.middle + 4, `piece ${i + 2}`).toBe(true);
  }
});

test('walks go from left to right with their sliders, and the line of a slider is drawn as far as its thumb', async ({
  page,
  hosted,
}) => {
  await lab(page, hosted, 'maxPool2d');
  await page.locator('[role=tab]').nth(1).click();
  const slider = page.locator('.inspect-player input[type=range]');
  await slider.fill('0');
  await expect(slider).toHaveCSS('direction', 'ltr');
  const shareOf = () => slider.evaluate((one) => Number.parseFloat(getComputedStyle(one).getPropertyValue('--p')));
  await expect.poll(shareOf).toBe(0);
  await slider.fill((await slider.getAttribute('max')) ?? '');
  await expect.poll(shareOf).toBe(100);
  await page.locator('[role=tab]').nth(2).click();
  await expect(page.locator('.scheme-play input[type=range]')).toHaveCSS('direction', 'ltr');
});

test('over a split picture each caption stands above the half that it names, its letter at the outer end', async ({
  page,
  hosted,
}) => {
  await lab(page, hosted, 'conv2d');
  await page.keyboard.press('2');
  await expect(page.locator('.compare.split')).toBeVisible();
  const lefts: number[] = [];
  for (const part of ['.input figcaption .tag', '.input figcaption .num', '.output figcaption .num', '.output figcaption .tag'])
    lefts.push((await page.locator(`.compare.split ${part}`).first().boundingBox())!.x);
  expect(lefts).toEqual([...lefts].sort((a, b) => a - b));
});
