import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { parseAst } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';
import { manifestFor, pages } from '../../scripts/package/manifest';
import { filesBelow } from './files';

// The gate over what ships: `npm run build` first.

const targets = { chromium: 'dist', firefox: 'dist-firefox' } as const;
const contentScript = 'src/content/index.iife.js';

interface Manifest {
  readonly [key: string]: unknown;
  readonly background: { readonly service_worker?: string; readonly scripts?: readonly string[] };
  readonly web_accessible_resources: readonly { readonly resources: readonly string[]; readonly matches: readonly string[] }[];
  readonly content_security_policy: { readonly extension_pages: string };
}

/** What a script imports when it starts, and what those import. */
function staticClosure(folder: string, entry: string): string[] {
  const found = new Set([entry]);
  for (const file of found) {
    const text = readFileSync(`${folder}/${file}`, 'utf8');
    for (const [, name] of text.matchAll(/(?:import|from)\s*["'](?:\.{1,2}\/)+(?:assets\/)?([\w.-]+\.js)["']/g))
      found.add(`assets/${name}`);
  }
  return [...found];
}

/** What a page loads by itself, before it asks for more: the scripts and styles it names, and what those import. */
function firstOf(folder: string, page: string): readonly { readonly file: string; readonly bytes: number }[] {
  const html = readFileSync(`${folder}/${page}`, 'utf8');
  const named = [...html.matchAll(/(?:src|href)="[./]*([^"]+\.(?:js|css))"/g)].map(([, file = '']) => file);
  const all = new Set(named.flatMap((file) => (file.endsWith('.js') ? staticClosure(folder, file) : [file])));
  return [...all]
    .map((file) => ({ file, bytes: gzipSync(readFileSync(`${folder}/${file}`)).length }))
    .sort((a, b) => b.bytes - a.bytes);
}

/** Bytes, gzipped, that a page may load before its first useful paint. */
const budgets = { 'popup.html': 60_000, 'panel.html': 60_000, 'lab.html': 150_000 } as const;

describe.each(Object.entries(targets))('the %s package', (target, folder) => {
  const files = filesBelow(folder);
  const text = (file: string): string => readFileSync(`${folder}/${file}`, 'utf8');
  let manifest: Manifest;
  beforeAll(() => {
    if (!files.includes('manifest.json')) throw new Error(`${folder}/ is missing: run "npm run build" first.`);
    manifest = JSON.parse(text('manifest.json'));
  });
  const scripts = files.filter((file) => file.endsWith('.js'));
  const background = (): string => manifest.background.service_worker ?? manifest.background.scripts?.[0] ?? '';

  it('has the manifest of its snapshot', () => expect(manifest).toMatchSnapshot());

  it('asks for nothing at install but activeTab, scripting, storage and the menu', () => {
    expect(manifest.permissions).toEqual(['activeTab', 'scripting', 'storage', target === 'firefox' ? 'menus' : 'contextMenus']);
    expect(manifest.optional_host_permissions).toEqual(['*://*/*']);
    expect(Object.keys(manifest).filter((key) => /^host_permissions|^content_scripts|^externally_connectable/.test(key))).toEqual(
      [],
    );
  });

  it('may ask for names of tabs, and for nothing else besides sites', () => {
    expect(manifest.optional_permissions).toEqual(['tabs']);
  });

  it('opens to web pages the panel and nothing else', () => {
    const open = manifest.web_accessible_resources;
    expect(open.flatMap(({ resources }) => resources)).toEqual(['panel.html']);
    if (target === 'chromium') expect(open).toMatchObject([{ use_dynamic_url: true }]);
  });

  it('runs scripts, styles and WebAssembly of its own only', () => {
    const rules = Object.fromEntries(
      manifest.content_security_policy.extension_pages.split(';').map((rule): [string, string] => {
        const [name = '', ...sources] = rule.trim().split(' ');
        return [name, sources.join(' ')];
      }),
    );
    expect(rules).toMatchObject({
      'default-src': "'none'",
      'script-src': "'self' 'wasm-unsafe-eval'",
      'style-src': "'self'",
      'worker-src': "'self'",
    });
    expect(rules).toMatchObject({ 'object-src': "'none'", 'frame-src': "'none'", 'base-uri': "'none'", 'form-action': "'none'" });
  });

  it('has every file that its manifest and pages name', () => {
    const named = [...JSON.stringify(manifest).matchAll(/"([\w./-]+\.(?:js|html|png|json))"/g)].map(([, file]) => file);
    const linked = Object.keys(pages).flatMap((page) =>
      [...text(page).matchAll(/(?:src|href)="\/?([^"#]+)"/g)].map(([, file]) => file),
    );
    expect([...named, ...linked].filter((file) => file && !files.includes(file))).toEqual([]);
  });

  it('has the fast engine as files of its own, as they were compiled', () => {
    const compiled = ['plain', 'relaxed', 'threads'].map((name) =>
      readFileSync(`src/engines/simd/binaries/${name}.wasm`).toString('base64'),
    );
    const shipped = files
      .filter((file) => file.endsWith('.wasm'))
      .map((file) => readFileSync(`${folder}/${file}`).toString('base64'));
    expect(shipped.sort()).toEqual([...new Set(compiled)].sort());
  });

  it('has no script or style that nothing refers to', () => {
    const all = files.filter((file) => /\.(?:js|html|json)$/.test(file)).map((file) => ({ file, text: text(file) }));
    const dead = files
      .filter((file) => /\.(?:js|css)$/.test(file) && file !== background())
      .filter((file) => !all.some((other) => other.file !== file && other.text.includes(file.slice(file.lastIndexOf('/') + 1))));
    expect(dead).toEqual([]);
  });

  it('has a background without import(), top-level await, preloading or a document', () => {
    const bad = /\bimport\s*\(|__vitePreload|modulepreload|\bdocument\./;
    for (const file of staticClosure(folder, background())) {
      expect(bad.exec(text(file))?.[0], file).toBeUndefined();
      expect(topLevelAwait(text(file)), file).toBe(false);
    }
  });

  it('has a content script in one piece of at most 15 KB gzipped', () => {
    const script = text(contentScript);
    expect(gzipSync(script).length).toBeLessThanOrEqual(15_000);
    expect(/(?:^|[;}\s])(?:import|export)\b[\s{*"'(]/.exec(script)?.[0]).toBeUndefined();
  });

  it.each(Object.entries(budgets))(
    'has in %s, with scripts and styles that it names and all that these import before the page paints, at most %i bytes gzipped',
    (page, most) => {
      const first = firstOf(folder, page);
      const list = first.map(({ file, bytes }) => `${bytes} ${file}`).join('\n');
      const sum = first.reduce((total, { bytes }) => total + bytes, 0);
      expect(sum, `${page} loads ${sum} bytes:\n${list}`).toBeLessThanOrEqual(most);
      // A page without its program or without its styles would pass, too.
      expect(first.filter(({ file }) => file.endsWith('.css')).length, list).toBeGreaterThan(1);
      expect(
        first.some(({ file }) => /\/first-.*\.js$/.test(file)),
        list,
      ).toBe(true);
    },
  );

  it.each(Object.keys(pages))('has in %s the styles of all pages first and its own last', (page) => {
    const styles = [...text(page).matchAll(/<link rel="stylesheet"[^>]*href="\/([^"]+)"/g)].map(([, file = '']) => file);
    expect(text(styles[0] ?? '')).toContain('color-scheme');
    expect(styles.at(-1)).toMatch(new RegExp(`/(?:index|${page.slice(0, -5)})-`));
  });

  it('makes no code from strings', () => {
    const found = scripts.filter((file) => /\beval\s*\(|new Function\b|\.innerHTML\s*=[^=]|document\.write/.test(text(file)));
    expect(found).toEqual([]);
  });

  it('loads nothing from elsewhere', () => {
    const allowed = /^https?:\/\/(?:www\.w3\.org\/|\*|$)/;
    const loading =
      /(?:src|href)="(https?:[^"]*)"|(?:import|fetch|importScripts|Worker)\(?\s*["'`](https?:[^"'`]*)["'`]|url\(["']?(https?:[^)"']*)/g;
    const found = files
      .filter((file) => /\.(?:js|css|html)$/.test(file))
      .flatMap((file) => [...text(file).matchAll(loading)].map((match) => match[1] ?? match[2] ?? match[3] ?? ''))
      .filter((url) => !allowed.test(url));
    expect(found).toEqual([]);
  });

  it('names no folder of the machine that built it', () => {
    const found = files
      .filter((file) => /\.(?:js|css|html|json)$/.test(file))
      .filter((file) => text(file).includes(process.cwd()));
    expect(found).toEqual([]);
  });

  it('has the version of package.json', () =>
    expect(manifest.version).toBe(manifestFor(target === 'firefox' ? 'firefox' : 'chromium').version));
});

/** Is there an `await` outside of every function? */
function topLevelAwait(code: string): boolean {
  const look = (node: unknown): boolean => {
    if (Array.isArray(node)) return node.some(look);
    if (typeof node !== 'object' || node === null) return false;
    const type = 'type' in node ? String(node.type) : '';
    if (/Function|MethodDefinition|PropertyDefinition|StaticBlock/.test(type)) return false;
    if (type === 'AwaitExpression' || (type === 'ForOfStatement' && 'await' in node && node.await === true)) return true;
    return Object.values(node).some(look);
  };
  // The export makes it a module, where `await` is no name.
  return look(parseAst(`${code}\nexport {};`));
}

describe('the search for top-level await', () => {
  it.each(['const a = await(b())', 'for await (const a of b) c(a)', 'if (x) { await y }'])('finds it in %s', (code) =>
    expect(topLevelAwait(code)).toBe(true),
  );
  it.each(['async function f() { await y }', 'const f = async () => await y', 'class A { async m() { await y } }'])(
    'leaves %s alone',
    (code) => expect(topLevelAwait(code)).toBe(false),
  );
});
