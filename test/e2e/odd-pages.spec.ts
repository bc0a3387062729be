import { chooseEntry } from '../../scripts/lib/panel.mjs';
import { expect, expectPixels, openPanel, test } from './support/fixtures';
import { withPopup } from './support/popup';
import { maxPool, pattern } from './support/raster';
import { pageAt } from './support/server';

/** Pages that are unlike others. */

const x = pattern(64, 48);
const path = '/pattern-64x48.png';

for (const sandbox of ['sandbox', 'sandbox allow-scripts'])
  test(`where the policy is ${sandbox}, no panel can run: the picture opens in the Lab`, async ({ extension, page, site }) => {
    await page.goto(pageAt(site.origin, { images: [path], csp: `default-src 'none'; img-src 'self'; ${sandbox}` }));
    const opened = extension.context.waitForEvent('page');
    await chooseEntry(extension, page, 'maxPool', { srcUrl: `${site.origin}${path}` });
    const lab = await opened;
    await expectPixels(lab, 'Output', maxPool(x, 2));
    expect(page.frames()).toHaveLength(1);
  });

test('an address that is none hides no other picture of the page', async ({ extension, page, site }) => {
  const extra = `<img src="http://%zz/" width="90" height="90" alt="nowhere">
    <svg width="80" height="80"><image href="http://[" width="80" height="80"/></svg>`;
  await page.goto(pageAt(site.origin, { images: [path], extra }));
  await withPopup(extension, page, async (popup) => {
    await popup.waitForSelector('[role=option][aria-label*="pattern-64x48.png"]');
    await popup.waitForSelector('[role=option][aria-label*="nowhere"]');
  });
});

test('on a page that zooms itself the panel keeps its size and stays in the window', async ({ extension, page, site }) => {
  await page.goto(pageAt(site.origin, { images: [path], extra: '<style>html { zoom: 1.6 }</style>' }));
  const panel = await openPanel(extension, page, 'maxPool');
  const element = await panel.frameElement();
  const { x: left, width } = (await element.boundingBox())!;
  expect(width).toBeCloseTo(624, 0);
  expect(left + width).toBeLessThanOrEqual(page.viewportSize()!.width);
});
