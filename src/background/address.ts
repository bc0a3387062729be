import type { PictureMeta } from '../image/picture';
import { browser } from '../platform/browser';
import { say } from '../platform/say';
import { isPicture, mostBytes, patience, readUpTo } from './fetchPicture';
import { mayFetch, patternOf, webOrigin } from './guard';
import { keep } from './pictures';

// A picture by its address, as a person typed it. The person stands for the address; where it leads is still looked at.

/** @throws a sentence that says what was expected and what came. */
export async function fetchAddress(url: string, tabId: number | null): Promise<PictureMeta> {
  const origin = webOrigin(url);
  if (origin === null) throw new Error(say('addressNotWeb', url.slice(0, 80)));
  const { hostname, pathname } = new URL(url);
  if (!(await browser.permissions.contains({ origins: [patternOf(origin)] })))
    throw new Error(say('addressNotAllowed', hostname));
  const response = await fetch(url, { credentials: 'omit', signal: AbortSignal.timeout(patience) }).catch(() => null);
  if (!response) throw new Error(say('addressNoAnswer', hostname));
  // A public site may not lead to a host of the person's own network.
  if (!mayFetch(response.url, url)) throw new Error(say('addressAstray', hostname));
  if (!response.ok) throw new Error(say('addressRefused', hostname, response.status));
  const blob = await readUpTo(response, mostBytes).catch(() => null);
  if (!blob) throw new Error(say('addressTooLong', hostname, mostBytes / 2 ** 20));
  if (!(await isPicture(blob))) throw new Error(say('addressNoPicture', (blob.type.split(';')[0] ?? '') || '?'));
  const name = decoded(pathname.split('/').at(-1) ?? '').slice(0, 120) || say('kindPicture');
  return keep({ name, blob, provenance: { how: 'original' } }, tabId);
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
