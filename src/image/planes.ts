import type { Tensor } from '../core/tensor';
import { shrunk } from './limits';

/** Memory for values of that shape, not necessarily zeros. Its `data` is read anew for every row: memory may move while others take some. */
export type Hold = (shape: readonly number[]) => Tensor<Float32Array>;

/** Rows of stored pixels come in, a float32 tensor [1, 3, H, W] comes out: turned as EXIF says and, with `shrink` k, averaged over k x k cells. */
export class Planes {
  readonly width: number;
  readonly height: number;
  private readonly tensor: Tensor<Float32Array>;
  private readonly turn: Turn;
  private readonly shownWidth: number;
  private readonly shownHeight: number;

  constructor(
    width: number,
    height: number,
    orientation: number,
    private readonly shrink: number,
    hold: Hold,
  ) {
    this.turn = turnOf(orientation, width, height);
    [this.shownWidth, this.shownHeight] = orientation >= 5 ? [height, width] : [width, height];
    this.width = shrunk(this.shownWidth, shrink);
    this.height = shrunk(this.shownHeight, shrink);
    this.tensor = hold([1, 3, this.height, this.width]);
    // Cells are sums at first.
    if (shrink > 1) this.tensor.data.fill(0);
  }

  /** `rgb` holds `count` pixels of stored row `y`: columns `x0`, `x0 + dx`, and so on. */
  row(y: number, rgb: Float32Array, count: number, x0 = 0, dx = 1): void {
    const { width, shrink } = this;
    const { data } = this.tensor;
    const { ox, xx, xy, oy, yx, yy } = this.turn;
    const plane = width * this.height;
    let x = ox + xx * x0 + xy * y;
    let shownY = oy + yx * x0 + yy * y;
    const [stepX, stepY] = [xx * dx, yx * dx];
    if (shrink === 1) {
      let at = shownY * width + x;
      const step = stepY * width + stepX;
      for (let i = 0, p = 0; i < count; i++, at += step) {
        data[at] = rgb[p++]!;
        data[at + plane] = rgb[p++]!;
        data[at + 2 * plane] = rgb[p++]!;
      }
      return;
    }
    for (let i = 0, p = 0; i < count; i++, x += stepX, shownY += stepY) {
      const at = Math.floor(shownY / shrink) * width + Math.floor(x / shrink);
      data[at]! += rgb[p++]!;
      data[at + plane]! += rgb[p++]!;
      data[at + 2 * plane]! += rgb[p++]!;
    }
  }

  /** Where the values go; complete after `finish`. */
  get into(): Tensor<Float32Array> {
    return this.tensor;
  }

  /** Call once, after the last row. */
  finish(): Tensor<Float32Array> {
    const { width, height, shrink } = this;
    if (shrink > 1) {
      const { data } = this.tensor;
      for (let at = 0, i = 0; i < 3 * height; i++) {
        const rows = Math.min(shrink, this.shownHeight - (i % height) * shrink);
        for (let x = 0; x < width; x++) data[at++]! /= rows * Math.min(shrink, this.shownWidth - x * shrink);
      }
    }
    return this.tensor;
  }
}

/** Shown x = ox + xx x + xy y, shown y = oy + yx x + yy y, for stored x and y. */
interface Turn {
  readonly ox: number;
  readonly xx: number;
  readonly xy: number;
  readonly oy: number;
  readonly yx: number;
  readonly yy: number;
}

/** EXIF 2.32, tag 0x0112: where row 0 and column 0 of the stored pixels are to be shown. */
function turnOf(orientation: number, width: number, height: number): Turn {
  const [right, bottom] = [width - 1, height - 1];
  const upright = { ox: 0, xx: 1, xy: 0, oy: 0, yx: 0, yy: 1 };
  const lying = { ox: 0, xx: 0, xy: 1, oy: 0, yx: 1, yy: 0 };
  switch (orientation) {
    case 2:
      return { ...upright, ox: right, xx: -1 };
    case 3:
      return { ...upright, ox: right, xx: -1, oy: bottom, yy: -1 };
    case 4:
      return { ...upright, oy: bottom, yy: -1 };
    case 5:
      return lying;
    case 6:
      return { ...lying, ox: bottom, xy: -1 };
    case 7:
      return { ...lying, ox: bottom, xy: -1, oy: right, yx: -1 };
    case 8:
      return { ...lying, oy: right, yx: -1 };
    default:
      return upright;
  }
}
