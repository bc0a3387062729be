// Kernels of 3 × 3, transformed for Winograd's F(4 × 4, 3 × 3).
import { floats, fma, storeSome } from './lanes';

/** G w of three vectors, as six. */
@inline function intoWeights(w: usize, from: usize, out: usize, to: usize): void {
  const w0 = v128.load(w);
  const w1 = v128.load(w + from);
  const w2 = v128.load(w + 2 * from);
  const sixth = f32x4.splat(-1.0 / 6.0);
  const outer = f32x4.mul(f32x4.add(w0, w2), sixth);
  const inner = f32x4.mul(w1, sixth);
  v128.store(out, f32x4.mul(w0, f32x4.splat(0.25)));
  v128.store(out + to, f32x4.add(outer, inner));
  v128.store(out + 2 * to, f32x4.sub(outer, inner));
  const even = fma(f32x4.splat(1.0 / 24.0), w0, f32x4.mul(w2, f32x4.splat(1.0 / 6.0)));
  const odd = f32x4.mul(w1, f32x4.splat(1.0 / 12.0));
  v128.store(out + 3 * to, f32x4.add(even, odd));
  v128.store(out + 4 * to, f32x4.sub(even, odd));
  v128.store(out + 5 * to, w2);
}

/**
 * Kernels of a block of up to four outputs, transformed: [position][channel][output of the block], positions `positionBytes` apart.
 * `taps`: nine indices of the values of a kernel.
 */
export function winogradWeights(
  weights: usize, perOutput: i32, perChannel: i32, channels: i32, outputs: i32, taps: usize, to: usize, positionBytes: usize, scratch: usize,
): void {
  const half = scratch + 9 * 16;
  const whole = half + 18 * 16;
  for (let c = 0; c < channels; c++) {
    for (let k = 0; k < 9; k++) {
      const from = weights + floats(c * perChannel + load<i32>(taps + floats(k)));
      for (let o = 0; o < outputs; o++) store<f32>(scratch + floats(k * 4 + o), load<f32>(from + floats(o * perOutput)));
    }
    for (let v: usize = 0; v < 48; v += 16) intoWeights(scratch + v, 48, half + v, 48);
    for (let i: usize = 0; i < 6; i++) intoWeights(half + i * 48, 16, whole + i * 96, 16);
    let out = to + floats(c * outputs);
    for (let position = 0; position < 36; position++, out += positionBytes) {
      const v = v128.load(whole + ((position as usize) << 4));
      if (outputs == 4) v128.store(out, v);
      else storeSome(out, v, outputs as usize);
    }
  }
}
