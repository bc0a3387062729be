// Builds the three outputs: dist/ (Chromium), dist-firefox/ and dist-lab/ (plain web page). Names in the arguments choose some.
import { build } from 'vite';
import { ensureSimd } from './simd.mjs';

const outputs = {
  dist: { mode: 'production', TARGET: 'chromium' },
  'dist-firefox': { mode: 'production', TARGET: 'firefox' },
  'dist-lab': { mode: 'lab', TARGET: '' },
};

const chosen = process.argv.slice(2);
for (const name of chosen)
  if (!(name in outputs)) throw new Error(`Expected ${Object.keys(outputs).join(', ')}, received ${name}.`);
process.env.NODE_ENV = 'production';
// The configuration is bundled before it runs, as it is written for: Vite warns of every import that Node alone would not find.
process.env.VITE_CONFIG_NATIVE_IGNORE_WARNING = 'true';
await ensureSimd();
for (const [name, { mode, TARGET }] of Object.entries(outputs)) {
  if (chosen.length && !chosen.includes(name)) continue;
  process.env.TARGET = TARGET;
  const start = performance.now();
  await build({ mode, logLevel: 'warn' });
  console.log(`${name}/ built in ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
