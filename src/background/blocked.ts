import { browser } from '../platform/browser';
import { stored } from '../platform/storage';
import { patternOf } from './guard';

// Origins that did not give their pictures, so that the menu can offer to allow them.

export const blockedKey = 'blockedOrigins';
const most = 100;

export const blockedOrigins = async (): Promise<readonly string[]> =>
  (await stored<readonly string[]>('local', blockedKey)) ?? [];

/** One change after the other: two captures at once must not lose one another's origin. */
let last: Promise<unknown> = Promise.resolve();
function change(edit: (origins: readonly string[]) => readonly string[]): Promise<boolean> {
  const next = last.then(async () => {
    const before = await blockedOrigins();
    const after = edit(before);
    if (after.length === before.length && after.every((origin, i) => origin === before[i])) return false;
    await browser.storage.local.set({ [blockedKey]: after });
    return true;
  });
  last = next.catch(() => undefined);
  return next;
}

/** Answers whether this is new. */
export const block = (origin: string): Promise<boolean> =>
  change((origins) => (origins.includes(origin) ? origins : [...origins, origin].slice(-most)));

/** Forgets the origins under a permission pattern, and answers whether there were any. */
export const unblock = (pattern: string): Promise<boolean> =>
  change((origins) => origins.filter((known) => patternOf(known) !== pattern));
