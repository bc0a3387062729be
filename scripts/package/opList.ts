import type { Plugin } from 'vite';
import { quickScenes } from '../../src/core/quick';
import { ops } from '../../src/core/registry';

const name = 'virtual:op-list';

/** `virtual:op-list`: names and words of all ops, for a page that shows them before it has the declarations. */
export function opList(): Plugin {
  const resolved = `\0${name}`;
  const entries = Object.values(ops).map(({ name, title, summary, family, formula }) => ({
    name,
    title,
    summary,
    family,
    formula,
  }));
  const first = quickScenes[0]?.scene.steps[0]?.op ?? null;
  return {
    name: 'convscope-op-list',
    resolveId: (id) => (id === name ? resolved : null),
    load: (id) =>
      id === resolved
        ? `export const opList = ${JSON.stringify(entries)};\nexport const firstOp = ${JSON.stringify(first)};`
        : null,
  };
}
