// The libraries, each as something that can be called again and again, and asked for its last result.

import * as tf from '@tensorflow/tfjs-core';
import type * as Ort from 'onnxruntime-web/wasm';
import { model } from '../../../test/differential/onnx';
import type { Cv, Mat, Owned } from './cv';
import type { Float32, Form, Work } from './work';

export interface Runner {
  readonly run: () => unknown;
  /** As `run`, with a result that stays in the library, where JavaScript cannot read it. */
  readonly kept?: () => unknown;
  /** The result of the first call, NCHW. */
  readonly result: () => Float32 | Promise<Float32>;
  readonly close: () => unknown;
  /** What kind of call it is, where there is a choice. */
  readonly form?: string;
}

/** Onnxruntime: input and session before, `run` with input in and output out, as its API has it on every call. */
export async function ortRunner(ort: typeof Ort, work: Work, x: Float32): Promise<Runner | null> {
  if (!work.ort) return null;
  const { nodes, constants = [] } = work.ort;
  const bytes = model({ nodes, constants, inputs: [{ name: 'x', shape: x.shape }], outputs: ['y'] });
  const session = await ort.InferenceSession.create(bytes, { graphOptimizationLevel: 'all', logSeverityLevel: 4 });
  const feeds = { x: new ort.Tensor('float32', x.data, [...x.shape]) };
  let results: Ort.InferenceSession.ReturnType | undefined;
  return {
    run: async () => {
      results = await session.run(feeds);
    },
    result: () => {
      const y = results?.y;
      if (!(y?.data instanceof Float32Array)) throw new Error('onnxruntime-web: expected a float tensor y');
      return { shape: y.dims, data: y.data };
    },
    close: () => session.release(),
  };
}

/** A tensor in the backend, NHWC where it is a picture. */
function toBackend({ shape, data }: Float32, axes?: readonly number[]): tf.Tensor {
  const given = tf.tensor(data, [...shape], 'float32');
  if (!axes) return given;
  const turned = tf.transpose(given, [...axes]);
  given.dispose();
  return turned;
}

/** Tfjs: input and weights in the backend, NHWC; the result is read, as its API has it, or kept there. */
export function tfRunner(work: Work, x: Float32): Runner | null {
  const { tfjs, tfWeights = {} } = work;
  if (!tfjs) return null;
  const given = toBackend(x, [0, 2, 3, 1]) as tf.Tensor4D;
  const weights = Object.fromEntries(
    Object.entries(tfWeights).map(([name, weight]) => [name, toBackend(weight, weight.axes)] as const),
  );
  // The first result is kept until it is asked for.
  let first: tf.Tensor | undefined;
  let asked = false;
  const call = (read: boolean): void => {
    const y = tf.tidy(() => tfjs(given, weights));
    if (read) y.dataSync();
    if (asked || first) y.dispose();
    else first = y;
  };
  return {
    run: () => call(true),
    kept: () => call(false),
    result: () => {
      if (!first) throw new Error('tfjs: expected a result that is kept');
      const turned = tf.transpose(first, [0, 3, 1, 2]);
      const result = { shape: turned.shape, data: Float32Array.from(turned.dataSync()) };
      tf.dispose([first, turned]);
      [first, asked] = [undefined, true];
      return result;
    },
    close: () => tf.dispose([given, ...Object.values(weights), ...(first ? [first] : [])]),
  };
}

/** OpenCV: Mats made before, one of all channels or one each. */
export function cvRunner(cv: Cv, work: Work, x: Float32, shape: readonly number[], form: Form): Runner {
  const owned: Owned[] = [];
  const keep = <M extends Owned>(made: M): M => {
    owned.push(made);
    return made;
  };
  const call = work.opencv?.make(cv, keep);
  if (!call) throw new Error('OpenCV: expected a row that it has');
  const mats = ([, channels = 1, rows = 1, columns = 1]: readonly number[]): Mat[] =>
    form === 'whole'
      ? [keep(new cv.Mat(rows, columns, channels === 3 ? cv.CV_32FC3 : cv.CV_32FC1))]
      : Array.from({ length: channels }, () => keep(new cv.Mat(rows, columns, cv.CV_32FC1)));
  const [from, to] = [mats(x.shape), mats(shape)];
  const close = () => {
    for (const mat of owned.splice(0)) mat.delete();
  };
  pack(x, from);
  return {
    form: form === 'whole' ? 'one Mat of 3 channels' : 'one Mat a channel',
    run: () => {
      for (let c = 0; c < from.length; c++) call(from[c]!, to[c]!, c);
      return to.map((mat) => mat.data32F.length);
    },
    result: () => unpack(shape, to),
    close,
  };
}

function pack({ shape, data }: Float32, mats: readonly Mat[]): void {
  const plane = (shape[2] ?? 1) * (shape[3] ?? 1);
  if (mats.length > 1) {
    mats.forEach((mat, c) => {
      mat.data32F.set(data.subarray(c * plane, (c + 1) * plane));
    });
    return;
  }
  const [values, channels] = [mats[0]!.data32F, mats[0]!.channels()];
  for (let c = 0; c < channels; c++) for (let i = 0; i < plane; i++) values[i * channels + c] = data[c * plane + i]!;
}

function unpack(shape: readonly number[], mats: readonly Mat[]): Float32 {
  const plane = (shape[2] ?? 1) * (shape[3] ?? 1);
  const data = new Float32Array(shape.reduce((n, d) => n * d, 1));
  mats.forEach((mat, m) => {
    const [values, channels] = [mat.data32F, mat.channels()];
    if (channels === 1) data.set(values, m * plane);
    else for (let c = 0; c < channels; c++) for (let i = 0; i < plane; i++) data[c * plane + i] = values[i * channels + c]!;
  });
  return { shape, data };
}
