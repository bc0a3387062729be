import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finished } from '../../src/core/finished';
import { forwardSteps, type Layer } from '../../src/core/layers';
import { changedIn, kernelsOf, type Narrowed, ofInput, ofNumbers, placed } from '../../src/core/narrowed';
import { parse } from '../../src/core/parse';
import { type AnyOp, ops } from '../../src/core/registry';
import { sizeOf, type Tensor, zeros } from '../../src/core/tensor';
import { distinct } from '../contract/arbitrary';

const seed = 2207;
const withKernels = Object.values(ops).filter((op) => kernelsOf(op) !== null);
const run = (layer: Layer, x: Tensor): Tensor => finished(forwardSteps([layer], x)).y;

/** A layer of some groups with `read` and `made` channels each, on a picture of 7 × 8. */
function layerOf(op: AnyOp, groups: number, read: number, made: number, raw: Readonly<Record<string, unknown>>) {
  const x = distinct([1, groups * read, 7, 8], 3);
  const name = kernelsOf(op)!;
  const field = op.weights[name]!;
  const outer = field.kind === 'kernel' && field.bank?.layout === 'OIHW' ? [groups * made, read] : [groups * read, made];
  const weights = { [name]: distinct([...outer, 3, 2], 5), bias: distinct([groups * made], 8) };
  return { layer: { op, params: parse(op.params, { ...raw, groups }, op.name), weights }, x, name };
}
const wholeOf = ({ layer, x, outputs }: Narrowed, like: Tensor): Tensor => placed(run(layer, x), outputs, like.shape);
const sum = (a: Tensor, b: Tensor): Tensor => ({ shape: a.shape, data: Float64Array.from(a.data, (v, i) => v + b.data[i]!) });
const apart = (a: Tensor, b: Tensor, c: Tensor): number =>
  Math.max(0, ...Array.from(a.data, (v, i) => Math.abs(v + c.data[i]! - b.data[i]!)));

const frames = fc.record({
  groups: fc.integer({ min: 1, max: 3 }),
  read: fc.integer({ min: 1, max: 3 }),
  made: fc.integer({ min: 1, max: 3 }),
  stride: fc.constantFrom([1, 1], [2, 1]),
  flip: fc.boolean(),
  pick: fc.integer({ min: 0, max: 9999 }),
});

describe('what a layer with kernels makes of a change', () => {
  it('is known of convolution and transposed convolution', () => {
    expect(withKernels.map(({ name }) => name).sort()).toEqual(['conv2d', 'convTranspose2d']);
  });

  for (const op of withKernels) {
    const raw = (stride: readonly number[], flip: boolean) => ({
      stride,
      ...('flip' in op.params && { flip, paddingMode: 'reflect', padding: 1 }),
    });

    it(`${op.name}: of some channels of its input it adds up to the layer on the changed input, seed ${seed}`, () => {
      fc.assert(
        fc.property(frames, ({ groups, read, made, stride, flip, pick }) => {
          const { layer, x } = layerOf(op, groups, read, made, raw(stride, flip));
          const channels = Array.from({ length: groups * read }, (_, c) => c).filter((c) => (pick >> c) % 2 === 1);
          const change = zeros(x.shape);
          for (const c of channels) for (let at = 0; at < 56; at++) change.data[c * 56 + at] = Math.sin(c + at);
          const before = run(layer, x);
          const part = ofInput(layer, change);
          expect(apart(before, run(layer, sum(x, change)), wholeOf(part, before))).toBeLessThan(1e-12);
          if (channels.length === 1) expect([part.x.shape[1], part.outputs.length]).toEqual([1, made]);
        }),
        { seed },
      );
    });

    it(`${op.name}: of one of its numbers it comes from one channel, and changes one, seed ${seed}`, () => {
      fc.assert(
        fc.property(frames, fc.constantFrom('kernels', 'bias'), ({ groups, read, made, stride, flip, pick }, of) => {
          const { layer, x, name } = layerOf(op, groups, read, made, raw(stride, flip));
          const moved = of === 'bias' ? 'bias' : name;
          const change = { [name]: zeros(layer.weights[name]!.shape), bias: zeros(layer.weights.bias!.shape) };
          change[moved]!.data[pick % sizeOf(change[moved]!.shape)] = 0.25;
          const before = run(layer, x);
          const part = ofNumbers(layer, x, change);
          const weights = { ...layer.weights, [moved]: sum(layer.weights[moved]!, change[moved]!) };
          expect(apart(before, run({ ...layer, weights }, x), wholeOf(part, before))).toBeLessThan(1e-12);
          expect([part.x.shape[1], part.outputs.length]).toEqual([1, 1]);
          expect(changedIn(wholeOf(part, before))).toEqual(part.outputs);
        }),
        { seed },
      );
    });
  }
});
