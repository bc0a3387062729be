import { describe, expect, it } from 'vitest';
import { compared } from '../../../src/core/depth';
import { landscapes } from '../../../src/core/landscape';
import { opOf } from '../../../src/core/registry';
import { bandsOf, findBands } from '../../../src/ui/plots/bands';
import { depthChart } from '../../../src/ui/plots/depth';
import { normChart, spreadChart } from '../../../src/ui/plots/distributions';
import { sharesOf, topOf } from '../../../src/ui/plots/histogram';
import { contourChart } from '../../../src/ui/plots/landscape';
import { livenessChart, totalsOf } from '../../../src/ui/plots/liveness';
import { lossCurves } from '../../../src/ui/plots/loss';
import { type Bars, type Chart, columnsFor, type Line, panelsOf } from '../../../src/ui/plots/plot';
import { csvOf, readingAt, readingWords, stopsOf, tableOf } from '../../../src/ui/plots/readings';
import { ticksOf } from '../../../src/ui/plots/scale';
import { laidOut, svgOf } from '../../../src/ui/plots/svg';
import { intervalWords, percent } from '../../../src/ui/plots/words';
import type { Counted } from '../../../src/worker/inquiries/histogram';

const infinity = Number.POSITIVE_INFINITY;
const measure = (text: string, size: number): number => 6 * size * text.length;
const counted = (counts: readonly number[], from = 0, width = 1): Counted => ({
  edges: { from, width },
  counts: Uint32Array.from(counts),
  count: counts.reduce((a, b) => a + b, 0),
  strange: 0,
  zeros: 1,
  min: from,
  max: from + width * counts.length,
  mean: 1.25,
  variance: 4,
});

describe('panels that flow', () => {
  const five = [1, 2, 3, 4, 5].map((n) => ({ name: `${n}`, counted: counted([n, 1]), role: 'y' }) as const);
  const titles = (columns: Chart['columns']) => columns.map((column) => column.map(({ title }) => title).join(''));
  it('are read row by row, whatever the number of columns', () => {
    const chart = spreadChart('Values', five, false, 'values');
    expect([3, 2, 1].map((count) => titles(columnsFor(chart, count)))).toEqual([['14', '25', '3'], ['135', '24'], ['12345']]);
  });
  it('differ from those whose columns belong together', () => {
    const chart = contourChart({ form: 'bowl', start: [1, 1], rate: 0.1 });
    expect(columnsFor(chart, 1)).toBe(chart.columns);
  });
});

describe('the contour chart', () => {
  const asked = { form: 'bowl', start: [-16, 12], rate: 0.15 } as const;

  it('shows the descent that hand-made steps give, on both landscapes', () => {
    const [stretched, round] = contourChart(asked).columns.map(([panel]) => panel);
    const walk = (a: number, b: number) => {
      const points = [[-16, 12] as [number, number]];
      while (Math.hypot(...points.at(-1)!) > 0.5) {
        const [x, y] = points.at(-1)!;
        points.push([x - 0.15 * a * x, y - 0.15 * b * y]);
      }
      return points;
    };
    const lineIn = (panel: typeof stretched) => panel?.layers.find((layer): layer is Line => layer.kind === 'line');
    for (const [panel, points] of [[stretched, walk(2, 10)] as const, [round, walk(1, 1)] as const]) {
      const line = lineIn(panel);
      expect(Array.from(line?.x ?? [])).toEqual(points.map(([x]) => expect.closeTo(x, 9)));
      expect(Array.from(line?.y ?? [])).toEqual(points.map(([, y]) => expect.closeTo(y, 9)));
      expect(panel?.said).toContain(`Steps: ${points.length - 1}.`);
    }
  });

  it('draws levels that rise evenly up to the corner of the square, on 800 samples a side', async () => {
    expect(await findBands(landscapes.stretched, 'root')).toBe(true);
    const { levels, rings } = bandsOf(landscapes.stretched, 'root');
    expect(levels.at(-1)).toBeLessThan(Math.sqrt(12 * 400));
    const steps = levels.slice(1).map((level, i) => level - levels[i]!);
    expect(Math.max(...steps)).toBeCloseTo(Math.min(...steps), 9);
    let worst = 0;
    for (const [k, level] of rings.entries())
      for (const ring of level)
        for (let i = 0; i < ring.length; i += 2)
          if (Math.max(Math.abs(ring[i]!), Math.abs(ring[i + 1]!)) < 19.99)
            worst = Math.max(worst, Math.abs(Math.sqrt(2 * ring[i]! ** 2 + 10 * ring[i + 1]! ** 2) - levels[k]!));
    expect(rings.every((level) => level.length > 0)).toBe(true);
    expect(worst).toBeLessThan(0.01);
  });

  it('says which rates work and how far each walk got', () => {
    const { notes, table } = contourChart({ ...asked, rate: 0.3 });
    expect(notes[0]).toContain('runs away');
    expect(notes[2]).toContain('5 times as strongly');
    expect(notes[2]).toContain('rates below 0.2');
    expect(table?.rows[1]?.slice(1, 3)).toEqual(['−6.4', '−24']);
  });
});

describe('the chart of many layers', () => {
  it('shows norms on a log axis from whole power to whole power, and leaves out what is 0', () => {
    const norms = [[2e-7, 1e-3, 0.5].map(Number), [0, 0, 0.5], [0.3, 0.4, 0.5]].map((weights) => ({ weights, inputs: weights }));
    const chart = depthChart(compared, { width: 24, height: 16, norms });
    const [panel] = panelsOf(chart);
    expect(panel?.y).toMatchObject({ from: 1e-7, to: 1, log: true });
    const [sigmoid, relu] = panel?.layers.filter((layer): layer is Line => layer.kind === 'line') ?? [];
    expect(sigmoid?.y).toEqual([2e-7, 1e-3, 0.5]);
    expect(relu?.y).toEqual([Number.NaN, Number.NaN, 0.5]);
    expect(chart.notes[0]).toBe('Sigmoid: from 0.5 in the last layer to 2e−7 in the first, on average × 0.000632 a layer.');
    expect(chart.notes[1]).toContain('exactly 0');
    expect(chart.notes.at(-1)).toContain('24 × 16');
  });
});

describe('the chart of what is alive', () => {
  const answer = {
    channels: [
      { count: 10, zeros: 10, dead: 10 },
      { count: 10, zeros: 2, dead: 3 },
    ],
    every: 1,
    mask: { width: 1, height: 1, dead: Uint8Array.of(0) },
  };

  it('adds channels up, and counts those that are zero or dead throughout', () => {
    expect(totalsOf(answer)).toEqual({ count: 20, zeros: 12, dead: 13, channels: 2, zeroChannels: 1, deadChannels: 1 });
  });

  it('fills the bars of shifted values that let a gradient through, and outlines the others', () => {
    const chart = livenessChart({
      op: opOf('relu'),
      params: {},
      weights: {},
      shift: -1,
      threshold: 0,
      before: counted([4, 3, 2, 1]),
      answer,
    });
    const [alive, dead] = (panelsOf(chart).find(({ id }) => id === 'shifted')?.layers ?? []) as Bars[];
    expect(Array.from(alive?.edges ?? [])).toEqual([-1, 0, 1, 2, 3]);
    expect(Array.from(alive?.heights ?? [])).toEqual([0, 30, 20, 10]);
    expect(Array.from(dead?.heights ?? [])).toEqual([40, 0, 0, 0]);
    const share = panelsOf(chart).find(({ id }) => id === 'alive')?.layers[0];
    expect(share).toMatchObject({ heights: [0, 70] });
  });
});

describe('charts of distributions', () => {
  it('lay a channel before and after over the same bins, with mean and variance', () => {
    const chart = normChart({ title: 'Norm', first: 1, before: [counted([1, 3])], after: [counted([2, 2])] });
    const [panel] = panelsOf(chart);
    expect(panel?.layers).toMatchObject([
      { heights: Float64Array.of(50, 50) },
      { heights: Float64Array.of(25, 75), outlined: true },
    ]);
    expect(panel?.y.label).toBe('mean 1.25 → 1.25, variance 4 → 4');
    expect(tableOf(chart).rows).toEqual([['1', '1.25', '4', '1.25', '4']]);
  });

  it('cut a tower off, and keep even heights whole', () => {
    expect(topOf([Float64Array.of(90, 4, 3, 3)])).toBeCloseTo(9 * 1.05, 9);
    expect(topOf([Float64Array.of(30, 40, 30)])).toBeCloseTo(42, 9);
    expect(topOf([new Float64Array(3)])).toBe(1);
  });

  it('on a log scale rise by one for ten times as many values', () => {
    const [panel] = panelsOf(spreadChart('All', [{ name: 'a', counted: counted([1, 10, 100, 889]), role: 'y' }], true, 'x'));
    const bars = panel?.layers[0] as Bars;
    const [one = 0, ten = 0, hundred = 0] = Array.from(bars.heights);
    expect([ten - one, hundred - ten]).toEqual([expect.closeTo(1, 9), expect.closeTo(1, 9)]);
  });

  it('hold the share of values in each bin in percent', () => {
    expect(sharesOf(counted([1, 0, 3], -1, 0.5))).toEqual({
      edges: Float64Array.of(-1, -0.5, 0, 0.5),
      heights: Float64Array.of(25, 0, 75),
    });
  });
});

describe('a loss curve', () => {
  it('counts steps from 0, and leaves out on a log axis what has no logarithm', () => {
    const panel = lossCurves('Loss', [{ name: 'a', values: [100, 10, 0] }], true);
    expect(panel.x).toMatchObject({ from: 0, to: 2, whole: true });
    expect(panel.y).toMatchObject({ from: 10, to: 100, log: true });
    expect((panel.layers[0] as Line).y).toEqual([100, 10, Number.NaN]);
    expect(panel.said).toBe('a: from 100 to 0.');
  });
});

const small: Chart = {
  title: 'Two <lines> & a bar',
  columns: [
    [
      {
        id: 'a',
        title: 'Panel, one',
        x: { label: 'x', from: 0, to: 4 },
        y: { label: 'y', from: 0, to: 8 },
        axes: 'framed',
        shape: 'wide',
        layers: [
          { kind: 'line', name: 'double', x: [0, 1, 2, 4], y: [0, 2, 4, 8], role: 'ink' },
          { kind: 'bars', name: 'bars', edges: [0, 2, 4], heights: [1, 3], role: 'y' },
        ],
        said: 'Twice x.',
      },
    ],
  ],
  notes: ['A note.'],
  read: true,
  stem: 'small',
};

describe('a chart', () => {
  it('is read between its samples and inside its bars, in words', () => {
    expect(readingAt(small, 3).values).toEqual([
      { name: 'double', value: 6 },
      { name: 'bars', value: 3 },
    ]);
    expect(readingWords(small, readingAt(small, 0.5))).toBe('x = 0.5: double 1, bars 1');
    expect(stopsOf(small)).toContain(4);
  });

  it('is a table of readings, and a file of all its numbers', () => {
    const { head, rows } = tableOf(small);
    expect(head).toEqual(['x', 'double', 'bars']);
    expect(rows[0]).toEqual(['0', '0', '1']);
    expect(rows.at(-1)).toEqual(['4', '8', '3']);
    expect(csvOf(small).split('\n').slice(0, 3)).toEqual([
      'panel,series,kind,x,to,y',
      '"Panel, one",double,line,0,,0',
      '"Panel, one",double,line,1,,2',
    ]);
    expect(csvOf(small)).toContain('"Panel, one",bars,bars,2,4,3');
  });

  it('is an SVG with its title, its words for those who do not see it, and light colours only', () => {
    const svg = svgOf(small, measure);
    expect(svg).toContain('<title id="name">Two &lt;lines&gt; &amp; a bar</title>');
    expect(svg).toContain('Panel, one: Twice x. A note.');
    expect(svg).not.toContain('var(');
    expect(svg).not.toContain('NaN');
    expect(svg).not.toContain('<style');
  });

  it('lies where its axes say: the line ends in the upper right corner of its box', () => {
    const [[laid] = []] = laidOut(small, { width: 400, em: 12, measure });
    const { box, toX, toY } = laid!.places;
    expect([toX(4), toY(8)]).toEqual([expect.closeTo(box.x + box.width, 6), expect.closeTo(box.y, 6)]);
    expect([toX(0), toY(0)]).toEqual([expect.closeTo(box.x, 6), expect.closeTo(box.y + box.height, 6)]);
    const line = laid!.inside.find((mark) => mark.kind === 'path' && mark.stroke === 'ink');
    expect(line).toMatchObject({ d: expect.stringMatching(/^M.*L/) });
    expect(box.x + box.width).toBeLessThanOrEqual(400);
  });
});

describe('axes', () => {
  it('write round values, inside of their ends', () => {
    expect(ticksOf({ label: '', from: -2, to: 2 }, 5)).toEqual([-2, -1, 0, 1, 2]);
    expect(ticksOf({ label: '', from: 0.13, to: 0.97 }, 4)).toEqual([0.5]);
    expect(ticksOf({ label: '', from: 1, to: 7, whole: true }, 20)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(ticksOf({ label: '', from: 1e-9, to: 10, log: true }, 6)).toEqual(
      [1e-9, 1e-7, 1e-5, 1e-3, 1e-1, 10].map((v) => expect.closeTo(v, 12)),
    );
  });
});

describe('words', () => {
  it('tell which ends of an interval are reached', () => {
    expect(intervalWords(['(', -infinity, infinity, ')'])).toBe('every number');
    expect(intervalWords(['[', 0, 6, ']'])).toBe('0 to 6, both reached');
    expect(intervalWords(['(', -1, infinity, ')'])).toBe('everything above −1, which is not reached');
    expect(intervalWords(['(', -infinity, 0, ']'])).toBe('0 and everything below');
  });

  it('never round some to none, nor most to all', () => {
    expect([percent(0), percent(0.0001), percent(0.4891), percent(0.9999), percent(1)]).toEqual([
      '0 %',
      'under 0.1 %',
      '48.9 %',
      'over 99.9 %',
      '100 %',
    ]);
  });
});
