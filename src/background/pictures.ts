import type { PictureMeta } from '../image/picture';
import { newPictureId, openShelf } from '../image/shelf';
import type { Captured } from '../messages/protocol';
import { browser } from '../platform/browser';
import { say } from '../platform/say';

// The shelf of pictures, as the background fills it.

const shelf = openShelf();

/** Whether a tab is in a private window. One that is gone counts as one that was. */
export const isPrivate = (tabId: number): Promise<boolean> =>
  browser.tabs.get(tabId).then(
    ({ incognito }) => incognito,
    () => true,
  );

/** What was kept last, until its panel asks for it, which it does at once and need not wait for the shelf. */
let latest: { readonly id: string; readonly blob: Blob } | null = null;

/** The bytes of a picture that was kept. @throws an Error whose message is a sentence for people when they are gone. */
export async function keptBlob(id: string): Promise<Blob> {
  const fresh = latest?.id === id ? latest.blob : null;
  latest = null;
  const blob = fresh ?? (await shelf.get(id))?.blob;
  if (!blob) throw new Error(say('pictureNotKept'));
  return blob;
}

/** Puts pixels of a tab on the shelf; those of a private window only for as long as one is open. */
export async function keep({ name, blob, provenance }: Captured, tabId: number | null): Promise<PictureMeta> {
  const meta: PictureMeta = { id: newPictureId(), name, provenance, added: Date.now() };
  await shelf.put({ ...meta, blob }, tabId !== null && (await isPrivate(tabId)));
  latest = { id: meta.id, blob };
  return meta;
}

/** Lets go of the pictures of private windows once none is open. */
export async function letGo(): Promise<void> {
  const tabs = await browser.tabs.query({});
  if (!tabs.some(({ incognito }) => incognito)) await shelf.removePassing();
}
