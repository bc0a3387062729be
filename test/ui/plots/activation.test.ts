import { describe, expect, it } from 'vitest';
import { parse } from '../../../src/core/parse';
import { opOf, ops } from '../../../src/core/registry';
import { oneChannelOf } from '../../../src/core/weights';
import { activationChart, SAMPLES } from '../../../src/ui/plots/activation';
import { type Chart, type Line, panelsOf } from '../../../src/ui/plots/plot';
import { readingAt } from '../../../src/ui/plots/readings';

const chartOf = (name: string, params: Readonly<Record<string, unknown>> = {}): Chart => {
  const op = opOf(name);
  return activationChart({ op, params: parse(op.params, params, name), weights: oneChannelOf(op, {}) });
};
const lineOf = (chart: Chart, panel: string): Line => {
  const layer = panelsOf(chart)
    .find(({ id }) => id === panel)
    ?.layers.find((one): one is Line => one.kind === 'line');
  if (!layer) throw new Error(`expected a line in ${panel}, found none`);
  return layer;
};
const finite = ({ x, y }: Line): [number, number][] =>
  Array.from(x, (at, i): [number, number] => [at, y[i]!]).filter(([at]) => Number.isFinite(at));

const formulas: Readonly<Record<string, { y(x: number): number; slope(x: number): number; range: readonly [number, number] }>> = {
  relu: { y: (x) => (x > 0 ? x : 0), slope: (x) => (x > 0 ? 1 : 0), range: [-2, 2] },
  leakyRelu: { y: (x) => (x > 0 ? x : 0.01 * x), slope: (x) => (x > 0 ? 1 : 0.01), range: [-2, 2] },
  sigmoid: {
    y: (x) => 1 / (1 + Math.exp(-x)),
    slope: (x) => Math.exp(-x) / (1 + Math.exp(-x)) ** 2,
    range: [-5, 5],
  },
};

describe('the plot of an activation', () => {
  it.each(Object.entries(formulas))('of %s shows 10 000 random samples of its formula and derivative', (name, own) => {
    const chart = chartOf(name);
    const points = finite(lineOf(chart, 'curve'));
    expect(points.length).toBeGreaterThanOrEqual(SAMPLES);
    expect(Math.max(...points.map(([x, y]) => Math.abs(y - own.y(x))))).toBeLessThan(1e-9);
    const slopes = finite(lineOf(chart, 'slope'));
    expect(Math.max(...slopes.map(([x, slope]) => Math.abs(slope - own.slope(x))))).toBeLessThan(1e-9);
    const xs = points.map(([x]) => x);
    expect(panelsOf(chart)[0]?.x).toMatchObject({ from: own.range[0], to: own.range[1] });
    expect(Math.min(...xs)).toBeLessThan(own.range[0] + 0.01);
    expect(Math.max(...xs)).toBeGreaterThan(own.range[1] - 0.01);
    // Random, not on a grid: gaps between neighbours differ.
    const gaps = new Set(xs.slice(1, 100).map((x, i) => (x - xs[i]!).toFixed(6)));
    expect(gaps.size).toBeGreaterThan(50);
  });

  it('marks what counts at a kink with a dot, and what the slope only comes near to with a ring', () => {
    const slope = panelsOf(chartOf('relu')).find(({ id }) => id === 'slope');
    const points = slope?.layers.filter((layer) => layer.kind === 'points');
    expect(points).toMatchObject([
      { open: true, x: [0], y: [1] },
      { x: [0], y: [0] },
    ]);
  });

  it('parts a curve that jumps, and reads the value at the jump itself', () => {
    const chart = chartOf('binaryStep', { values: 0.5 });
    const rings = panelsOf(chart)[0]?.layers.find((layer) => layer.kind === 'points' && layer.open);
    expect(rings).toMatchObject({ x: [0, 0], y: [0, 1] });
    const at = (x: number) => readingAt(chart, x).values[0]?.value;
    expect([at(-0.04), at(0), at(0.04)]).toEqual([0, 0.5, 1]);
  });

  it('says domain and range as intervals and in words', () => {
    expect(chartOf('relu').notes[0]).toBe('Takes every number: (−∞, ∞). Makes 0 and everything above: [0, ∞).');
    expect(chartOf('sigmoid').notes[0]).toContain('between 0 and 1, neither reached: (0, 1)');
    expect(chartOf('relu').notes).toContain('At 0 the slope changes from 0 to 1; there it counts as 0, by convention.');
  });

  it('widens the declared interval so that kinks elsewhere are seen', () => {
    const [panel] = panelsOf(chartOf('threshold', { threshold: 7, value: 0 }));
    expect(panel?.x.from).toBe(-2);
    expect(panel?.x.to).toBeGreaterThan(7.5);
  });

  it('exists for every op that takes each value alone', () => {
    const pointwise = Object.values(ops).filter(({ kinks }) => kinks);
    expect(pointwise.length).toBeGreaterThan(20);
    for (const op of pointwise) expect(panelsOf(chartOf(op.name)).map(({ id }) => id)).toEqual(['curve', 'slope']);
  });

  it('shows this picture’s values before and after under the curve, on the same axis', () => {
    const op = opOf('relu');
    const counted = (counts: readonly number[]) => ({
      edges: { from: -2, width: 1 },
      counts: Uint32Array.from(counts),
      count: 20,
      strange: 0,
      zeros: 0,
      min: -2,
      max: 3,
      mean: 0,
      variance: 1,
    });
    const histogram = { before: counted([4, 6, 5, 3]), after: counted([0, 0, 15, 3]) };
    const chart = activationChart({ op, params: {}, histogram });
    const [curve, before, after] = chart.columns[0] ?? [];
    expect([before?.x, after?.x]).toEqual([curve?.x, { ...curve?.x, label: 'y' }]);
    expect(before?.layers[0]).toMatchObject({ heights: Float64Array.of(20, 30, 25, 15) });
    expect(readingAt(chart, 0.5).values.map(({ value }) => value)).toEqual([expect.closeTo(0.5, 3), 25, 75, 1]);
    expect(chart.notes.at(-1)).toBe('10 % of this picture’s values before the step lie outside the plot.');
  });
});
