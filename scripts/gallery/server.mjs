// Serves the gallery page and the sample photographs to this machine only.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../lib/process.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.png': 'image/png', '.jpg': 'image/jpeg' };

/** The file behind a path of the gallery, or null: nothing else is served. */
function fileAt(path) {
  const photo = /^\/photos\/([a-z]+\.(?:png|jpg))$/.exec(path);
  if (photo) return join(root, 'assets', 'photos', photo[1]);
  if (path === '/') return join(here, 'index.html');
  return path === '/gallery.css' ? join(here, 'gallery.css') : null;
}

/** Starts it on a free port: { url, close() }. */
export function startGallery() {
  const server = createServer(async (request, response) => {
    const file = fileAt(new URL(request.url, 'http://gallery').pathname);
    try {
      if (!file) throw new Error('not part of the gallery');
      const body = await readFile(file);
      response.writeHead(200, { 'content-type': types[extname(file)], 'cache-control': 'no-store' }).end(body);
    } catch {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Not here.');
    }
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const close = () => {
        server.closeAllConnections();
        server.close();
      };
      resolve({ url: `http://127.0.0.1:${server.address().port}/`, close });
    });
  });
}
