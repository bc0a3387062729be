import type { Drawing } from '../../image/draw';
import type { Bench } from '../bench/state';
import { bytesOf } from '../view/sheet';

/** The longer side of a small copy, in pixels. */
const longest = 96;
/** So many pixels in a row and in a column are averaged for one of the copy. */
const most = 6;

/** A small copy of a drawing; each pixel is the mean of some that lie under it. */
export function shrunk({ rgba, width, height }: Drawing, side = longest) {
  const by = Math.max(1, Math.max(width, height) / side);
  const [w, h] = [Math.max(1, Math.round(width / by)), Math.max(1, Math.round(height / by))];
  const small = new Uint8ClampedArray(w * h * 4);
  const samples = Math.min(most, Math.ceil(by));
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      for (let c = 0; c < 4; c++) {
        let sum = 0;
        for (let i = 0; i < samples; i++) {
          const row = Math.floor(((y + (i + 0.5) / samples) * height) / h);
          for (let j = 0; j < samples; j++) {
            const column = Math.floor(((x + (j + 0.5) / samples) * width) / w);
            sum += rgba[(row * width + column) * 4 + c] ?? 0;
          }
        }
        small[(y * w + x) * 4 + c] = sum / (samples * samples);
      }
    }
  }
  return { rgba: small, width: w, height: h };
}

/** What the bench shows as its result, in small, as a `data:` address; null where there is none. */
export function thumbOf(bench: Bench): string | null {
  const sheet = bench.output.peek()?.drawing;
  const drawing = sheet && bytesOf(sheet);
  if (!drawing) return null;
  const { rgba, width, height } = shrunk(drawing);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0);
  return canvas.toDataURL('image/webp', 0.8);
}
