import type { PictureMeta } from '../image/picture';
import type { Capture, Target } from '../messages/protocol';
import { browser } from '../platform/browser';
import { say } from '../platform/say';
import { block } from './blocked';
import { contentIn, pageUrlOf } from './content';
import { fetchPicture } from './fetchPicture';
import { patternOf, webOrigin } from './guard';
import { offerToAllow } from './menu';
import { isPrivate, keep } from './pictures';
import { crop } from './screen';

// From an element of a page to a picture on the shelf, by the first way that works.

type Unreadable = Extract<Capture, { kind: 'unreadable' }>;

/** Where in which tab. */
export interface Frame {
  readonly tabId: number;
  readonly frameId: number;
}

/** The visible part of a window's active tab. The browser allows two of them a second. */
async function screenshot(windowId: number | undefined): Promise<Blob> {
  const take = (): Promise<string> => browser.tabs.captureVisibleTab(windowId, { format: 'png' });
  const url = await take().catch(async () => {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    return take();
  });
  return (await fetch(url)).blob();
}

/** Tabs of which a screenshot is being taken: nothing of ours may come to the front there. */
export const posing = new Set<number>();

/** What lies on the screen where the picture is, our own boxes out of the way; null when it is not to be had. */
async function screenPixels({ tabId, frameId }: Frame, capture: Unreadable): Promise<Blob | null> {
  if (!capture.rect) return null;
  const tab = await browser.tabs.get(tabId);
  if (!tab.active) throw new Error(say('pageBehind'));
  const frames = [...new Set([0, frameId])].map((id) => contentIn(tabId, id));
  posing.add(tabId);
  try {
    await Promise.all(frames.map((frame) => frame.curtain({ hidden: true })));
    return await crop(await screenshot(tab.windowId), capture);
  } finally {
    posing.delete(tabId);
    await Promise.allSettled(frames.map((frame) => frame.curtain({ hidden: false })));
  }
}

async function fromAddress(capture: Unreadable, tabId: number): Promise<{ blob: Blob | null; blockedOrigin?: string }> {
  const origin = webOrigin(capture.url);
  const pageUrl = await pageUrlOf(tabId);
  if (!origin || !capture.url) return { blob: null };
  const granted = await browser.permissions.contains({ origins: [patternOf(origin)] });
  if (granted) return { blob: await fetchPicture(capture.url, pageUrl) };
  if (origin === webOrigin(pageUrl)) return { blob: null };
  if (await block(origin, await isPrivate(tabId))) await offerToAllow();
  return { blob: null, blockedOrigin: origin };
}

/**
 * The picture of an element, kept: read by the page, else fetched with a permission, else cropped from the screen where that is wanted.
 * @throws an Error whose message is a sentence for people.
 */
export async function acquire(
  frame: Frame,
  target: Target,
  screen = true,
): Promise<{ picture: PictureMeta; ref: number | null }> {
  const capture = await contentIn(frame.tabId, frame.frameId).capture(target);
  const { ref } = capture;
  if (capture.kind === 'pixels') return { picture: await keep(capture.captured, frame.tabId), ref };
  const { blob, blockedOrigin } = await fromAddress(capture, frame.tabId);
  if (blob) return { picture: await keep({ name: capture.name, blob, provenance: { how: 'original' } }, frame.tabId), ref };
  const shot = screen ? await screenPixels(frame, capture) : null;
  if (shot) {
    const provenance = { how: 'screen', ...(blockedOrigin !== undefined && { blockedOrigin }) } as const;
    return { picture: await keep({ name: capture.name, blob: shot, provenance }, frame.tabId), ref };
  }
  throw new Error(blockedOrigin === undefined ? capture.reason : say('pictureAllow'));
}
