import { HeaderError, readHeader } from '../image/header';
import { mayFetch, webOrigin } from './guard';

export const mostBytes = 256 * 2 ** 20;
export const patience = 25_000;

/** Is it a picture, judged by its first bytes? */
export async function isPicture(blob: Blob): Promise<boolean> {
  try {
    readHeader(new Uint8Array(await blob.slice(0, 2 ** 16).arrayBuffer()));
    return true;
  } catch (error) {
    return error instanceof HeaderError && error.problem === 'short';
  }
}

/** Reads a body, and gives up as soon as it is too long. */
export async function readUpTo(response: Response, most: number): Promise<Blob | null> {
  if (!response.body || Number(response.headers.get('content-length')) > most) return null;
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(pieces, { type: response.headers.get('content-type') ?? '' });
    bytes += value.byteLength;
    if (bytes > most) {
      await reader.cancel();
      return null;
    }
    pieces.push(value);
  }
}

/**
 * The bytes behind a picture's address, as far as the browser lets the extension read them; null when there are none.
 * Cookies go along only to the page's own origin.
 */
export async function fetchPicture(url: string, pageUrl: string | undefined): Promise<Blob | null> {
  if (!mayFetch(url, pageUrl)) return null;
  const own = webOrigin(url) === webOrigin(pageUrl);
  try {
    const response = await fetch(url, { credentials: own ? 'include' : 'omit', signal: AbortSignal.timeout(patience) });
    if (!response.ok || !mayFetch(response.url, pageUrl)) return null;
    const blob = await readUpTo(response, mostBytes);
    return blob && (await isPicture(blob)) ? blob : null;
  } catch {
    return null;
  }
}
