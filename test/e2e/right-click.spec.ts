import { painted, panelOf } from '../../scripts/lib/panel.mjs';
import { expect, needsDesk, test } from './support/desk';
import { expectPixels } from './support/fixtures';
import { maxPool, readPng } from './support/raster';
import { pageAt, photo } from './support/server';

needsDesk();

test('a right-click and the first menu entry show the max-pooled photograph beside it', async ({ desk, site }, info) => {
  await desk.page.goto(pageAt(site.origin, { images: ['/photos/chelsea.png'] }));
  await desk.rightClick('#i0');
  const chosen = await desk.choose(0);
  const panel = await panelOf(desk.page);
  const ready = await painted(panel);
  info.annotations.push({ type: 'time', description: `${Math.round(ready - chosen)} ms from click to painted result` });

  await expect(panel.getByRole('dialog', { name: 'ConvScope' })).toBeVisible();
  const cat = readPng(photo('chelsea.png'));
  await expectPixels(panel, 'Input', cat);
  await expectPixels(panel, 'Output', maxPool(cat, 2));
  await expect(panel.getByText('original bytes')).toBeVisible();
});
