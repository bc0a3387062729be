// Filters by the discrete Fourier transform: a tile of the picture, its spectrum times that of the kernel, and back. Two tiles are transformed at once,
// as real and imaginary part. Spectra stay in the order in which the butterflies leave them, which is the same for tile and kernel.
import { filterRows } from './depthwise';
import { floats, fma, storeSome } from './lanes';
import { isFinite, rowAt, stageRow } from './rows';

/** Lanes that a factor turns: (1, 1, 1, −i), the twiddles of the last but one stage. */
@inline function lastReal(): v128 {
  return f32x4(1, 1, 1, 0);
}
@inline function lastImaginary(): v128 {
  return f32x4(0, 0, 0, -1);
}

/** a + b and (a − b) · w in place, four lanes each. */
@inline function apart(re: usize, im: usize, step: usize, wr: v128, wi: v128): void {
  const ar = v128.load(re);
  const ai = v128.load(im);
  const br = v128.load(re + step);
  const bi = v128.load(im + step);
  v128.store(re, f32x4.add(ar, br));
  v128.store(im, f32x4.add(ai, bi));
  const dr = f32x4.sub(ar, br);
  const di = f32x4.sub(ai, bi);
  v128.store(re + step, fma(dr, wr, f32x4.neg(f32x4.mul(di, wi))));
  v128.store(im + step, fma(dr, wi, f32x4.mul(di, wr)));
}

/** a + b · w̄ and a − b · w̄ in place: `apart` turned round, but for a factor of 2. */
@inline function joined(re: usize, im: usize, step: usize, wr: v128, wi: v128): void {
  const ar = v128.load(re);
  const ai = v128.load(im);
  const br = v128.load(re + step);
  const bi = v128.load(im + step);
  const tr = fma(br, wr, f32x4.mul(bi, wi));
  const ti = fma(bi, wr, f32x4.neg(f32x4.mul(br, wi)));
  v128.store(re, f32x4.add(ar, tr));
  v128.store(im, f32x4.add(ai, ti));
  v128.store(re + step, f32x4.sub(ar, tr));
  v128.store(im + step, f32x4.sub(ai, ti));
}

/** All columns of a tile of `n` rows, sixteen at a time: as many as share a cache line. `w`: twiddles of half size h from h on, then their imaginary parts. */
@inline function columns(re: usize, im: usize, n: i32, pitch: usize, w: usize, back: bool): void {
  for (let c: usize = 0; c < floats(n); c += 64) {
    for (let half = back ? 1 : n >> 1; half >= 1 && half < n; half = back ? half << 1 : half >> 1) {
      const step = (half as usize) * pitch;
      for (let base = 0; base < n; base += half << 1) {
        let r = re + c + (base as usize) * pitch;
        let i = im + c + (base as usize) * pitch;
        for (let j = 0; j < half; j++, r += pitch, i += pitch) {
          const wr = v128.load32_splat(w + floats(half + j));
          const wi = v128.load32_splat(w + floats(n + half + j));
          for (let k: usize = 0; k < 64; k += 16) {
            if (back) joined(r + k, i + k, step, wr, wi);
            else apart(r + k, i + k, step, wr, wi);
          }
        }
      }
    }
  }
}

/** One row of `n` values to its spectrum. */
@inline function rowThere(re: usize, im: usize, n: i32, w: usize): void {
  for (let half = n >> 1; half >= 4; half >>= 1) {
    for (let base = 0; base < n; base += half << 1) {
      for (let j = 0; j < half; j += 4) {
        const at = floats(base + j);
        apart(re + at, im + at, floats(half), v128.load(w + floats(half + j)), v128.load(w + floats(n + half + j)));
      }
    }
  }
  for (let at: usize = 0; at < floats(n); at += 16) {
    // a ± b of the last two stages: what is two lanes away, then what is one away.
    let r = twoAway(v128.load(re + at));
    let i = twoAway(v128.load(im + at));
    const turned = f32x4.sub(f32x4.mul(r, lastReal()), f32x4.mul(i, lastImaginary()));
    i = f32x4.add(f32x4.mul(r, lastImaginary()), f32x4.mul(i, lastReal()));
    r = turned;
    v128.store(re + at, oneAway(r));
    v128.store(im + at, oneAway(i));
  }
}

/** And back, but for a factor of `n`. */
@inline function rowBack(re: usize, im: usize, n: i32, w: usize): void {
  for (let at: usize = 0; at < floats(n); at += 16) {
    const r = oneAway(v128.load(re + at));
    const i = oneAway(v128.load(im + at));
    v128.store(re + at, twoAway(f32x4.add(f32x4.mul(r, lastReal()), f32x4.mul(i, lastImaginary()))));
    v128.store(im + at, twoAway(f32x4.sub(f32x4.mul(i, lastReal()), f32x4.mul(r, lastImaginary()))));
  }
  for (let half = 4; half < n; half <<= 1) {
    for (let base = 0; base < n; base += half << 1) {
      for (let j = 0; j < half; j += 4) {
        const at = floats(base + j);
        joined(re + at, im + at, floats(half), v128.load(w + floats(half + j)), v128.load(w + floats(n + half + j)));
      }
    }
  }
}

/** (a + c, b + d, a − c, b − d) of (a, b, c, d). */
@inline function twoAway(v: v128): v128 {
  return fma(v, f32x4(1, 1, -1, -1), v128.shuffle<f32>(v, v, 2, 3, 0, 1));
}
/** (a + b, a − b, c + d, c − d). */
@inline function oneAway(v: v128): v128 {
  return fma(v, f32x4(1, -1, 1, -1), v128.shuffle<f32>(v, v, 1, 0, 3, 2));
}

/** Bytes from one row of a tile to the next: an odd number of cache lines, so that a column does not fall into one cache set. */
@inline function pitchOf(n: i32): usize {
  return floats(n) + 64;
}

@inline function there(re: usize, im: usize, n: i32, w: usize): void {
  const pitch = pitchOf(n);
  for (let r = 0; r < n; r++) rowThere(re + (r as usize) * pitch, im + (r as usize) * pitch, n, w);
  columns(re, im, n, pitch, w, false);
}

/** The conjugate spectrum of a kernel whose taps are `down` rows and `across` columns apart, divided by n²: real parts, then imaginary ones. */
export function kernelSpectrum(weights: usize, kh: i32, kw: i32, down: i32, across: i32, n: i32, w: usize, out: usize): void {
  const pitch = pitchOf(n);
  const bytes = pitch * (n as usize);
  const im = out + bytes;
  memory.fill(out, 0, 2 * bytes);
  const scale = <f32>(1.0 / ((n as f64) * (n as f64)));
  for (let u = 0; u < kh; u++) {
    const row = out + ((u * down) as usize) * pitch;
    for (let v = 0; v < kw; v++) store<f32>(row + floats(v * across), load<f32>(weights + floats(u * kw + v)) * scale);
  }
  there(out, im, n, w);
  for (let p = im; p < im + bytes; p += 16) v128.store(p, f32x4.neg(v128.load(p)));
}

/** Rows of the padded picture into a tile; zeros behind. */
@inline function stageTile(to: usize, x: usize, height: i32, width: i32, top: i32, left: i32, rows: i32, count: i32, border: i32, n: i32): void {
  const pitch = pitchOf(n);
  for (let r = 0; r < n; r++, to += pitch) {
    const from = r < rows ? rowAt(top + r, height, border) : -1;
    if (from < 0) memory.fill(to, 0, floats(n));
    else {
      stageRow(to, x + floats(from) * (width as usize), width, left, count, border);
      memory.fill(to + floats(count), 0, floats(n - count));
    }
  }
}

@inline function times(re: usize, im: usize, kr: usize, ki: usize, bytes: usize): void {
  for (let p: usize = 0; p < bytes; p += 16) {
    const a = v128.load(re + p);
    const b = v128.load(im + p);
    const c = v128.load(kr + p);
    const d = v128.load(ki + p);
    v128.store(re + p, fma(a, c, f32x4.neg(f32x4.mul(b, d))));
    v128.store(im + p, fma(a, d, f32x4.mul(b, c)));
  }
}

/**
 * Two tiles of a result, `rows` × `count` at `y` and, unless it is 0, `rows2` ≤ `rows` of them at `y2`. `top` is the row of the picture under the first tap of
 * the first output, `left` the column; a result is `reachY` and `reachX` shorter than what it reads. A tile that is not finite is made again by the
 * list of taps in `frame`, since one infinite pixel fills a spectrum.
 */
export function filterTiles(
  x: usize, height: i32, width: i32, border: i32, top: i32, top2: i32, left: i32, reachY: i32, reachX: i32,
  y: usize, y2: usize, rows: i32, rows2: i32, count: i32, outWidth: i32,
  n: i32, w: usize, spectrum: usize, frame: usize, weights: usize, bias: usize, scratch: usize,
): void {
  const pitch = pitchOf(n);
  const bytes = pitch * (n as usize);
  const re = scratch;
  const im = scratch + bytes;
  stageTile(re, x, height, width, top, left, rows + reachY, count + reachX, border, n);
  if (y2) stageTile(im, x, height, width, top2, left, rows2 + reachY, count + reachX, border, n);
  else memory.fill(im, 0, bytes);
  there(re, im, n, w);
  times(re, im, spectrum, spectrum + bytes, bytes);
  columns(re, im, n, pitch, w, true);
  for (let r = 0; r < rows; r++) rowBack(re + (r as usize) * pitch, im + (r as usize) * pitch, n, w);
  unstage(y, re, pitch, rows, count, outWidth, bias);
  if (y2) unstage(y2, im, pitch, rows2, count, outWidth, bias);
  // The list of taps overwrites the tiles in scratch.
  if (!tileIsFinite(y, rows, count, outWidth)) filterRows(frame, x, top, left, rows, y, weights, bias, scratch);
  if (y2 && !tileIsFinite(y2, rows2, count, outWidth)) filterRows(frame, x, top2, left, rows2, y2, weights, bias, scratch);
}

@inline function unstage(y: usize, from: usize, pitch: usize, rows: i32, count: i32, outWidth: i32, bias: usize): void {
  const b = v128.load32_splat(bias);
  for (let r = 0; r < rows; r++, y += floats(outWidth), from += pitch) {
    let p = from;
    let o = y;
    for (let k = count; k >= 4; k -= 4, o += 16, p += 16) v128.store(o, f32x4.add(v128.load(p), b));
    storeSome(o, f32x4.add(v128.load(p), b), count & 3);
  }
}

@inline function tileIsFinite(y: usize, rows: i32, count: i32, outWidth: i32): bool {
  for (let r = 0; r < rows; r++) if (!isFinite(y + floats(r) * (outWidth as usize), count)) return false;
  return true;
}
