import { chooseEntry, panelOf } from '../../scripts/lib/panel.mjs';
import { expect, expectPixels, openPanel, test } from './support/fixtures';
import { maxPool, pattern } from './support/raster';
import { pageAt, pngOf } from './support/server';

const x = pattern(64, 48);
const pooled = maxPool(x, 2);
const path = '/pattern-64x48.png';

test('a picture of the page itself is read byte for byte', async ({ extension, page, site }) => {
  await page.goto(pageAt(site.origin, { images: [path] }));
  const panel = await openPanel(extension, page, 'maxPool');
  await expectPixels(panel, 'Input', x);
  await expect(panel.getByText('original bytes')).toBeVisible();
});

test('a picture behind a cookie of the page is read byte for byte', async ({ extension, page, site }) => {
  await page.goto(pageAt(site.origin, { member: true }));
  await page.goto(pageAt(site.origin, { images: [`${path}?cookie`], member: true }));
  const panel = await openPanel(extension, page, 'maxPool');
  await expectPixels(panel, 'Output', pooled);
  await expect(panel.getByText('original bytes')).toBeVisible();
});

test('a picture of another site that allows CORS is read byte for byte', async ({ extension, page, site, cdn }) => {
  await page.goto(pageAt(site.origin, { images: [`${cdn.url}${path}?cors`] }));
  const panel = await openPanel(extension, page, 'maxPool');
  await expectPixels(panel, 'Output', pooled);
  await expect(panel.getByText('original bytes')).toBeVisible();
});

test('a data: picture is read byte for byte', async ({ extension, page, site }) => {
  await page.goto(pageAt(site.origin, { images: [`data:image/png;base64,${Buffer.from(pngOf(x)).toString('base64')}`] }));
  const panel = await openPanel(extension, page, 'maxPool');
  await expectPixels(panel, 'Output', pooled);
  await expect(panel.getByText('original bytes')).toBeVisible();
});

test('a blob: picture is read byte for byte', async ({ extension, page, site }) => {
  await page.goto(pageAt(site.origin, { images: ['data:,'] }));
  await page.evaluate(async (path) => {
    const blob = await (await fetch(path)).blob();
    const image = document.querySelector<HTMLImageElement>('#i0')!;
    image.src = URL.createObjectURL(blob);
    await image.decode();
  }, path);
  const panel = await openPanel(extension, page, 'maxPool');
  await expectPixels(panel, 'Output', pooled);
  await expect(panel.getByText('original bytes')).toBeVisible();
});

test('a picture of a site that keeps it to itself comes as screen pixels, and says so', async ({
  extension,
  page,
  site,
  cdn,
}) => {
  await page.goto(pageAt(site.origin, { images: [`${cdn.url}${path}`] }));
  const panel = await openPanel(extension, page, 'maxPool');
  await expect(panel.getByText('screen pixels', { exact: true })).toBeVisible();
  await expect(panel.getByText(/This site keeps its pictures to itself/)).toBeVisible();
  // At scale 1 the screen shows each pixel once.
  await expectPixels(panel, 'Input', x);
  await expectPixels(panel, 'Output', pooled);
});

test('a picture in a frame of the same site is found in that frame', async ({ extension, page, site }) => {
  await page.goto(
    pageAt(site.origin, { extra: `<iframe src="${pageAt(site.origin, { images: [path] })}" width="400" height="300"></iframe>` }),
  );
  const frame = page.frames()[1]!;
  await frame.locator('#i0').waitFor();
  await chooseEntry(extension, page, 'maxPool', { srcUrl: `${site.origin}${path}`, frame: frame.url() });
  const panel = await panelOf(page);
  await expectPixels(panel, 'Output', pooled);
});

const policy = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-src 'none'; connect-src 'none'";

test('the panel works on a page whose policy forbids frames, scripts and connections', async ({ extension, page, site }) => {
  await page.goto(pageAt(site.origin, { images: [path], csp: policy }));
  const panel = await openPanel(extension, page, 'maxPool');
  await expectPixels(panel, 'Output', pooled);
});

test('the panel works on a cross-origin isolated page', async ({ extension, page, site }) => {
  await page.goto(pageAt(site.origin, { images: [path], coep: true }));
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const panel = await openPanel(extension, page, 'maxPool');
  await expectPixels(panel, 'Output', pooled);
});
