import { expect, it, vi } from 'vitest';
import type { Place, Plan, Stage } from '../../../src/engines/simd/plan';
import { openGuarded, randomTensor, stepOf } from './engine';

const x = randomTensor([1, 1, 2, 8], 1);
const table = Float32Array.of(7, 8, 9);

/** Copies `x` to `y`, then writes a table over its beginning. */
const plain = (place: Place): readonly Stage[] => {
  const [from, to, own, first] = [place.at('x'), place.at('y'), place.put(table), place.take(64)];
  return [
    [{ calls: [['copyValues', from, to, 16]] }],
    [{ calls: [['copyValues', own, first, 3]] }],
    [{ calls: [['copyValues', first, to, 3]] }],
  ];
};

async function opened(build: Plan['build']) {
  const engine = await openGuarded();
  const spied = vi.fn(build);
  const plan: Plan = { how: 'a test', build: spied };
  const run = async (input = x) => {
    const { y } = await engine.machine.run({ plan, inputs: { x: input }, outputs: { y: x.shape } });
    const data = [...y!.data];
    y!.release();
    return data;
  };
  return { engine, spied, run };
}
const expected = (input = x) => [...table, ...input.data.slice(3)];

it('a small plan is built once for the same addresses: its next run has its tables and no memory of the last one', async () => {
  const { engine, spied, run } = await opened(plain);
  expect(await run()).toEqual(expected());
  const other = randomTensor([1, 1, 2, 8], 2);
  expect(await run(other)).toEqual(expected(other));
  expect(await run()).toEqual(expected());
  expect(spied).toHaveBeenCalledTimes(1);
  expect(engine.machine.arena.used).toBe(0);
});

it('a plan is built again where an address is another one, and kept from then on', async () => {
  const { engine, spied, run } = await opened(plain);
  await run();
  const held = engine.hold(x);
  expect(await run()).toEqual(expected());
  expect(await run(held)).toEqual(expected());
  expect(spied).toHaveBeenCalledTimes(3);
  expect(await run(held)).toEqual(expected());
  expect(spied).toHaveBeenCalledTimes(3);
  held.release();
  expect(engine.machine.arena.used).toBe(0);
});

const one = [...x.data];
it.each<[string, Plan['build']]>([
  [
    'reads memory while it is built',
    (place) => {
      const [from, to] = [place.at('x'), place.at('y')];
      return [[{ calls: [['fillValues', to, 16, place.floats(from, 1)[0]!]] }]];
    },
  ],
  [
    'works between its jobs',
    (place) => {
      const [from, to] = [place.at('x'), place.at('y')];
      return [() => place.floats(to, 16).fill(place.floats(from, 1)[0]!)];
    },
  ],
])('a plan that %s is built for every run', async (_, build) => {
  const { spied, run } = await opened(build);
  for (const first of [one[0]!, 3, 4]) {
    const input = { shape: x.shape, data: Float32Array.from(one, (v, i) => (i === 0 ? first : v)) };
    expect(await run(input)).toEqual(Array(16).fill(Math.fround(first)));
  }
  expect(spied).toHaveBeenCalledTimes(3);
});

it('a plan of many calls or of large tables is not kept', async () => {
  const many = await opened((place) => {
    const [from, to] = [place.at('x'), place.at('y')];
    return [Array.from({ length: 65 }, () => ({ calls: [['copyValues', from, to, 16] as const] }))];
  });
  const large = await opened((place) => [
    [
      {
        calls: [
          ['copyValues', place.at('x'), place.at('y'), 16],
          ['copyValues', place.put(new Float32Array(1 << 15)), place.at('y'), 1],
        ],
      },
    ],
  ]);
  for (const { run, spied } of [many, large]) {
    await run();
    await run();
    expect(spied).toHaveBeenCalledTimes(2);
  }
});

it('steps give the same bits in every run, alone and before maps, with and without statistics', async () => {
  const engine = await openGuarded();
  const held = engine.hold(randomTensor([1, 3, 20, 24], 5));
  const weights = { weight: randomTensor([3, 1, 3, 3], 6), bias: randomTensor([3], 7) };
  const filter = stepOf('conv2d', { groups: 3, padding: [1, 1, 1, 1] }, weights);
  const steps = [filter, stepOf('maxPool2d', { kernelSize: 7, stride: 1, padding: 3 }), stepOf('relu')];
  const first = await engine.run(steps, held);
  const between = engine.hold(x);
  for (const measure of [false, true, true, false]) expect((await engine.run(steps, held, { measure })).data).toEqual(first.data);
  between.release();
  expect((await engine.run(steps, held)).data).toEqual(first.data);
});
