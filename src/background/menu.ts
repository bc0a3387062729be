import { quickScenes, starterScene } from '../core/quick';
import { opOf } from '../core/registry';
import type { Scene } from '../core/scene';
import { browser, menus } from '../platform/browser';
import { named, say } from '../platform/say';
import { readChains, type SavedChain } from '../store/chains';
import { openDrawer } from '../store/drawer';
import { entryKind, readSettings } from '../store/settings';
import { blockedKey, blockedOrigins } from './blocked';
import { patternOf } from './guard';

const parent = 'convscope';
export const labEntry = 'openInLab';
export const allowEntry = 'allow';

const shared = {
  contexts: ['image', 'video', 'link', 'page', 'frame'] as ('image' | 'video' | 'link' | 'page' | 'frame')[],
  documentUrlPatterns: ['http://*/*', 'https://*/*', 'file://*/*'],
};

const drawer = openDrawer();

/** An entry of the menu: what it is called and what it does. */
interface Entry {
  readonly id: string;
  readonly title: string;
  readonly scene: Scene;
}

function entryOf(id: string, saved: readonly SavedChain[]): Entry[] {
  const known = entryKind(id);
  if (known?.kind === 'quick') {
    const quick = quickScenes.find((other) => other.id === known.name);
    return quick ? [{ id, title: named(`quick_${quick.id}`, quick.title), scene: quick.scene }] : [];
  }
  if (known?.kind === 'op') {
    return [{ id, title: named(`op_${known.name}_title`, opOf(known.name).title), scene: starterScene(known.name) }];
  }
  const chain = saved.find((other) => other.id === known?.name);
  return chain ? [{ id, title: plain(chain.name), scene: chain.scene }] : [];
}

/** In titles of menus `&` marks a key and `%s` stands for the selection; in a name they are what they are. */
const plain = (name: string): string => name.replaceAll('&', '&&').replaceAll('%s', '%\u200bs');

/** The operations of the menu as the person chose them. */
async function entries(): Promise<Entry[]> {
  const kept = await drawer.all();
  const { saved } = readChains(kept);
  return readSettings(kept).menu.flatMap((id) => entryOf(id, saved));
}

/** The scene behind an entry, or null. It is found by what the entry is: it may have been taken out of the menu since that was opened. */
export async function sceneOf(entry: string): Promise<Scene | null> {
  const { saved } = readChains(await drawer.all());
  return entryOf(entry, saved)[0]?.scene ?? null;
}

async function build(): Promise<void> {
  const operations = await entries();
  await menus.removeAll();
  menus.create({ ...shared, id: parent, title: named('extName', 'ConvScope') });
  for (const { id, title } of operations) menus.create({ ...shared, id, parentId: parent, title });
  menus.create({ ...shared, id: labEntry, parentId: parent, title: say('openInLab') });
  menus.create({ ...shared, id: allowEntry, parentId: parent, title: say('menuAllow'), contexts: ['image'], visible: false });
  await offerToAllow();
}

/** One menu after the other: two at once would meet each other's entries. */
let last: Promise<unknown> = Promise.resolve();
let asked = 0;

/** Writes the whole menu anew; asked for several times in a row it is written once. */
export function buildMenu(): Promise<void> {
  const mine = ++asked;
  const next = last.then(() => (mine === asked ? build() : undefined));
  last = next.catch(() => undefined);
  return next;
}

/** Keeps the menu as the settings and the saved chains have it. */
export function followSettings(log: (error: unknown) => void): void {
  browser.storage.local.onChanged.addListener((changes) => {
    const forgotten = changes[blockedKey] !== undefined && changes[blockedKey].newValue === undefined;
    if (forgotten || Object.keys(changes).some((name) => /^(?:setting:menu$|chain:)/.test(name))) buildMenu().catch(log);
  });
}

/** Offers *Allow pictures from this site* on pictures of the origins that were blocked so far, and nowhere else. */
export async function offerToAllow(): Promise<void> {
  const origins = await blockedOrigins();
  const targetUrlPatterns = [...new Set(origins.map(patternOf))];
  await menus.update(allowEntry, targetUrlPatterns.length ? { visible: true, targetUrlPatterns } : { visible: false });
}
