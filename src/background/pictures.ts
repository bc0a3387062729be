import type { PictureMeta } from '../image/picture';
import { newPictureId, openShelf } from '../image/shelf';
import type { Captured } from '../messages/protocol';
import { browser } from '../platform/browser';

// The shelf of pictures, as the background fills it.

export const shelf = openShelf();

/** Whether a tab is in a private window. One that is gone counts as one that was. */
export const isPrivate = (tabId: number): Promise<boolean> =>
  browser.tabs.get(tabId).then(
    ({ incognito }) => incognito,
    () => true,
  );

/** Puts pixels of a tab on the shelf; those of a private window only for as long as one is open. */
export async function keep({ name, blob, provenance }: Captured, tabId: number | null): Promise<PictureMeta> {
  const meta: PictureMeta = { id: newPictureId(), name, provenance, added: Date.now() };
  await shelf.put({ ...meta, blob }, tabId !== null && (await isPrivate(tabId)));
  return meta;
}

/** Lets go of the pictures of private windows once none is open. */
export async function letGo(): Promise<void> {
  const tabs = await browser.tabs.query({});
  if (!tabs.some(({ incognito }) => incognito)) await shelf.removePassing();
}
