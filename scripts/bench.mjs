// Measures ConvScope against onnxruntime-web, tfjs, OpenCV.js and a plain copy, in Chromium: `npm run bench`.
// --quick (1 MP alone), --only TEXT (rows whose name holds it), --json FILE, --docs (docs/performance.md).
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { judged, verdicts } from './bench/bars.mjs';
import { openBench } from './bench/browse.mjs';
import { buildPage } from './bench/build.mjs';
import { overall, table, times } from './bench/table.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { command } from './lib/process.mjs';
import { ensureSimd } from './simd.mjs';

const { values: given } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    json: { type: 'string' },
    docs: { type: 'boolean', default: false },
    threads: { type: 'boolean', default: true },
    latencies: { type: 'boolean', default: true },
  },
  allowNegative: true,
});

/** Sizes that have a million values or so: what --quick measures. */
const isQuick = (size) => size !== '256x256' && !/12 MP/.test(size);

const firstLine = (error) => error.message.split('\n')[0].replace(/^page\.evaluate: Error: /, '');

/** All rows of the page that are asked for, one after the other. */
async function measureAll(bench, threads, limits) {
  const rows = [];
  const failures = [];
  for (const { name, sizes, threads: threadsAt } of bench.rows) {
    if (!name.toLowerCase().includes(given.only.toLowerCase())) continue;
    for (const size of sizes) {
      if (given.quick && !isQuick(size)) continue;
      if (threads > 1 && size !== threadsAt) continue;
      const asked = { name, size, limits, quick: given.quick };
      try {
        // A library that runs short of memory in a page that has seen many rows gets a fresh one.
        const row = await bench.measure(asked).catch(async (error) => {
          console.error(`${name} at ${size}, once more in a fresh page: ${firstLine(error)}`);
          await bench.restart();
          return bench.measure(asked);
        });
        rows.push(row);
        console.log(table([row]).split('\n')[1]);
      } catch (error) {
        failures.push(firstLine(error));
        console.error(failures.at(-1));
        await bench.restart();
      }
    }
  }
  return { rows, failures };
}

async function withBench(program, threads, limits) {
  const bench = await openBench(program, threads);
  try {
    return { ...(await measureAll(bench, threads, limits)), version: bench.version, binary: bench.binary };
  } finally {
    await bench.close();
  }
}

await command(async () => {
  const since = performance.now();
  await ensurePackages();
  const program = await ensureChromium();
  await ensureSimd();
  await buildPage();
  const limits = given.quick ? { budget: 700, mostRounds: 25, longest: 500 } : { budget: 2500, mostRounds: 60, longest: 4000 };
  const one = await withBench(program, 1, limits);
  const two = given.threads ? await withBench(program, 2, limits) : { rows: [], failures: [] };
  const rows = [...one.rows, ...two.rows];
  const failures = [...one.failures, ...two.failures];
  console.log(`\n${table(rows)}\n`);
  console.log(`Geometric mean of (best rival / ConvScope): ${times(overall(rows))}\n`);
  const bars = judged({ rows });
  console.log(verdicts(bars));
  if (given.json) {
    const result = {
      date: new Date().toISOString().slice(0, 10),
      browser: one.version,
      binary: one.binary,
      rows,
      bars,
      failures,
    };
    writeFileSync(given.json, `${JSON.stringify(result, null, 2)}\n`);
  }
  for (const failure of failures) console.error(`FAILED ${failure}`);
  console.log(`${((performance.now() - since) / 1000).toFixed(0)} s in all`);
  return failures.length > 0 ? 1 : 0;
});
