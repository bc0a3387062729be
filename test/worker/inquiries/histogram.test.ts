import { describe, expect, it } from 'vitest';
import type { Scene } from '../../../src/core/scene';
import type { LocalStudio } from '../../../src/worker/studio';
import { studioWith } from '../opened';

const values = Float32Array.from({ length: 2 * 40 * 30 }, (_, i) => ((i * 7919) % 1009) / 1009);
const relu: Scene = {
  version: 1,
  input: 'signed',
  steps: [{ op: 'relu', params: {} }],
};

const opened = (data = values): Promise<LocalStudio> => studioWith({ shape: [1, 2, 30, 40], data: data });

/** What a person would count by hand. */
function counts(of: readonly number[], from: number, to: number, bins: number): number[] {
  const width = (to - from) / bins;
  return Array.from({ length: bins }, (_, i) => {
    const [low, high] = [from + i * width, from + (i + 1) * width];
    return of.filter((v) => v >= low && (v < high || (i === bins - 1 && v <= to))).length;
  });
}

describe('the inquiry after histograms', () => {
  it('counts the picture as it enters and what a step makes of it, over the same bins', async () => {
    const studio = await opened();
    const asked = { nodes: [-1, 0], bins: 8, range: [-1, 1], channels: 'together' } as const;
    const answer = await studio.inquire('histogram', asked, { scene: relu, exact: true });
    const before = [...values].map((v) => Math.fround(2 * v - 1));
    const after = before.map((v) => Math.max(v, 0));
    expect(answer?.map(([all]) => [...(all?.counts ?? [])])).toEqual([counts(before, -1, 1, 8), counts(after, -1, 1, 8)]);
    expect(answer?.[1]?.[0]?.zeros).toBe(after.filter((v) => v === 0).length);
  });

  it('counts each channel by itself, with mean and variance', async () => {
    const studio = await opened();
    const asked = { nodes: [-1], bins: 4, channels: { from: 1, count: 1 } };
    const answer = await studio.inquire('histogram', asked, { scene: { ...relu, input: 'unit' }, exact: true });
    const own = [...values.subarray(1200)];
    const mean = own.reduce((a, b) => a + b, 0) / own.length;
    const [[found] = []] = answer ?? [];
    expect(found?.mean).toBeCloseTo(mean, 10);
    expect(found?.variance).toBeCloseTo(own.reduce((sum, v) => sum + (v - mean) ** 2, 0) / own.length, 10);
    expect([found?.min, found?.max]).toEqual([Math.min(...own), Math.max(...own)]);
    const all = [...values];
    const { from, width } = found?.edges ?? { from: Number.NaN, width: Number.NaN };
    expect([from, from + 4 * width]).toEqual([Math.min(...all), expect.closeTo(Math.max(...all), 6)]);
  });

  it('leaves what is no finite number out, and says how many there are; values outside the bins count among all', async () => {
    const data = Float32Array.from(values);
    data.set([Number.NaN, Number.POSITIVE_INFINITY, 5, -5]);
    const studio = await opened(data);
    const asked = { nodes: [-1], bins: 2, range: [0, 1], channels: 'together' } as const;
    const answer = await studio.inquire('histogram', asked, { scene: { ...relu, input: 'unit' }, exact: true });
    const [[found] = []] = answer ?? [];
    expect(found).toMatchObject({ strange: 2, count: values.length - 2, min: -5, max: 5 });
    expect(found?.counts.reduce((a, b) => a + b, 0)).toBe(values.length - 4);
  });

  it('counts what another step would make of the same input, last', async () => {
    const studio = await opened();
    const instead = { node: 0, step: { op: 'leakyRelu', params: { negativeSlope: 0.5 } } };
    const asked = { nodes: [0], bins: 8, range: [-1, 1], channels: 'together', instead } as const;
    const answer = await studio.inquire('histogram', asked, { scene: relu, exact: true });
    const before = [...values].map((v) => Math.fround(2 * v - 1));
    const other = before.map((v) => (v > 0 ? v : v / 2));
    expect(answer).toHaveLength(2);
    expect([...(answer?.[1]?.[0]?.counts ?? [])]).toEqual(counts(other, -1, 1, 8));
  });

  it('refuses channels that are not there, in a sentence', async () => {
    const studio = await opened();
    const asked = { nodes: [-1], bins: 2, channels: { from: 1, count: 2 } };
    await expect(studio.inquire('histogram', asked, { scene: relu, exact: true })).rejects.toThrow(
      'Channels from 1 to 2 are expected, received 3.',
    );
  });
});
