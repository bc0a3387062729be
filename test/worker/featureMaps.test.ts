import { describe, expect, it } from 'vitest';
import type { Scene, Step } from '../../src/core/scene';
import type { Tensor } from '../../src/core/tensor';
import type { FeatureMap, MapsAsked } from '../../src/worker/api';
import { studioWith } from './opened';

const look = { display: { mapping: 'auto', channel: 'all' }, diverging: ['#0000ff', '#ffffff', '#ff0000'] } as const;
const asking = (change: Partial<MapsAsked> = {}): MapsAsked => ({
  scope: 'map',
  colours: 'auto',
  diverging: ['#0000ff', '#ffffff', '#ff0000'],
  sequential: ['#000000', '#00ff00'],
  pixels: 1000,
  ...change,
});
const times = (factor: number): Step => ({ op: 'leakyRelu', params: { negativeSlope: factor } });

/** Channel c holds (c + 1) times a ramp from `from` to `to`. */
function ramps(from: number, to: number, channels = 3, count = 12): Tensor<Float32Array> {
  const data = Float32Array.from({ length: channels * count }, (_, i) => {
    const at = (i % count) / (count - 1);
    return (Math.floor(i / count) + 1) * (from + (to - from) * at);
  });
  return { shape: [1, channels, 3, count / 3], data };
}

async function mapsOf(
  x: Tensor<Float32Array>,
  steps: readonly Step[],
  asked: MapsAsked,
  node = steps.length - 1,
  input: Scene['input'] = 'unit',
) {
  const studio = await studioWith(x);
  await studio.run({ version: 1, input, steps }, [{ node: steps.length - 1, look }], () => undefined, { details: true });
  const maps: FeatureMap[] = [];
  expect(await studio.maps(node, asked, (map) => maps.push(map))).toBe('done');
  return { maps, studio };
}
const pixelsOf = ({ thumbnail: { rgba } }: FeatureMap) =>
  Array.from({ length: rgba.length / 4 }, (_, i) => [...rgba.subarray(4 * i, 4 * i + 3)]);

describe('feature maps', () => {
  it('tell range, energy and zeros of every channel', async () => {
    const { maps } = await mapsOf(ramps(-1, 1), [times(0)], asking());
    expect(maps.map(({ channel, min, max }) => [channel, min + 0, max])).toEqual([
      [0, 0, 1],
      [1, 0, 2],
      [2, 0, 3],
    ]);
    // Of −1, −9/11, … 1 the six negative ones are 0; the squares of 1/11, 3/11, … 11/11 add up to 286/121.
    for (const { channel, energy, zeros } of maps) {
      expect(energy).toBeCloseTo(((channel + 1) ** 2 * (286 / 121)) / 12, 5);
      expect(zeros).toBe(0.5);
    }
  });
  it('have colours from zero where nothing is negative, and colours that part at zero else', async () => {
    const { maps: positive } = await mapsOf(ramps(0, 1), [times(0.5)], asking());
    expect(positive[1]).toMatchObject({ diverging: false, low: 0, high: 2 });
    expect([pixelsOf(positive[1]!)[0], pixelsOf(positive[1]!).at(-1)]).toEqual([
      [0, 0, 0],
      [0, 255, 0],
    ]);
    const { maps: signed } = await mapsOf(ramps(-1, 1), [times(1)], asking());
    expect(signed[0]).toMatchObject({ diverging: true, low: -1, high: 1 });
    expect([pixelsOf(signed[0]!)[0], pixelsOf(signed[0]!).at(-1)]).toEqual([
      [0, 0, 255],
      [255, 0, 0],
    ]);
  });
  it('take the colours that are asked for', async () => {
    const { maps } = await mapsOf(ramps(0, 1), [times(0.5)], asking({ colours: 'diverging' }));
    expect(maps[0]).toMatchObject({ diverging: true, low: -1, high: 1 });
    expect(pixelsOf(maps[0]!)[0]).toEqual([255, 255, 255]);
  });
  it.each([
    ['map', [1, 2, 3]],
    ['step', [3, 3, 3]],
    ['chain', [6, 6, 6]],
  ] as const)('scale each by the values of the %s', async (scope, highs) => {
    const doubled: Step = { op: 'hardtanh', params: { minVal: -9, maxVal: 3 } };
    const { maps } = await mapsOf(ramps(0, 2), [times(1), doubled], asking({ scope }), 1);
    // The first step reaches 6, the second is cut at 3.
    expect(maps.map(({ high }) => high)).toEqual(scope === 'map' ? [2, 3, 3] : highs);
  });
  it('count every value in one bin between the ends', async () => {
    const { maps } = await mapsOf(ramps(-1, 1, 1, 48), [times(1)], asking());
    expect(maps[0]?.histogram.reduce((sum, n) => sum + n, 0)).toBe(48);
    expect(maps[0]?.histogram[0]).toBeGreaterThan(0);
    expect(maps[0]?.histogram[47]).toBeGreaterThan(0);
  });
  it('of the picture are those of its values as they enter', async () => {
    const { maps } = await mapsOf(ramps(0, 0.25), [times(1)], asking(), -1, 'signed');
    expect(maps.map(({ min, max }) => [min, max])).toEqual([
      [-1, -0.5],
      [-1, 0],
      [-1, 0.5],
    ]);
  });
  it('a newer request ends the older one', async () => {
    const { studio } = await mapsOf(ramps(0, 1), [times(1)], asking());
    const older = studio.maps(0, asking(), () => undefined);
    const newer = studio.maps(0, asking(), () => undefined);
    expect(await older).toBe('superseded');
    expect(await newer).toBe('done');
  });
  it('of a node without a result say so', async () => {
    const { studio } = await mapsOf(ramps(0, 1), [times(1)], asking());
    await expect(studio.maps(5, asking(), () => undefined)).rejects.toThrow('A finished result is expected, received none yet.');
  });
});
