import { describe, expect, it } from 'vitest';
import type { Scene } from '../../src/core/scene';
import type { Tensor } from '../../src/core/tensor';
import type { InquiredOf } from '../../src/worker/api';
import type { LocalStudio } from '../../src/worker/studio';
import { studioWith } from './opened';

const picture = (): Tensor<Float32Array> => ({
  shape: [1, 1, 2, 3],
  data: Float32Array.of(0.25, 0.5, 0.75, 0, 0.125, 1),
});
const scene = (steps: Scene['steps'], input: Scene['input'] = 'unit'): Scene => ({ version: 1, input, steps });
const twoTaps = { op: 'conv2d', params: {}, weights: { weight: [[2, -4]], bias: 0.5 } };
const pool = { op: 'maxPool2d', params: { kernelSize: [1, 2], stride: 1 } };

const opened = (): Promise<LocalStudio> => studioWith(picture());
/** Smallest, largest and mean of the only channel of a node. */
async function valuesOf(studio: LocalStudio, of: InquiredOf, node: number): Promise<number[] | null> {
  const told = await studio.inquire('tally', { nodes: [node] }, of);
  const channel = told?.nodes[0]?.[0];
  return channel ? [channel.min, channel.max, channel.mean] : null;
}

describe('an inquiry', () => {
  it('works with the values of a scene that never ran', async () => {
    // 2a − 4b + 0.5 of neighbours: −1, −1.5, 0, −3.25.
    expect(await valuesOf(await opened(), { scene: scene([twoTaps]), exact: true }, 0)).toEqual([-3.25, 0, -5.75 / 4]);
  });

  it('gets a signed picture as it enters, −1 to 1', async () => {
    const of = { scene: scene([pool], 'signed'), exact: true };
    expect(await valuesOf(await opened(), of, -1)).toEqual([-1, 1, (2 * 2.625) / 6 - 1]);
  });

  it('gets what a run left behind, of any of its steps', async () => {
    const studio = await opened();
    const all = scene([pool, twoTaps]);
    await studio.run(all, [], () => undefined);
    // Pooled: 0.5 0.75 / 0.125 1.
    expect(await valuesOf(studio, { scene: all, exact: false }, 0)).toEqual([0.125, 1, 2.375 / 4]);
    expect(await valuesOf(studio, { scene: all, exact: false }, 1)).toEqual([-3.25, -1.5, -4.75 / 2]);
  });

  it('hears of a scene that does not fit, and of a node outside, in a sentence', async () => {
    const studio = await opened();
    const tooLarge = { scene: scene([{ op: 'maxPool2d', params: { kernelSize: 9 } }]), exact: true };
    await expect(studio.inquire('tally', { nodes: [0] }, tooLarge)).rejects.toThrow('a 9 × 9 window does not fit');
    const of = { scene: scene([pool]), exact: true };
    await expect(studio.inquire('tally', { nodes: [4] }, of)).rejects.toThrow('A step from 1 to 1 is expected, received 5.');
  });

  it('is left alone by one of its name that another part of the page asks, and stopped by its asker alone', async () => {
    const studio = await opened();
    const ask = (asker: string) => valuesOf(studio, { scene: scene([twoTaps]), exact: true, asker }, 0);
    const both = await Promise.all([ask('one'), ask('other')]);
    expect(both.map((values) => values?.[0])).toEqual([-3.25, -3.25]);
    const again = [ask('one'), ask('other')];
    await studio.stopInquiry('tally', 'one');
    expect((await Promise.all(again)).map((values) => values?.[0])).toEqual([undefined, -3.25]);
  });

  it('is ended by a newer one of its name, by another picture, and by hand', async () => {
    const studio = await opened();
    const of = { scene: scene([twoTaps]), exact: true };
    const ask = () => valuesOf(studio, of, 0);
    const [first, second] = [ask(), ask()];
    expect([await first, (await second)?.[0]]).toEqual([null, -3.25]);
    const third = ask();
    await studio.stopInquiry('tally');
    expect(await third).toBeNull();
    const fourth = ask();
    await studio.open(new Blob(['other']), {});
    expect(await fourth).toBeNull();
  });
});
