import type { Page } from 'playwright/test';
import { painted, pixelsOf } from '../../scripts/lib/panel.mjs';
import { expect, test } from './support/fixtures';
import { lessonHash, lessonPage } from './support/lesson';

/** Lessons on paper. */

const measured = (page: Page) => expect(page.locator('.lesson-facts')).toHaveAttribute('aria-busy', 'false', { timeout: 20_000 });
/** How many sheets of paper a page takes. */
const sheets = async (page: Page) => (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type \/Page\b/g)?.length;

test('a printed lesson is black on white, without controls, and has room for an answer', async ({ page, hosted }) => {
  await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
  await page.goto(`${hosted}#lesson=dying`);
  await measured(page);
  const ground = await page.locator('main').evaluate((main) => {
    const { color } = getComputedStyle(main);
    return { color, paper: getComputedStyle(document.body).backgroundColor };
  });
  expect(ground).toEqual({ color: 'rgb(26, 26, 24)', paper: expect.stringMatching(/^rgb\(2[45]\d, 2[45]\d, 2[45]\d\)$/) });
  for (const hidden of ['.lesson-top', '.lesson-nav', '.lesson-drive', '.lesson-under', '.lesson-ask [type=submit]'])
    await expect(page.locator(hidden).first()).toBeHidden();
  for (const shown of [
    'canvas[aria-label="Output"]',
    '.lesson-ask legend',
    '.lesson-answer >> nth=3',
    '.lesson-facts',
    '.plot-panel >> nth=0',
  ])
    await expect(page.locator(shown).first()).toBeVisible();
  for (const part of ['.lesson-ask', '.lesson-exercise']) {
    const room = await page.locator(part).evaluate((one) => Number.parseFloat(getComputedStyle(one, '::after').height));
    expect(room).toBeGreaterThan(60);
  }
});

test('the figure, its plots and the exercise of *Dying ReLU* leave no sheet nearly empty', async ({ page, hosted }) => {
  await page.goto(`${hosted}#lesson=dying`);
  await measured(page);
  await expect(page.locator('.dead-map canvas')).toBeVisible();
  await expect(page.locator('.plot-panel')).toHaveCount(3);
  expect(await sheets(page)).toBe(2);
});

test('on paper plots are as wide as the sheet, 16 cm at most, and their letters keep their size', async ({ page, hosted }) => {
  await page.goto(`${hosted}#lesson=norm`);
  await measured(page);
  const panels = page.locator('.plot-panel > svg');
  await expect(panels).toHaveCount(9);
  const onPaper = (end: 'before' | 'after') => page.evaluate((end) => void dispatchEvent(new Event(`${end}print`)), end);
  const laidOut = () => panels.evaluateAll((all) => all.map((one) => Number(one.getAttribute('width'))));
  const before = await laidOut();
  await onPaper('before');
  await page.emulateMedia({ media: 'print' });
  const charts = await page.locator('.plot-columns').evaluateAll((all) =>
    all.map((chart) => ({
      wide: chart.getBoundingClientRect().width,
      scales: [...chart.querySelectorAll<SVGSVGElement>('.plot-panel > svg')].map(
        (one) => one.getBoundingClientRect().width / one.viewBox.baseVal.width,
      ),
    })),
  );
  expect(charts).toHaveLength(2);
  for (const { wide, scales } of charts) {
    expect(wide).toBeCloseTo((16 / 2.54) * 96, 0);
    for (const scale of scales) expect(scale).toBeCloseTo(1, 1);
  }
  await onPaper('after');
  await page.emulateMedia({ media: 'screen' });
  await expect.poll(laidOut).toEqual(before);
});

test('what the dark theme drew has the colours of paper while it is printed', async ({ page, hosted }) => {
  const both = async () => [await pixelsOf(page, 'Step 2, Batch norm'), await deadHue(page)] as const;
  const shown = async (colorScheme: 'light' | 'dark') => {
    await page.emulateMedia({ colorScheme });
    await page.goto('about:blank');
    await page.goto(`${hosted}#lesson=dying`);
    await measured(page);
    await painted(page, 'Step 2, Batch norm');
    await expect(page.locator('.dead-map canvas')).toBeVisible();
    return both();
  };
  const [light, green] = await shown('light');
  const dark = await shown('dark');
  expect(dark[0].data).not.toEqual(light.data);
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  const printed = await both();
  // Colours of the dark map that round to the same one stand for neighbours.
  const far = printed[0].data.reduce((most, byte, i) => Math.max(most, Math.abs(byte - light.data[i]!)), 0);
  expect(far).toBeLessThanOrEqual(4);
  expect(printed[1]).toEqual(green);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  expect(await both()).toEqual(dark);
});

/** The one colour of the map of what is alive. */
const deadHue = (page: Page) =>
  page.locator('.dead-map canvas').evaluate((canvas) => {
    if (!(canvas instanceof HTMLCanvasElement)) return null;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    for (let p = 0; p < data.length; p += 4) if (data[p + 3] === 255) return [...data.slice(p, p + 3)];
    return null;
  });

const written = {
  text: 'How wide is it now?',
  right: 1,
  choices: [
    { text: 'as wide', feedback: 'No.' },
    { text: 'half as wide', feedback: 'The window moves by two.' },
  ],
};
const pageOf = (title: string, step: object, rest: object = {}) =>
  lessonPage({
    title,
    scene: { version: 1, input: 'unit', steps: [step] },
    handles: [{ step: 0, name: 'kernelSize' }],
    ...rest,
  });
const sobel = [
  [-1, 0, 1],
  [-2, 0, 2],
  [-1, 0, 1],
];
const lesson = {
  version: 1,
  title: 'By a teacher',
  pages: [
    pageOf('Pooling', { op: 'maxPool2d', params: {} }, { question: written }),
    pageOf(
      'Edges',
      { op: 'conv2d', params: {}, weights: { weight: sobel } },
      { handles: [], picture: { kind: 'sample', id: 'sample-chelsea' } },
    ),
    pageOf('Too wide', { op: 'maxPool2d', params: { kernelSize: [31, 31], dilation: [40, 40] } }),
  ],
};

/** The page counts how often it is printed in the place of being printed. */
const countPrints = (page: Page) =>
  page.addInitScript(() => {
    Object.assign(globalThis, {
      printed: 0,
      print: () => void Reflect.set(globalThis, 'printed', Reflect.get(globalThis, 'printed') + 1),
    });
  });
async function choose(page: Page, entry: string, times: number) {
  await page.getByRole('button', { name: 'Print' }).click();
  await page.getByRole('menuitem', { name: entry, exact: true }).click();
  await expect.poll(() => page.evaluate(() => Reflect.get(globalThis, 'printed'))).toBe(times);
}

test('a page that shows a difference has it on paper, and both pictures with the reason where there is none', async ({
  page,
  hosted,
}) => {
  const blur = { op: 'avgPool2d', params: { kernelSize: 5, stride: 1, padding: 2 } };
  const differing = [blur, { op: 'maxPool2d', params: {} }].map((step) =>
    pageOf('Apart', step, { handles: [], mode: 'difference' }),
  );
  await countPrints(page);
  await page.goto(`${hosted}${lessonHash({ version: 1, title: '', pages: differing })}`);
  await painted(page, 'Difference');
  const onScreen = await pixelsOf(page, 'Difference');
  await choose(page, 'All pages', 1);
  const [apart, unequal] = [0, 1].map((n) => page.locator('.lesson-paper article').nth(n));
  await expect(apart!.locator('figcaption')).toContainText(['|Input − Average-pool|']);
  await expect(apart!.locator('img')).toHaveCount(1);
  const printed = await apart!.locator('img').evaluate((picture: HTMLImageElement) => {
    const copy = new OffscreenCanvas(picture.naturalWidth, picture.naturalHeight).getContext('2d')!;
    copy.drawImage(picture, 0, 0);
    return [...copy.getImageData(0, 0, picture.naturalWidth, picture.naturalHeight).data].filter((_, i) => i % 4 < 3);
  });
  expect(printed).toEqual([...onScreen.data]);
  await expect(unequal!.locator('img')).toHaveCount(2);
  await expect(unequal!).toContainText('A difference needs two pictures of one size.');
});

test('a composed lesson goes on paper as a whole, with or without its answers', async ({ page, hosted }) => {
  await countPrints(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(`${hosted}${lessonHash(lesson)}`);
  await painted(page, 'Output');
  // What the reader made of the page that is open goes on paper as it is.
  await page.getByRole('spinbutton', { name: 'Kernel' }).first().fill('4');
  await expect(page.locator('figure.output figcaption')).toContainText('150 × 100');
  await choose(page, 'This page', 1);
  await choose(page, 'All pages', 2);
  const paper = page.locator('.lesson-paper');
  await expect(paper).toBeHidden();
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.lesson-port')).toBeHidden();
  await expect(paper.locator('h1')).toHaveText(['Pooling', 'Edges', 'Too wide']);
  await expect(paper).toContainText('By a teacher');
  await expect(paper).toContainText('half as wide');
  await expect(paper).not.toContainText('The window moves by two.');
  await expect(paper.locator('.right')).toHaveCount(0);
  const [pooling, edges, wide] = [0, 1, 2].map((n) => paper.locator('article').nth(n));
  await expect(pooling!.locator('figcaption').last()).toContainText('Shape 3 × 100 × 150');
  await expect(edges!.locator('figcaption').last()).toContainText('Shape 1 × 298 × 449');
  await expect(wide!).toContainText('spans 1201 pixels');
  await expect(wide!.locator('img')).toHaveCount(0);
  // Signed values lie on paper, whatever the theme: most are near zero, and so nearly white.
  const pale = await edges!
    .locator('img')
    .last()
    .evaluate((picture) => {
      const copy = new OffscreenCanvas(60, 40).getContext('2d')!;
      copy.drawImage(picture as HTMLImageElement, 0, 0, 60, 40);
      const { data } = copy.getImageData(0, 0, 60, 40);
      return data.filter((_, i) => i % 4 < 3).reduce((sum, byte) => sum + byte, 0) / (60 * 40 * 3);
    });
  expect(pale).toBeGreaterThan(180);
  expect(await sheets(page)).toBe(2);

  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await page.emulateMedia({ media: 'screen' });
  await expect(paper).toHaveCount(0);
  await choose(page, 'All pages, with the answers', 3);
  await page.emulateMedia({ media: 'print' });
  await expect(paper.locator('.right')).toHaveText('half as wide');
  await expect(paper).toContainText('The window moves by two.');
});
