import browser, { type Runtime } from 'webextension-polyfill';
import type { Sender } from '../messages/wire';

/** The promise-based extension API, for background, panel and popup. */
export { browser };

/** Chromium calls it contextMenus; Firefox's `menus` also tells which element was clicked. */
export const menus = browser.menus ?? browser.contextMenus;

/** Listens to messages; a listener that returns true answers later by `reply`. */
export function onMessage(
  listener: (message: unknown, sender: Sender, reply: (answer: unknown) => void) => true | undefined,
): void {
  browser.runtime.onMessage.addListener(listener as Runtime.OnMessageListenerCallback);
}
