// Measures ConvScope against onnxruntime-web, tfjs, OpenCV.js and a plain copy, in Chromium: `npm run bench`.
// --quick: 1 MP alone, one thread, fewer repeats, without the slowest rivals and without latencies. --only TEXT: rows and ops whose name holds it. --json FILE. --docs: writes docs/performance.md.
// --no-rows, --no-threads, --no-latencies leave out a part.
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { judged, verdicts } from './bench/bars.mjs';
import { openBench } from './bench/browse.mjs';
import { buildPage } from './bench/build.mjs';
import { measureLatencies } from './bench/latency.mjs';
import { report } from './bench/report.mjs';
import { overall, table, times, withKept } from './bench/table.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { command, root, run, Sentence } from './lib/process.mjs';
import { ensureSimd } from './simd.mjs';

const { values: given } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    json: { type: 'string' },
    docs: { type: 'boolean', default: false },
    threads: { type: 'boolean' },
    rows: { type: 'boolean', default: true },
    latencies: { type: 'boolean' },
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
      const began = performance.now();
      const asked = { name, size, limits, quick: given.quick };
      try {
        // A library that runs short of memory in a page that has seen many rows gets a fresh one.
        const row = await bench.measure(asked).catch(async (error) => {
          console.error(`${name} at ${size}, once more in a fresh page: ${firstLine(error)}`);
          await bench.restart();
          return bench.measure(asked);
        });
        rows.push({ ...row, took: Math.round(performance.now() - began) / 1000 });
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

/** Builds the extension and measures in it. */
async function latenciesOf(program) {
  const { code, output } = await run('node', [join(root, 'scripts', 'build.mjs'), 'dist']);
  if (code !== 0) throw new Sentence(`The extension was not built:\n${output}`);
  return measureLatencies(program, given.only);
}

await command(async () => {
  const since = performance.now();
  await ensurePackages();
  const program = await ensureChromium();
  await ensureSimd();
  await buildPage();
  const limits = given.quick
    ? { budget: 300, mostRounds: 20, fewest: 3, longest: 400 }
    : { budget: 1500, mostRounds: 60, fewest: 5, longest: 3000 };
  const nothing = { rows: [], failures: [] };
  const one = given.rows ? await withBench(program, 1, limits) : nothing;
  const two = given.rows && (given.threads ?? !given.quick) ? await withBench(program, 2, limits) : nothing;
  const [rows, failures] = [
    [...one.rows, ...two.rows],
    [...one.failures, ...two.failures],
  ];
  const latencies = (given.latencies ?? !given.quick) ? await latenciesOf(program) : undefined;
  const { version: browser, binary } = one;
  const measured = {
    date: new Date().toISOString().slice(0, 10),
    browser,
    binary,
    cores: availableParallelism(),
    rows,
    latencies,
  };
  const result = { ...measured, bars: judged(measured), failures };
  console.log(`\n${table(rows)}\n`);
  console.log(`Geometric mean of (best rival / ConvScope): ${times(overall(rows))}`);
  console.log(`The same where the results of tfjs are never read: ${times(overall(rows.map(withKept)))}\n`);
  console.log(verdicts(result.bars));
  if (given.json) writeFileSync(given.json, `${JSON.stringify(result, null, 2)}\n`);
  if (given.docs) writeFileSync(join(root, 'docs', 'performance.md'), report(result));
  for (const failure of failures) console.error(`FAILED ${failure}`);
  console.log(`${((performance.now() - since) / 1000).toFixed(0)} s in all`);
  return failures.length > 0 ? 1 : 0;
});
