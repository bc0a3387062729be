import type { Plugin } from 'vite';

const link = /\n *<link rel="stylesheet"[^>]*href="[^"]*\/([\w.-]+)-[\w-]{8}\.css"[^>]*>/g;

/** Styles that more than one page names, by their place. */
const shared = ['styles', 'bench'];

/** Brings the styles that a page names into the order in which they hold: what all pages share, then the bench, its parts, and the page's own. */
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
          rank: own.includes(name) ? shared.length + 1 : shared.includes(name) ? shared.indexOf(name) : shared.length,
        }));
        if (links.length < 2) return html;
        const sorted = links.sort((a, b) => a.rank - b.rank).map(({ text }) => text);
        return html.replace(link, () => sorted.shift() ?? '');
      },
    },
  };
}
