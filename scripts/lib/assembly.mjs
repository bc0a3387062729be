// What the Wasm binaries were made of: a hash of all assembly sources, of how they are compiled, and of the compiler's version.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './process.mjs';

export function freshness() {
  const hash = createHash('sha256');
  const folder = join(root, 'src', 'engines', 'simd', 'assembly');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  for (const name of sources.sort())
    hash.update(name.replaceAll('\\', '/')).update(readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n'));
  hash.update(readFileSync(join(root, 'scripts', 'simd.mjs')));
  hash.update(JSON.parse(readFileSync(join(root, 'node_modules', 'assemblyscript', 'package.json'), 'utf8')).version);
  return hash.digest('hex');
}
