// Pictures of every surface, from the real extension on real photographs: `node scripts/screenshots.mjs [--docs] [--only TEXT]`.
// They go to out/screenshots; with --docs the ones that the README shows also go to docs/images, with a film: that takes ImageMagick. TEXT: light, dark, wide, narrow, or a surface.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startGallery } from './gallery/server.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { withoutDesk } from './lib/desk.mjs';
import { launch } from './lib/extension.mjs';
import { recordRightClick } from './lib/film.mjs';
import { serveFolder } from './lib/folder.mjs';
import { putInto, withoutHints } from './lib/keeping.mjs';
import { byHand, ensurePackages } from './lib/packages.mjs';
import { command, onPath, root, run, Sentence } from './lib/process.mjs';
import { batch, lab, lesson, plainLab } from './screenshots/lab.mjs';
import { options, panel, popup, split, unfit } from './screenshots/others.mjs';

const folder = join(root, 'out', 'screenshots');
const shown = {
  'panel-light-wide': 'panel',
  'popup-light': 'popup',
  'lab-dark-wide': 'lab',
  'lab-light-wide-inspector': 'inspector',
  'lesson-light-wide': 'lesson',
};
const widths = { wide: { width: 1280, height: 800 }, narrow: { width: 420, height: 860 } };

/** Saved chains, an entry of their own in the menu: what a person has after a while. */
const kept = {
  'chain:edges': { name: 'Edges, then the strongest', saved: 1, scene: sceneOf('conv2d', 'maxPool2d') },
  'chain:block': { name: 'Two layers', saved: 2, scene: sceneOf('conv2d', 'relu', 'conv2d', 'relu') },
  'setting:menu': ['maxPool', 'avgPool', 'edges', 'blur', 'op:medianPool2d', 'chain:edges', 'chain:block'],
};
function sceneOf(...ops) {
  return { version: 1, input: 'unit', steps: ops.map((op) => ({ op, params: {} })) };
}

/** Copies a picture in 256 colours: half the bytes. */
const publish = (from, to) => run('convert', [from, '-colors', '256', `PNG8:${to}`]);

/** Every surface at one width in one theme. */
async function surfaces({ extension, page, gallery, hosted }, scheme, width, wanted) {
  const kind = `${scheme}-${width}`;
  const named = (name) => join(folder, `${name}.png`);
  const shoot = (name, more = {}) => page.screenshot({ path: named(name), ...more });
  const address = `chrome-extension://${extension.id}/lab.html`;
  const runs = {
    [`panel-${kind}`]: async (name) => {
      const entry = width === 'wide' ? 'maxPool' : 'edges';
      await panel(extension, page, gallery.url, entry, () => shoot(name));
      await panel(extension, page, gallery.url, 'maxPool', () => shoot(`panel-split-${kind}`), split);
      await panel(extension, page, gallery.url, 'maxPool', () => shoot(`panel-error-${kind}`), unfit);
      await panel(extension, page, gallery.url, 'chain:block', () => shoot(`panel-chain-${kind}`));
    },
    [`lab-${kind}`]: async (name) => {
      await lab(address, page, name, shoot);
      await batch(address, page, name, shoot);
    },
    [`lesson-${kind}`]: (name) => lesson(address, page, name, shoot),
    [`options-${kind}`]: (name) => options(extension, page, (more) => shoot(name, more)),
    [`large-text-${kind}`]: (name) => plainLab(hosted.url, page, name, shoot, true),
    ...(existsSync(join(root, 'assets', '_locales', 'ar')) && {
      [`from-right-${kind}`]: (name) => plainLab(`${hosted.url}?lang=ar`, page, name, shoot, false),
    }),
    ...(width === 'wide' && {
      [`popup-${scheme}`]: () => popup(extension, page, gallery.url, scheme, (at, name) => at.screenshot({ path: named(name) })),
    }),
  };
  for (const [name, take] of Object.entries(runs)) if (!wanted || name.includes(wanted)) await take(name);
}

async function publishAll(program, gallery) {
  const images = join(root, 'docs', 'images');
  mkdirSync(images, { recursive: true });
  for (const [name, short] of Object.entries(shown)) await publish(join(folder, `${name}.png`), join(images, `${short}.png`));
  console.log(await recordRightClick(program, gallery.url, join(images, 'right-click.gif')));
}

/** @throws Sentence when a program is missing without which the README's pictures and film cannot be made. */
function checkPublishing() {
  const magick = ['import', 'convert'].every(onPath) ? null : `ImageMagick not found; ${byHand('imagemagick')}`;
  const missing = magick ?? withoutDesk();
  if (missing) throw new Sentence(`The README's pictures and film cannot be made: ${missing}.`);
}

await command(async () => {
  const publishing = process.argv.includes('--docs');
  if (publishing) checkPublishing();
  await ensurePackages();
  const program = await ensureChromium();
  mkdirSync(folder, { recursive: true });
  const gallery = await startGallery();
  const hosted = await serveFolder(process.env.DIST_LAB ?? join(root, 'dist-lab'));
  const extension = await launch(program);
  const only = process.argv.indexOf('--only');
  const wanted = only > 0 ? process.argv[only + 1] : null;
  try {
    await withoutHints(extension);
    await putInto(extension, kept);
    const page = await extension.context.newPage();
    for (const scheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme: scheme });
      for (const [width, viewport] of Object.entries(widths)) {
        await page.setViewportSize(viewport);
        await surfaces({ extension, page, gallery, hosted }, scheme, width, wanted);
      }
    }
    console.log(`Screenshots: ${folder}`);
    if (publishing) await publishAll(program, gallery);
  } finally {
    await extension.close();
    gallery.close();
    hosted.close();
  }
});
