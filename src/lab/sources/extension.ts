// What the Lab can do as a tab of the extension: ask for sites and tabs, fetch through the background, read pictures of other tabs.

import type { Picture } from '../../image/picture';
import { browser } from '../../platform/browser';
import { type Found, siteOf } from '../../platform/pagePictures';
import { background } from '../../platform/remotes';

export { bySize, type Found, lookThrough } from '../../platform/pagePictures';

/** An open tab whose pictures may be looked through. */
export interface OpenTab {
  readonly id: number;
  readonly title: string;
  readonly url: string;
  readonly host: string;
}

/** Must be the first call of a click. True also where the address has no site to ask for. */
export async function askForSite(url: string): Promise<boolean> {
  const site = siteOf(url);
  return site === null || browser.permissions.request({ origins: [site] }).catch(() => false);
}

/** Must be the first call of a click. */
export const askForTabs = (): Promise<boolean> => browser.permissions.request({ permissions: ['tabs'] }).catch(() => false);
export const mayListTabs = (): Promise<boolean> => browser.permissions.contains({ permissions: ['tabs'] });
export const giveTabsBack = (): Promise<boolean> => browser.permissions.remove({ permissions: ['tabs'] });

/** Web pages in all windows, the ones used last first. */
export async function openTabs(): Promise<readonly OpenTab[]> {
  const tabs = await browser.tabs.query({});
  return [...tabs]
    .sort((a, b) => (b.lastAccessed ?? 0) - (a.lastAccessed ?? 0))
    .flatMap(({ id, title, url }) =>
      id !== undefined && url && /^(?:https?|file):/.test(url) ? [{ id, url, title: title || url, host: new URL(url).host }] : [],
    );
}

/** @throws a sentence. */
export async function fetchAddress(url: string): Promise<Picture> {
  const meta = await background.fetchAddress({ url });
  return { ...meta, blob: await background.pictureBlob(meta.id) };
}

/** A picture of another tab, as its page or its site gives it; never from the screen, which shows this one. @throws a sentence. */
export async function readFrom(tabId: number, { frameId, ref }: Found): Promise<Picture> {
  const meta = await background.captureInTab({ tabId, frameId, target: { kind: 'element', ref }, screen: false });
  return { ...meta, blob: await background.pictureBlob(meta.id) };
}
