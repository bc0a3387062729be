import type { HtmlTagDescriptor, Plugin } from 'vite';

/** Gives a page scripts that run as soon as they are loaded themselves, before the page's program and its styles are. */
export function boot(page: string, scripts: readonly string[]): Plugin {
  return {
    name: 'convscope-boot',
    apply: 'build',
    buildStart() {
      for (const id of scripts) this.emitFile({ type: 'chunk', id });
    },
    transformIndexHtml: {
      order: 'post',
      handler(_, { filename, bundle = {} }) {
        if (!filename.endsWith(page)) return [];
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        const needs = (file: string): string[] => {
          const imports = chunks.find(({ fileName }) => fileName === file)?.imports ?? [];
          return imports.flatMap((other) => [other, ...needs(other)]);
        };
        return scripts.flatMap((script) => {
          const built = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(script) === true);
          if (!built) throw new Error(`${page}: expected the built ${script}, found none.`);
          const own = tag('script', { type: 'module', async: true, src: `/${built.fileName}` });
          return [
            own,
            ...[...new Set(needs(built.fileName))].map((file) => tag('link', { rel: 'modulepreload', href: `/${file}` })),
          ];
        });
      },
    },
  };
}

const tag = (name: string, attrs: Readonly<Record<string, string | true>>): HtmlTagDescriptor => ({
  tag: name,
  attrs: { ...attrs, crossorigin: true },
  injectTo: 'head-prepend',
});
