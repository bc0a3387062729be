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

const grouped = (name: (id: string, modules: Modules) => string | null): Rolldown.CodeSplittingOptions => ({
  groups: [{ name, debugName: 'package', includeDependenciesRecursively: false }],
});

/** Groups of modules for `output.codeSplitting`. */
export function chunks(): Rolldown.CodeSplittingOptions {
  const from = Object.entries(roots) as [Root, readonly string[]][];
  const reaches = from.map(([root, files]) => ({ root, within: files.map(within) }));
  return grouped((id, modules) => {
    if (own.test(id)) return null;
    const found = reaches.filter((one) => one.within.some((holds) => holds(id, modules)));
    return fileOf(new Set(found.map(({ root }) => root)));
  });
}

/** The same for a worker: its program is one file, so that nothing of it is asked for only after a first part has come. */
export function workerChunks(): Rolldown.CodeSplittingOptions {
  const inProgram = within('src/worker/program.ts');
  const inWorker = within('src/worker/worker.ts');
  return grouped((id, modules) => (inProgram(id, modules) && !inWorker(id, modules) ? 'program' : null));
}

/** Whether a module is reached from a script without `import()`. Ids have slashes on every system. */
function within(file: string) {
  const root = fileURLToPath(new URL(`../../${file}`, import.meta.url)).replaceAll('\\', '/');
  let found: ReadonlySet<string> | null = null;
  return (id: string, modules: Modules): boolean => {
    // Other workers and pages have no such script.
    if (modules.getModuleInfo(root)) found ??= reached(root, modules);
    return found?.has(id) === true;
  };
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
