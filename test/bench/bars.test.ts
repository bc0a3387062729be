import { expect, it } from 'vitest';
import { bars, judged, verdicts } from '../../scripts/bench/bars.mjs';
import { entries } from '../../scripts/bench/page/rows';
import { row, run } from './run';

const barOf = (text: string, given: object = run) => {
  const found = judged(given).find((bar: { readonly text: string }) => bar.text.includes(text));
  if (!found) throw new Error(`no bar ${text}`);
  return found;
};

it('the geometric mean leaves out rows without a rival and rows of two threads', () => {
  const bar = barOf('geometric mean');
  expect(bar.value).toBeCloseTo((4 * 10 * 40 * 2.5) ** (1 / 4));
  expect(bar).toMatchObject({ pass: true, at: '4 rows' });
});

it('a bar shows the worst row and lists every row that misses it', () => {
  const slow = { rows: [row('ReLU', 9, { ort: 3 }), row('Leaky ReLU', 4, { ort: 2 }), row('tanh', 1, { ort: 2 })] };
  expect(barOf('no row slower', slow)).toMatchObject({
    ...{ pass: false, at: 'ReLU at 1 MP', missed: [{ at: 'ReLU at 1 MP' }, { at: 'Leaky ReLU at 1 MP' }] },
  });
});

it('a limit itself passes', () => {
  expect(barOf('ReLU within', { rows: [row('ReLU', 4, {})] })).toMatchObject({ value: 2, pass: true });
  expect(barOf('ReLU within', { rows: [row('ReLU', 4.01, {})] }).pass).toBe(false);
});

it('windows grow by the ratio of their rows at the same size', () => {
  expect(barOf('max-pool: 63x63')).toMatchObject({ value: 1.25, pass: true });
});

it('two threads are held against one of the same run', () => {
  expect(barOf('two threads')).toMatchObject({ value: 1.7, pass: true });
});

it('latencies fail over their limit', () => {
  expect(barOf('slider')).toMatchObject({ value: 80, at: 'medianPool2d', pass: false });
  expect(barOf('inspector')).toMatchObject({ value: 33.4, at: 'maxPool2d', pass: false });
  expect(barOf('popup')).toMatchObject({ value: 90, pass: true });
  expect(barOf('right-click')).toMatchObject({ value: 310, pass: false });
});

it('what was not measured neither passes nor fails', () => {
  const all = judged({ rows: [] });
  expect(all).toHaveLength(bars.length);
  expect(all.every(({ pass }: { readonly pass: boolean | null }) => pass === null)).toBe(true);
  expect(verdicts(all)).not.toMatch(/pass|FAIL/);
});

it('every bar about rows finds rows of the bench, so that a renamed row cannot slip out of it', () => {
  const all = entries.flatMap(({ name, sizes, threads }) => [
    ...sizes.map(({ label }) => row(name, 1, { ort: 4 }, { size: label })),
    ...(threads === undefined ? [] : [row(name, 1, { ort: 4 }, { size: threads, threads: 2, single: 2 })]),
  ]);
  const idle = judged({ rows: all }).filter(({ pass }: { readonly pass: boolean | null }) => pass === null);
  expect(idle.map(({ text }: { readonly text: string }) => text)).toEqual([
    'slider to pixels at 1 MP, p95 in ms, every op that is not dense',
    'inspector: ms between frames at p95 while the pointer moves over 12 MP',
    'popup ready after opening, ms',
    'right-click to painted result, warm, 1 MP, ms',
  ]);
});
