// Bytes of a picture from its address, as far as the page may read them.

/** Longer answers are not taken over. */
const mostBytes = 256 * 2 ** 20;
const patience = 15_000;

/** What browsers show as pictures, by the first bytes in Latin 1. */
const magic =
  /^(?:\x89PNG|\xff\xd8\xff|GIF8[79]a|RIFF.{4}WEBP|.{4}ftyp(?:avif|avis|heic|heix|hevc|mif1|msf1)|BM|\s*<(?:\?xml|svg|!--|!DOCTYPE svg))/is;

/** Is this a picture, rather than an error page or a placeholder text? */
export async function isPicture(blob: Blob): Promise<boolean> {
  if (blob.size === 0 || blob.size > mostBytes) return false;
  const head = new Uint8Array(await blob.slice(0, 64).arrayBuffer());
  const icon = head[0] === 0 && head[1] === 0 && (head[2] === 1 || head[2] === 2) && head[3] === 0;
  return icon || magic.test(String.fromCharCode(...head).replace(/^\xef\xbb\xbf/, ''));
}

/** The contents of a `data:` address, parsed in place: the page's policy may forbid to fetch it. Null when malformed. */
export function dataBlob(url: string): Blob | null {
  const parts = /^data:([^,]*),(.*)$/is.exec(url);
  if (!parts) return null;
  const [, head = '', body = ''] = parts;
  const type = head.split(';')[0] || 'text/plain';
  try {
    const text = body.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    if (/;\s*base64\s*$/i.test(head))
      return new Blob([Uint8Array.from(atob(text.replace(/\s+/g, '')), (c) => c.charCodeAt(0))], { type });
    // What is not escaped is UTF-8 already decoded by the page's parser.
    const plain = body.split(/((?:%[0-9a-f]{2})+)/i).map((piece) => {
      if (!/^%[0-9a-f]{2}/i.test(piece)) return piece;
      return Uint8Array.from(piece.slice(1).split('%'), (hex) => Number.parseInt(hex, 16));
    });
    return new Blob(plain, { type });
  } catch {
    return null;
  }
}

async function fetched(url: string, options: RequestInit): Promise<Blob | null> {
  try {
    const response = await fetch(url, { ...options, signal: AbortSignal.timeout(patience) });
    if (!response.ok || Number(response.headers.get('content-length')) > mostBytes) return null;
    const blob = await response.blob();
    return (await isPicture(blob)) ? blob : null;
  } catch {
    return null;
  }
}

/** The bytes as stored behind an address, or null when the page may not have them. */
export async function originalBytes(url: string): Promise<Blob | null> {
  if (/^data:/i.test(url)) return dataBlob(url);
  if (/^blob:/i.test(url)) return fetched(url, {});
  if (!/^(?:https?|file):/i.test(url)) return null;
  if (URL.parse(url)?.origin === location.origin) return fetched(url, { cache: 'force-cache', credentials: 'same-origin' });
  // A copy cached without CORS headers fails although the server would allow it: ask once more past the cache.
  return (await fetched(url, { credentials: 'omit' })) ?? fetched(url, { credentials: 'omit', cache: 'reload' });
}
