// Convolution 3 × 3 by Winograd's F(4 × 4, 3 × 3) (Lavin & Gray 2015): 36 products where the plain sum takes 144.
// Work is cut into groups of four tiles side by side, one in each lane: 16 × 4 pixels of the result from 18 × 6 of the picture.
import { fetch } from './ahead';
import { tapRow } from './dense';
import { floats, fma, storeSome, zipHigh, zipLow } from './lanes';

const across: i32 = 16;
const down: i32 = 4;
/** Floats that a group reads of a row: 18, and two more that are not used. */
const reads: i32 = 20;

/** Bᵀ d of six vectors, stored `to` bytes apart. */
@inline function intoProducts(d0: v128, d1: v128, d2: v128, d3: v128, d4: v128, d5: v128, out: usize, to: usize): void {
  const four = f32x4.splat(4);
  const minusFour = f32x4.splat(-4);
  const minusFive = f32x4.splat(-5);
  v128.store(out, fma(four, d0, fma(minusFive, d2, d4)));
  const even = fma(minusFour, d2, d4);
  const odd = fma(minusFour, d1, d3);
  v128.store(out + to, f32x4.add(even, odd));
  v128.store(out + 2 * to, f32x4.sub(even, odd));
  const outer = f32x4.sub(d4, d2);
  const inner = f32x4.sub(d3, d1);
  const twice = f32x4.add(inner, inner);
  v128.store(out + 3 * to, f32x4.add(outer, twice));
  v128.store(out + 4 * to, f32x4.sub(outer, twice));
  v128.store(out + 5 * to, fma(four, d1, fma(minusFive, d3, d5)));
}

/** A row of a group: column j of its four tiles side by side is a vector, tiles begin four pixels apart; six vectors of products. */
@inline function rowIntoProducts(p: usize, out: usize): void {
  const a = v128.load(p);
  const b = v128.load(p, 16);
  const c = v128.load(p, 32);
  const d = v128.load(p, 48);
  const e = v128.load(p, 64);
  const ab = zipLow(a, b);
  const cd = zipLow(c, d);
  const abHigh = zipHigh(a, b);
  const cdHigh = zipHigh(c, d);
  const d0 = v128.shuffle<f32>(ab, cd, 0, 1, 4, 5);
  const d1 = v128.shuffle<f32>(ab, cd, 2, 3, 6, 7);
  const d2 = v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5);
  const d3 = v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7);
  // The last two columns of a tile are the first two of the next.
  const d4 = v128.shuffle<f32>(d0, e, 1, 2, 3, 4);
  const d5 = v128.shuffle<f32>(d1, e, 1, 2, 3, 5);
  intoProducts(d0, d1, d2, d3, d4, d5, out, 16);
}

/** Aᵀ m of six vectors `from` bytes apart: four, stored `to` bytes apart. */
@inline function outOfProducts(m: usize, from: usize, out: usize, to: usize): void {
  const m0 = v128.load(m);
  const m1 = v128.load(m + from);
  const m2 = v128.load(m + 2 * from);
  const m3 = v128.load(m + 3 * from);
  const m4 = v128.load(m + 4 * from);
  const m5 = v128.load(m + 5 * from);
  const a = f32x4.add(m1, m2);
  const b = f32x4.sub(m1, m2);
  const c = f32x4.add(m3, m4);
  const d = f32x4.sub(m3, m4);
  v128.store(out, f32x4.add(f32x4.add(m0, a), c));
  v128.store(out + to, fma(f32x4.splat(2), d, b));
  v128.store(out + 2 * to, fma(f32x4.splat(4), c, a));
  v128.store(out + 3 * to, f32x4.add(fma(f32x4.splat(8), d, b), m5));
}

/** Six vectors of a row of a group, as 16 pixels in order. Returns a vector that is finite where all of them are. */
@inline function rowOutOfProducts(m: usize, bias: v128, out: usize): v128 {
  const m0 = f32x4.add(v128.load(m), bias);
  const m1 = v128.load(m, 16);
  const m2 = v128.load(m, 32);
  const m3 = v128.load(m, 48);
  const m4 = v128.load(m, 64);
  const m5 = f32x4.add(v128.load(m, 80), bias);
  const a = f32x4.add(m1, m2);
  const b = f32x4.sub(m1, m2);
  const c = f32x4.add(m3, m4);
  const d = f32x4.sub(m3, m4);
  const y0 = f32x4.add(f32x4.add(m0, a), c);
  const y1 = f32x4.add(fma(f32x4.splat(2), d, b), bias);
  const y2 = f32x4.add(fma(f32x4.splat(4), c, a), bias);
  const y3 = f32x4.add(fma(f32x4.splat(8), d, b), m5);
  const low = zipLow(y0, y1);
  const high = zipLow(y2, y3);
  v128.store(out, v128.shuffle<f32>(low, high, 0, 1, 4, 5));
  v128.store(out, v128.shuffle<f32>(low, high, 2, 3, 6, 7), 16);
  const lowEnd = zipHigh(y0, y1);
  const highEnd = zipHigh(y2, y3);
  v128.store(out, v128.shuffle<f32>(lowEnd, highEnd, 0, 1, 4, 5), 32);
  v128.store(out, v128.shuffle<f32>(lowEnd, highEnd, 2, 3, 6, 7), 48);
  return f32x4.add(f32x4.add(y0, y1), f32x4.add(y2, y3));
}

/** 20 pixels of a row by a table of columns; a negative row or column is zero. */
@inline function gatherRow(to: usize, plane: usize, rowBytes: usize, row: i32, columns: usize): void {
  for (let k = 0; k < reads; k++) {
    const column = load<i32>(columns + floats(k));
    store<f32>(to + floats(k), row < 0 || column < 0 ? 0 : load<f32>(plane + (row as usize) * rowBytes + floats(column)));
  }
}

/** Has what the groups read of a plane in the cache. */
function fetchGroups(x: usize, rowBytes: usize, rows: usize, columns: usize, groupsAcross: i32, first: i32, groups: i32): void {
  for (let left = groups; left > 0; ) {
    const group = first % groupsAcross;
    const n = min(left, groupsAcross - group);
    const column = max(0, load<i32>(columns + floats(group * across)));
    for (let k = 0; k < 6; k++) {
      const row = load<i32>(rows + floats((first / groupsAcross) * down + k));
      if (row >= 0) fetch(x + (row as usize) * rowBytes + floats(column), n * across);
    }
    first += n;
    left -= n;
  }
}

/**
 * Groups of tiles of all channels, transformed: [position][channel][tile] at `scratch`, positions `positionBytes` apart, channels `pitch`.
 * `rows` and `columns` are tables of source positions, −1 for zeros. Groups from `clearFrom` to `clearTo` of a row read columns as they lie.
 */
export function winogradIn(
  x: usize, planeBytes: usize, rowBytes: usize, channels: i32, rows: usize, columns: usize, groupsAcross: i32, clearFrom: i32, clearTo: i32,
  first: i32, groups: i32, positionBytes: usize, pitch: usize, work: usize, scratch: usize,
): void {
  const small = scratch + work;
  const row = small + 36 * 16;
  for (let c = 0; c < channels; c++, x += planeBytes) {
    fetchGroups(x, rowBytes, rows, columns, groupsAcross, first, groups);
    let tileRow = first / groupsAcross;
    let group = first % groupsAcross;
    let out = scratch + (c as usize) * pitch;
    for (let g = 0; g < groups; g++, out += 16) {
      const clear = group >= clearFrom && group < clearTo;
      const table = columns + floats(group * across);
      for (let k = 0; k < 6; k++) {
        const index = load<i32>(rows + floats(tileRow * down + k));
        let source = row;
        if (clear && index >= 0) source = x + (index as usize) * rowBytes + floats(load<i32>(table));
        else gatherRow(row, x, rowBytes, index, table);
        rowIntoProducts(source, small + (k as usize) * 96);
      }
      let to = out;
      for (let p = small; p < small + 6 * 16; p += 16, to += positionBytes)
        intoProducts(
          v128.load(p), v128.load(p, 96), v128.load(p, 192), v128.load(p, 288), v128.load(p, 384), v128.load(p, 480), to, 6 * positionBytes,
        );
      if (++group == groupsAcross) {
        group = 0;
        tileRow++;
      }
    }
  }
}

/** The 36 products of matrices: weights [position][block of outputs][channel][output] by transformed pixels. */
export function winogradMultiply(
  channels: i32, outputs: i32, tiles: i32, positionBytes: usize, pitch: usize, offsets: usize, weights: usize, zeros: usize, to: usize, toPositionBytes: usize,
  scratch: usize,
): void {
  let from = scratch;
  let out = scratch + to;
  for (let position = 0; position < 36; position++) {
    tapRow(from, offsets, channels, weights, zeros, out, pitch, outputs, tiles, true);
    from += positionBytes;
    out += toPositionBytes;
    weights += floats(channels * outputs);
  }
}

/**
 * One output of one group as the plain sum. The transforms spread a value that is not finite over a whole tile, so such groups are done again.
 * `kernel` begins with nine indices of the weights of a channel.
 */
function plainGroup(
  y: usize, width: i32, firstRow: i32, rows: i32, firstColumn: i32, columnCount: i32, bias: f32, x: usize, planeBytes: usize, rowBytes: usize,
  channels: i32, rowTable: usize, columnTable: usize, weights: usize, perChannel: i32, kernel: usize,
): void {
  for (let i = firstRow; i < firstRow + rows; i++) {
    for (let j = firstColumn; j < firstColumn + columnCount; j++) {
      let sum: f32 = 0;
      for (let c = 0; c < channels; c++) {
        const plane = x + (c as usize) * planeBytes;
        for (let k = 0; k < 9; k++) {
          const row = load<i32>(rowTable + floats(i + k / 3));
          const column = load<i32>(columnTable + floats(j + k % 3));
          if (row < 0 || column < 0) continue;
          const weight = load<f32>(weights + floats(c * perChannel + load<i32>(kernel + floats(k))));
          sum += weight * load<f32>(plane + (row as usize) * rowBytes + floats(column));
        }
      }
      store<f32>(y + floats(i * width + j), sum + bias);
    }
  }
}

/**
 * Pixels of the result out of products [position][output][tile] at `from` of the scratch memory. What follows `work` is for groups that are not
 * finite: the picture and the weights as they are.
 */
export function winogradOut(
  y: usize, outPlane: usize, outputs: i32, height: i32, width: i32, bias: usize, groupsAcross: i32, first: i32, groups: i32,
  from: usize, positionBytes: usize, pitch: usize, work: usize, x: usize, planeBytes: usize, rowBytes: usize, channels: i32,
  rowTable: usize, columnTable: usize, weights: usize, perOutput: i32, perChannel: i32, kernel: usize, scratch: usize,
): void {
  const small = scratch + work;
  const block = small + 24 * 16;
  const outRow = floats(width);
  for (let o = 0; o < outputs; o++, y += outPlane, bias += 4, weights += floats(perOutput)) {
    const b = v128.load32_splat(bias);
    let tileRow = first / groupsAcross;
    let group = first % groupsAcross;
    let m = scratch + from + (o as usize) * pitch;
    for (let g = 0; g < groups; g++, m += 16) {
      for (let j: usize = 0; j < 6; j++) outOfProducts(m + j * positionBytes, 6 * positionBytes, small + (j << 4), 96);
      const columns = min(across, width - group * across);
      const rows = min(down, height - tileRow * down);
      let to = y + ((tileRow * down) as usize) * outRow + floats(group * across);
      let finite = f32x4.splat(0);
      for (let p = small; p < small + (rows as usize) * 96; p += 96, to += outRow) {
        if (columns == across) {
          finite = f32x4.add(finite, rowOutOfProducts(p, b, to));
          continue;
        }
        finite = f32x4.add(finite, rowOutOfProducts(p, b, block));
        for (let q = 0; q < columns; q++) store<f32>(to + floats(q), load<f32>(block + floats(q)));
      }
      if (v128.any_true(f32x4.ne(f32x4.sub(finite, finite), f32x4.splat(0))))
        plainGroup(
          y, width, tileRow * down, rows, group * across, columns, load<f32>(bias), x, planeBytes, rowBytes, channels, rowTable, columnTable,
          weights, perChannel, kernel,
        );
      if (++group == groupsAcross) {
        group = 0;
        tileRow++;
      }
    }
  }
}

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
