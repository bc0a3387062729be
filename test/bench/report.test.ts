import { expect, it } from 'vitest';
import { judged } from '../../scripts/bench/bars.mjs';
import { report } from '../../scripts/bench/report.mjs';
import { cells, overall, table, times, withKept } from '../../scripts/bench/table.mjs';
import { row, rows, run } from './run';

const document = report({ ...run, bars: judged(run) });

it('a table has a line for each row, a dash for what was not measured, and how it is done', () => {
  const lines = table(rows).split('\n');
  expect(lines).toHaveLength(rows.length + 1);
  expect(lines[1]).toMatch(/^ReLU +1 MP +1 +2\.00 +8\.00 +10\.0 +3\.00 +- +2\.00 +ort +4\.00x +1\.00x +one pass$/);
});

it('a row that nobody timed has dashes and no ratio', () => {
  const [, line] = cells([row('Lp-pool', null, {})]);
  expect(line).toEqual(['Lp-pool', '1 MP', '1', '-', '-', '-', '-', '-', '2.00', '-', '-', '-']);
});

it('the overall figure counts one thread alone', () => {
  expect(times(overall(rows))).toBe('7.95x');
});

it('results of tfjs that nobody reads have a figure of their own', () => {
  expect(times(overall(rows.map(withKept)))).toBe('6.22x');
});

it('the document names date, browser, cores and relaxed SIMD, and nothing else of the machine', () => {
  expect(document).toContain('on 2020-02-03: a machine with 2 cores, Chromium 150.0.1, relaxed SIMD yes.');
});

it('the document has both tables, the bars, the latencies and the notes', () => {
  for (const heading of [
    'Bars',
    'One thread',
    'Two threads',
    'Latencies in the extension',
    'Frames with the inspector open',
    'Notes',
    'Caveats',
  ]) {
    expect(document).toContain(`\n## ${heading}\n`);
  }
  expect(document).toContain('| ReLU | 1 MP | 1 | 2.00 | 8.00 | 10.0 | 3.00 | - | 2.00 | ort | 4.00x | 1.00x | one pass |');
  expect(document).toContain(
    '| operation | slider | median | p95 | changes | in full |\n| --- | --- | ---: | ---: | ---: | ---: |',
  );
  expect(document).toContain('| medianPool2d | Kernel | 70 ms | 80 ms | 9 |');
  expect(document).toContain('| maxPool2d | 17 ms | 33 ms | 17 ms | 2.00x |');
  expect(document).toContain('- max-pool 63x63, 1 MP: tfjs is left out: it takes seconds for a call.');
});

it('without latencies the document leaves their section out', () => {
  expect(report({ ...run, latencies: undefined, bars: judged(run) })).not.toContain('Latencies in the extension');
});
