import type { BackgroundApi, ContentApi } from '../messages/protocol';
import { backgroundAnswers, contentAnswers } from '../messages/schemas';
import { type Call, remote } from '../messages/wire';
import { browser } from './browser';

const attempts = 3;
const idempotent = new Set(['session', 'pictureBlob', 'reach']);

/** The browser may end the background between a call and its answer; the next call starts it again. */
async function sendToBackground(call: Call): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await browser.runtime.sendMessage(call);
    } catch (error) {
      if (attempt === attempts || !idempotent.has(call.method)) throw error;
    }
  }
}

/** The background, for panel, popup and Lab. */
export const background = remote<BackgroundApi>('background', sendToBackground, backgroundAnswers);

/** In Firefox a page in a frame of a web page, as the panel is, has no `tabs`; the background passes its calls on. */
function deliver(tabId: number, frameId: number, call: Call): Promise<unknown> {
  const { tabs }: { tabs?: typeof browser.tabs } = browser;
  return tabs ? tabs.sendMessage(tabId, call, { frameId }) : background.relay({ tabId, frameId, call });
}

/** The content script of one frame; `reach` puts it there when nothing answers. */
export function contentThrough(reach: (tabId: number) => Promise<unknown>) {
  return (tabId: number, frameId: number): ContentApi => {
    const send = (call: Call): Promise<unknown> => deliver(tabId, frameId, call);
    const reachAndSend = async (call: Call): Promise<unknown> => {
      try {
        return await send(call);
      } catch {
        await reach(tabId);
        return send(call);
      }
    };
    return remote<ContentApi>('content', reachAndSend, contentAnswers);
  };
}

/** The content script of one frame of a tab, for panel and popup. It is put there when it is missing. */
export const contentOf = contentThrough((tabId) => background.reach({ tabId }));
