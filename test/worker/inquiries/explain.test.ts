import { describe, expect, it } from 'vitest';
import type { Scene } from '../../../src/core/scene';
import type { Tensor } from '../../../src/core/tensor';
import { LocalStudio } from '../../../src/worker/studio';
import { plainWorkshop } from '../../../src/worker/workshop';

const picture = (): Tensor<Float32Array> => ({
  shape: [1, 1, 2, 3],
  data: Float32Array.of(0.25, 0.5, 0.75, 0, 0.125, 1),
});
const scene = (steps: Scene['steps'], input: Scene['input'] = 'unit'): Scene => ({ version: 1, input, steps });
const twoTaps = { op: 'conv2d', params: {}, weights: { weight: [[2, -4]], bias: 0.5 } };
const pool = { op: 'maxPool2d', params: { kernelSize: [1, 2], stride: 1 } };

async function opened(): Promise<LocalStudio> {
  const studio = new LocalStudio({
    decode: async () => ({ tensor: picture(), notes: [] }),
    workshop: Promise.resolve(plainWorkshop()),
  });
  await studio.open(new Blob(['any']), {});
  return studio;
}
const sum = ({ x, weight, biasValue }: { x: Float32Array; weight: Float32Array; biasValue: number }) =>
  x.reduce((all, v, i) => all + v * weight[i]!, biasValue);

describe('an inquiry', () => {
  it('explains a value of a scene that never ran, with the numbers of its terms', async () => {
    const studio = await opened();
    const of = { scene: scene([twoTaps]), exact: true };
    const told = await studio.inquire('explain', { node: 0, output: 3 }, of);
    expect(told?.x).toEqual(Float32Array.of(0.125, 1));
    expect(told?.weight).toEqual(Float32Array.of(2, -4));
    expect([told?.y, told && sum(told)]).toEqual([-3.25, -3.25]);
  });

  it('hands out a signed picture as it enters, −1 to 1', async () => {
    const studio = await opened();
    const told = await studio.inquire('explain', { node: 0, output: 0 }, { scene: scene([pool], 'signed'), exact: true });
    expect([told?.x, told?.y]).toEqual([Float32Array.of(-0.5, 0), 0]);
  });

  it('answers from what a run left behind, and of a later step', async () => {
    const studio = await opened();
    const all = scene([pool, twoTaps]);
    await studio.run(all, [], () => undefined);
    const told = await studio.inquire('explain', { node: 1, output: 1 }, { scene: all, exact: false });
    expect([told?.x, told?.y]).toEqual([Float32Array.of(0.125, 1), -3.25]);
  });

  it('knows the places that a pool before the step stored', async () => {
    const studio = await opened();
    const windows = { kernelSize: [2, 3] };
    const all = scene([
      { op: 'maxPool2d', params: windows },
      { op: 'leakyRelu', params: {} },
      { op: 'maxUnpool2d', params: windows },
    ]);
    const told = await studio.inquire('explain', { node: 2, output: 5 }, { scene: all, exact: false });
    expect([told?.x, told?.y]).toEqual([Float32Array.of(1), 1]);
    const around = { channel: 0, row: 1, column: 2 };
    const block = { top: 1, left: 2, height: 1, width: 1 };
    const seen = await studio.inquire(
      'inspect',
      { node: 2, output: around, outputs: block, channel: null, most: [4, 4], linked: false },
      { scene: all, exact: false },
    );
    expect(seen?.value).toBe(1);
    const nothing = await studio.inquire('explain', { node: 2, output: 2 }, { scene: all, exact: false });
    expect([nothing?.terms, nothing?.y]).toEqual([[], 0]);
  });

  it('refuses a step that is off, and an index outside, in a sentence', async () => {
    const studio = await opened();
    const off = { scene: scene([{ ...pool, off: true }, twoTaps]), exact: true };
    await expect(studio.inquire('explain', { node: 0, output: 0 }, off)).rejects.toThrow(
      'A step that is on is expected, received 1.',
    );
    const of = { scene: scene([pool]), exact: true };
    await expect(studio.inquire('explain', { node: 0, output: 4 }, of)).rejects.toThrow('An index from 0 to 3 is expected');
  });

  it('is ended by a newer one of its name, by another picture, and by hand', async () => {
    const studio = await opened();
    const of = { scene: scene([twoTaps]), exact: true };
    const ask = () => studio.inquire('explain', { node: 0, output: 0 }, of);
    const [first, second] = [ask(), ask()];
    expect([await first, (await second)?.y]).toEqual([null, -1]);
    const third = ask();
    await studio.stopInquiry('explain');
    expect(await third).toBeNull();
    const fourth = ask();
    await studio.open(new Blob(['other']), {});
    expect(await fourth).toBeNull();
  });
});
