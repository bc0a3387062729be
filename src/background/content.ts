import { browser } from '../platform/browser';
import { contentThrough } from '../platform/remotes';
import { injectAll } from './inject';

/** The content script of one frame, put there when it is missing. */
export const contentIn = contentThrough(injectAll);

/** The page's address where the extension may know it. */
export const pageUrlOf = async (tabId: number): Promise<string | undefined> => (await browser.tabs.get(tabId)).url;
