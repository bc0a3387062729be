import { quickScenes } from '../core/quick';
import type { Target } from '../messages/protocol';
import { serve } from '../messages/wire';
import { browser, menus, onMessage } from '../platform/browser';
import { unblock } from './blocked';
import { patternOf, webOrigin } from './guard';
import { handlers } from './handlers';
import { allowEntry, buildMenu, followSettings, labEntry, offerToAllow, sceneOf } from './menu';
import { openInLab, openPanel } from './open';
import { letGo } from './pictures';
import { prune, readLastScene } from './sessions';

// A router: every listener is set in the first turn, so that a browser that ended us can start us again for any of them.

const log = (error: unknown): void => console.warn(error);

browser.runtime.onInstalled.addListener(() => void buildMenu().catch(log));
browser.runtime.onStartup.addListener(() => void buildMenu().then(letGo).catch(log));
browser.tabs.onRemoved.addListener((tabId) => void prune(tabId).then(letGo).catch(log));
followSettings(log);

browser.permissions.onAdded.addListener(({ origins = [] }) => {
  const freed = Promise.all(origins.map(unblock));
  freed.then(offerToAllow).catch(log);
});

menus.onClicked.addListener((info, tab) => {
  if (tab?.id === undefined) return;
  const origin = info.menuItemId === allowEntry ? webOrigin(info.srcUrl) : null;
  // The browser asks only within the click itself, so this comes before anything that waits.
  const answered = origin === null ? null : browser.permissions.request({ origins: [patternOf(origin)] });
  const frame = { tabId: tab.id, frameId: info.frameId ?? 0 };
  const target: Target = {
    kind: 'clicked',
    ...(info.targetElementId !== undefined && { targetElementId: info.targetElementId }),
    ...(info.srcUrl !== undefined && { srcUrl: info.srcUrl }),
  };
  const act = async (): Promise<void> => {
    const entry = String(info.menuItemId);
    const scene = (await sceneOf(entry)) ?? (await readLastScene()) ?? quickScenes[0]?.scene;
    if (!scene) return;
    if (entry === labEntry) return openInLab(frame, target, scene);
    if (origin !== null && (await answered) && (await unblock(patternOf(origin)))) await offerToAllow();
    await openPanel(frame, target, scene);
  };
  act().catch(log);
});

onMessage(serve('background', handlers, { id: browser.runtime.id, origins: [new URL(browser.runtime.getURL('')).origin] }));
