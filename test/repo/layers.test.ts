import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { filesBelow } from './files';

/** What each part of src may import, besides itself. A part that is not listed may not exist. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  engines: ['core'],
  image: ['core'],
  worker: ['core', 'engines', 'image'],
  messages: ['core', 'image'],
  store: ['core', 'image'],
  platform: ['messages'],
  background: ['core', 'image', 'messages', 'platform', 'store'],
  content: ['messages', 'platform'],
  ui: ['core', 'image', 'store'],
  lab: ['core', 'image', 'platform', 'store', 'ui'],
  panel: ['core', 'image', 'messages', 'platform', 'store', 'ui'],
  popup: ['core', 'image', 'messages', 'platform', 'store', 'ui'],
  options: ['core', 'image', 'platform', 'store', 'ui'],
};

/** Packages that belong to one part alone. */
const homes: Readonly<Record<string, readonly string[]>> = {
  'webextension-polyfill': ['platform'],
  valibot: ['messages'],
  idb: ['image'],
  preact: ['ui', 'lab', 'panel', 'popup', 'options'],
  '@preact/signals': ['ui', 'lab', 'panel', 'popup', 'options'],
  comlink: ['worker', 'ui', 'lab', 'panel', 'popup'],
};

/** Single imports that cross the table on purpose, with their reason. */
const allowed: Readonly<Record<string, string>> = {
  'background -> content': 'the address of the content script, not its code (`?script`)',
  'ui -> worker': 'the worker that a page starts, and the types of its answers',
  'lab -> worker': 'its second worker, and the types of its answers',
};

interface Import {
  readonly file: string;
  readonly part: string;
  readonly source: string;
  readonly typeOnly: boolean;
  /** By `import()`. */
  readonly late: boolean;
}

const importPattern =
  /(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]|new URL\(\s*['"]([^'"]+)['"]/g;

const imports: readonly Import[] = filesBelow('src', '.')
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
  .flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(importPattern)].map((match) => ({
      file,
      part: file.split('/')[1] ?? '',
      source: match[3] ?? match[4] ?? match[5] ?? '',
      typeOnly: match[2] !== undefined,
      late: match[4] !== undefined,
    })),
  );

const isRelative = ({ source }: Import): boolean => source.startsWith('.');
const targetPart = ({ file, source }: Import): string => join(dirname(file), source).replaceAll('\\', '/').split('/')[1] ?? '';

it('every part of src is in the layer table', () => {
  const parts = [...new Set(filesBelow('src').map((file) => file.split('/')[0] ?? ''))].sort();
  expect(parts).toEqual(Object.keys(mayImport).sort());
});

it('imports between parts of src point the way of the table', () => {
  const wrong = imports
    .filter((one) => isRelative(one) && join(dirname(one.file), one.source).startsWith('src'))
    .map((one) => ({ ...one, target: targetPart(one) }))
    .filter(({ part, target }) => target !== part && !mayImport[part]?.includes(target))
    .filter(({ part, target, source, typeOnly }) => {
      const crossing = `${part} -> ${target}`;
      if (!(crossing in allowed)) return true;
      return crossing === 'background -> content'
        ? !source.endsWith('?script')
        : !(typeOnly || /worker\/(?:worker|batchWorker)(?:\.ts)?$/.test(source));
    })
    .map(
      ({ file, source, part, target }) =>
        `${file} imports ${source}: ${part} may import ${mayImport[part]?.join(', ') || 'nothing'}, not ${target}`,
    );
  expect(wrong).toEqual([]);
});

it('a package that belongs to one part is imported there only', () => {
  const wrong = imports.flatMap(({ file, part, source }) => {
    const name = Object.keys(homes).find((home) => source === home || source.startsWith(`${home}/`));
    return name && !homes[name]?.includes(part) ? [`${file} imports ${source}: it belongs to ${homes[name]?.join(', ')}`] : [];
  });
  expect(wrong).toEqual([]);
});

it('every imported package is a dependency', () => {
  const { dependencies }: { dependencies: Record<string, string> } = JSON.parse(readFileSync('package.json', 'utf8'));
  const nameOf = (source: string): string =>
    source
      .split('/')
      .slice(0, source.startsWith('@') ? 2 : 1)
      .join('/');
  const unknown = imports.filter(
    (one) => !isRelative(one) && !(nameOf(one.source) in dependencies) && !one.source.startsWith('virtual:'),
  );
  expect(unknown.map(({ file, source }) => `${file} imports ${source}`)).toEqual([]);
});

it('assets are imported by no part but platform and ui, and only as words', () => {
  const wrong = imports.filter((one) => isRelative(one) && join(dirname(one.file), one.source).startsWith('assets'));
  expect(wrong.filter(({ part, source }) => !['platform', 'ui'].includes(part) || !source.endsWith('messages.json'))).toEqual([]);
});

it('the Lab reaches the extension only through modules that come later, so that it stays a plain web page', () => {
  const early = imports.filter(
    (one) => one.part === 'lab' && isRelative(one) && targetPart(one) === 'platform' && !/\/extension\.ts$/.test(one.file),
  );
  expect(early.map(({ file, source }) => `${file} imports ${source}`)).toEqual([]);
  const eager = imports.filter(
    (one) => one.part === 'lab' && /(?:^|\/)extension$/.test(one.source) && !one.typeOnly && !one.late,
  );
  expect(eager.map(({ file, source }) => `${file} imports ${source}`)).toEqual([]);
});
