import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { check } from './check';

const here = new URL('.', import.meta.url);
const casesOf = (file: string): unknown[] => JSON.parse(readFileSync(new URL(file, here), 'utf8'));
const counts = {
  conv2d: 37,
  max_pool2d: 26,
  avg_pool2d: 25,
  interpolate: 69,
  relu: 1,
  leaky_relu: 2,
  sigmoid: 1,
  batch_norm: 5,
  conv_transpose2d: 20,
  linear: 3,
  lp_pool2d: 8,
  adaptive_avg_pool2d: 5,
  adaptive_max_pool2d: 5,
  max_unpool2d: 4,
  pixel_shuffle: 2,
  pixel_unshuffle: 2,
  pad: 17,
  chain: 3,
  prelu: 2,
  relu6: 1,
  elu: 2,
  selu: 1,
  celu: 2,
  gelu: 2,
  silu: 1,
  mish: 1,
  hardsigmoid: 1,
  tanh: 1,
  hardtanh: 2,
  hardswish: 1,
  softplus: 2,
  softsign: 1,
  softshrink: 1,
  hardshrink: 1,
  tanhshrink: 1,
  threshold: 1,
  logsigmoid: 1,
  softmax: 2,
  log_softmax: 2,
  instance_norm: 2,
  group_norm: 6,
  layer_norm: 2,
  local_response_norm: 4,
  mse_loss: 1,
  l1_loss: 1,
  binary_cross_entropy: 1,
  binary_cross_entropy_with_logits: 1,
  optimizers: 3,
};

describe('torch 2.13 in float64 agrees', () => {
  for (const [name, count] of Object.entries(counts)) {
    it(`with ${name} in all ${count} cases, values and gradients`, () => {
      const verdicts = casesOf(`${name}.json`).map(check);
      expect(verdicts.filter(({ verdict }) => verdict !== 'passed')).toEqual([]);
      expect(verdicts).toHaveLength(count);
    });
  }

  it('in all 285 cases: none fails, none is skipped, none is left out above', () => {
    const files = readdirSync(here).filter((file) => file.endsWith('.json'));
    const verdicts = files.flatMap((file) => casesOf(file).map(check));
    expect(verdicts.filter(({ verdict }) => verdict !== 'passed')).toEqual([]);
    expect(verdicts).toHaveLength(285);
    expect(Object.values(counts).reduce((a, b) => a + b, 0)).toBe(285);
  });
});

describe('torch 2.13 also agrees in cases drawn at random with seed 5', () => {
  const more = {
    conv2d: 'padding of four sides under every border',
    max_pool2d: 'ties, dilation and ceil mode',
    avg_pool2d: 'padding and divisors',
    interpolate: 'scales that break pixels',
    batch_norm: 'large means and every momentum',
    special: 'NaN, infinities and −0 in pools and activations',
    special_interp: 'NaN and infinities in resampling',
  };
  for (const [name, what] of Object.entries(more)) {
    it(`with ${name}: ${what}`, () => {
      const verdicts = casesOf(`more/${name}.json`).map(check);
      expect(verdicts.length).toBeGreaterThan(5);
      expect(verdicts.filter(({ verdict }) => verdict !== 'passed')).toEqual([]);
    });
  }
});

describe('the judge itself', () => {
  const one = { shape: [1, 1, 1, 1], data: [-2] };
  const passing = { op: 'relu', params: {}, inputs: { x: one }, y: { shape: [1, 1, 1, 1], data: [0] } };

  it('fails a value that is off by 1e-8', () => {
    expect(check({ ...passing, y: { shape: [1, 1, 1, 1], data: [1e-8] } }).verdict).toBe('failed');
  });
  it('fails a gradient that is off by 1e-8 of itself', () => {
    const x = { shape: [1], data: [3] };
    const wrong = { op: 'relu', inputs: { x }, y: x, dy: x, grads: { x: { shape: [1], data: [3 * (1 + 1e-8)] } } };
    expect(check(wrong).verdict).toBe('failed');
    expect(check({ ...wrong, grads: { x } }).verdict).toBe('passed');
  });
  it('fails a wrong shape, a missing gradient, an unknown parameter and a broken case', () => {
    expect(check({ ...passing, y: { shape: [1], data: [0] } }).why).toContain('expected shape [1]');
    expect(check({ ...passing, dy: one, grads: { weight: one } }).why).toContain('gradient of weight is missing');
    expect(check({ ...passing, params: { slope: 1 } }).verdict).toBe('failed');
    expect(check({ ...passing, inputs: {} }).verdict).toBe('failed');
    expect(check(null).verdict).toBe('failed');
  });
  it('tells NaN from a number', () => {
    const nan = { shape: [1, 1, 1, 1], data: ['NaN'] };
    expect(check({ ...passing, inputs: { x: nan }, y: nan }).verdict).toBe('passed');
    expect(check({ ...passing, y: nan }).verdict).toBe('failed');
  });
  it('skips only ops that do not exist, and names them', () => {
    expect(check({ ...passing, op: 'fold_everything' })).toEqual({
      op: 'fold_everything',
      verdict: 'skipped',
      why: 'there is no such op yet',
    });
  });
});
