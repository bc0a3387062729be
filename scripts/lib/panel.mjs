// The panel of the extension on a page, as a person uses it.
import { pressToolbarButton } from './extension.mjs';

/** @type {string | undefined} */
const noAddress = undefined;

/**
 * Chooses an entry of the context menu for the picture at `srcUrl`, without a mouse: the toolbar button grants activeTab as a
 * click on the menu would, then the entry is dispatched to the background. `frame` is the address of the frame that
 * holds the picture, if not the page itself. Resolves to the time of the choice (Unix ms).
 */
export async function chooseEntry(extension, page, menuItemId, { srcUrl = noAddress, frame = noAddress } = {}) {
  const popup = await pressToolbarButton(extension, page);
  if (popup) await extension.browser.send('Target.closeTarget', { targetId: popup });
  return dispatchEntry(extension, page, menuItemId, { srcUrl, frame });
}

/** Dispatches the entry alone; activeTab stays as it is. */
export function dispatchEntry({ worker }, page, menuItemId, { srcUrl = noAddress, frame = noAddress } = {}) {
  return worker.evaluate(
    async ({ menuItemId, srcUrl, frame, pageUrl }) => {
      const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
      const framesAt = async (address) => {
        const found = await chrome.scripting.executeScript({
          target: { tabId: tab.id, allFrames: true },
          func: () => location.href,
        });
        return found.filter(({ result }) => result === address);
      };
      const frameId = frame ? (await framesAt(frame))[0].frameId : 0;
      const clicked = Date.now();
      chrome.contextMenus.onClicked.dispatch(
        { menuItemId, srcUrl, frameId, pageUrl, mediaType: srcUrl ? 'image' : undefined, editable: false },
        tab,
      );
      return clicked;
    },
    { menuItemId, srcUrl, frame, pageUrl: page.url() },
  );
}

const isPanel = (frame) => /^chrome-extension:\/\/[^/]+\/panel\.html/.test(frame.url());

/** The frame of the open panel. @throws Error when none comes up within `timeout` ms. */
export async function panelOf(page, timeout = 15_000) {
  const until = Date.now() + timeout;
  while (Date.now() < until) {
    const frame = page.frames().find(isPanel);
    if (frame) return frame;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`no panel on ${page.url()} after ${timeout} ms`);
}

/** Waits until the view is drawn in full and nothing is at work; resolves to the time of that frame (Unix ms). `at` is a frame or page. */
export async function painted(at, name = 'Output', timeout = 20_000) {
  const handle = await at.waitForFunction(
    (name) => {
      const canvas = document.querySelector(`canvas[role="img"][aria-label="${name}"]`);
      if (!canvas?.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return 0;
      return document.querySelector('[aria-busy="true"]') ? 0 : Date.now();
    },
    name,
    { timeout },
  );
  return handle.jsonValue();
}

/** The drawn pixels of a view, as { width, height, data: RGB bytes }; none where there is no such view. */
export async function pixelsOf(at, name) {
  const { width, height, base64 } = await at.evaluate((name) => {
    const canvas = document.querySelector(`canvas[role="img"][aria-label="${name}"]`);
    if (!canvas) return { width: 0, height: 0, base64: '' };
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
    let text = '';
    for (let i = 0; i < data.length; i += 4) text += String.fromCharCode(data[i], data[i + 1], data[i + 2]);
    return { width: canvas.width, height: canvas.height, base64: btoa(text) };
  }, name);
  return { width, height, data: new Uint8Array(Buffer.from(base64, 'base64')) };
}

/** Chooses another operation in the panel's own list and waits for a result that looks different; resolves to the two times (Unix ms). */
export async function chooseOperation(panel, title) {
  await panel.getByRole('button', { name: /^Operation/ }).click();
  const option = panel.getByRole('option', { name: title }).first();
  await option.waitFor();
  await panel.evaluate(() => {
    globalThis.look = () => {
      const sample = new OffscreenCanvas(16, 16).getContext('2d');
      sample.drawImage(document.querySelector('canvas[aria-label="Output"]'), 0, 0, 16, 16);
      return sample.getImageData(0, 0, 16, 16).data.join();
    };
    globalThis.lookBefore = globalThis.look();
  });
  const chosen = Date.now();
  await option.click();
  const changed = await panel.waitForFunction(() =>
    !document.querySelector('[aria-busy="true"]') && globalThis.look() !== globalThis.lookBefore ? Date.now() : 0,
  );
  return { chosen, ready: await changed.jsonValue() };
}

/** Closes the panel by its own button and waits until it is gone. @throws Error when it stays for `timeout` ms. */
export async function closePanel(page, panel, timeout = 15_000) {
  await panel.getByRole('button', { name: /^Close/ }).click();
  const until = Date.now() + timeout;
  while (page.frames().some(isPanel)) {
    if (Date.now() > until) throw new Error(`the panel on ${page.url()} is still there after ${timeout} ms`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
