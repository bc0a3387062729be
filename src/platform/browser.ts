import browser from 'webextension-polyfill';

/** The promise-based extension API, for background, panel and popup. */
export { browser };

/** Chromium calls it contextMenus; Firefox's `menus` also tells which element was clicked. */
export const menus = browser.menus ?? browser.contextMenus;
