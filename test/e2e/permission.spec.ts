import { sitesOf } from '../../scripts/lib/keeping.mjs';
import { panelOf } from '../../scripts/lib/panel.mjs';
import { type Desk, expect, needsDesk, test } from './support/desk';
import { expectPixels } from './support/fixtures';
import { maxPool, pattern } from './support/raster';
import { pageAt } from './support/server';

needsDesk();

const x = pattern(64, 48);
/** Place of *Allow pictures from this site* in the menu: after the nine operations and the Lab. */
const allow = 10;

/** Max-pools a picture that its site keeps to itself, which makes the menu offer to allow that site. */
async function meetBlockedPicture(desk: Desk, address: string): Promise<void> {
  await desk.page.goto(address);
  await desk.rightClick('#i0');
  await desk.choose(0);
  const panel = await panelOf(desk.page);
  await expect(panel.getByText('screen pixels', { exact: true })).toBeVisible();
  desk.press('Escape');
  await expect.poll(() => desk.page.frames().length).toBe(1);
}

test('a site allowed in the native prompt gives its picture byte for byte', async ({ desk, site, cdn }) => {
  await meetBlockedPicture(desk, pageAt(site.origin, { images: [`${cdn.url}/pattern-64x48.png`] }));
  await desk.rightClick('#i0');
  await desk.choose(allow);
  await desk.answerPrompt('allow');
  const panel = await panelOf(desk.page);
  await expectPixels(panel, 'Output', maxPool(x, 2));
  await expect(panel.getByText('original bytes')).toBeVisible();
});

test('a site refused in the native prompt leaves screen pixels, and says so', async ({ desk, site, cdn }) => {
  await meetBlockedPicture(desk, pageAt(site.origin, { images: [`${cdn.url}/pattern-64x48.png`] }));
  await desk.rightClick('#i0');
  await desk.choose(allow);
  await desk.answerPrompt('refuse');
  const panel = await panelOf(desk.page);
  await expectPixels(panel, 'Input', x);
  await expect(panel.getByText('screen pixels', { exact: true })).toBeVisible();
});

test('a site revoked in the options keeps its pictures to itself again', async ({ desk, site, cdn }) => {
  const address = pageAt(site.origin, { images: [`${cdn.url}/pattern-64x48.png`] });
  await meetBlockedPicture(desk, address);
  await desk.rightClick('#i0');
  await desk.choose(allow);
  await desk.answerPrompt('allow');
  await expect((await panelOf(desk.page)).getByText('original bytes')).toBeVisible();

  const options = await desk.extension.context.newPage();
  await options.goto(`chrome-extension://${desk.extension.id}/options.html`);
  await options.getByRole('button', { name: 'Revoke http://cdn.test' }).click();
  await expect(options.getByText('No site is allowed.')).toBeVisible();
  expect(await sitesOf(options)).toEqual([]);
  await options.close();
  await meetBlockedPicture(desk, address);
});
