import { fileURLToPath } from 'node:url';
import type { Rolldown } from 'vite';

/** Scripts from which modules are reached without `import()`. */
const roots = {
  asked: ['src/panel/asked.ts'],
  background: ['src/background/index.ts'],
  first: ['src/panel/main.tsx', 'src/popup/main.tsx'],
  lab: ['src/lab/main.tsx'],
  rest: ['src/panel/rest.tsx', 'src/popup/rest.tsx'],
} as const;
type Root = keyof typeof roots;

/** Of one page alone. */
const own = /\/src\/(?:panel|popup|lab|options|background|content)\//;

/**
 * Which file of the package a module goes into: few files, since each costs a page of the extension a way through the browser's main process, and
 * none with more than its page needs by then.
 */
function fileOf(reached: ReadonlySet<Root>): string | null {
  if (reached.has('asked')) return 'wire';
  if (reached.has('background')) return reached.has('first') ? 'wire' : 'core';
  if (reached.has('first')) return 'first';
  if (!reached.has('rest')) return null;
  return reached.has('lab') ? 'bench' : 'tools';
}

interface Modules {
  getModuleInfo(id: string): Rolldown.ModuleInfo | null;
}

/** From which of the scripts a module is reached without `import()`. */
function reaching<Root extends string>(roots: Readonly<Record<Root, readonly string[]>>) {
  const known = new Map<string, ReadonlySet<Root>>();
  const reach = (id: string, modules: Modules): ReadonlySet<Root> => {
    const before = known.get(id);
    if (before) return before;
    const found = new Set<Root>();
    known.set(id, found);
    const path = id.replaceAll('\\', '/');
    for (const [root, files] of Object.entries(roots) as [Root, readonly string[]][])
      if (files.some((file) => path.endsWith(`/${file}`))) found.add(root);
    for (const importer of modules.getModuleInfo(id)?.importers ?? [])
      for (const root of reach(importer, modules)) found.add(root);
    return found;
  };
  return reach;
}

const grouped = (name: (id: string, modules: Modules) => string | null): Rolldown.CodeSplittingOptions => ({
  groups: [{ name, debugName: 'package', includeDependenciesRecursively: false }],
});

/** Groups of modules for `output.codeSplitting`. */
export function chunks(): Rolldown.CodeSplittingOptions {
  const reach = reaching(roots);
  return grouped((id, modules) => (own.test(id.replaceAll('\\', '/')) ? null : fileOf(reach(id, modules))));
}

/** The same for a worker: its program is one file, so that nothing of it is asked for only after a first part has come. */
export function workerChunks(): Rolldown.CodeSplittingOptions {
  const within = (file: string) => {
    const root = fileURLToPath(new URL(file, import.meta.url));
    let found: ReadonlySet<string> | null = null;
    return (id: string, modules: Modules): boolean => {
      // Other workers have no such program.
      if (modules.getModuleInfo(root)) found ??= reached(root, modules);
      return found?.has(id) === true;
    };
  };
  const inProgram = within('../../src/worker/program.ts');
  const inWorker = within('../../src/worker/worker.ts');
  return grouped((id, modules) => (inProgram(id, modules) && !inWorker(id, modules) ? 'program' : null));
}

/** All modules that a module reaches without `import()`. */
function reached(root: string, modules: Modules): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [root];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...(modules.getModuleInfo(id)?.importedIds ?? []));
  }
  return found;
}
