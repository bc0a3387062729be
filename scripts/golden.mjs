// Checks a folder of cases that torch computed: `npm run golden -- DIR`. Ends with `golden: N passed, M failed, K skipped`.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { root, withModules } from './modules.mjs';

const folder = resolve(process.argv[2] ?? join(root, 'test/golden'));

/** Cases of one file, or one failed verdict when it cannot be read. */
function verdictsOf(file, check) {
  try {
    const json = JSON.parse(readFileSync(file, 'utf8'));
    return (Array.isArray(json) ? json : [json]).map(check);
  } catch (error) {
    return [{ op: basename(file), verdict: 'failed', why: error.message }];
  }
}

function list(folder) {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort();
  } catch (error) {
    console.log(`expected a folder of JSON files, received ${folder}: ${error.message}`);
    return [];
  }
}

const counts = { passed: 0, failed: 0, skipped: 0 };
const skipped = new Map();
await withModules(async (load) => {
  const { check } = await load('/test/golden/check.ts');
  for (const name of list(folder)) {
    verdictsOf(join(folder, name), check).forEach(({ op, verdict, why }, i) => {
      counts[verdict] += 1;
      if (verdict === 'failed') console.log(`failed: ${name} case ${i}, ${op}: ${why}`);
      if (verdict === 'skipped') skipped.set(op, (skipped.get(op) ?? 0) + 1);
    });
  }
});
for (const [op, count] of skipped)
  console.log(`skipped: ${op}, ${count} ${count === 1 ? 'case' : 'cases'}: there is no such op yet`);
if (counts.passed + counts.failed === 0) console.log('no case ran');
console.log(`golden: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
