// Builds the page of the bench and serves it, with the rivals' own files beside it, to this machine only.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { build } from 'vite';
import { root } from '../lib/process.mjs';

const out = join(root, 'out', 'bench');

/** Compiles the page into out/bench; it is not part of the extension. */
export async function buildPage() {
  await build({
    root: join(root, 'scripts', 'bench', 'page'),
    configFile: false,
    base: './',
    logLevel: 'error',
    worker: { format: 'es' },
    build: {
      outDir: out,
      emptyOutDir: true,
      target: 'es2022',
      minify: false,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 9e3,
    },
  });
}

const packages = join(root, 'node_modules');
const folders = {
  '/ort/': join(packages, 'onnxruntime-web', 'dist'),
  '/tfjs/': join(packages, '@tensorflow', 'tfjs-backend-wasm', 'dist'),
  '/simd/': join(root, 'src', 'engines', 'simd', 'binaries'),
};
const files = { '/opencv.js': join(packages, '@techstark', 'opencv-js', 'dist', 'opencv.js') };
const types = {
  ...{ '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript' },
  '.wasm': 'application/wasm',
};

function fileAt(path) {
  if (path in files) return files[path];
  const prefix = Object.keys(folders).find((start) => path.startsWith(start));
  if (prefix) return join(folders[prefix], normalize(`/${path.slice(prefix.length)}`));
  return join(out, path === '/' ? 'index.html' : normalize(path));
}

const isolating = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

/** Serves the built page on a free port: { url, close() }. Cross-origin isolated, it may have threads. */
export function servePage({ isolated = false } = {}) {
  const server = createServer(async (request, response) => {
    const file = fileAt(new URL(request.url ?? '/', 'http://bench').pathname);
    try {
      const body = await readFile(file);
      const type = types[extname(file)] ?? 'application/octet-stream';
      response.writeHead(200, { 'content-type': type, ...(isolated && isolating) }).end(body);
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
