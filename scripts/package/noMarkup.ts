import type { Plugin } from 'vite';

/**
 * Takes `dangerouslySetInnerHTML` out of Preact: no page of ours writes markup from strings, and Firefox's linter warns of the one
 * place where Preact could. What would have been markup becomes text.
 */
export function noMarkup(): Plugin {
  return {
    name: 'convscope-no-markup',
    apply: 'build',
    transform(code, id) {
      if (!/\/preact\/dist\/preact\.(?:module|mjs)/.test(id)) return null;
      const plain = code.replace(/\.innerHTML\s*=\s*(?!=)/g, '.textContent=');
      if (plain === code) throw new Error(`${id}: expected an assignment to innerHTML, found none; this step may go.`);
      return { code: plain, map: null };
    },
  };
}
