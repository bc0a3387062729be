// Chains to differentiate, and what their gradients are by plain arithmetic.
import { losses, lossOf } from '../../../src/core/losses';
import { opOf } from '../../../src/core/registry';
import type { Scene, Step } from '../../../src/core/scene';
import { runScene } from '../../../src/core/sequential';
import type { Tensor } from '../../../src/core/tensor';
import { numbersOf, weightValue, withNumbers } from '../../../src/core/training';
import type { AnswerOf, AskedOf, InquiryName } from '../../../src/worker/inquiries';
import type { Checked } from '../../../src/worker/inquiries/gradientCheck';
import type { From } from '../../../src/worker/inquiries/gradientsPass';
import { studioWith } from '../opened';

export const scene = (...steps: Step[]): Scene => ({ version: 1, input: 'unit', steps });
export const step = (op: string, params: Step['params'] = {}, weights?: Step['weights']): Step => ({
  op,
  params,
  ...(weights && { weights }),
});

/** Values between 0 and 1 that never repeat. */
export function picture(channels: number, height: number, width: number, seed = 0): Tensor<Float32Array> {
  const data = Float32Array.from(
    { length: channels * height * width },
    (_, i) => ((i + 1) * 0.6180339887 + seed * 0.7548776662) % 1,
  );
  return { shape: [1, channels, height, width], data };
}
export async function opened(x: Tensor<Float32Array>) {
  const studio = await studioWith(x);
  return async <K extends InquiryName>(name: K, asked: AskedOf<K>, of: Scene): Promise<AnswerOf<K>> => {
    const answer = await studio.inquire(name, asked, { scene: of, exact: true });
    if (answer === null) throw new Error('superseded');
    return answer;
  };
}

/** The number that is differentiated, from the whole picture in float64. */
export function amountOf({ node, origin }: From, of: Scene, x: Tensor, target?: Tensor): number {
  const pass = runScene({ ...of, steps: of.steps.slice(0, node + 1) }, x);
  const [, , height = 1, width = 1] = pass.y.shape;
  if (origin.of === 'value') return pass.y.data[(origin.channel * height + origin.row) * width + origin.column]!;
  if (origin.of === 'mean') {
    const plane = [...pass.y.data].slice(origin.channel * height * width, (origin.channel + 1) * height * width);
    return plane.reduce((sum, v) => sum + v, 0) / plane.length;
  }
  return lossOf(losses[origin.loss]!, pass.y, target!).data[0]!;
}
/** Amounts with one number moved by h, 0 and −h. */
export function around(from: From, of: Scene, x: Tensor, what: Checked, h: number, target?: Tensor): number[] {
  return [h, 0, -h].map((by) => {
    if (what.of === 'x') {
      const [, , height = 1, width = 1] = x.shape;
      const data = Float64Array.from(x.data);
      data[(what.channel * height + what.row) * width + what.column]! += by;
      return amountOf(from, of, { shape: x.shape, data }, target);
    }
    const steps = of.steps.map((one, n) => {
      if (n !== what.node) return one;
      const held = weightValue(opOf(one.op), one, what.name);
      const moved = numbersOf(held).map((v, i) => (i === what.at ? v + by : v));
      return { ...one, weights: { ...one.weights, [what.name]: withNumbers(held, moved) } };
    });
    return amountOf(from, { ...of, steps }, x, target);
  });
}

export const edge = [
  [-1, 0, 1],
  [-2, 0.5, 2],
  [-1, 0.25, 1],
];
export const conv = (params: Step['params'] = {}) =>
  step('conv2d', { padding: 1, groups: 3, ...params }, { weight: edge, bias: 0.1 });

export const drawn = {
  diverging: ['#0000ff', '#ffffff', '#ff0000'],
  sequential: ['#000000', '#ffffff'],
  pixels: 1e4,
  largePixels: 1e4,
};
export const value = (node: number, channel: number, row: number, column: number): From => ({
  node,
  origin: { of: 'value', channel, row, column },
});
export const mean = (node: number, channel: number): From => ({ node, origin: { of: 'mean', channel } });
export const toConstant = (node: number, level: number, loss = 'mseLoss'): From => ({
  node,
  origin: { of: 'loss', loss, target: { of: 'constant', value: level } },
});
export const relu = step('relu');
export const pool = step('maxPool2d', { kernelSize: 2 });
