import type { Plugin } from 'vite';
import { ops } from '../../src/core/registry';

const name = 'virtual:op-titles';

/** `virtual:op-titles`: titles of ops by name, for a page that shows one before it has the declarations. */
export function opTitles(): Plugin {
  const resolved = `\0${name}`;
  return {
    name: 'convscope-op-titles',
    resolveId: (id) => (id === name ? resolved : null),
    load: (id) =>
      id === resolved
        ? `export const titles = ${JSON.stringify(Object.fromEntries(Object.values(ops).map((op) => [op.name, op.title])))};`
        : null,
  };
}
