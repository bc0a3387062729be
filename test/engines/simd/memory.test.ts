import { expect, it } from 'vitest';
import { openGuarded, randomTensor, stepOf } from './engine';

const mebi = 2 ** 20;
const much = { shape: [1, 1, 4096, 4096], data: new Float32Array(4096 * 4096) };

it('memory that was needed once is given back: what is held stays where it is, and steps run on', async () => {
  const engine = await openGuarded();
  const { arena } = engine.machine;
  const x = randomTensor([1, 3, 50, 70], 1);
  const held = engine.hold(x);
  const before = await engine.run([stepOf('tanh')], held);
  engine.hold(much).release();
  expect(arena.size).toBeGreaterThan(64 * mebi);
  expect(await engine.shrink(64 * mebi)).toBe(true);
  expect(arena.size).toBeLessThan(2 * mebi);
  expect(held.data).toEqual(x.data);
  arena.checkAll();
  expect((await engine.run([stepOf('tanh')], held)).data).toEqual(before.data);
  expect(arena.used).toBeGreaterThan(0);
  held.release();
  expect(arena.used).toBe(0);
});

it('a run that is under way does not notice', async () => {
  const engine = await openGuarded();
  const x = randomTensor([1, 3, 300, 400], 2);
  const held = engine.hold(x);
  const chain = [stepOf('gelu'), stepOf('maxPool2d', { kernelSize: 9, stride: 1 })];
  const expected = await engine.run(chain, held);
  engine.hold(much).release();
  const run = engine.run(chain, held, { slice: 0.1 });
  expect(await engine.shrink(64 * mebi)).toBe(true);
  expect((await run).data).toEqual(expected.data);
  held.release();
});

it('memory stays where a quarter of it is in use, or something lies far behind', async () => {
  const engine = await openGuarded();
  const { arena } = engine.machine;
  const [first, last] = [engine.hold(much), engine.hold(randomTensor([1, 3, 9, 9], 3))];
  expect(await engine.shrink(mebi)).toBe(false);
  first.release();
  expect(await engine.shrink(mebi)).toBe(false);
  expect(arena.size).toBeGreaterThan(64 * mebi);
  last.release();
  expect(await engine.shrink(mebi)).toBe(true);
});

it('a picture that will stay moves to the beginning of a large memory, so that the rest can go', async () => {
  const engine = await openGuarded();
  const { arena } = engine.machine;
  const [first, x] = [engine.hold(much), randomTensor([1, 3, 9, 9], 3)];
  const last = engine.hold(x);
  first.release();
  expect(engine.settle(last)).toBe(last);
  const settled = engine.settle(last, 64 * mebi);
  expect(settled.at).toBeLessThan(last.at);
  expect(settled.data).toEqual(x.data);
  expect(await engine.shrink(64 * mebi)).toBe(true);
  expect(settled.data).toEqual(x.data);
  settled.release();
  expect(arena.used).toBe(0);
});
