import { browser } from './browser';

/** `session` is gone with the browser's run, `local` stays. */
type Area = 'session' | 'local';

/** What we stored under a key; nobody else writes there. */
export async function stored<T>(area: Area, key: string): Promise<T | undefined> {
  return (await browser.storage[area].get(key))[key] as T | undefined;
}

/** All keys that begin with `prefix`, with their values. */
export async function storedUnder<T>(area: Area, prefix: string): Promise<[string, T][]> {
  const all = Object.entries(await browser.storage[area].get(null)) as [string, T][];
  return all.filter(([key]) => key.startsWith(prefix));
}

/** Empties what stays and what goes with the browser's run. */
export async function clearAreas(): Promise<void> {
  await browser.storage.session.clear();
  await browser.storage.local.clear();
}
