// `npm test`: installs what is missing, builds, checks and tests everything, and sums up on the last line.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from './lib/chromium.mjs';
import { ensureTestPrograms } from './lib/desk.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { command, isLinux, root, run, runBin } from './lib/process.mjs';
import { asOne, ofPlaywright, ofVitest } from './lib/reports.mjs';

const reports = join(root, 'out', 'test');
const total = { passed: 0, failed: 0, skipped: 0 };
const troubles = [];

/** Reads the report that a runner wrote. */
const told =
  (read, name) =>
  ({ code }) =>
    read(JSON.parse(readFileSync(join(reports, `${name}.json`), 'utf8')), code);

/** Output is kept for the reader of a failure, not for a terminal. */
const plain = { NO_COLOR: '1', FORCE_COLOR: undefined };
const node = (script, ...args) => run(process.execPath, [join(root, 'scripts', script), ...args]);
const playwright = (project, chromium, ...more) =>
  runBin('playwright', ['test', `--project=${project}`, '--retries=1', ...more], {
    env: { ...plain, CONVSCOPE_REPORT: join(reports, `${project}.json`), CHROMIUM: chromium },
  });

const stages = [
  { name: 'build', work: () => node('build.mjs'), needed: true },
  { name: 'types', work: () => node('types.mjs') },
  { name: 'lint', work: () => runBin('biome', ['check', '.']) },
  { name: 'generated files', work: () => node('generate.mjs', '--check') },
  { name: 'web-ext lint', work: () => runBin('web-ext', ['lint', '--source-dir', 'dist-firefox', '--warnings-as-errors']) },
  {
    name: 'unit, contract, golden, property',
    work: () =>
      runBin('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${join(reports, 'vitest.json')}`], {
        env: plain,
      }),
    count: told(ofVitest, 'vitest'),
  },
  { name: 'end to end, Chromium', work: (chromium) => playwright('chromium', chromium), count: told(ofPlaywright, 'chromium') },
  {
    name: 'end to end, large pictures',
    work: (chromium) => playwright('alone', chromium, '--workers=1'),
    count: told(ofPlaywright, 'alone'),
  },
  { name: 'end to end, Firefox', work: (chromium) => playwright('firefox', chromium), count: told(ofPlaywright, 'firefox') },
];

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** Runs one stage, prints one line, and its whole output when something failed. */
async function perform({ name, work, count = asOne }, chromium) {
  const since = performance.now();
  const result = await work(chromium);
  let counted;
  try {
    counted = count(result);
  } catch {
    counted = asOne({ code: 1 });
  }
  for (const key of Object.keys(total)) total[key] += counted[key];
  if (counted.failed && counted.troubles.length === 0) troubles.push(`failed: ${name}`);
  troubles.push(...counted.troubles);
  const facts = [
    counted.failed ? `${counted.failed} failed` : `${counted.passed} passed`,
    counted.skipped && `${counted.skipped} skipped`,
    counted.retried && `${counted.retried} only at the second try`,
    seconds(since),
  ];
  console.log(`${counted.failed ? 'FAILED' : 'ok'.padEnd(6)}  ${name}: ${facts.filter(Boolean).join(', ')}`);
  if (counted.failed || counted.retried) console.log(result.output);
  else for (const [line] of result.output.matchAll(/^Not tested: .*$/gm)) console.log(`        ${line}`);
  return counted.failed === 0;
}

await command(async () => {
  const since = performance.now();
  await ensurePackages();
  const chromium = await ensureChromium();
  const missing = await ensureTestPrograms();
  for (const sentence of missing) console.log(sentence);
  if (missing.length && isLinux && process.env.CI) total.failed += missing.length;
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  for (const stage of stages) {
    const held = await perform(stage, chromium);
    if (!held && stage.needed) break;
  }
  console.log(`Total time ${seconds(since)}`);
  for (const trouble of troubles) console.log(trouble);
  const skipped = total.skipped ? `, ${total.skipped} skipped` : '';
  console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
  return total.failed ? 1 : 0;
});
