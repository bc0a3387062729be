// Chains that are kept: saved ones with a name, and those used lately. Each lies under a name of its own in the drawer.

import type { Scene } from '../core/scene';
import { parseScene } from '../core/sequential';

export interface SavedChain {
  readonly id: string;
  readonly name: string;
  readonly scene: Scene;
  /** Unix ms. */
  readonly saved: number;
  /** What it made when it was kept, in small, as a `data:` address. */
  readonly thumb?: string;
}
export interface RecentChain {
  readonly id: string;
  readonly scene: Scene;
  /** Unix ms of the last use. */
  readonly used: number;
  readonly thumb?: string;
}
/** A chain that cannot be read: it is left out, and stays kept until the person removes it. */
export interface BrokenChain {
  /** Its name in the drawer. */
  readonly key: string;
  readonly name: string;
  /** Why, with expected and received. */
  readonly why: string;
}
export interface KeptChains {
  /** In the order in which they were saved. */
  readonly saved: readonly SavedChain[];
  /** Newest first. */
  readonly recent: readonly RecentChain[];
  readonly broken: readonly BrokenChain[];
}

export const mostRecent = 50;
export const longestName = 80;
const savedPrefix = 'chain:';
const recentPrefix = 'recent:';

export const savedName = (id: string): string => savedPrefix + id;
/** Whether a chain lies under a name. */
export const isChain = (name: string): boolean => name.startsWith(savedPrefix) || name.startsWith(recentPrefix);
export const recentName = (id: string): string => recentPrefix + id;

/** The chains in a drawer. Recent ones that cannot be read are dropped without a word: nobody named them. */
export function readChains(kept: Readonly<Record<string, unknown>>): KeptChains {
  const saved: SavedChain[] = [];
  const recent: RecentChain[] = [];
  const broken: BrokenChain[] = [];
  for (const [key, value] of Object.entries(kept)) {
    const { name, scene, saved: at, used, thumb } = fields(value);
    try {
      if (key.startsWith(savedPrefix)) {
        const parsed = parseScene(scene);
        saved.push({
          id: key.slice(savedPrefix.length),
          name: nameFrom(name),
          scene: parsed,
          saved: time(at),
          ...thumbFrom(thumb),
        });
      } else if (key.startsWith(recentPrefix)) {
        const parsed = parseScene(scene);
        recent.push({ id: key.slice(recentPrefix.length), scene: parsed, used: time(used), ...thumbFrom(thumb) });
      }
    } catch (error) {
      if (!key.startsWith(savedPrefix)) continue;
      broken.push({
        key,
        name: typeof name === 'string' ? name : key,
        why: error instanceof Error ? error.message : String(error),
      });
    }
  }
  return {
    saved: saved.sort((a, b) => a.saved - b.saved || a.id.localeCompare(b.id)),
    recent: recent.sort((a, b) => b.used - a.used || a.id.localeCompare(b.id)),
    broken,
  };
}

const fields = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
const thumbFrom = (value: unknown): { thumb?: string } =>
  typeof value === 'string' && value.length < 40_000 && /^data:image\/(?:webp|png);base64,[A-Za-z0-9+/=]+$/.test(value)
    ? { thumb: value }
    : {};
const time = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);

/** A name as it is kept. @throws RangeError when nothing is left of it. */
export function nameFrom(text: unknown): string {
  const name = typeof text === 'string' ? text.trim().replace(/\s+/g, ' ').slice(0, longestName) : '';
  if (name === '')
    throw new RangeError(`chain name: expected a name of at most ${longestName} characters, received ${JSON.stringify(text)}`);
  return name;
}

/** The same for the same scene, so that a chain is kept once. */
export function sceneId(scene: Scene): string {
  let [low, high] = [0xdeadbeef, 0x41c6ce57];
  for (const letter of JSON.stringify(scene)) {
    const code = letter.codePointAt(0) ?? 0;
    low = Math.imul(low ^ code, 2654435761);
    high = Math.imul(high ^ code, 1597334677);
  }
  return (high >>> 0).toString(36) + (low >>> 0).toString(36);
}

/** Whether two scenes have the same ops in the same order: one is then the other with its settings changed. */
export const sameOps = (a: Scene, b: Scene): boolean =>
  a.steps.length === b.steps.length && a.steps.every((step, i) => step.op === b.steps[i]?.op);

/** Ids of the recent chains that are too many. */
export const tooMany = (recent: readonly RecentChain[], most = mostRecent): string[] =>
  [...recent]
    .sort((a, b) => b.used - a.used)
    .slice(most)
    .map(({ id }) => id);
