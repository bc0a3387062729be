import type { Plugin } from 'vite';

const link = /\n *<link rel="stylesheet"[^>]*href="[^"]*\/([\w.-]+)-[\w-]{8}\.css"[^>]*>/g;

/** Brings the styles that a page names into the order in which they hold: what all pages share, then parts, then the page's own. */
export function styleOrder(): Plugin {
  return {
    name: 'convscope-style-order',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { chunk, filename }) {
        const own = [chunk?.name, filename.split(/[\\/]/).at(-2)];
        const links = [...html.matchAll(link)].map(([text, name = '']) => ({
          text,
          rank: name === 'styles' ? 0 : own.includes(name) ? 2 : 1,
        }));
        if (links.length < 2) return html;
        const sorted = links.sort((a, b) => a.rank - b.rank).map(({ text }) => text);
        return html.replace(link, () => sorted.shift() ?? '');
      },
    },
  };
}
