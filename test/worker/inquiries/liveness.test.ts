import { describe, expect, it } from 'vitest';
import type { Scene } from '../../../src/core/scene';
import type { LivenessAsked } from '../../../src/worker/inquiries/liveness';
import { studioWith } from '../opened';

const [width, height] = [24, 10];
const plane = width * height;
/** Two channels, the second one low: 0..1, and as a signed scene takes them. */
const values = Float32Array.from({ length: 2 * plane }, (_, i) => (((i * 2654435761) >>> 0) % 997) / (i < plane ? 997 : 2100));
const signed = [...values].map((v) => Math.fround(2 * v - 1));
const base: LivenessAsked = { node: 0, shift: 0, threshold: 0, channel: 'all', cells: 24 };

async function ask(op: string, params: Readonly<Record<string, unknown>>, more: Partial<LivenessAsked> = {}, weights = {}) {
  const studio = await studioWith({ shape: [1, 2, height, width], data: values });
  const scene: Scene = { version: 1, input: 'signed', steps: [{ op, params, weights }] };
  const answer = await studio.inquire('liveness', { ...base, ...more }, { scene, exact: true });
  if (!answer) throw new Error('expected an answer, received none');
  return answer;
}
const counted = (of: readonly number[], when: (v: number) => boolean): number => of.filter(when).length;
const channels = [signed.slice(0, plane), signed.slice(plane)];

describe('the inquiry after what a step kills', () => {
  it('counts zeros and dead values of each channel as a plain count does, with a bias', async () => {
    for (const shift of [0, -0.5, 0.3, -2]) {
      const { channels: found } = await ask('relu', {}, { shift });
      const plain = channels.map((of) => counted(of, (v) => v + shift <= 0));
      expect(found).toEqual(plain.map((n) => ({ count: plane, zeros: n, dead: n })));
    }
  });

  it('finds nothing dead where a leak lets a part of the gradient through', async () => {
    const instead = { op: 'leakyRelu', params: { negativeSlope: 0.1 } };
    const { channels: found } = await ask('relu', {}, { instead, shift: -2 });
    expect(found).toEqual(channels.map(() => ({ count: plane, zeros: 0, dead: 0 })));
    const none = { op: 'leakyRelu', params: { negativeSlope: 0 } };
    const { channels: dead } = await ask('relu', {}, { instead: none, shift: -2 });
    expect(dead.map((one) => one.dead)).toEqual([plane, plane]);
  });

  it('calls a sigmoid saturated where its slope is at most the threshold', async () => {
    const { channels: found } = await ask('sigmoid', {}, { threshold: 0.22 });
    const slope = (v: number) => Math.exp(-v) / (1 + Math.exp(-v)) ** 2;
    expect(found.map((one) => one.dead)).toEqual(channels.map((of) => counted(of, (v) => slope(v) <= 0.22)));
    expect(found[0]?.dead).toBeGreaterThan(0);
    expect(found.every((one) => one.zeros === 0)).toBe(true);
  });

  it('takes the slope of each channel where a step has one for each', async () => {
    const { channels: found } = await ask('prelu', {}, {}, { weight: [0, 0.5] });
    expect(found.map((one) => one.dead)).toEqual([counted(channels[0]!, (v) => v <= 0), 0]);
  });

  it('marks where: each cell of the mask holds the dead share of its values', async () => {
    const { mask } = await ask('relu', {}, { channel: 1, cells: 12 });
    expect([mask.width, mask.height]).toEqual([12, 5]);
    const plain = Array.from({ length: 60 }, (_, cell) => {
      const [top, left] = [2 * Math.floor(cell / 12), 2 * (cell % 12)];
      const four = [0, 1].flatMap((u) => [0, 1].map((v) => channels[1]![(top + u) * width + left + v]!));
      return Math.round((255 * counted(four, (v) => v <= 0)) / 4);
    });
    expect([...mask.dead]).toEqual(plain);
  });

  it('refuses a step that is no function of single values, in a sentence', async () => {
    await expect(ask('softmax', {})).rejects.toThrow('A step that takes every value alone is expected, received Softmax.');
  });
});
