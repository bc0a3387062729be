import { describe, expect, it } from 'vitest';
import type { Scene } from '../../src/core/scene';
import type { Tensor } from '../../src/core/tensor';
import { CannotOpen } from '../../src/image/cannotOpen';
import type { Look } from '../../src/worker/api';
import { Batcher, type BatchJob, type Made } from '../../src/worker/batch';
import { plainWorkshop } from '../../src/worker/workshop';

const look: Look = { display: { mapping: 'minmax', channel: 'all' }, diverging: ['#0000ff', '#ffffff', '#ff0000'] };
const job = (op: string, params = {}, input: Scene['input'] = 'unit'): BatchJob => ({
  scene: { version: 1, input, steps: [{ op, params }] },
  exact: false,
  look,
});

/** Pictures of one value per channel, and of the size that their text says: `4x2 10 20 30`. */
function pictureOf(text: string): Tensor<Float32Array> {
  const [size = '', ...channels] = text.split(' ');
  const [width = 1, height = 1] = size.split('x').map(Number);
  const plane = width * height;
  return {
    shape: [1, 3, height, width],
    data: Float32Array.from({ length: 3 * plane }, (_, i) => Number(channels[Math.floor(i / plane)]) / 100),
  };
}
const batcher = () =>
  new Batcher({
    workshop: Promise.resolve(plainWorkshop()),
    async decode(blob, { shrink }) {
      const text = await blob.text();
      if (text === 'huge' && !shrink)
        throw new CannotOpen('ask', 'This picture is large.', { reason: 'ask', message: '', megapixels: 30, shrink: 2 });
      if (text === 'huge') return { tensor: pictureOf('3x3 50 50 50'), notes: ['Reduced to 1/2 of its size.'] };
      if (text.startsWith('bad')) throw new CannotOpen('notPicture', 'This is not a picture.');
      return { tensor: pictureOf(text), notes: [] };
    },
  });
const blobs = (...texts: string[]) => texts.map((text) => new Blob([text]));
const made = (item: Made | string | undefined): Made => {
  if (!item || typeof item === 'string') throw new Error(`a result is expected, received ${item}`);
  return item;
};
const quiet = () => undefined;

describe('each picture by itself', () => {
  it('answers with both drawings and both shapes', async () => {
    const { inputShape, outputShape, input, output } = await batcher().run(
      blobs('4x2 10 20 30')[0]!,
      job('maxPool2d', { kernelSize: 2 }),
    );
    expect([inputShape, outputShape]).toEqual([
      [1, 3, 2, 4],
      [1, 3, 1, 2],
    ]);
    expect([input.width, input.height, output.width, output.height]).toEqual([4, 2, 2, 1]);
    expect([...input.rgba.subarray(0, 4)]).toEqual([26, 51, 77, 255]);
  });

  it('a picture that would be asked about is opened reduced, and says so', async () => {
    const { notes, inputShape } = await batcher().run(blobs('huge')[0]!, job('relu'));
    expect(notes).toEqual(['Reduced to 1/2 of its size.']);
    expect(inputShape).toEqual([1, 3, 3, 3]);
  });

  it('a window that does not fit is a sentence with the numbers', async () => {
    await expect(batcher().run(blobs('4x2 1 1 1')[0]!, job('maxPool2d', { kernelSize: 5 }))).rejects.toThrow(/5/);
  });

  it('cancel ends what runs', async () => {
    const one = batcher();
    const running = one.run(blobs('400x400 1 2 3')[0]!, job('medianPool2d', { kernelSize: 7 }));
    await new Promise((resolve) => setTimeout(resolve, 30));
    await one.cancel();
    await expect(running).rejects.toThrow(/abort/i);
  });
});

describe('all pictures in one tensor', () => {
  const size = { width: 2, height: 2 };

  it('batch norm takes mean and variance of the whole batch, which no picture alone would give', async () => {
    const { items, shape, gathered } = await batcher().together(
      blobs('2x2 10 0 50', '2x2 30 0 90'),
      size,
      job('batchNorm', { training: true, eps: 0 }),
      quiet,
    );
    expect(shape).toEqual([2, 3, 2, 2]);
    const of = (title: string, facts = gathered?.facts ?? []) => facts.find((fact) => fact.title === title)?.values ?? [];
    // Channel 1 holds 0.1 four times and 0.3 four times: mean 0.2, variance 0.01.
    for (const [c, mean] of [0.2, 0, 0.7].entries()) expect(of('Mean')[c]).toBeCloseTo(mean, 6);
    for (const [c, variance] of [0.01, 0, 0.04].entries()) expect(of('Variance')[c]).toBeCloseTo(variance, 6);
    const alone = made(items[1]).facts;
    for (const [c, mean] of [0.3, 0, 0.9].entries()) expect(of('Mean', alone)[c]).toBeCloseTo(mean, 6);
    expect(of('Variance', alone).every((variance) => Math.abs(variance) < 1e-12)).toBe(true);
  });

  it('one scale serves all: the same value has the same colour in every picture', async () => {
    const { items } = await batcher().together(blobs('2x2 0 0 0', '2x2 100 100 100', '2x2 50 50 50'), size, job('relu'), quiet);
    expect(items.map((item) => made(item).output.rgba[0])).toEqual([0, 255, 128]);
  });

  it('what cannot be read keeps its place with a sentence, and the others make the batch', async () => {
    const { items, shape } = await batcher().together(blobs('2x2 1 1 1', 'bad', '4x2 9 9 9'), size, job('relu'), quiet);
    expect(items[1]).toBe('This is not a picture.');
    expect(shape).toEqual([2, 3, 2, 2]);
    expect(made(items[2]).inputShape).toEqual([1, 3, 2, 2]);
  });

  it('a batch of nothing readable answers with sentences alone', async () => {
    const { items, gathered } = await batcher().together(blobs('bad', 'bad one'), size, job('relu'), quiet);
    expect(items).toEqual(['This is not a picture.', 'This is not a picture.']);
    expect(gathered).toBeNull();
  });

  it('a scene of values −1 to 1 gives the batch 2v − 1', async () => {
    const { gathered } = await batcher().together(
      blobs('2x2 10 0 50', '2x2 30 0 90'),
      size,
      job('batchNorm', { training: true }, 'signed'),
      quiet,
    );
    expect(gathered?.facts[0]?.values[0]).toBeCloseTo(2 * 0.2 - 1, 6);
  });

  it('progress rises to the end', async () => {
    const told: number[] = [];
    await batcher().together(blobs('2x2 1 1 1', '2x2 2 2 2'), size, job('relu'), (done) => told.push(done));
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBeCloseTo(1, 9);
  });
});
