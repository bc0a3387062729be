// Transposed convolution by phases: outputs whose row and column leave the same rests modulo the stride see the same taps of the kernel, so each phase
// is a convolution of its own, with stride 1.
import { floats, storeSome, zipHigh, zipLow } from './lanes';
import { stageRow, storeRow } from './rows';
import { taps1, taps2, taps3, taps4, wide1, wide2, wide3, wide4 } from './taps';

/** Terms that are added one after the other in float32. */
const longest = 512;

/** What the calls of one plan have in common; plans/transposed.ts writes the same fields in the same order. All int32, lengths of memory in bytes. */
@unmanaged class TransposedFrame {
  height: i32;
  width: i32;
  /** Of one group. */
  channels: i32;
  outputs: i32;
  outHeight: i32;
  outWidth: i32;
  strideY: i32;
  strideX: i32;
  /** The first row and column that the first output of a tile reads, relative to the tile, and how many more than the tile has. */
  top: i32;
  left: i32;
  moreRows: i32;
  moreColumns: i32;
  /** Of staged rows. */
  lineBytes: i32;
  channelBytes: i32;
  /** All staged rows. */
  stagedBytes: i32;
  /** Of one row of sums. */
  sumBytes: i32;
  /** For every row phase: how many column phases have taps, and the address of their lists. */
  phases: i32;
}

/** A column phase: its number, its taps, their offsets from the staged row of the tile, and where its weights begin. */
@unmanaged class List {
  phase: i32;
  taps: i32;
  offsets: i32;
  weights: i32;
}

/**
 * The outputs of `rows` × `columns` pixels of the channels at `x`, from pixel (`fromRow`, `fromColumn`) on: each stands for strideY × strideX outputs.
 * Weights: [list][block of four outputs, or the rest][tap][output].
 */
export function transposeTile(
  frame: usize,
  x: usize,
  fromRow: i32,
  rows: i32,
  fromColumn: i32,
  columns: i32,
  y: usize,
  weights: usize,
  bias: usize,
  scratch: usize,
): void {
  const f = changetype<TransposedFrame>(frame);
  stage(f, x, fromRow, rows, fromColumn, columns, scratch);
  const sums = scratch + (f.stagedBytes as usize);
  const outPlane = floats(f.outHeight) * (f.outWidth as usize);
  const outColumn = fromColumn * f.strideX;
  const outColumns = min(columns * f.strideX, f.outWidth - outColumn);
  for (let t = 0; t < rows; t++) {
    const src = scratch + ((t * f.lineBytes) as usize);
    for (let phase = 0; phase < f.strideY; phase++) {
      const i = (fromRow + t) * f.strideY + phase;
      if (i >= f.outHeight) return;
      const entry = (f.phases as usize) + floats(2 * phase);
      const lists = load<i32>(entry);
      const first = load<i32>(entry, 4) as usize;
      let out = y + floats(i) * (f.outWidth as usize) + floats(outColumn);
      for (let o = 0; o < f.outputs; o += 4) {
        const block = min(4, f.outputs - o);
        for (let l = 0; l < lists; l++) {
          const list = changetype<List>(first + ((l << 4) as usize));
          const width = widthOf(outColumns, list.phase, f.strideX);
          const w = weights + floats(list.weights + o * list.taps);
          if (width > 0) sumList(src, list, w, bias + floats(o), sums + ((4 * l * f.sumBytes) as usize), f.sumBytes as usize, block, width);
        }
        for (let k = 0; k < block; k++, out += outPlane) {
          merge(f, first, lists, sums + ((k * f.sumBytes) as usize), bias + floats(o + k), out, outColumns);
        }
      }
    }
  }
}

/** How many of `n` neighbouring outputs belong to a phase. */
@inline function widthOf(n: i32, phase: i32, stride: i32): i32 {
  return (n - phase + stride - 1) / stride;
}

/** All channels' rows under a tile, with zeros around the picture. */
@inline function stage(f: TransposedFrame, x: usize, fromRow: i32, rows: i32, fromColumn: i32, columns: i32, scratch: usize): void {
  const count = columns + f.moreColumns;
  const plane = floats(f.width) * (f.height as usize);
  for (let c = 0; c < f.channels; c++, x += plane, scratch += f.channelBytes as usize) {
    let line = scratch;
    for (let s = 0; s < rows + f.moreRows; s++, line += f.lineBytes as usize) {
      const r = fromRow + f.top + s;
      if (r < 0 || r >= f.height) memory.fill(line, 0, floats(count));
      else stageRow(line, x + floats(r) * (f.width as usize), f.width, fromColumn + f.left, count, 0);
    }
  }
}

/** One to four rows of sums; each is filled up to whole blocks. */
@inline function sumList(src: usize, list: List, weights: usize, bias: usize, out: usize, plane: usize, block: i32, width: i32): void {
  const last = (list.offsets as usize) + floats(list.taps);
  for (let t = list.offsets as usize; t < last; t += floats(longest)) {
    const end = min(last, t + floats(longest));
    // Later parts are added to what is there.
    const b = t == (list.offsets as usize) ? bias : 0;
    if (block == 4) for (let i = 0; i < width; i += wide4) taps4(src + floats(i), t, end, weights, out + floats(i), plane, b);
    else if (block == 3) for (let i = 0; i < width; i += wide3) taps3(src + floats(i), t, end, weights, out + floats(i), plane, b);
    else if (block == 2) for (let i = 0; i < width; i += wide2) taps2(src + floats(i), t, end, weights, out + floats(i), plane, b);
    else for (let i = 0; i < width; i += wide1) taps1(src + floats(i), t, end, weights, out + floats(i), b);
    weights += floats(longest * block);
  }
}

/** The sums of the phases of one row, side by side; where a phase has no taps, the bias. */
@inline function merge(f: TransposedFrame, first: usize, lists: i32, sums: usize, bias: usize, out: usize, n: i32): void {
  const stride = f.strideX;
  const next = (4 * f.sumBytes) as usize;
  if (stride == 1 && lists == 1) {
    storeRow(out, sums, n);
    return;
  }
  if (stride == 2 && lists == 2) {
    zipRows(out, sums, sums + next, n);
    return;
  }
  if (lists < stride) fillRow(out, v128.load32_splat(bias), n);
  for (let l = 0; l < lists; l++, sums += next) {
    const phase = changetype<List>(first + ((l << 4) as usize)).phase;
    const end = out + floats(n);
    let from = sums;
    for (let to = out + floats(phase); to < end; to += floats(stride), from += 4) store<f32>(to, load<f32>(from));
  }
}

@inline function zipRows(out: usize, even: usize, odd: usize, n: i32): void {
  const whole = out + floats(n & ~7);
  for (; out < whole; out += 32, even += 16, odd += 16) {
    const a = v128.load(even);
    const b = v128.load(odd);
    v128.store(out, zipLow(a, b));
    v128.store(out, zipHigh(a, b), 16);
  }
  const low = zipLow(v128.load(even), v128.load(odd));
  if (n & 4) {
    v128.store(out, low);
    storeSome(out + 16, zipHigh(v128.load(even), v128.load(odd)), n & 3);
  } else storeSome(out, low, n & 3);
}

@inline function fillRow(out: usize, v: v128, n: i32): void {
  const whole = out + floats(n & ~3);
  for (; out < whole; out += 16) v128.store(out, v);
  storeSome(out, v, n & 3);
}

/** `rows` rows of a picture, each pixel at the top left of a block of zeros. */
export function insertZeros(x: usize, y: usize, width: i32, rows: i32, strideY: i32, strideX: i32): void {
  const outWidth = width * strideX;
  const line = floats(width);
  const outLine = floats(outWidth);
  for (let r = 0; r < rows; r++, x += line) {
    if (strideX == 1) storeRow(y, x, width);
    else if (strideX == 2) spreadTwo(y, x, width);
    else {
      memory.fill(y, 0, outLine);
      for (let j = 0; j < width; j++) store<i32>(y + floats(j * strideX), load<i32>(x + floats(j)));
    }
    memory.fill(y + outLine, 0, outLine * ((strideY - 1) as usize));
    y += outLine * (strideY as usize);
  }
}

@inline function spreadTwo(out: usize, x: usize, n: i32): void {
  const zero = f32x4.splat(0);
  for (; n >= 4; n -= 4, x += 16, out += 32) {
    const v = v128.load(x);
    v128.store(out, zipLow(v, zero));
    v128.store(out, zipHigh(v, zero), 16);
  }
  for (; n > 0; n--, x += 4, out += 8) store<i64>(out, load<u32>(x) as i64);
}
