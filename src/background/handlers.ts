import type { BackgroundApi } from '../messages/protocol';
import { backgroundArgs as args } from '../messages/schemas';
import type { Handlers, Sender } from '../messages/wire';
import { browser } from '../platform/browser';
import { say } from '../platform/say';
import { acquire, type Frame } from './acquire';
import { fetchAddress } from './address';
import { contentIn } from './content';
import { injectAll } from './inject';
import { openLab, openPanel, sessionOf } from './open';
import { keep, keptBlob } from './pictures';
import { sessionsOf, takePick, writePick } from './sessions';

const page = ['page'] as const;
const content = ['content'] as const;

/** The frame that a content script speaks for: its own, as the browser says it. */
function frameOf({ tab, frameId }: Sender): Frame {
  if (tab?.id === undefined || frameId === undefined)
    throw new Error('A call from a content script comes from a frame of a tab; this one does not.');
  return { tabId: tab.id, frameId };
}

async function reach(tabId: number): Promise<number[]> {
  try {
    return await injectAll(tabId);
  } catch {
    throw new Error(say('pageForbids'));
  }
}

async function everyFrame(tabId: number, act: (frame: ReturnType<typeof contentIn>) => Promise<void>): Promise<void> {
  const frames = await reach(tabId);
  await Promise.allSettled(frames.map((frameId) => act(contentIn(tabId, frameId))));
}

/** Every call that the background answers, and who may make it. */
export const handlers: Handlers<BackgroundApi> = {
  session: { from: page, arg: args.session, run: sessionOf },
  pictureBlob: { from: page, arg: args.pictureBlob, run: keptBlob },
  keep: { from: page, arg: args.keep, run: (captured, { tab }) => keep(captured, tab?.id ?? null) },
  captureInTab: {
    from: page,
    arg: args.captureInTab,
    run: async ({ tabId, frameId, target, screen }) => (await acquire({ tabId, frameId }, target, screen)).picture,
  },
  fetchAddress: { from: page, arg: args.fetchAddress, run: ({ url }, { tab }) => fetchAddress(url, tab?.id ?? null) },
  picked: {
    from: content,
    arg: args.picked,
    async run(target, sender) {
      const frame = frameOf(sender);
      const scene = await takePick(frame.tabId);
      if (!scene) return;
      await everyFrame(frame.tabId, (other) => other.endPick());
      if (target) await openPanel(frame, target, scene);
    },
  },
  openLab: { from: page, arg: args.openLab, run: (about, { tab }) => openLab(about, tab?.id) },
  preparePick: {
    from: page,
    arg: args.preparePick,
    async run({ tabId, scene }) {
      await writePick(tabId, scene);
      await everyFrame(tabId, (frame) => frame.pick());
    },
  },
  reach: { from: page, arg: args.reach, run: ({ tabId }) => reach(tabId) },
  relay: {
    from: page,
    arg: args.relay,
    async run({ tabId, frameId, call }, { tab }) {
      if (tab?.id !== tabId) throw new Error(`A panel speaks to its own tab, ${tab?.id ?? 'none'}, not to tab ${tabId}.`);
      return browser.tabs.sendMessage(tabId, call, { frameId });
    },
  },
  panelClosed: {
    from: content,
    arg: args.panelClosed,
    async run(_, sender) {
      const { tabId } = frameOf(sender);
      const inner = new Set((await sessionsOf(tabId)).map(({ frameId }) => frameId).filter((frameId) => frameId !== 0));
      await Promise.allSettled([...inner].map((frameId) => contentIn(tabId, frameId).mark({ ref: null })));
    },
  },
};
