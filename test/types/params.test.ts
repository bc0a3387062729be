import { describe, expectTypeOf, it } from 'vitest';
import type { conv2d } from '../../src/core/ops/conv2d';
import type { interpolate } from '../../src/core/ops/interpolate';
import type { maxPool2d } from '../../src/core/ops/maxPool2d';
import type { AnyOp } from '../../src/core/registry';
import type { Pair, Params, Sides } from '../../src/core/schema';

// Read by the type checker (`npm run types`); at run time there is nothing to fail.
describe('types that follow from a schema', () => {
  it('a choice is its options, a pair two numbers, an open field may be null', () => {
    type Resampling = Params<(typeof interpolate)['params']>;
    expectTypeOf<Resampling['mode']>().toEqualTypeOf<'nearest' | 'nearest-exact' | 'bilinear' | 'bicubic' | 'area' | 'lanczos'>();
    expectTypeOf<Resampling['size']>().toEqualTypeOf<Pair | null>();
    expectTypeOf<Resampling['antialias']>().toEqualTypeOf<boolean>();
  });
  it('padding of a convolution has four sides, groups are a number', () => {
    type Convolving = Params<(typeof conv2d)['params']>;
    expectTypeOf<Convolving['padding']>().toEqualTypeOf<Sides>();
    expectTypeOf<Convolving['groups']>().toEqualTypeOf<number>();
  });
  it('inputs and gradients go by the names that the op declares', () => {
    type Inputs = Parameters<(typeof conv2d)['forward']>[0];
    expectTypeOf<keyof Inputs>().toEqualTypeOf<'x' | 'weight' | 'bias'>();
    type Grads = Parameters<(typeof maxPool2d)['backward']>[3];
    expectTypeOf<keyof Grads>().toEqualTypeOf<'x'>();
  });
  it('every op is an AnyOp', () => {
    expectTypeOf<typeof conv2d>().toExtend<AnyOp>();
    expectTypeOf<typeof maxPool2d>().toExtend<AnyOp>();
  });
});
