import { describe, expect, it } from 'vitest';
import { batchNorm, runningStatistics } from '../../../src/core/ops/batchNorm';
import { opOf, ops } from '../../../src/core/registry';
import { tensor } from '../../../src/core/tensor';
import { withStatistics } from '../../../src/ui/plots/statistics';
import type { Counted } from '../../../src/worker/inquiries/histogram';

const counted = (values: readonly number[]): Counted => {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  return {
    edges: { from: 0, width: 1 },
    counts: new Uint32Array(1),
    count: values.length,
    strange: 0,
    zeros: 0,
    min: Math.min(...values),
    max: Math.max(...values),
    mean,
    variance: values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length,
  };
};

describe('statistics taken of a picture', () => {
  it('are what one step of training with momentum 1 makes the running ones, to six digits', () => {
    const [red, green] = [
      [0.1, 0.4, 0.4, 0.9],
      [-3, 5, 12, 7.5],
    ];
    const step = { op: 'batchNorm', params: { training: false }, weights: { weight: 2 } };
    const { params, weights } = withStatistics(batchNorm, step, [counted(red!), counted(green!)]);
    const { mean, variance } = runningStatistics(
      { x: tensor([1, 2, 2, 2], [...red!, ...green!]), runningMean: tensor([2], [9, 9]), runningVar: tensor([2], [9, 9]) },
      { training: true, momentum: 1 },
    );
    const six = (values: Float64Array) => Array.from(values, (v) => Number(v.toPrecision(6)));
    expect({ params, weights }).toEqual({
      params: { training: false },
      weights: { weight: 2, runningMean: six(mean.data), runningVar: six(variance.data) },
    });
  });
  it('leave a step alone whose op gathers none', () => {
    const step = { op: 'relu', params: {} };
    expect(withStatistics(opOf('relu'), step, [counted([1, 2])])).toBe(step);
  });
  it('go into weights that hold one number for each channel and get no gradient', () => {
    const gathering = Object.values(ops).filter(({ gathered }) => gathered);
    expect(gathering.map(({ name }) => name)).toContain('batchNorm');
    for (const { gathered, weights, differentiable } of gathering)
      for (const name of Object.values(gathered ?? {})) {
        expect(weights[name]?.kind).toBe('perChannel');
        expect(differentiable).not.toContain(name);
      }
  });
});
