import { describe, expect, it } from 'vitest';
import { ops } from '../../../src/core/registry';
import { findOps, folded, inFamilies } from '../../../src/ui/controls/find';
import { symbolsOf } from '../../../src/ui/controls/symbols';

const all = Object.values(ops);
const found = (query: string) => findOps(all, query).map(({ name }) => name);

describe('an op is found', () => {
  it.each([
    ['max', 'maxPool2d'],
    ['Max-pool', 'maxPool2d'],
    ['maxpool', 'maxPool2d'],
    ['conv2d', 'conv2d'],
    ['sobel', 'conv2d'],
    ['resize', 'interpolate'],
    ['bn', 'batchNorm'],
    ['rectified', 'relu'],
  ])('first, by title, name or synonym: "%s" is %s', (query, name) => expect(found(query)[0]).toBe(name));
  it.each([
    ['*', ['conv2d', 'convTranspose2d', 'linear', 'mix1x1', 'interpolate']],
    ['⋆', ['conv2d']],
    ['∑', ['conv2d', 'avgPool2d', 'softmax']],
    ['Σ', ['conv2d', 'avgPool2d']],
    ['σ', ['sigmoid', 'batchNorm', 'instanceNorm', 'layerNorm', 'groupNorm']],
    ['γ', ['batchNorm', 'groupNorm']],
    ['max', ['maxPool2d', 'relu', 'leakyRelu', 'globalMaxPool2d']],
    ['min', ['minPool2d', 'relu6', 'hardtanh']],
    ['√', ['batchNorm']],
    ['e^x', ['sigmoid', 'softmax', 'elu']],
    ['exp', ['sigmoid', 'softmax']],
    ['|', ['softsign', 'hardshrink']],
    ['⌊', ['adaptiveAvgPool2d']],
    ['λ', ['selu', 'softshrink']],
    ['²', ['localResponseNorm', 'batchNorm']],
  ])('by a symbol of its formula: "%s" is among others %j', (query, names) =>
    expect(found(query)).toEqual(expect.arrayContaining(names)),
  );
  it.each([
    ['*', ['relu', 'maxPool2d', 'batchNorm', 'identity']],
    ['σ', ['conv2d', 'relu', 'maxPool2d']],
    ['∑', ['relu', 'maxPool2d', 'batchNorm']],
    ['max', ['conv2d', 'avgPool2d']],
  ])('only by symbols that its formula has: "%s" is none of %j', (query, names) => {
    const there = found(query);
    expect(names.filter((name) => there.includes(name))).toEqual([]);
  });
  it('by several words at once, whatever their order', () => {
    expect(found('pool max')).toContain('maxPool2d');
    expect(found('pool max')).not.toContain('avgPool2d');
  });
  it('whether accents, hyphens and capitals are there or not', () => {
    expect(folded('  MÁX–pool'.replace('–', '-'))).toBe('max pool');
  });
  it('not by what is nowhere', () => expect(found('qqqq')).toEqual([]));
  it('always when nothing is asked', () => expect(found('  ')).toEqual(Object.keys(ops)));
});

it('every formula has a symbol to search by, but for those that only copy values', () => {
  const without = all.filter(({ formula }) => symbolsOf(formula).size === 0).map(({ name }) => name);
  expect(without.sort()).toEqual(['identity', 'maxUnpool2d', 'pad', 'pickChannels', 'stridedSlice', 'zeroInsert'].sort());
});

it('families keep the order of the list', () => {
  const families = inFamilies(all);
  expect(families.flatMap(({ members }) => members)).toEqual(all);
  expect(new Set(families.map(({ family }) => family)).size).toBe(families.length);
});
