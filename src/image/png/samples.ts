import type { PngChunks } from './chunks';

/** Turns unfiltered bytes of one row into stored values 0..1, laid on white where they are transparent. */
export interface Samples {
  /** Bits of one pixel. */
  readonly bits: number;
  /** True once a pixel was not fully opaque. */
  transparent: boolean;
  /** Writes `count` pixels as RGB. */
  convert(row: Uint8Array, count: number, rgb: Float32Array): void;
}

const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** `value` of alpha `alpha` over white, both 0..1, computed in stored values. */
const onWhite = (value: number, alpha: number): number => value * alpha + 1 - alpha;

export function samplesOf(png: PngChunks): Samples {
  const channels = channelsOf[png.colourType]!;
  const bits = channels * png.depth;
  if (channels === 1 && png.depth <= 8) return lookedUp(png, bits);
  return direct(png, bits, channels);
}

/** Grey and palette up to 8 bits: every stored number has one colour. */
function lookedUp(png: PngChunks, bits: number): Samples {
  const { depth, palette, transparency } = png;
  const most = 2 ** depth - 1;
  const colours = new Float32Array(3 * (most + 1));
  const clear = new Uint8Array(most + 1);
  for (let v = 0; v <= most; v++) {
    let alpha = 1;
    let rgb = [v / most, v / most, v / most];
    if (palette !== null) {
      rgb = [0, 1, 2].map((c) => (palette[3 * v + c] ?? 0) / 255);
      alpha = (transparency?.[v] ?? 255) / 255;
    } else if (transparency !== null && transparency.length >= 2 && (transparency[0]! << 8) + transparency[1]! === v) {
      alpha = 0;
    }
    for (let c = 0; c < 3; c++) colours[3 * v + c] = onWhite(rgb[c]!, alpha);
    clear[v] = alpha < 1 ? 1 : 0;
  }
  return {
    bits,
    transparent: false,
    convert(row, count, rgb) {
      const perByte = 8 / depth;
      for (let i = 0, p = 0; i < count; i++) {
        const byte = row[(i / perByte) | 0]!;
        const v = (byte >> (8 - depth * ((i % perByte) + 1))) & most;
        rgb[p++] = colours[3 * v]!;
        rgb[p++] = colours[3 * v + 1]!;
        rgb[p++] = colours[3 * v + 2]!;
        if (clear[v] === 1) this.transparent = true;
      }
    },
  };
}

/** Grey of 16 bits, grey with alpha, RGB and RGBA of 8 or 16. */
function direct(png: PngChunks, bits: number, channels: number): Samples {
  const { depth, transparency } = png;
  const wide = depth === 16;
  const most = 2 ** depth - 1;
  const hasAlpha = channels === 2 || channels === 4;
  const colours = channels >= 3 ? 3 : 1;
  const key =
    !hasAlpha && transparency !== null && transparency.length >= 2 * colours
      ? [0, 1, 2].map((c) => (transparency[2 * (c % colours)]! << 8) + transparency[2 * (c % colours) + 1]!)
      : null;
  const levels = Float32Array.from({ length: most + 1 }, (_, v) => v / most);
  const next = colours === 3 ? 1 : 0;
  const slow: Samples['convert'] = function (this: Samples, row, count, rgb) {
    const sample = wide ? (at: number): number => (row[2 * at]! << 8) | row[2 * at + 1]! : (at: number): number => row[at]!;
    for (let i = 0, p = 0, at = 0; i < count; i++, at += channels, p += 3) {
      const r = sample(at);
      const g = sample(at + next);
      const b = sample(at + 2 * next);
      const alpha = hasAlpha
        ? sample(at + channels - 1)
        : key !== null && r === key[0] && g === key[1] && b === key[2]
          ? 0
          : most;
      if (alpha === most) {
        rgb[p] = levels[r]!;
        rgb[p + 1] = levels[g]!;
        rgb[p + 2] = levels[b]!;
      } else {
        this.transparent = true;
        const a = alpha / most;
        rgb[p] = onWhite(r / most, a);
        rgb[p + 1] = onWhite(g / most, a);
        rgb[p + 2] = onWhite(b / most, a);
      }
    }
  };
  /** Most photographs: three bytes a pixel, nothing transparent. */
  const plain: Samples['convert'] = (row, count, rgb) => {
    for (let i = 0; i < 3 * count; i++) rgb[i] = levels[row[i]!]!;
  };
  return { bits, transparent: false, convert: channels === 3 && !wide && key === null ? plain : slow };
}
