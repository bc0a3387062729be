// The row from RGBA8 through a max-pool 3 x 3 back to RGBA8: what a page does with a picture.

import * as tf from '@tensorflow/tfjs-core';
import type * as Ort from 'onnxruntime-web/wasm';
import type { Shape } from '../../../src/core/tensor';
import type { SimdEngine } from '../../../src/engines/simd/engine';
import { Held } from '../../../src/engines/simd/machine';
import { type Colouring, Pixels } from '../../../src/engines/simd/pixels';
import { model } from '../../../test/differential/onnx';
import type { Cv } from './cv';
import { type Ours, prepare } from './ours';
import type { Runner } from './rivals';
import type { Float32, Random } from './work';

type Bytes = Uint8ClampedArray<ArrayBuffer>;
const step = { op: 'maxPool2d', params: { kernelSize: 3, stride: 1, padding: 1 } };
const unbroken = { slice: Number.POSITIVE_INFINITY };

/** Opaque pixels of random colours. */
export function randomPicture([, , h = 1, w = 1]: Shape, random: Random): Bytes {
  const rgba = new Uint8ClampedArray(4 * h * w);
  for (let i = 0; i < rgba.length; i++) rgba[i] = i % 4 === 3 ? 255 : 128 + 127 * random.next();
  return rgba;
}

/** The colours as planes, to compare. */
function planes(rgba: ArrayLike<number>, shape: Shape): Float32 {
  const plane = rgba.length / 4;
  const data = new Float32Array(3 * plane);
  for (let i = 0; i < plane; i++) for (let c = 0; c < 3; c++) data[c * plane + i] = rgba[4 * i + c]!;
  return { shape, data };
}

/** Bytes into the engine, and out into bytes that are there. */
export function ourBytes(engine: SimdEngine, rgba: Bytes, shape: Shape): Ours {
  const pixels = new Pixels(engine.machine);
  const x = engine.machine.empty(shape);
  const drawn = new Uint8ClampedArray(rgba.length);
  const scale = { low: 0, slope: 1, start: 0, magnitude: false };
  const colouring: Colouring = { channels: [0, 1, 2], scale, table: null, factor: 1 };
  const prepared = [prepare(step)];
  const verdict = engine.judge(prepared[0]!, { shape });
  const how = verdict.runs ? verdict.how : verdict.why;
  const run = async () => {
    await pixels.place(rgba, x, 0, unbroken);
    const y = await engine.run(prepared, x, { keep: true, ...unbroken });
    if (!(y instanceof Held)) throw new Error('bench: expected a result in the memory of the engine');
    const colours = await pixels.colours(y, colouring, 0, shape[2] ?? 1, unbroken);
    drawn.set(pixels.bytesOf(colours));
    colours.release();
    y.release();
  };
  return {
    ...{ shape, macs: 0, fast: true, how, run },
    result: async () => {
      await run();
      return planes(drawn, shape);
    },
    close: () => x.release(),
  };
}

/** Its max-pool takes bytes, so that only the order of axes changes. */
export async function ortBytes(ort: typeof Ort, rgba: Bytes, shape: Shape): Promise<Runner> {
  const [, , h = 1, w = 1] = shape;
  const turned = (from: string, to: string, perm: readonly number[]) => ({
    ...{ type: 'Transpose', inputs: [from], outputs: [to] },
    attributes: { perm },
  });
  const pool = { kernel_shape: [3, 3], strides: [1, 1], pads: [1, 1, 1, 1] };
  const bytes = model({
    nodes: [
      turned('x', 'planes', [0, 3, 1, 2]),
      { type: 'MaxPool', inputs: ['planes'], outputs: ['pooled'], attributes: pool },
      turned('pooled', 'y', [0, 2, 3, 1]),
    ],
    constants: [],
    inputs: [{ name: 'x', shape: [1, h, w, 4], kind: 'uint8' }],
    ...{ outputs: ['y'], outputKind: 'uint8' as const },
  });
  const session = await ort.InferenceSession.create(bytes, { graphOptimizationLevel: 'all', logSeverityLevel: 4 });
  const feeds = { x: new ort.Tensor('uint8', new Uint8Array(rgba.buffer), [1, h, w, 4]) };
  let last: Ort.InferenceSession.ReturnType | undefined;
  return {
    run: async () => {
      last = await session.run(feeds);
    },
    result: () => {
      const y = last?.y?.data;
      if (!(y instanceof Uint8Array)) throw new Error('onnxruntime-web: expected bytes');
      return planes(y, shape);
    },
    close: () => session.release(),
  };
}

/** `fromPixels` and `toPixels`, which is how it meets pictures. */
export function tfBytes(rgba: Bytes, shape: Shape): Runner {
  const [, , height = 1, width = 1] = shape;
  const image = { data: new Uint8Array(rgba.buffer), width, height };
  let last: Uint8ClampedArray | undefined;
  return {
    run: async () => {
      const y = tf.tidy(() => {
        const x = tf.div(tf.browser.fromPixels(image, 3), 255) as tf.Tensor3D;
        return tf.maxPool(x, 3, 1, 'same');
      });
      last = await tf.browser.toPixels(y);
      y.dispose();
    },
    result: () => planes(last ?? [], shape),
    close: () => undefined,
  };
}

/** Its maximum takes bytes of four channels. */
export function cvBytes(cv: Cv, rgba: Bytes, shape: Shape): Runner {
  const [, , h = 1, w = 1] = shape;
  const [x, y, kernel] = [new cv.Mat(h, w, cv.CV_8UC4), new cv.Mat(h, w, cv.CV_8UC4), cv.Mat.ones(3, 3, cv.CV_8U)];
  const drawn = new Uint8ClampedArray(rgba.length);
  return {
    form: 'bytes',
    run: () => {
      x.data.set(rgba);
      cv.dilate(x, y, kernel);
      drawn.set(y.data);
    },
    result: () => planes(drawn, shape),
    close: () => {
      for (const mat of [x, y, kernel]) mat.delete();
    },
  };
}
