import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ops } from '../../../src/core/registry';
import type { Step } from '../../../src/core/scene';
import { hasScheme } from '../../../src/core/scheme';
import { digitMarks } from '../../../src/ui/geometry/digits';
import { gridMarks, stampsOn } from '../../../src/ui/geometry/marks';
import { focusAt, isUnread, keyOf, kindAt, litBy, type Model, modelOf, places, viewsOf } from '../../../src/ui/geometry/model';
import { cellAt, layOutScheme, side } from '../../../src/ui/geometry/schemeLayout';
import { paramsOf } from '../../contract/arbitrary';

const ones = (rows: number, columns: number) => Array.from({ length: rows }, () => new Array<number>(columns).fill(1));
const conv = (params: Record<string, unknown>): Step => ({ op: 'conv2d', params, weights: { weight: ones(3, 3) } });
const transposed = (params: Record<string, unknown>, rows = 3, columns = rows): Step => ({
  op: 'convTranspose2d',
  params,
  weights: { weight: ones(rows, columns) },
});
const texts = (model: Model) => {
  const layout = layOutScheme(model);
  const focus = focusAt(model, 0);
  return digitMarks(model, layout, 0, focus, litBy(model, focus), null);
};

describe('cells that belong together', () => {
  it('of an output are its window, on the input and on the border, and every tap', () => {
    const model = modelOf(conv({ padding: 1, stride: 2 }), [1, 1, 5, 5], 'windows');
    const { input, output, tap } = litBy(model, { on: 'output', row: 0, column: 1 });
    expect([...input].sort()).toEqual([-1, 0, 1].flatMap((r) => [1, 2, 3].map((s) => `${r},${s}`)).sort());
    expect([...output]).toEqual(['0,1']);
    expect(tap.size).toBe(9);
  });
  it('of a pixel under a stamp of 3 × 3 at stride 2 are 9 outputs from twice its place on', () => {
    const model = modelOf(transposed({ stride: 2 }), [1, 1, 3, 3], 'stamps');
    const { output } = litBy(model, { on: 'input', row: 1, column: 2 });
    expect([...output].sort()).toEqual([2, 3, 4].flatMap((i) => [4, 5, 6].map((j) => `${i},${j}`)).sort());
  });
  it('of a tap are the pixels that it meets, one for each output', () => {
    const model = modelOf(conv({ stride: 2 }), [1, 1, 5, 5], 'windows');
    const { input, output } = litBy(model, { on: 'tap', row: 0, column: 2 });
    expect([...input].sort()).toEqual(['0,2', '0,4', '2,2', '2,4']);
    expect(output.size).toBe(4);
  });
  it('of a place of a reflected border is the pixel that it copies, through the outputs that read it', () => {
    const model = modelOf(conv({ padding: 1, paddingMode: 'reflect' }), [1, 1, 4, 4], 'windows');
    expect(litBy(model, { on: 'input', row: 1, column: 1 }).input.has('-1,-1')).toBe(true);
    expect(litBy(model, { on: 'input', row: -1, column: -1 }).output).toEqual(new Set(['0,0']));
  });
  it('of an unpooled output that is no peak are none', () => {
    const model = modelOf({ op: 'maxUnpool2d', params: { kernelSize: 2 } }, [1, 1, 4, 4], 'windows');
    const peaks = [...(model.numbers?.y.data ?? [])].filter((v) => v !== 0).length;
    const lit = Array.from({ length: 16 }, (_, at) => litBy(model, { on: 'output', row: at >> 2, column: at % 4 }).input.size);
    expect(lit.filter((count) => count > 0)).toHaveLength(peaks);
  });
  it('of an unpooled output are the pooled value that came from there, of the pool that stored where', () => {
    const step = { op: 'maxUnpool2d', params: { kernelSize: 2 } };
    const pool = { op: 'maxPool2d', params: { kernelSize: 2 } };
    const model = modelOf(step, [1, 1, 6, 7], 'windows', pool);
    expect([model.height.length, model.width.length, model.height.outputs, model.width.outputs]).toEqual([3, 3, 6, 7]);
    const lit = Array.from({ length: 42 }, (_, at) => litBy(model, { on: 'output', row: Math.floor(at / 7), column: at % 7 }));
    const sources = lit.flatMap(({ input }) => [...input]).sort();
    expect(sources).toEqual([0, 1, 2].flatMap((r) => [0, 1, 2].map((s) => `${r},${s}`)));
    lit.forEach(({ input }, at) => {
      const [key] = input;
      const [r = 0, s = 0] = key?.split(',').map(Number) ?? [];
      expect(model.numbers?.y.data[at]).toBe(key === undefined ? 0 : model.numbers?.x.data[3 * r + s]);
    });
  });
  it('are those seen from either end: a pixel feeds an output if and only if the output reads it, seed 413', () => {
    let ran = 0;
    for (const op of Object.values(ops).filter(hasScheme)) {
      fc.assert(
        fc.property(paramsOf(op), fc.nat(999), (raw, pick) => {
          const model = attempt(() => modelOf({ op: op.name, params: raw }, [1, 4, 5, 6], 'windows'));
          if (!model || model.height.outputs * model.width.outputs > 150 || model.height.taps * model.width.taps > 100) return;
          ran += 1;
          const [row, column] = [pick % 5, Math.floor(pick / 5) % 6];
          const fed = litBy(model, { on: 'input', row, column }).output;
          const reads = new Set<string>();
          for (let i = 0; i < model.height.outputs; i++)
            for (let j = 0; j < model.width.outputs; j++) {
              const { height, width } = model;
              const down = height.links.some((link) => link.output === i && link.input === row);
              const across = width.links.some((link) => link.output === j && link.input === column);
              const { input } = litBy(model, { on: 'output', row: i, column: j });
              if (down && across && input.size > 0) reads.add(keyOf(i, j));
            }
          expect(fed).toEqual(reads);
        }),
        { seed: 413, numRuns: 40 },
      );
    }
    expect(ran).toBeGreaterThan(100);
  });
});

function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    return null;
  }
}

describe('the view over zeros', () => {
  const step = transposed({ stride: 2, padding: 1, outputPadding: 1 });
  const model = modelOf(step, [1, 1, 3, 3], 'filled');
  it('sets a zero between two pixels, and a border around', () => {
    expect([...Array(model.width.length).keys()].map((at) => model.width.kind(at))).toEqual([
      'border',
      'pixel',
      'zero',
      'pixel',
      'zero',
      'pixel',
      'border',
      'border',
    ]);
    expect([kindAt(model, 1, 2), kindAt(model, 0, 2), kindAt(model, 1, 1)]).toEqual(['zero', 'border', 'pixel']);
  });
  it('has as many outputs as the stamps, with the same numbers', () => {
    const stamps = modelOf(step, [1, 1, 3, 3], 'stamps');
    expect(model.numbers?.y.shape).toEqual(stamps.numbers?.y.shape);
    expect(model.numbers?.y.data).toEqual(stamps.numbers?.y.data);
  });
  it('slides one by one, whatever the stride', () => {
    const first = (column: number) => [...litBy(model, { on: 'output', row: 0, column }).input][0];
    expect([first(0), first(1), first(2)]).toEqual(['0,0', '0,1', '0,2']);
  });
  it('has the kernel turned half round', () => {
    const turned: Step = {
      ...step,
      weights: {
        weight: [
          [1, 2, 3],
          [4, 5, 6],
          [7, 8, 9],
        ],
      },
    };
    const over = modelOf(turned, [1, 1, 3, 3], 'filled');
    const focus = { on: 'output', row: 2, column: 2 } as const;
    const layout = layOutScheme(over);
    const grid = layout.grids.find(({ name }) => name === 'tap')!;
    const marks = digitMarks(over, layout, 0, focus, litBy(over, focus), null);
    const inWindow = marks.flatMap((mark) =>
      mark.kind === 'text' && cellAt(layout, mark.x, mark.y)?.on === 'tap' ? [mark.text] : [],
    );
    expect(grid.rows).toBe(3);
    expect(inWindow).toEqual(['9', '8', '7', '6', '5', '4', '3', '2', '1']);
  });
});

describe('a scheme', () => {
  it('strikes out the pixels that rounding down leaves unread', () => {
    const model = modelOf({ op: 'maxPool2d', params: { kernelSize: 3, stride: 3 } }, [1, 1, 4, 5], 'windows');
    const unread = Array.from({ length: 20 }, (_, at) => [Math.floor(at / 5), at % 5] as const).filter(([r, s]) =>
      isUnread(model, r, s),
    );
    expect(unread.every(([r, s]) => r > 2 || s > 2)).toBe(true);
    expect(unread).toHaveLength(20 - 9);
    const marks = gridMarks(model, layOutScheme(model), { input: '', tap: '', output: '' });
    expect(marks.filter(({ role }) => role === 'strike')).toHaveLength(11);
  });
  it('is played over outputs, as stamps over pixels', () => {
    const step = transposed({ stride: 2 }, 3);
    expect(places(modelOf(step, [1, 1, 2, 3], 'stamps'))).toEqual({ rows: 2, columns: 3 });
    expect(places(modelOf(step, [1, 1, 2, 3], 'filled'))).toEqual({ rows: 5, columns: 7 });
    expect(focusAt(modelOf(step, [1, 1, 2, 3], 'stamps'), 4)).toEqual({ on: 'input', row: 1, column: 1 });
  });
  it('counts the stamps that lie on an output so far', () => {
    const model = modelOf(transposed({ stride: 2 }, 1, 3), [1, 1, 1, 3], 'stamps');
    const counts = (at: number) => Array.from({ length: 7 }, (_, column) => stampsOn(model, 0, column, at));
    expect(counts(0)).toEqual([1, 1, 1, 0, 0, 0, 0]);
    expect(counts(1)).toEqual([1, 1, 2, 1, 1, 0, 0]);
    expect(counts(9)).toEqual([1, 1, 2, 1, 2, 1, 1]);
  });
  it('knows the cell under a point in every grid, and none between', () => {
    const model = modelOf(conv({ padding: 1 }), [1, 1, 3, 3], 'windows');
    const layout = layOutScheme(model);
    for (const grid of layout.grids) {
      const { row, column } = grid.first;
      expect(cellAt(layout, grid.x + 1, grid.y + 1)).toEqual({ on: grid.name, row, column });
      expect(cellAt(layout, grid.x + side + 1, grid.y + 1)).toEqual({ on: grid.name, row, column: column + 1 });
      expect(cellAt(layout, grid.x - 3, grid.y + 1)).toBeNull();
    }
  });
  it('writes numbers that add up: the mean of four digits', () => {
    const model = modelOf({ op: 'avgPool2d', params: { kernelSize: 2 } }, [1, 1, 2, 2], 'windows');
    const words = texts(model).flatMap((mark) => (mark.kind === 'text' ? [mark.text] : []));
    const [a = 0, b = 0, c = 0, d = 0] = words.slice(0, 4).map(Number);
    expect(model.numbers?.y.data[0]).toBe((a + b + c + d) / 4);
    expect(words.slice(4, 8)).not.toContain('');
  });
  it('writes into the border the pixels that it copies', () => {
    const model = modelOf({ op: 'pad', params: { padding: [0, 0, 2, 0], mode: 'reflect' } }, [1, 1, 1, 4], 'windows');
    const faint = texts(model).flatMap((mark) =>
      mark.kind === 'text' && mark.role === 'digit-faint' ? [Number(mark.text)] : [],
    );
    expect(faint).toEqual([model.numbers?.x.data[2], model.numbers?.x.data[1]]);
    expect(litBy(model, { on: 'output', row: 0, column: 0 }).input).toEqual(new Set(['0,-2', '0,2']));
  });
  it('rings the pixel that a maximum is', () => {
    const model = modelOf({ op: 'maxPool2d', params: { kernelSize: 2 } }, [1, 1, 2, 2], 'windows');
    const ring = texts(model).find(({ role }) => role === 'ring');
    const [input] = layOutScheme(model).grids;
    const digits = [...(model.numbers?.x.data ?? [])];
    const largest = digits.indexOf(Math.max(...digits));
    expect(ring).toMatchObject({ x: input!.x + (largest % 2) * side + 2, y: input!.y + Math.floor(largest / 2) * side + 2 });
  });
  it('has a second view where the step enlarges, and unfolds a transposed convolution', () => {
    expect(viewsOf(conv({}), [1, 1, 9, 9], [1, 1, 7, 7])).toEqual(['windows']);
    expect(viewsOf({ op: 'pixelShuffle', params: {} }, [1, 4, 3, 3], [1, 1, 6, 6])).toEqual(['windows', 'stamps']);
    expect(viewsOf(transposed({}), [1, 1, 3, 3], [1, 1, 5, 5])).toEqual(['stamps', 'filled']);
  });
});
