import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Plugin } from 'vite';
import { pages, shippedManifest, type Target } from './manifest';

const loader = 'service-worker-loader.js';

/** Every file below a folder, as sorted paths relative to it. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

/** The built files that can be reached by name from `roots`. */
function reached(outDir: string, roots: readonly string[], built: readonly string[]): Set<string> {
  const found = new Set(roots);
  for (const path of found) {
    const text = readFileSync(join(outDir, path), 'utf8');
    for (const file of built) if (text.includes(file.slice(file.lastIndexOf('/') + 1))) found.add(file);
  }
  return found;
}

/**
 * Finishes what the bundler wrote: pages at their short addresses, our own manifest (the plug-in opens far more to the web
 * than the panel), and no file that nothing refers to.
 */
export function finish(target: Target): Plugin {
  let outDir = '';
  return {
    name: 'convscope-finish',
    enforce: 'post',
    apply: 'build',
    configResolved(config) {
      outDir = config.build.outDir;
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        if (!existsSync(join(outDir, 'manifest.json'))) return;
        for (const [address, source] of Object.entries(pages)) {
          mkdirSync(dirname(join(outDir, address)), { recursive: true });
          renameSync(join(outDir, source), join(outDir, address));
        }
        for (const source of Object.values(pages)) rmSync(join(outDir, dirname(source)), { recursive: true, force: true });
        rmSync(join(outDir, '.vite'), { recursive: true, force: true });
        writeFileSync(join(outDir, 'manifest.json'), `${JSON.stringify(shippedManifest(target, loader), null, 2)}\n`);
        const built = filesOf(outDir).filter((file) => file.startsWith('assets/'));
        const used = reached(outDir, [loader, ...Object.keys(pages)], built);
        for (const file of built) if (!used.has(file)) rmSync(join(outDir, file));
      },
    },
  };
}
