// Two origins that treat their pictures as the web does: open, closed, behind a cookie, slow, broken.
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { encode } from 'fast-png';
import { ownCertificate } from './certificate';
import { pattern, type Raster } from './raster';

const photos = new URL('../../../assets/photos/', import.meta.url);

export interface Site {
  /** `http://127.0.0.1:PORT` or `https:`, also under any name ending in `.test`. */
  readonly origin: string;
  readonly port: number;
  /** Makes `/made/NAME` answer with these bytes. */
  put(name: string, bytes: Uint8Array): void;
  /** Paths asked for since the last call. */
  asked(): string[];
  close(): Promise<void>;
}

/** The bytes of a sample photograph. */
export const photo = (name: string): Buffer => readFileSync(new URL(basename(name), photos));

export const pngOf = (raster: Raster): Uint8Array =>
  encode({ width: raster.width, height: raster.height, channels: 3, depth: 8, data: raster.data });

/** A page of `<img>`s; `extra` is put after them. */
const html = (images: readonly string[], extra: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Field notes</title></head>
<body style="margin: 24px; font: 16px/1.5 sans-serif"><h1>Field notes</h1>
${images.map((src, i) => `<p><img id="i${i}" src="${src.replaceAll('"', '&quot;')}" alt="picture ${i}" style="max-width: 480px"></p>`).join('\n')}
${extra}</body></html>`;

function imageBytes(path: string, made: ReadonlyMap<string, Uint8Array>): Uint8Array | null {
  if (path.startsWith('/made/')) return made.get(path.slice('/made/'.length)) ?? null;
  if (path.startsWith('/photos/')) return photo(path);
  const size = /^\/pattern-(\d+)x(\d+)\.png$/.exec(path);
  return size ? pngOf(pattern(Number(size[1]), Number(size[2]))) : null;
}

function answerImage(request: IncomingMessage, url: URL, bytes: Uint8Array, response: ServerResponse): void {
  const flag = (name: string) => url.searchParams.has(name);
  const headers: Record<string, string> = { 'cache-control': 'no-store' };
  if (flag('cors')) headers['access-control-allow-origin'] = '*';
  if (flag('corp')) headers['cross-origin-resource-policy'] = 'cross-origin';
  if (flag('referer') && !request.headers.referer) return void response.writeHead(403, headers).end();
  if (flag('cookie') && !request.headers.cookie?.includes('member=1')) return void response.writeHead(401, headers).end();
  if (flag('empty')) bytes = new Uint8Array();
  if (flag('half')) bytes = bytes.subarray(0, bytes.length >> 1);
  if (flag('html')) bytes = Buffer.from('<!doctype html><title>Please sign in</title><p>Please sign in');
  headers['content-type'] = url.pathname.endsWith('.jpg') ? 'image/jpeg' : 'image/png';
  const wait = Number(url.searchParams.get('wait') ?? 0);
  setTimeout(() => response.writeHead(200, headers).end(bytes), wait);
}

function answerPage(url: URL, response: ServerResponse): void {
  const headers: Record<string, string> = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
  const csp = url.searchParams.get('csp');
  if (csp) headers['content-security-policy'] = csp;
  if (url.searchParams.has('coep')) {
    headers['cross-origin-embedder-policy'] = 'require-corp';
    headers['cross-origin-opener-policy'] = 'same-origin';
  }
  if (url.searchParams.has('member')) headers['set-cookie'] = 'member=1; SameSite=Lax';
  response.writeHead(200, headers).end(html(url.searchParams.getAll('img'), url.searchParams.get('extra') ?? ''));
}

/** Starts one origin on a free port of this machine; `secure`: under https, signed by itself. */
export async function startSite(secure = false): Promise<Site> {
  const made = new Map<string, Uint8Array>();
  let log: string[] = [];
  const listener: RequestListener = (request, response) => {
    const url = new URL(request.url ?? '/', 'http://site');
    log.push(url.pathname + url.search);
    if (url.pathname === '/page') return answerPage(url, response);
    const bytes = imageBytes(url.pathname, made);
    if (bytes) answerImage(request, url, bytes, response);
    else response.writeHead(404, { 'content-type': 'text/plain' }).end('Not here.');
  };
  const server: Server = secure ? createSecureServer(ownCertificate('cdn.test'), listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http${secure ? 's' : ''}://127.0.0.1:${port}`,
    port,
    put: (name, bytes) => made.set(name, bytes),
    asked() {
      const since = log;
      log = [];
      return since;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export interface PageOptions {
  readonly images?: readonly string[];
  readonly csp?: string;
  readonly coep?: boolean;
  readonly member?: boolean;
  readonly extra?: string;
}

/** The address of a page with these pictures. */
export function pageAt(origin: string, { images = [], csp, coep, member, extra }: PageOptions): string {
  const query = new URLSearchParams(images.map((src) => ['img', src]));
  if (csp) query.set('csp', csp);
  if (coep) query.set('coep', '');
  if (member) query.set('member', '');
  if (extra) query.set('extra', extra);
  return `${origin}/page?${query}`;
}
