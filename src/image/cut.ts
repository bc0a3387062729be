import type { Tensor } from '../core/tensor';

/** Whole pixels of a picture. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The pixels of [1, C, H, W] within a box, as they are. @throws RangeError when the box reaches beyond the picture. */
export function cut({ shape, data }: Tensor, { x, y, width, height }: Box): Tensor<Float32Array> {
  const [, channels = 1, inHeight = 1, inWidth = 1] = shape;
  const whole = [x, y, width, height].every(Number.isInteger);
  if (!whole || x < 0 || y < 0 || width < 1 || height < 1 || x + width > inWidth || y + height > inHeight) {
    throw new RangeError(
      `A crop of whole pixels within ${inWidth} × ${inHeight} is expected, received ${width} × ${height} at (${x}, ${y}).`,
    );
  }
  const part = new Float32Array(channels * height * width);
  for (let row = 0; row < channels * height; row++) {
    const from = ((Math.floor(row / height) * inHeight + y + (row % height)) * inWidth + x) | 0;
    part.set(data.subarray(from, from + width), row * width);
  }
  return { shape: [1, channels, height, width], data: part };
}

/** The largest box of width/height `ratio` in the middle of a picture. */
export function centred(inWidth: number, inHeight: number, ratio: number): Box {
  const width = Math.max(1, Math.min(inWidth, Math.round(inHeight * ratio)));
  const height = Math.max(1, Math.min(inHeight, Math.round(inWidth / ratio)));
  return { x: Math.floor((inWidth - width) / 2), y: Math.floor((inHeight - height) / 2), width, height };
}
