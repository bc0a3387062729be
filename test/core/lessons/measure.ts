// Counts and moments by plain loops, as a figure is measured in the worker.
import type { ChannelTally, Taken } from '../../../src/core/lessons/facts';
import type { Scene } from '../../../src/core/scene';
import { backward, runScene } from '../../../src/core/sequential';
import { type Tensor, tensor } from '../../../src/core/tensor';

export function channelsOf({ shape, data }: Tensor): ChannelTally[] {
  const [, channels = 1, h = 1, w = 1] = shape;
  return Array.from({ length: channels }, (_, c) => {
    const values = Array.from(data.slice(c * h * w, (c + 1) * h * w));
    const count = (test: (v: number) => boolean) => values.filter(test).length;
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    return {
      count: values.length,
      zeros: count((v) => v === 0),
      negative: count((v) => v < 0),
      ends: count((v) => v <= 0.01 || v >= 0.99),
      mean,
      deviation: Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length),
      min: values.reduce((a, b) => Math.min(a, b)),
      max: values.reduce((a, b) => Math.max(a, b)),
    };
  });
}

/** The figure of a scene on a photograph. */
export function taken(scene: Scene, picture: Tensor<Float64Array>, backTo?: number): Taken & { readonly y: Tensor } {
  const x =
    scene.input === 'signed'
      ? tensor(
          picture.shape,
          picture.data.map((v) => 2 * v - 1),
        )
      : picture;
  const pass = runScene(scene, x, { keep: true });
  const ones = ({ shape, data }: Tensor) => tensor(shape, new Float64Array(data.length).fill(1));
  const back = backTo === undefined ? null : backward(pass, { of: 'loss', gradient: ones }).steps[backTo + 1]?.x;
  return {
    scene,
    shapes: [x.shape, ...pass.outputs.map((y) => y?.shape ?? [])],
    input: channelsOf(x),
    output: channelsOf(pass.y),
    passed: back ? back.data.reduce((sum, v) => sum + Math.abs(v), 0) / back.data.length : null,
    y: pass.y,
  };
}
