import { describe, expect, it } from 'vitest';
import { Held } from '../../../src/engines/simd/machine';
import { Breath } from '../../../src/image/breath';
import { colourMap } from '../../../src/image/colourMap';
import { type Mapping, type Paint, paintFor } from '../../../src/image/display';
import { draw } from '../../../src/image/draw';
import { reduceTensor } from '../../../src/image/reduce';
import { statsOf } from '../../../src/image/stats';
import { signedOf } from '../../../src/worker/signed';
import { fastWorkshop } from '../../../src/worker/workshop';
import { openGuarded, randomTensor } from './engine';

const engine = await openGuarded();
const { arena } = engine.machine;
const workshop = fastWorkshop(engine);
const breath = new Breath();
const map = colourMap(['#0000ff', '#ffffff', '#ff0000']);
const mappings: readonly Exclude<Mapping, 'auto'>[] = ['clamp', 'minmax', 'symmetric', 'abs'];

interface Picture {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}
const pictureOf = (shape: readonly number[], values: readonly number[]): Picture => ({ shape, data: Float32Array.from(values) });

/** Draws both ways; answers the first byte that differs, or null. Nothing may stay held. */
async function firstDifference(x: Picture, paint: Paint, factor: number): Promise<string | null> {
  const before = arena.used;
  const held = engine.hold(x);
  const fast = await workshop.drawn(held, paint, map, factor, breath, (bytes) => new ArrayBuffer(bytes));
  held.release();
  expect(arena.used).toBe(before);
  const plain = await draw(x, paint, map, factor, breath);
  expect([fast.width, fast.height]).toEqual([plain.width, plain.height]);
  const i = fast.rgba.findIndex((byte, at) => byte !== plain.rgba[at]);
  return i < 0 ? null : `byte ${i}: expected ${plain.rgba[i]}, received ${fast.rgba[i]}`;
}
async function expectAlike(x: Picture, factor: number, channel: 'all' | number = 'all'): Promise<void> {
  for (const mapping of mappings) {
    const paint = paintFor(x, await statsOf(x, breath), { mapping, channel }, 'unit');
    expect(await firstDifference(x, paint, factor), `${mapping}, reduced by ${factor}, ${x.shape.join(' × ')}`).toBeNull();
  }
}

describe('values drawn by the engine', () => {
  it('are the bytes of the plain drawing for every width up to 37, in colour, in grey and through the map', async () => {
    for (let width = 1; width <= 37; width++) {
      await expectAlike(randomTensor([1, 3, 3, width], width), 1);
      await expectAlike(randomTensor([1, 2, 2, width], width), 1, 1);
    }
  });
  it('halves of a level go the same way', async () => {
    const halves = Array.from({ length: 512 }, (_, i) => i / 510);
    await expectAlike(pictureOf([1, 1, 16, 32], halves), 1);
    await expectAlike(pictureOf([1, 1, 16, 32], halves), 3);
  });
  it('every value next to half a level goes the way of the plain drawing', async () => {
    const bits = new Float32Array(1);
    const ints = new Int32Array(bits.buffer);
    const values: number[] = [];
    for (let half = 0; half < 255; half++) {
      bits[0] = (half + 0.5) / 255;
      for (let step = -4; step <= 4; step++) values.push(new Float32Array(Int32Array.of(ints[0]! + step).buffer)[0]!);
    }
    await expectAlike(pictureOf([1, 1, 9, 255], values), 1);
  });
  it.each([2, 3, 4, 7])('reduced by %i they are the bytes of the plain drawing, narrow last cells too', async (factor) => {
    for (const width of [1, 2, 5, 8, 23, 30, 41]) {
      await expectAlike(randomTensor([1, 3, 11, width], width), factor);
      await expectAlike(randomTensor([1, 1, 9, width], width), factor);
    }
  });
  it.each([1, 2, 3])('NaN and infinities have the colours of their own, reduced by %i', async (factor) => {
    const values = [...randomTensor([1, 3, 6, 11], 5).data];
    for (const at of [0, 3, 4, 10, 65]) values[at] = Number.NaN;
    for (const at of [2, 3, 30, 64, 150]) values[at] = Number.POSITIVE_INFINITY;
    for (const at of [66, 70, 197]) values[at] = Number.NEGATIVE_INFINITY;
    await expectAlike(pictureOf([1, 3, 6, 11], values), factor);
    await expectAlike(pictureOf([1, 3, 6, 11], values), factor, 1);
    await expectAlike(pictureOf([1, 1, 1, 3], [Number.NaN, Number.POSITIVE_INFINITY, Number.NaN]), factor);
  });
  it('a constant and values near the ends of float32 are drawn alike', async () => {
    await expectAlike(pictureOf([1, 1, 2, 3], [3, 3, 3, 3, 3, 3]), 1);
    await expectAlike(pictureOf([1, 3, 4, 10], Array<number>(120).fill(3)), 2);
    await expectAlike(pictureOf([1, 1, 2, 3], [3e38, -3e38, 1e-45, -1e-45, 0, -0]), 1);
    await expectAlike(pictureOf([1, 1, 2, 3], [3e38, -3e38, 1e-45, -1e-45, 0, -0]), 2);
  });
  it('larger pictures are drawn alike in several jobs, and in bands', async () => {
    const x = randomTensor([1, 3, 300, 500], 9);
    await expectAlike(x, 1);
    await expectAlike(x, 3);
    const held = engine.hold(x);
    const paint = paintFor(x, await statsOf(x, breath), { mapping: 'symmetric', channel: 'all' }, 'unit');
    const whole = await draw(x, paint, map, 1, breath);
    const band = await workshop.brush(held, paint, map, 1, breath)(123, 45);
    expect(band.findIndex((byte, i) => byte !== whole.rgba[4 * 500 * 123 + i])).toBe(-1);
    held.release();
  });
});

describe('statistics of the engine', () => {
  it.each([1, 2, 3, 4, 5, 31, 70000])(
    'of %i values a channel are those of the plain loop, without what is not finite',
    async (n) => {
      const x = randomTensor([1, 2, 1, n], n, 1e4);
      if (n > 2) x.data[1] = Number.NaN;
      if (n > 3) x.data[3] = Number.NEGATIVE_INFINITY;
      if (n > 99) x.data[n + 99] = Number.NaN;
      const held = engine.hold(x);
      const [fast, plain] = [await workshop.stats(held, breath), await statsOf(x, breath)];
      held.release();
      expect([fast.min, fast.max]).toEqual([plain.min, plain.max]);
      for (const [c, { min, max, magnitude, negative }] of plain.channels.entries()) {
        expect([fast.channels[c]?.min, fast.channels[c]?.max]).toEqual([min, max]);
        // Sixteen values are summed in float32 before they are added in float64.
        expect(Math.abs(fast.channels[c]!.magnitude - magnitude)).toBeLessThanOrEqual(1e-6 * magnitude);
        expect(Math.abs(fast.channels[c]!.negative - negative)).toBeLessThanOrEqual(1e-6 * magnitude);
      }
    },
  );
  it('count values whose sum is too large for float32', async () => {
    const x = { shape: [1, 1, 8, 16], data: new Float32Array(128).fill(3e38) };
    x.data[100] = -3e38;
    const held = engine.hold(x);
    const [fast, plain] = [await workshop.stats(held, breath), await statsOf(x, breath)];
    held.release();
    expect(fast).toEqual(plain);
  });
  it('of nothing finite have no ends', async () => {
    const held = engine.hold(pictureOf([1, 1, 1, 5], Array<number>(5).fill(Number.NaN)));
    const { channels } = await workshop.stats(held, breath);
    held.release();
    expect(channels).toEqual([{ min: Number.NaN, max: Number.NaN, magnitude: 0, negative: 0 }]);
  });
  it('of a flat tensor take each feature as a channel', async () => {
    const held = engine.hold(pictureOf([1, 3], [1, -2, 3]));
    const { channels, min, max } = await workshop.stats(held, breath);
    held.release();
    expect([channels.length, min, max]).toEqual([3, -2, 3]);
  });
});

describe('bytes put into the engine', () => {
  const levels = Array.from({ length: 256 }, (_, v) => v);
  it.each([1, 2, 3, 4, 5, 7, 9, 256])('%i pixels are what the plain division gives, opaque and transparent', async (n) => {
    const rgba = Uint8ClampedArray.from({ length: 4 * n }, (_, i) =>
      i % 4 < 3 ? levels[(i * 37) % 256]! : i % 20 === 3 ? (i * 11) % 256 : 255,
    );
    const held = engine.machine.empty([1, 3, 1, n]);
    const transparent = await workshop.memory!.place!(rgba, held, 0);
    const expected = Float32Array.from({ length: 3 * n }, (_, i) => {
      const [c, at] = [Math.floor(i / n), 4 * (i % n)];
      const a = rgba[at + 3]! / 255;
      return a === 1 ? rgba[at + c]! / 255 : (rgba[at + c]! / 255) * a + 1 - a;
    });
    expect([...held.data]).toEqual([...expected]);
    expect(transparent).toBe(rgba.some((v, i) => i % 4 === 3 && v < 255));
    held.release();
  });
  it('a band lands at its place and nowhere else', async () => {
    const held = engine.machine.empty([1, 3, 4, 6]);
    held.data.fill(7);
    await workshop.memory!.place!(new Uint8ClampedArray(4 * 12).fill(255), held, 6);
    const plane = [...Array<number>(6).fill(7), ...Array<number>(12).fill(1), ...Array<number>(6).fill(7)];
    expect([...held.data]).toEqual([...plane, ...plane, ...plane]);
    held.release();
  });
});

describe('pictures changed by the engine', () => {
  it.each([1, 2, 5, 6, 19])('signed values of %i are those of the plain loop', async (n) => {
    const x = randomTensor([1, 1, 1, n], n);
    const held = engine.hold(x);
    const signed = await workshop.signed(held, breath);
    expect([...signed.data]).toEqual([...(await signedOf(x, breath)).data]);
    engine.release(signed);
    held.release();
  });
  it.each([2, 3, 5])('means over cells of %i are those of the plain loop', async (factor) => {
    const x = randomTensor([2, 3, 13, 17], factor);
    const held = engine.hold(x);
    const reduced = await workshop.reduced(held, factor, breath);
    const plain = await reduceTensor(x, factor, breath);
    expect(reduced.shape).toEqual(plain.shape);
    expect([...reduced.data]).toEqual([...plain.data]);
    engine.release(reduced);
    held.release();
  });
  it('a result of another engine is taken in once', () => {
    const taken = workshop.adopted(randomTensor([1, 1, 2, 2], 1));
    expect(taken).toBeInstanceOf(Held);
    expect(workshop.adopted(taken)).toBe(taken);
    engine.release(taken);
  });
});
