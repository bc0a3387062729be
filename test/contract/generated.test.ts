import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const node = (script: string, ...args: string[]) =>
  spawnSync(process.execPath, [join(root, 'scripts', script), ...args], { cwd: root, encoding: 'utf8' });

describe('generated files', () => {
  it('match the declarations of the ops; if not, run npm run generate', () => {
    const { status, stderr } = node('generate.mjs', '--check');
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });
});

describe('npm run golden', () => {
  it('ends with the counts and fails when nothing ran', () => {
    const folder = mkdtempSync(join(tmpdir(), 'golden-'));
    try {
      const nothing = node('golden.mjs', folder);
      expect(nothing.stdout.trimEnd().split('\n').at(-1)).toBe('golden: 0 passed, 0 failed, 0 skipped');
      expect(nothing.status).toBe(1);
      const x = { shape: [1], data: [-1] };
      const good = { op: 'relu', params: {}, inputs: { x }, y: { shape: [1], data: [0] } };
      writeFileSync(join(folder, 'a.json'), JSON.stringify([good, { ...good, y: x }, { ...good, op: 'warp_everything' }]));
      const mixed = node('golden.mjs', folder);
      expect(mixed.stdout).toContain('skipped: warp_everything');
      expect(mixed.stdout.trimEnd().split('\n').at(-1)).toBe('golden: 1 passed, 1 failed, 1 skipped');
      expect(mixed.status).toBe(1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('npm run new:op', () => {
  it('writes an op and its line, once', () => {
    const folder = mkdtempSync(join(tmpdir(), 'new-op-'));
    try {
      writeFileSync(join(folder, 'index.ts'), "// Ops.\nexport { relu } from './relu';\n");
      expect(node('new-op.mjs', 'gelu', folder).status).toBe(0);
      expect(readFileSync(join(folder, 'index.ts'), 'utf8')).toBe(
        "// Ops.\nexport { gelu } from './gelu';\nexport { relu } from './relu';\n",
      );
      expect(readFileSync(join(folder, 'gelu.ts'), 'utf8')).toContain('export const gelu = defineOp({');
      expect(node('new-op.mjs', 'gelu', folder).stderr).toContain('is there already');
      expect(node('new-op.mjs', 'Ge-lu', folder).stderr).toContain('expected a name in camelCase');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
