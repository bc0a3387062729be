import { readFileSync } from 'node:fs';

/** The browsers that a package is made for. */
export type Target = 'chromium' | 'firefox';

type Json = Record<string, unknown>;
type Manifest = Json & { readonly manifest_version: 3; readonly name: string; readonly version: string };

const readJson = (path: string): Json => JSON.parse(readFileSync(path, 'utf8')) as Json;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The manifest of one target, as written in manifest.json: what is shared, then its own keys; paths still point at sources. */
export function manifestFor(target: Target): Manifest {
  const { shared, [target]: own } = readJson('manifest.json');
  if (!isObject(shared) || !isObject(own)) throw new Error(`manifest.json: expected objects "shared" and "${target}".`);
  return { ...shared, ...own, manifest_version: 3, name: String(shared.name), version: String(readJson('package.json').version) };
}

/** The pages by their address in the package. Only the panel may be framed by a web page. */
export const pages: Readonly<Record<string, string>> = {
  'panel.html': 'src/panel/index.html',
  'popup.html': 'src/popup/index.html',
  'lab.html': 'src/lab/index.html',
  'options.html': 'src/options/index.html',
};

/** The manifest as it ships: built paths, and the panel as the one web-accessible page. */
export function shippedManifest(target: Target, loader: string): Json {
  const manifest = manifestFor(target);
  const panel = { resources: ['panel.html'], matches: ['http://*/*', 'https://*/*', 'file://*/*'] };
  return {
    ...manifest,
    action: { ...(isObject(manifest.action) ? manifest.action : {}), default_popup: 'popup.html' },
    options_ui: { ...(isObject(manifest.options_ui) ? manifest.options_ui : {}), page: 'options.html' },
    background: target === 'firefox' ? { scripts: [loader], type: 'module' } : { service_worker: loader, type: 'module' },
    web_accessible_resources: [target === 'firefox' ? panel : { ...panel, use_dynamic_url: true }],
  };
}
