import type { Page } from 'playwright/test';
import { withoutHints } from '../../scripts/lib/keeping.mjs';
import { painted, pixelsOf } from '../../scripts/lib/panel.mjs';
import { chooseFile } from './support/chooseFile';
import { test as base, expect, openPanel } from './support/fixtures';
import { computed, drawn, expectPicture, type Picture, pictureOf } from './support/picture';
import { pattern } from './support/raster';
import { pageAt, photo, pngOf } from './support/server';
import { beside, held, hideText, inSmall, shot } from './support/shots';

/** The Lab as a web page. Fonts differ between machines: text has no size in what is compared, and canvases write none. */
const test = base.extend({
  page: async ({ page }, use) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.addInitScript(() => {
      CanvasRenderingContext2D.prototype.fillText = () => undefined;
    });
    await use(page);
  },
});

const x = pattern(60, 40);
const mine = { name: 'mine.png', mimeType: 'image/png', buffer: Buffer.from(pngOf(x)) };
const cat = { name: 'chelsea.png', mimeType: 'image/png', buffer: Buffer.from(photo('chelsea.png')) };
const edges = [
  [-1, 0, 1],
  [-2, 0, 2],
  [-1, 0, 1],
];
const blur = { op: 'avgPool2d', params: { kernelSize: 5, stride: 1, padding: 2 } };
const sobel = { op: 'conv2d', params: { padding: 1, groups: 3 }, weights: { weight: edges } };
const pool = { op: 'maxPool2d', params: { kernelSize: 2 } };

async function open(page: Page, hosted: string, steps: readonly object[], file = mine): Promise<void> {
  const scene = JSON.stringify({ version: 1, input: 'unit', steps });
  await page.goto(`${hosted}#${new URLSearchParams({ scene })}`);
  await chooseFile(page, file);
  await painted(page);
}

const choosePreset = async (page: Page, id: string) => {
  await page.getByRole('button', { name: 'Presets' }).click();
  await page.locator(`[data-preset=${id}]`).click();
  await painted(page);
};

test('a result looks the same under every mapping', async ({ page, hosted }) => {
  await open(page, hosted, [sobel]);
  for (const mapping of ['clamp', 'minmax', 'symmetric', 'abs']) {
    await page.getByRole('combobox', { name: 'Show values as' }).selectOption(mapping);
    await painted(page);
    await page.waitForTimeout(200);
    await painted(page);
    expectPicture(`mapping-${mapping}`, await pixelsOf(page, 'Output'), computed);
    if (mapping !== 'abs')
      expectPicture(`legend-${mapping}`, await shot(page, page.locator('.readout .legend i'), { width: 120, height: 12 }), drawn);
  }
});

test('results of blur, pooling and a map of differences look the same', async ({ page, hosted }) => {
  await open(page, hosted, [blur]);
  expectPicture('blur', await pixelsOf(page, 'Output'), computed);
  await page.keyboard.press('4');
  const map = page.getByRole('img', { name: 'Difference', exact: true });
  await expect(map).toBeVisible();
  expectPicture('difference-size', await held(map), computed);
  await page.getByRole('radio', { name: 'x − y', exact: true }).check({ force: true });
  await page.waitForTimeout(400);
  expectPicture('difference-signed', await held(map), computed);
});

test('the small pictures of a chain and its feature maps look the same', async ({ page, hosted }) => {
  await open(page, hosted, [pool], cat);
  await choosePreset(page, 'vgg');
  const thumbs = page.locator('.chain-step .pic canvas');
  await expect.poll(() => page.locator('.chain-step .working').count()).toBe(0);
  await page.waitForTimeout(500);
  const small: Picture[] = [];
  for (const thumb of (await thumbs.all()).slice(0, 3)) small.push(await held(thumb));
  expectPicture('chain-thumbnails', inSmall(beside(small), 2), computed);
  const tiles = page.locator('.map');
  await expect.poll(() => tiles.count()).toBeGreaterThan(7);
  for (const colours of ['sequential', 'diverging']) {
    await page.getByRole('combobox', { name: 'Colours of the maps' }).selectOption(colours);
    await page.waitForTimeout(600);
    expectPicture(`map-${colours}`, inSmall(await held(tiles.first().locator('canvas')), 2), computed);
  }
});

test('the frequency response of a kernel looks the same, linear and in decibels', async ({ page, hosted }) => {
  await open(page, hosted, [sobel]);
  const map = page.locator('.frequency canvas');
  await expect(map).toBeVisible();
  expectPicture('frequency-linear', await held(map), computed);
  await page.locator('.frequency').getByRole('radio').nth(1).check({ force: true });
  await page.waitForTimeout(200);
  expectPicture('frequency-log', await held(map), computed);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.beforeEach(({ page }) => page.emulateMedia({ colorScheme }));

    test(`the cells of a kernel, its bank and the histogram of a map look the same, ${colorScheme}`, async ({ page, hosted }) => {
      await open(page, hosted, [sobel], cat);
      expectPicture(
        `kernel-${colorScheme}`,
        await shot(page, page.locator('.cells-box table'), { width: 180, height: 120 }),
        drawn,
      );
      await choosePreset(page, 'vgg');
      const histogram = page.locator('.map .histogram').first();
      await histogram.waitFor();
      await page.waitForTimeout(500);
      expectPicture(`histogram-${colorScheme}`, await shot(page, histogram, { width: 120, height: 40, apart: true }), drawn);
      await page.locator('.chain-step .step').nth(1).click();
      const filter = page.locator('.filters canvas').first();
      await filter.waitFor();
      expectPicture(`filter-${colorScheme}`, await held(filter), computed);
    });

    test(`plots look the same: a curve with the picture’s values, contours with a descent, ${colorScheme}`, async ({
      page,
      hosted,
    }) => {
      // Margins follow the widths of words, which differ between machines.
      await page.addInitScript(() => {
        const widthOf = (text: string) => ({ width: 6 * text.length });
        Object.defineProperty(OffscreenCanvasRenderingContext2D.prototype, 'measureText', { value: widthOf });
      });
      await page.setViewportSize({ width: 1280, height: 1000 });
      await open(page, hosted, [{ op: 'leakyRelu', params: { negativeSlope: 0.3 } }]);
      await page.getByRole('tab', { name: 'Plots' }).click();
      const panel = (id: string) => page.locator(`[data-panel=${id}]`);
      const size = { width: 300, height: 220, apart: true };
      await panel('after').waitFor();
      // Each one lies over those before it.
      for (const id of ['curve', 'before', 'slope'])
        expectPicture(`plot-${id}-${colorScheme}`, await shot(page, panel(id), size), drawn);
      const choose = (plot: string) => page.getByRole('combobox', { name: 'Plot', exact: true }).selectOption(plot);
      await choose('values');
      await panel('spread-0').waitFor();
      expectPicture(`plot-spread-${colorScheme}`, await shot(page, panel('spread-0'), size), drawn);
      await choose('depth');
      await panel('depth').waitFor();
      expectPicture(`plot-depth-${colorScheme}`, await shot(page, panel('depth'), size), drawn);
      await choose('liveness');
      await panel('alive').waitFor();
      for (const id of ['shifted', 'alive']) expectPicture(`plot-${id}-${colorScheme}`, await shot(page, panel(id), size), drawn);
      await choose('contours');
      // The rings come level by level.
      await page.waitForTimeout(2500);
      expectPicture(`plot-contours-${colorScheme}`, inSmall(await shot(page, panel('stretched'), size), 2), drawn);
      await page.setViewportSize({ width: 1280, height: 800 });
    });

    test(`the channels of a batch norm look the same before and after, ${colorScheme}`, async ({ page, hosted }) => {
      await page.setViewportSize({ width: 1280, height: 1000 });
      await open(page, hosted, [{ op: 'batchNorm', params: { training: true } }]);
      await page.getByRole('tab', { name: 'Plots' }).click();
      const first = page.locator('[data-panel=channel-1]');
      await first.waitFor();
      expectPicture(`plot-norm-${colorScheme}`, await shot(page, first, { width: 300, height: 140, apart: true }), drawn);
      await page.setViewportSize({ width: 1280, height: 800 });
    });

    test(`gradients of a loss look the same: each map on the way back, dL/dx over the picture, the weights, ${colorScheme}`, async ({
      page,
      hosted,
    }) => {
      await open(page, hosted, [sobel, { op: 'leakyRelu', params: { negativeSlope: 0.2 } }, pool]);
      await page.getByRole('tab', { name: 'Gradients' }).click();
      const view = page.locator('.gradient');
      await view.getByRole('radio', { name: 'Loss' }).check();
      await view.locator('.gradient-strip .amount', { hasText: /\d/ }).waitFor();
      await expect(view.getByText('on the whole picture, 60 × 40')).toBeVisible();
      await expect(view).toHaveAttribute('aria-busy', 'false');
      const maps: Picture[] = [];
      for (const map of await view.locator('.gradient-strip canvas').all()) maps.push(await held(map));
      expect(maps).toHaveLength(4);
      expectPicture(`gradient-maps-${colorScheme}`, beside(maps), computed);
      expectPicture(`gradient-picture-${colorScheme}`, await held(view.locator('.gradient-picture canvas')), computed);
      const cells = view.locator('.gradient-cells').first();
      expectPicture(`gradient-weights-${colorScheme}`, await shot(page, cells, { width: 180, height: 120 }), drawn);
      await page.addStyleTag({
        content: '.compare .glass { width: 240px !important; height: 160px !important; flex: none !important }',
      });
      await page.waitForTimeout(200);
      const glass = page.locator('figure.input .glass');
      expectPicture(`gradient-over-${colorScheme}`, inSmall(await shot(page, glass, { width: 240, height: 160 }), 2), drawn);
    });

    test(`the views look the same: split, ruler, grid of pixels, loupe, ${colorScheme}`, async ({ page, hosted }) => {
      await open(page, hosted, [pool]);
      const glass = page.locator('figure.output .glass');
      const box = { width: 240, height: 160 };
      await page.addStyleTag({
        content: '.compare .glass { width: 240px !important; height: 160px !important; flex: none !important }',
      });
      await page.keyboard.press('2');
      await page.waitForTimeout(200);
      expectPicture(`split-${colorScheme}`, await shot(page, page.locator('figure.input .glass'), box), drawn);
      await page.keyboard.press('1');
      await page.waitForTimeout(200);
      expectPicture(
        `ruler-${colorScheme}`,
        await shot(page, page.locator('figure.input .ruler-clip'), { width: 240, height: 8 }),
        drawn,
      );
      await page.getByRole('textbox', { name: 'Zoom', exact: true }).fill('1600');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      await page.waitForTimeout(400);
      expectPicture(`pixels-${colorScheme}`, await shot(page, page.locator('figure.input .glass'), box), drawn);
      expectPicture(`pooled-${colorScheme}`, await shot(page, glass, box), drawn);
    });

    for (const [width, viewport] of [
      ['wide', { width: 1280, height: 800 }],
      ['narrow', { width: 420, height: 860 }],
    ] as const) {
      test(`the Lab is laid out the same, ${width}, ${colorScheme}`, async ({ page, hosted }) => {
        await page.setViewportSize(viewport);
        await open(page, hosted, [sobel, pool], cat);
        await page
          .locator('.map')
          .first()
          .waitFor({ state: width === 'wide' ? 'visible' : 'attached' });
        await page.waitForTimeout(500);
        expectPicture(`lab-${width}-${colorScheme}`, inSmall(await shot(page, page.locator('main')), 8), drawn);
      });
    }

    test(`the panel is laid out the same, ${colorScheme}`, async ({ extension, page, site }) => {
      // A hint takes a line, once.
      await withoutHints(extension);
      await page.goto(pageAt(site.origin, { images: ['/photos/chelsea.png'] }));
      const panel = await openPanel(extension, page, 'edges');
      await hideText(panel);
      await page.waitForTimeout(500);
      const png = await panel.locator('.panel').screenshot({ scale: 'css' });
      expectPicture(`panel-${colorScheme}`, inSmall(pictureOf(png), 8), drawn);
    });

    test(`the options are laid out the same, ${colorScheme}`, async ({ extension, page }) => {
      await page.goto(`chrome-extension://${extension.id}/options.html`);
      await page.locator('main').waitFor();
      // What is kept is read bit by bit.
      let height = 0;
      const grown = async () => {
        const before = height;
        height = await page.evaluate(() => document.body.scrollHeight);
        return height > before;
      };
      await expect.poll(grown, { intervals: [500] }).toBe(false);
      expectPicture(`options-${colorScheme}`, inSmall(await shot(page, page.locator('body')), 8), drawn);
    });
  });
}
