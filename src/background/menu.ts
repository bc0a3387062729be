import { quickScenes } from '../core/quick';
import type { Scene } from '../core/scene';
import { menus } from '../platform/browser';
import { named, say } from '../platform/say';
import { blockedOrigins } from './blocked';
import { patternOf } from './guard';

const parent = 'convscope';
export const labEntry = 'openInLab';
export const allowEntry = 'allow';

const shared = {
  contexts: ['image', 'video', 'link', 'page', 'frame'] as ('image' | 'video' | 'link' | 'page' | 'frame')[],
  documentUrlPatterns: ['http://*/*', 'https://*/*', 'file://*/*'],
};

/** The scene behind an entry, or null. */
export const sceneOf = (entry: string): Scene | null => quickScenes.find(({ id }) => id === entry)?.scene ?? null;

/** Writes the whole menu anew. */
export async function buildMenu(): Promise<void> {
  await menus.removeAll();
  menus.create({ ...shared, id: parent, title: named('extName', 'ConvScope') });
  for (const { id, title } of quickScenes) menus.create({ ...shared, id, parentId: parent, title: named(`quick_${id}`, title) });
  menus.create({ ...shared, id: labEntry, parentId: parent, title: say('openInLab') });
  menus.create({ ...shared, id: allowEntry, parentId: parent, title: say('menuAllow'), contexts: ['image'], visible: false });
  await offerToAllow();
}

/** Offers *Allow pictures from this site* on pictures of the origins that were blocked so far, and nowhere else. */
export async function offerToAllow(): Promise<void> {
  const origins = await blockedOrigins();
  const targetUrlPatterns = [...new Set(origins.map(patternOf))];
  await menus.update(allowEntry, targetUrlPatterns.length ? { visible: true, targetUrlPatterns } : { visible: false });
}
