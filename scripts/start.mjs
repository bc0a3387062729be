// `npm start`: builds ConvScope and opens Chromium with it on a page of photographs; without a display it shows its work as files.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startGallery } from './gallery/server.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { hasDisplay } from './lib/desk.mjs';
import { dist, freshProfile, loadSwitches } from './lib/extension.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { command, isRoot, root, run, Sentence } from './lib/process.mjs';

const usage = `npm start                     builds and opens Chromium with ConvScope on six photographs
npm start -- --url URL        opens another page
npm start -- --no-browser     only builds, and says how to load it by hand`;

function readArguments() {
  try {
    return parseArgs({
      options: {
        url: { type: 'string' },
        browser: { type: 'boolean', default: true },
        help: { type: 'boolean', short: 'h' },
      },
      allowNegative: true,
    }).values;
  } catch (error) {
    throw new Sentence(`${error.message}\n\n${usage}`);
  }
}

async function build() {
  console.log('Building ...');
  const { code, output } = await run(process.execPath, [join(root, 'scripts', 'build.mjs')]);
  if (code !== 0) throw new Sentence(`The build failed:\n${output}`);
}

const byHand = `Built. To load it by hand:
  Chrome or Chromium 148 and newer: open chrome://extensions, switch on "Developer mode", choose "Load unpacked" and take
    ${dist}
  Firefox 140 and newer: open about:debugging#/runtime/this-firefox, choose "Load Temporary Add-on" and take
    ${join(root, 'dist-firefox', 'manifest.json')}`;

/** Opens a window on `url` and stays until the browser is closed. */
async function showWindow(program, url) {
  const profile = freshProfile();
  const switches = ['--no-first-run', '--no-default-browser-check', ...loadSwitches(), ...(isRoot ? ['--no-sandbox'] : [])];
  const browser = spawn(program, [`--user-data-dir=${profile.folder}`, ...switches, url], { stdio: 'ignore' });
  const stop = () => browser.kill();
  process.on('SIGINT', stop).on('SIGTERM', stop);
  console.log(`Chromium shows ${url} with ConvScope in it, in a profile of its own.
  Right-click a photograph, open ConvScope and choose an operation. Change its controls; Esc closes the panel.
  The toolbar button (puzzle piece, then ConvScope) lists all pictures of the page.
Close the browser, or press Ctrl+C here, to end.`);
  const code = await new Promise((resolve, reject) => browser.once('error', reject).once('exit', (code) => resolve(code ?? 0)));
  profile.remove();
  if (code !== 0) throw new Sentence(`Chromium ended with code ${code}. Start it by hand to see why: ${program}`);
}

await command(async () => {
  const { url, browser, help } = readArguments();
  if (help) return console.log(usage);
  await ensurePackages();
  await build();
  if (!browser) return console.log(byHand);
  const program = await ensureChromium();
  const gallery = await startGallery();
  try {
    if (hasDisplay()) await showWindow(program, url ?? gallery.url);
    else {
      const { demonstrate } = await import('./lib/demonstrate.mjs');
      await demonstrate(program, url ?? gallery.url, join(root, 'out'));
    }
  } finally {
    gallery.close();
  }
});
