import type { Scene } from '../core/scene';
import type { PictureMeta } from '../image/picture';
import type { Session, Target } from '../messages/protocol';
import { browser } from '../platform/browser';
import { stored, storedUnder } from '../platform/storage';

// Panels and what they show, in storage.session: the background may be ended at any time and finds all here again.

/** A session, and how to get its picture while it has none. */
export interface Kept {
  readonly session: Session;
  readonly target: Target;
  readonly settled: boolean;
  /** Unix ms. */
  readonly at: number;
}

const most = 40;
const prefix = 'session:';
const lastScene = 'lastScene';
const pickOf = (tabId: number): string => `pick:${tabId}`;

export async function writeSession(id: string, kept: Kept): Promise<void> {
  await browser.storage.session.set({ [prefix + id]: kept, [lastScene]: kept.session.scene });
}

/** Null when there is none of this id. */
export const readSession = async (id: string): Promise<Kept | null> => (await stored<Kept>('session', prefix + id)) ?? null;

/** Outcome of a capture: a picture, or the sentence that says why not. */
export type Outcome = { readonly picture: PictureMeta; readonly ref: number | null } | { readonly problem: string };

export function settle(kept: Kept, outcome: Outcome): Kept {
  const found =
    'picture' in outcome ? { picture: outcome.picture, ref: outcome.ref ?? kept.session.ref } : { problem: outcome.problem };
  return { ...kept, session: { ...kept.session, ...found }, settled: true };
}

/** Sessions of a tab. */
export async function sessionsOf(tabId: number): Promise<Session[]> {
  const all = await storedUnder<Kept>('session', prefix);
  return all.flatMap(([, { session }]) => (session.tabId === tabId ? [session] : []));
}

/** Forgets the oldest sessions when there are too many, and all that belongs to a closed tab. */
export async function prune(closedTab?: number): Promise<void> {
  const oldestFirst = (await storedUnder<Kept>('session', prefix)).sort(([, a], [, b]) => a.at - b.at);
  const tooMany = oldestFirst.length - most;
  const gone = oldestFirst.filter(([, { session }], i) => session.tabId === closedTab || i < tooMany).map(([key]) => key);
  await browser.storage.session.remove(closedTab === undefined ? gone : [...gone, pickOf(closedTab)]);
}

/** The scene used last, for entries that name none. */
export const readLastScene = async (): Promise<Scene | null> => (await stored<Scene>('session', lastScene)) ?? null;

export async function writePick(tabId: number, scene: Scene): Promise<void> {
  await browser.storage.session.set({ [pickOf(tabId)]: scene });
}

/** Takes the scene that waits for a pick in a tab; null when none waits. */
export async function takePick(tabId: number): Promise<Scene | null> {
  const scene = await stored<Scene>('session', pickOf(tabId));
  await browser.storage.session.remove(pickOf(tabId));
  return scene ?? null;
}
