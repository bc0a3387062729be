// Compiles src/engines/simd/assembly to src/engines/simd/binaries/*.wasm, where the sources are newer than the binaries.
// `--force` compiles in any case; names in the arguments (plain, relaxed, threads) choose some.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { freshness } from './lib/assembly.mjs';
import { root, runBin } from './lib/process.mjs';

const source = join(root, 'src', 'engines', 'simd', 'assembly');
const binaries = join(root, 'src', 'engines', 'simd', 'binaries');

/** 4 GiB is what 32-bit addresses reach; pages are taken as pictures need them. */
const shared = ['--importMemory', '--initialMemory', '16', '--maximumMemory', '65536'];
const builds = {
  plain: ['--enable', 'simd'],
  relaxed: ['--enable', 'simd', '--enable', 'relaxed-simd'],
  threads: ['--enable', 'simd', '--enable', 'relaxed-simd', '--enable', 'threads', '--sharedMemory'],
};

/** Makes the binaries that are missing or older than their sources. @throws when a source does not compile, or compiles with a warning. */
export async function ensureSimd(chosen = Object.keys(builds), force = false) {
  mkdirSync(binaries, { recursive: true });
  const stamp = freshness();
  await Promise.all(
    chosen.map(async (name) => {
      const [wasm, mark] = [join(binaries, `${name}.wasm`), join(binaries, `${name}.stamp`)];
      if (!force && existsSync(wasm) && existsSync(mark) && readFileSync(mark, 'utf8') === stamp) return;
      const since = performance.now();
      const optimised = ['-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort='];
      const args = [join(source, 'index.ts'), '-o', wasm, ...optimised, ...shared, ...builds[name]];
      const { code, output } = await runBin('asc', args);
      if (code !== 0 || /WARNING|ERROR/.test(output))
        throw new Error(`asc ${name}.wasm: expected no warning, received\n${output}`);
      writeFileSync(mark, stamp);
      console.log(
        `${name}.wasm compiled in ${((performance.now() - since) / 1000).toFixed(1)} s, ${readFileSync(wasm).length} bytes`,
      );
    }),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const args = process.argv.slice(2);
  const chosen = args.filter((arg) => arg in builds);
  const unknown = args.find((arg) => !(arg in builds) && arg !== '--force');
  if (unknown !== undefined) throw new Error(`Expected ${Object.keys(builds).join(', ')} or --force, received ${unknown}.`);
  await ensureSimd(chosen.length > 0 ? chosen : undefined, args.includes('--force'));
}
