import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ahead, behind } from '../../src/core/behind';
import { opOf, ops } from '../../src/core/registry';
import type { Scene, Step } from '../../src/core/scene';
import { runScene, trace } from '../../src/core/sequential';
import { sizeOf, type Tensor, tensor } from '../../src/core/tensor';
import { paramsOf } from '../contract/arbitrary';

const scene = (...steps: Step[]): Scene => ({ version: 1, input: 'unit', steps });
const step = (op: string, params: Step['params'] = {}, weights?: Step['weights']): Step => ({
  op,
  params,
  ...(weights && { weights }),
});
/** Values of one plane that look random and never repeat. */
const picture = (height: number, width: number): Tensor =>
  tensor(
    [1, 1, height, width],
    Array.from({ length: height * width }, (_, i) => ((i * 7919) % 10007) / 10007),
  );
const kernel = [
  [0.5, -1, 0.25],
  [2, 1, -0.5],
  [0.125, 3, -2],
];
const conv = (params: Step['params'] = {}): Step => step('conv2d', params, { weight: kernel });
const one = (row: number, column: number) => ({ height: { from: row, to: row + 1 }, width: { from: column, to: column + 1 } });

function cropped(
  x: Tensor,
  { height, width }: { height: { from: number; to: number }; width: { from: number; to: number } },
): Tensor {
  const across = x.shape[3]!;
  const rows = Array.from({ length: height.to - height.from }, (_, i) => height.from + i);
  const columns = Array.from({ length: width.to - width.from }, (_, i) => width.from + i);
  return tensor(
    [1, 1, rows.length, columns.length],
    rows.flatMap((row) => columns.map((column) => x.data[row * across + column]!)),
  );
}

const chains = {
  'a padded convolution': scene(conv({ padding: 1 })),
  'a convolution without padding, with a stride and dilation': scene(conv({ stride: 2, dilation: 2 })),
  'strides that multiply': scene(
    conv({ padding: 1, stride: 2 }),
    step('relu'),
    step('maxPool2d', { kernelSize: 3, stride: 2, padding: 1 }),
  ),
  'an enlargement between': scene(
    conv({ padding: 1 }),
    step('interpolate', { scaleFactor: 2, mode: 'nearest' }),
    conv({ padding: 1 }),
  ),
  'a reflected border': scene(step('pad', { padding: 2, mode: 'reflect' }), conv()),
  'a border that wraps around': scene(conv({ padding: 1, paddingMode: 'circular' })),
  'a transposed convolution': scene(step('convTranspose2d', { stride: 2, padding: 1 }, { weight: kernel }), conv()),
  'a step that is off': scene({ ...conv({ stride: 3 }), off: true }, conv({ padding: 1 })),
  'a slice that starts late': scene(step('stridedSlice', { start: [3, 2], stride: [2, 3] }), conv({ padding: 1 })),
};

describe('the part of a picture behind a value', () => {
  it.each(Object.entries(chains))('gives the same value: %s', (_, chain) => {
    const x = picture(31, 26);
    const { y } = runScene(chain, x);
    const [, , height = 0, width = 0] = y.shape;
    for (const row of [0, 1, Math.floor(height / 2), height - 2, height - 1])
      for (const column of [0, 1, Math.floor(width / 2), width - 2, width - 1]) {
        const found = behind(chain, x.shape, one(row, column));
        expect(found).not.toBeNull();
        const part = runScene(chain, cropped(x, found!.part)).y;
        const { height: rows, width: columns } = found!.values;
        expect(part.data[rows.from * part.shape[3]! + columns.from]).toBe(y.data[row * width + column]);
      }
  });
  it('is as small as its receptive field inside the picture', () => {
    expect(behind(chains['a padded convolution'], [1, 1, 31, 26], one(10, 12))?.part).toEqual({
      height: { from: 9, to: 12 },
      width: { from: 11, to: 14 },
    });
  });
  it('is the whole picture behind a mean of all of it', () => {
    expect(behind(scene(step('globalAvgPool2d')), [1, 1, 5, 7], one(0, 0))?.part).toEqual({
      height: { from: 0, to: 5 },
      width: { from: 0, to: 7 },
    });
  });
  it('is none where positions lie between pixels', () => {
    const fractional = scene(step('interpolate', { scaleFactor: 1.5, mode: 'bilinear' }), conv());
    const found = behind(fractional, [1, 1, 31, 26], one(20, 20));
    // From the first pixel on, positions agree for any factor.
    expect(found === null || (found.part.height.from % 2 === 0 && found.part.width.from % 2 === 0)).toBe(true);
  });
});

describe('what a change of a pixel reaches', () => {
  it('is every output whose window has the pixel', () => {
    const reached = (chain: Scene, row: number, column: number) => ahead(chain, [1, 1, 31, 26], one(row, column));
    expect(reached(chains['a padded convolution'], 10, 0)).toEqual({
      height: { from: 9, to: 12 },
      width: { from: 0, to: 2 },
    });
    expect(reached(chains['an enlargement between'], 10, 12)).toEqual({
      height: { from: 17, to: 25 },
      width: { from: 21, to: 29 },
    });
    expect(reached(scene(step('softmax', { dim: 3 })), 10, 12)).toEqual({
      height: { from: 10, to: 11 },
      width: { from: 0, to: 26 },
    });
    expect(reached(scene(step('stridedSlice', { start: 1, stride: 2 })), 10, 12)).toBe('nowhere');
  });

  const names = Object.keys(ops).filter((name) => !Object.values(opOf(name).weights).some(({ kind }) => kind === 'stored'));
  const randomStep = fc
    .constantFrom(...names)
    .chain((op) => fc.record({ op: fc.constant(op), params: paramsOf(opOf(op)) }))
    .map(({ op, params }): Step => ({ op, params }));
  const [height, width] = [9, 8];
  const plane = height * width;
  const x = tensor(
    [1, 3, height, width],
    Array.from({ length: 3 * plane }, (_, i) => ((i + 1) * 0.6180339887) % 1),
  );

  it('holds all that changes in random chains, seed 4711', () => {
    let [moved, parts] = [0, 0];
    fc.assert(
      fc.property(fc.array(randomStep, { minLength: 1, maxLength: 3 }), fc.nat(plane - 1), (steps, at) => {
        const chain = scene(...steps);
        try {
          const shapes = trace(chain, x.shape);
          fc.pre(shapes.every((shape) => sizeOf(shape) > 0 && sizeOf(shape) < 2e4));
        } catch (error) {
          fc.pre(!(error instanceof RangeError));
          throw error;
        }
        const reached = ahead(chain, x.shape, one(Math.floor(at / width), at % width));
        fc.pre(reached !== null);
        const other = { shape: x.shape, data: x.data.map((v, i) => (i % plane === at ? v + 0.37 : v)) };
        const [y, z] = [runScene(chain, x).y, runScene(chain, other).y];
        const [, , rows = 1, columns = 1] = y.shape;
        y.data.forEach((value, i) => {
          if (Object.is(value, z.data[i])) return;
          const [row, column] = [Math.floor(i / columns) % rows, i % columns];
          moved += 1;
          expect(reached).not.toBe('nowhere');
          if (reached === null || reached === 'nowhere') return;
          expect(row >= reached.height.from && row < reached.height.to, `row ${row}`).toBe(true);
          expect(column >= reached.width.from && column < reached.width.to, `column ${column}`).toBe(true);
        });
        if (reached !== null && reached !== 'nowhere' && reached.height.to - reached.height.from < rows) parts += 1;
      }),
      { seed: 4711, numRuns: 400 },
    );
    expect(moved).toBeGreaterThan(1000);
    expect(parts).toBeGreaterThan(100);
  });
});
