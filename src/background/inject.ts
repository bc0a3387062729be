import contentScript from '../content/index.iife.ts?script';
import { browser } from '../platform/browser';

const files = [`/${contentScript.replace(/^\//, '')}`];

/** Puts the content script into one frame. @throws when the frame lets no extension in. */
export async function inject(tabId: number, frameId: number): Promise<void> {
  const results = await browser.scripting.executeScript({ target: { tabId, frameIds: [frameId] }, files });
  const failed = results.find(({ error }) => error !== undefined);
  if (failed || results.length === 0) throw new Error(`Frame ${frameId} lets no extension in.`);
}

/** Puts it into every frame that lets it in, and answers with their ids. @throws when not even the page itself does. */
export async function injectAll(tabId: number): Promise<number[]> {
  const results = await browser.scripting.executeScript({ target: { tabId, allFrames: true }, files });
  return results.filter(({ error }) => error === undefined).map(({ frameId }) => frameId);
}
