import { describe, expect, it } from 'vitest';
import { isReached, positionsOf, startOf } from '../../../src/ui/gradient/phases';

describe('the phases of an update', () => {
  const positions = positionsOf(3);
  it('go forward, to the number, back from the last step to the first, and update', () =>
    expect(positions.map(({ phase, step }) => (step === null ? phase : `${phase} ${step}`))).toEqual([
      'forward',
      'amount',
      'backward 2',
      'backward 1',
      'backward 0',
      'update',
    ]));
  it('begin where they are chosen', () => {
    expect(startOf(positions, 'backward')).toBe(2);
    expect(startOf(positions, 'update')).toBe(5);
    expect(startOf(positionsOf(0), 'backward')).toBe(0);
  });
  it('reach one node after the other, from the result back to the picture', () => {
    const reached = positions.map((position) => [0, 1, 2, 3].filter((node) => isReached(position, node, 3)));
    expect(reached).toEqual([[], [3], [2, 3], [1, 2, 3], [0, 1, 2, 3], [0, 1, 2, 3]]);
  });
});
