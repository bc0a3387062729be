// Drives a Chromium that has the built extension loaded.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './process.mjs';

/** The folder of the Chromium build; DIST names another one. */
export const dist = process.env.DIST ?? join(root, 'dist');

/** The command-line switches that load an unpacked extension. */
export const loadSwitches = (folder = dist) => [
  `--disable-extensions-except=${folder}`,
  `--load-extension=${folder}`,
  '--disable-features=DisableLoadExtensionCommandLineSwitch',
];

/** A fresh, empty profile; `remove` deletes it. */
export function freshProfile() {
  const folder = mkdtempSync(join(tmpdir(), 'convscope-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }) };
}

/** A profile that outlives the browser. */
const stays = (folder) => ({ folder, remove: () => undefined });

/** @type {string[]} */
const noSwitches = [];
/** @type {string | undefined} */
const noDisplay = undefined;

/**
 * Starts Chromium with the extension in a fresh profile, or in the one at `kept`, which stays; under Playwright.
 * `display` shows its window on that X screen; without it the browser is headless. `args` are further switches, `options` Playwright's.
 */
export async function launch(
  executable,
  {
    display = noDisplay,
    viewport = { width: 1280, height: 800 },
    folder = dist,
    args = noSwitches,
    options = {},
    kept = noDisplay,
  } = {},
) {
  const { chromium } = await import('playwright');
  const profile = kept ? stays(kept) : freshProfile();
  const context = await chromium
    .launchPersistentContext(profile.folder, {
      executablePath: executable,
      headless: !display,
      viewport: display ? null : viewport,
      ignoreDefaultArgs: ['--disable-extensions'],
      chromiumSandbox: false,
      env: display ? { ...process.env, DISPLAY: display } : process.env,
      args: [
        ...loadSwitches(folder),
        '--enable-unsafe-extension-debugging',
        '--enable-unsafe-swiftshader',
        '--no-first-run',
        // Beside Playwright's pipe: what it cannot reach, another client can.
        '--remote-debugging-port=0',
        ...args,
        `--window-size=${display ? viewport.width : 1400},${display ? viewport.height : 1000}`,
        ...(display ? ['--test-type', '--window-position=0,0', '--ozone-platform=x11'] : ['--screen-info={1600x1200}']),
      ],
      ...options,
    })
    .catch((error) => {
      profile.remove();
      throw error;
    });
  const close = async () => {
    await context.close().catch(() => undefined);
    profile.remove();
  };
  try {
    const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker', { timeout: 20_000 }));
    const browser = await context.browser().newBrowserCDPSession();
    return { context, worker, browser, id: new URL(worker.url()).host, profile: profile.folder, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The CDP target of the tab in front, once it is the one that `page` is in. A closing tab may still be listed at the same address. */
async function tabTarget({ browser }, page) {
  for (let round = 0; round < 100; round++) {
    const { targetInfos } = await browser.send('Target.getTargets', { filter: [{ type: 'tab' }] });
    const tab = targetInfos.find(({ url, embedderData }) => embedderData?.tabActive !== false && url === page.url());
    if (tab) return tab.targetId;
    await pause(30);
  }
  throw new Error(`no tab in front at ${page.url()}`);
}

/** Presses the toolbar button of the extension on `page`: opens the popup and grants activeTab. Resolves to the popup's CDP target id. */
export async function pressToolbarButton(extension, page) {
  await page.bringToFront();
  const targetId = await tabTarget(extension, page);
  await extension.browser.send('Extensions.triggerAction', { id: extension.id, targetId });
  for (let round = 0; round < 100; round++) {
    const { targetInfos } = await extension.browser.send('Target.getTargets', {});
    const popup = targetInfos.find(
      (target) => target.url.startsWith(`chrome-extension://${extension.id}/`) && target.url.includes('popup'),
    );
    if (popup) return popup.targetId;
    await pause(50);
  }
  return null;
}
