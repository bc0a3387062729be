import type { Tensor } from '../core/tensor';
import type { Breath } from '../image/breath';

const PIECE = 1 << 20;

/** A copy with 2v − 1: values 0..1 as −1..1, as generators and discriminators take them. */
export async function signedOf({ shape, data }: Tensor<Float32Array>, breath: Breath): Promise<Tensor<Float32Array>> {
  const signed = new Float32Array(data.length);
  for (let from = 0; from < data.length; from += PIECE) {
    const to = Math.min(from + PIECE, data.length);
    fill(signed, data, from, to);
    if (breath.due()) await breath.rest();
  }
  return { shape, data: signed };
}

/** A loop of its own: engines compile it better than one inside an async function. */
function fill(signed: Float32Array, data: Float32Array, from: number, to: number): void {
  for (let i = from; i < to; i++) signed[i] = 2 * data[i]! - 1;
}

/** A picture as it enters a signed scene, without a copy: each value is made when it is read. `data` is read anew each time, since memory may move. */
export function signedView(x: Tensor<Float32Array>): Tensor<Float32Array> {
  const read = (data: Float32Array, key: string | symbol): unknown => {
    const value: unknown = Reflect.get(data, key);
    return typeof value === 'number' && key !== 'length' ? Math.fround(2 * value - 1) : value;
  };
  return {
    shape: x.shape,
    get data() {
      return new Proxy(x.data, { get: (data, key) => read(data, key) });
    },
  };
}
