/** Sizes of a tensor's axes. Images are NCHW: [batch, channels, height, width]. */
export type Shape = readonly number[];
/** Engines exchange float32; the reference sums in float64 and rounds once, when it stores. */
export type Values = Float32Array | Float64Array;
/** Dense row-major values. */
export interface Tensor<V extends Values = Values> {
  readonly shape: Shape;
  readonly data: V;
}

export const sizeOf = (shape: Shape): number => shape.reduce((n, d) => n * d, 1);

/** A float64 tensor of zeros: what the reference writes its results and gradients into. */
export const zeros = (shape: Shape): Tensor<Float64Array> => ({ shape, data: new Float64Array(sizeOf(shape)) });

/** A float32 tensor of zeros: what engines exchange. */
export const zeros32 = (shape: Shape): Tensor<Float32Array> => ({ shape, data: new Float32Array(sizeOf(shape)) });

/** @throws RangeError when `values` does not hold exactly as many numbers as `shape` asks for. */
export function tensor(shape: Shape, values: ArrayLike<number>): Tensor<Float64Array> {
  if (values.length !== sizeOf(shape)) {
    throw new RangeError(`tensor: shape [${shape.join(', ')}] holds ${sizeOf(shape)} values, received ${values.length}`);
  }
  return { shape, data: Float64Array.from(values) };
}

/** The four axes of an image tensor. @throws RangeError when there are not four, or when channels, height or width is 0. */
export function imageAxes(op: string, x: Shape): readonly [n: number, c: number, h: number, w: number] {
  const [n, c, h, w] = x;
  if (x.length !== 4 || n === undefined || !c || !h || !w) {
    throw new RangeError(
      `${op}: expected a picture [N, C, H, W] with at least one channel and pixel, received [${x.join(', ')}]`,
    );
  }
  return [n, c, h, w];
}

/** Batch, channel, row and column of a flat index into an image tensor. */
export function placeOf(shape: Shape, flat: number): readonly [n: number, c: number, i: number, j: number] {
  const [, c = 1, h = 1, w = 1] = shape;
  const row = Math.floor(flat / w);
  const plane = Math.floor(row / h);
  return [Math.floor(plane / c), plane % c, row % h, flat % w];
}

/** Stores a row of float64 results, which is where they are rounded. A loop: `set` between element types is several times slower. */
export function store(values: Float64Array, into: Values, start: number): void {
  for (let j = 0; j < values.length; j++) into[start + j] = values[j]!;
}
