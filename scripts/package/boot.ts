import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite';

interface Early {
  /** Modules that are evaluated as soon as they are there, before the page's first script and its styles are. */
  readonly asks?: readonly string[];
  /** What the page's first script asks for: it comes beside that script, not after it. */
  readonly program: string;
}

/** The page's very first script: starts its worker, which takes as long to start as its program (`src/ui/bench/early.ts` takes it over), and fetches the program. */
const script = (worker: string, program: readonly string[]): string => `{
  const worker = new Worker(${JSON.stringify(worker)}, { type: 'module' });
  worker.onerror = (event) => {
    event.preventDefault();
    worker.terminate();
    if (globalThis.earlyWorker === worker) globalThis.earlyWorker = undefined;
  };
  globalThis.earlyWorker = worker;
  for (const href of ${JSON.stringify(program)})
    document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', crossOrigin: '', href }));
}
`;

/** Lets a page start its worker, ask its first questions and load its program beside its first script. */
export function boot(page: string, { asks = [], program }: Early): Plugin {
  const early = `assets/early-${page.split('/').at(-2)}.js`;
  return {
    name: 'convscope-boot',
    apply: 'build',
    buildStart() {
      for (const id of asks) this.emitFile({ type: 'chunk', id });
    },
    generateBundle(_, bundle) {
      const worker = Object.keys(bundle).find((file) => /^assets\/worker-[\w-]{8}\.js$/.test(file));
      if (!worker) throw new Error(`${page}: expected a built worker, found none.`);
      const rest = chunkOf(program, bundle, page);
      const files = [...new Set([rest, ...needs(rest, bundle)])].map((file) => `/${file}`);
      this.emitFile({ type: 'asset', fileName: early, source: script(`/${worker}`, files) });
      // What a chunk of its own would only pass on.
      for (const module of asks) {
        const passing = chunkOf(module, bundle, page);
        if (passing !== chunkWith(module, bundle, page)) delete bundle[passing];
      }
    },
    transformIndexHtml: {
      order: 'post',
      handler(_, { filename, bundle = {} }) {
        if (!filename.endsWith(page)) return [];
        const evaluated = asks.map((module) => chunkWith(module, bundle, page));
        return [
          { tag: 'script', attrs: { async: true, src: `/${early}` }, injectTo: 'head-prepend' },
          ...evaluated.map((src) => tag('script', { type: 'module', async: true, src: `/${src}` })),
          ...[...new Set(evaluated.flatMap((file) => needs(file, bundle)))].map((file) =>
            tag('link', { rel: 'modulepreload', href: `/${file}` }),
          ),
        ];
      },
    },
  };
}

function chunkOf(module: string, bundle: Rolldown.OutputBundle, page: string): string {
  const built = Object.values(bundle).find((file) => file.type === 'chunk' && file.facadeModuleId?.endsWith(module) === true);
  if (!built) throw new Error(`${page}: expected the built ${module}, found none.`);
  return built.fileName;
}

/** The chunk that holds a module, under whatever name. */
function chunkWith(module: string, bundle: Rolldown.OutputBundle, page: string): string {
  const built = Object.values(bundle).find((file) => file.type === 'chunk' && file.moduleIds.some((id) => id.endsWith(module)));
  if (!built) throw new Error(`${page}: expected ${module} in a chunk, found none.`);
  return built.fileName;
}

function needs(file: string, bundle: Rolldown.OutputBundle): string[] {
  const chunk = bundle[file];
  return chunk?.type === 'chunk' ? chunk.imports.flatMap((other) => [other, ...needs(other, bundle)]) : [];
}

const tag = (name: string, attrs: Readonly<Record<string, string | true>>): HtmlTagDescriptor => ({
  tag: name,
  attrs: { ...attrs, crossorigin: true },
  injectTo: 'head-prepend',
});
