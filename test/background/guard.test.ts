import { describe, expect, it } from 'vitest';
import { mayFetch, patternOf, webOrigin } from '../../src/background/guard';

const web = 'https://example.org/article';

describe('for a page on the web, the background', () => {
  it.each([
    'https://cdn.example/a.png',
    'http://cdn.example:8080/a.png',
    'https://93.184.216.34/a.png',
    'https://[2606:2800::1]/a.png',
  ])('fetches %s', (url) => expect(mayFetch(url, web)).toBe(true));
  it.each([
    'http://localhost/a.png',
    'http://router.localhost/a.png',
    'http://127.0.0.1:631/a.png',
    'http://127.1/a.png',
    'http://2130706433/a.png',
    'http://[::1]/a.png',
    'http://[::ffff:127.0.0.1]/a.png',
    'http://0.0.0.0/a.png',
    'http://10.1.2.3/a.png',
    'http://172.20.0.1/a.png',
    'http://192.168.1.1/a.png',
    'http://169.254.169.254/latest/meta-data',
    'http://100.64.0.1/a.png',
    'http://[fd00::1]/a.png',
    'http://[fe80::1]/a.png',
    'http://printer.local/a.png',
    'http://wiki.corp/a.png',
    'http://intranet/a.png',
    'https://user:word@cdn.example/a.png',
    'ftp://cdn.example/a.png',
    'file:///etc/passwd',
    'data:image/png;base64,AAAA',
    'chrome-extension://abc/a.png',
    'not an address',
  ])('does not fetch %s', (url) => expect(mayFetch(url, web)).toBe(false));
});

describe('the background', () => {
  it('fetches from this machine for a page on this machine', () =>
    expect(mayFetch('http://localhost:8002/a.png', 'http://127.0.0.1:8001/')).toBe(true));
  it('fetches from a private network for a page in one', () =>
    expect(mayFetch('http://192.168.1.9/a.png', 'http://wiki.corp/')).toBe(true));
  it('does not fetch from this machine for a page in a private network', () =>
    expect(mayFetch('http://127.0.0.1/a.png', 'http://192.168.1.9/')).toBe(false));
  it('treats an unknown page as one on the web', () => expect(mayFetch('http://localhost/a.png', undefined)).toBe(false));
});

describe('an origin', () => {
  it('keeps its port', () => expect(webOrigin('http://localhost:8002/a.png?x')).toBe('http://localhost:8002'));
  it('has a permission pattern without one', () => expect(patternOf('http://localhost:8002')).toBe('http://localhost/*'));
  it.each(['data:,a', 'blob:https://a.example/1', 'file:///a.png', '', null, undefined])('%j has none', (url) =>
    expect(webOrigin(url)).toBeNull(),
  );
});
