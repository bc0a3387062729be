import { describe, expect, it } from 'vitest';
import { firstChoice, fromOf, pixelOf, placeOf, targetsFor } from '../../../src/ui/gradient/origin';

const shapes = [
  [1, 3, 30, 40],
  [1, 8, 30, 40],
  [1, 3, 30, 40],
];
const shapeAt = (node: number) => shapes[node + 1] ?? null;

describe('where gradients start', () => {
  it('is the middle of the first channel at first', () =>
    expect(fromOf(firstChoice, 1, [1, 3, 30, 41], [])).toEqual({
      node: 1,
      origin: { of: 'value', channel: 0, row: 15, column: 20 },
    }));
  it('keeps its place in a result of another size, and a channel that there is', () => {
    const choice = { ...firstChoice, place: placeOf(30, 20, 40, 30), channel: 7 };
    expect(fromOf(choice, 0, [1, 8, 30, 40], []).origin).toEqual({ of: 'value', channel: 7, row: 20, column: 30 });
    expect(fromOf(choice, 0, [1, 3, 15, 20], []).origin).toEqual({ of: 'value', channel: 2, row: 10, column: 15 });
    expect(fromOf({ ...choice, of: 'mean' }, 0, [1, 3, 15, 20], []).origin).toEqual({ of: 'mean', channel: 2 });
  });
  it('stays inside for places at the edges', () =>
    expect([pixelOf({ u: 0, v: 0 }, 5, 4), pixelOf({ u: 1, v: 1 }, 5, 4)]).toEqual([
      { column: 0, row: 0 },
      { column: 4, row: 3 },
    ]));
  it('finds targets of the same shape, and takes the constant where the chosen one does not fit', () => {
    expect(targetsFor(1, shapeAt)).toEqual([-1]);
    const choice = { ...firstChoice, of: 'loss', target: -1 } as const;
    expect(fromOf(choice, 1, shapes[2]!, [-1]).origin).toMatchObject({ target: { of: 'node', node: -1 } });
    expect(fromOf(choice, 0, shapes[1]!, []).origin).toMatchObject({ target: { of: 'constant', value: 0.5 } });
  });
});
