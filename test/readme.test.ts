import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

/** The first block of TypeScript in a document, and the block of text behind it: what the code prints. */
function exampleIn(file: string): { readonly code: string; readonly prints: string } | undefined {
  const found = existsSync(file) && /^```ts\n(.*?)^```\s*^```text\n(.*?)^```/ms.exec(readFileSync(file, 'utf8'));
  return found ? { code: found[1] ?? '', prints: found[2] ?? '' } : undefined;
}

it('the example of the README runs in Node without a DOM, in about ten lines, and prints what it says', () => {
  const { code, prints } = exampleIn('README.md') ?? { code: '', prints: '' };
  expect(code).toContain('src/core');
  expect(code.trim().split('\n').length).toBeLessThanOrEqual(13);
  mkdirSync('out', { recursive: true });
  const folder = mkdtempSync(join('out', 'readme-'));
  try {
    writeFileSync(join(folder, 'example.ts'), code.replaceAll("'./src/", "'/src/"));
    const loader = `
      import { withModules } from ${JSON.stringify(pathToFileURL('scripts/modules.mjs').href)};
      if (typeof document !== 'undefined') throw new Error('expected no DOM');
      await withModules((load) => load(${JSON.stringify(`/${folder.replaceAll('\\', '/')}/example.ts`)}));`;
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', loader], { encoding: 'utf8' });
    expect(printed).toBe(prints);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
