import { browser } from '../platform/browser';
import { stored } from '../platform/storage';
import { patternOf } from './guard';

// Origins that did not give their pictures, so that the menu can offer to allow them. Those met in private windows go with the browser's run.

export const blockedKey = 'blockedOrigins';
const most = 100;
type Area = 'local' | 'session';

const originsIn = async (area: Area): Promise<readonly string[]> => (await stored<readonly string[]>(area, blockedKey)) ?? [];

export const blockedOrigins = async (): Promise<readonly string[]> => [
  ...new Set([...(await originsIn('local')), ...(await originsIn('session'))]),
];

/** One change after the other: two captures at once must not lose one another's origin. */
let last: Promise<unknown> = Promise.resolve();
function change(area: Area, edit: (origins: readonly string[]) => readonly string[]): Promise<boolean> {
  const next = last.then(async () => {
    const before = await originsIn(area);
    const after = edit(before);
    if (after.length === before.length && after.every((origin, i) => origin === before[i])) return false;
    await browser.storage[area].set({ [blockedKey]: after });
    return true;
  });
  last = next.catch(() => undefined);
  return next;
}

/** Answers whether this is new. */
export const block = (origin: string, passing: boolean): Promise<boolean> =>
  change(passing ? 'session' : 'local', (origins) => (origins.includes(origin) ? origins : [...origins, origin].slice(-most)));

/** Forgets the origins under a permission pattern, and answers whether there were any. */
export async function unblock(pattern: string): Promise<boolean> {
  const others = (origins: readonly string[]) => origins.filter((known) => patternOf(known) !== pattern);
  const found = await Promise.all([change('local', others), change('session', others)]);
  return found.some(Boolean);
}
