// Which addresses the background may fetch for a page. It is not bound by the page's own limits, so it sets its own.

/** How near a host is: the machine itself, its network, or anybody. */
type Reach = 'loopback' | 'private' | 'public';

const privateNames = /(?:^|\.)(?:local|internal|lan|home|intranet|corp|home\.arpa)$/;

function reachOf(hostname: string): Reach {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (host === 'localhost' || host.endsWith('.localhost') || host === '::1' || host === '::' || host === '0.0.0.0')
    return 'loopback';
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(host);
  if (mapped) {
    const [high, low] = [Number.parseInt(mapped[1] ?? '', 16), Number.parseInt(mapped[2] ?? '', 16)];
    return reachOf([high >> 8, high & 255, low >> 8, low & 255].join('.'));
  }
  if (host.includes(':')) return /^(?:f[cd]|fe[89ab])/.test(host) ? 'private' : 'public';
  const parts = /^(\d+)\.(\d+)\.\d+\.\d+$/.exec(host);
  if (!parts) return privateNames.test(host) || !host.includes('.') ? 'private' : 'public';
  const [a, b] = [Number(parts[1]), Number(parts[2])];
  if (a === 127 || a === 0) return 'loopback';
  const local =
    a === 10 ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b < 128);
  return local ? 'private' : 'public';
}

const parsed = (url: string | undefined): URL | null => (url !== undefined && URL.canParse(url) ? new URL(url) : null);

/** May a picture at `url` be fetched for a page at `pageUrl`? Nearer hosts than the page itself are out of its reach. */
export function mayFetch(url: string, pageUrl: string | undefined): boolean {
  const picture = parsed(url);
  if (!picture || !/^https?:$/.test(picture.protocol) || picture.username !== '' || picture.password !== '') return false;
  const order: readonly Reach[] = ['loopback', 'private', 'public'];
  const page = parsed(pageUrl);
  const from: Reach = page && /^https?:$/.test(page.protocol) ? reachOf(page.hostname) : 'public';
  return order.indexOf(reachOf(picture.hostname)) >= order.indexOf(from);
}

/** The origin of a web address, such as `https://cdn.example`; null for all others. */
export function webOrigin(url: string | null | undefined): string | null {
  const at = parsed(url ?? undefined);
  return at && /^https?:$/.test(at.protocol) ? at.origin : null;
}

/** The permission pattern of an origin. Firefox knows no ports in it. */
export function patternOf(origin: string): string {
  const { protocol, hostname } = new URL(origin);
  return `${protocol}//${hostname}/*`;
}
