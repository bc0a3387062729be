import type { Rolldown } from 'vite';

/** Scripts from which modules are reached without `import()`. */
const roots = {
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
  if (reached.has('background')) return reached.has('first') ? 'wire' : 'core';
  if (reached.has('first')) return 'first';
  if (!reached.has('rest')) return null;
  return reached.has('lab') ? 'bench' : 'tools';
}

/** Groups of modules for `output.codeSplitting`. */
export function chunks(): Rolldown.CodeSplittingOptions {
  const known = new Map<string, ReadonlySet<Root>>();
  const reach = (id: string, modules: { getModuleInfo(id: string): Rolldown.ModuleInfo | null }): ReadonlySet<Root> => {
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
  const name = (id: string, modules: { getModuleInfo(id: string): Rolldown.ModuleInfo | null }): string | null =>
    own.test(id.replaceAll('\\', '/')) ? null : fileOf(reach(id, modules));
  return { groups: [{ name, debugName: 'package', includeDependenciesRecursively: false }] };
}
