// Filters that read one channel, from a ring of staged rows.
import { floats, storeSome } from './lanes';
import { rollThree } from './rolling';
import { isFinite, rowAt, splitRow, stageRow, storeRow } from './rows';
import { rowsOfFour } from './rowsOfFour';
import { tap1 } from './tap1';

/** What the calls of one plan have in common; plans/ring.ts writes the same fields in the same order. All int32, lengths of memory in bytes. */
@unmanaged class Frame {
  height: i32;
  width: i32;
  border: i32;
  /** Rows of the picture from one slot of the ring to the next: the dilation. */
  rowStep: i32;
  /** Slots from one row of the result to the next. */
  advance: i32;
  /** Rows of the kernel, and slots of the ring, which are more where four rows of the result are made at once. */
  slots: i32;
  ring: i32;
  slotBytes: i32;
  /** Values of a staged row. */
  columns: i32;
  /** Columns from one value of the result to the next; residues of column modulo stride that taps read, and how far apart their planes are. */
  stride: i32;
  residues: i32;
  planes: i32;
  planeBytes: i32;
  /** Bytes of a staged row in scratch where slots hold something else. */
  lineBytes: i32;
  /** Of a separated kernel: how many pairs of factors, taps of the row factor and their offsets. 0 pairs: not separated. */
  pairs: i32;
  rowTaps: i32;
  rowOffsets: i32;
  /** Taps in one slot, and their offsets for all slots in order, twice: a ring that has turned by s slots starts at s. */
  taps: i32;
  offsets: i32;
  /** Into how many parts of neighbouring slots a sum is cut; the sums of the parts are added up after. */
  parts: i32;
  /** Rows of the result that are made at once: 1; 4 where there are four; or more, or as many as are left, of a 3 × 3 kernel. */
  together: i32;
  /** Weights of one result. */
  weightBytes: i32;
  /** Results that read this channel, bytes between their planes, and between rows of the result. */
  results: i32;
  resultBytes: i32;
  outWidth: i32;
  outStep: i32;
  /** A zero, as a bias. */
  zero: i32;
}

/**
 * `count` rows of every result that reads the channel at `x`. `top` is the row of the picture under the first tap of the first one, `left` the
 * column; both may lie outside. Weights of a result: the row factors, if there are any; slots · taps; and for four rows at once
 * (slots + 3 · advance) · taps · 4 for every part.
 */
export function filterRows(
  frame: usize,
  x: usize,
  top: i32,
  left: i32,
  count: i32,
  y: usize,
  weights: usize,
  bias: usize,
  scratch: usize,
): void {
  const f = changetype<Frame>(frame);
  if (f.together > 4) {
    rollRows(f, x, top, left, count, y, weights, bias, scratch);
    return;
  }
  const ring = scratch + 2 * (f.lineBytes as usize);
  let next = 0;
  for (let i = 0; i < count; ) {
    const together = i + f.together <= count ? f.together : 1;
    const first = i * f.advance;
    const end = first + (together - 1) * f.advance + f.slots;
    for (next = max(next, first); next < end; next++) {
      fill(f, x, rowAt(top + next * f.rowStep, f.height, f.border), left, ring + ((next % f.ring) * f.slotBytes) as usize, weights, scratch);
    }
    const offsets = (f.offsets as usize) + floats((first % f.ring) * f.taps);
    let w = weights + floats(f.pairs * f.rowTaps);
    let out = y;
    for (let o = 0; o < f.results; o++) {
      if (together == 4) addUpFour(f, ring, offsets, w + floats(f.slots * f.taps), bias + floats(o), out, scratch);
      else addUp(f, ring, offsets, w, bias + floats(o), out, scratch);
      w += f.weightBytes as usize;
      out += f.resultBytes as usize;
    }
    i += together;
    y += (together * f.outStep) as usize;
  }
}

/** As `filterRows`, of a 3 × 3 kernel, in strips of rows: read where they are, but for the edges of the picture. */
@inline function rollRows(f: Frame, x: usize, top: i32, left: i32, count: i32, y: usize, weights: usize, bias: usize, scratch: usize): void {
  // The results that see only pixels of the picture.
  const from = (max(0, -left) + 3) & ~3;
  const to = min(f.outWidth, f.width - 2 - left);
  const aside = from + f.outWidth - to;
  const mostInside = to > from && 2 * (aside + 2) <= f.outWidth;
  for (let i = 0; i < count; i += f.together) {
    const rows = min(f.together, count - i);
    const first = top + i * f.rowStep;
    const inside = mostInside && first >= 0 && first + (rows + 1) * f.rowStep < f.height;
    if (inside) {
      const src = x + floats(first) * (f.width as usize) + floats(left + from);
      roll(f, src, floats(f.rowStep) * (f.width as usize), weights, bias, y + floats(from), rows, to - from);
      for (let r = 0; aside > 0 && r < rows; r += 8) {
        const at = y + ((r * f.outStep) as usize);
        rollAside(f, x, first + r * f.rowStep, left, from, to, min(8, rows - r), at, weights, bias, scratch);
      }
    } else {
      const line = f.slotBytes as usize;
      for (let r = 0; r < rows + 2; r++) {
        fill(f, x, rowAt(first + r * f.rowStep, f.height, f.border), left, scratch + (r as usize) * line, 0, 0);
      }
      roll(f, scratch, line, weights, bias, y, rows, f.outWidth);
    }
    y += (rows * f.outStep) as usize;
  }
}

@inline function roll(f: Frame, src: usize, line: usize, weights: usize, bias: usize, y: usize, rows: i32, width: i32): void {
  for (let o = 0; o < f.results; o++) {
    rollThree(src, line, weights, bias + floats(o), y, f.outStep as usize, rows, width);
    weights += f.weightBytes as usize;
    y += f.resultBytes as usize;
  }
}

/** The results left of `from` and from `to` on, whose pixels are staged side by side. */
@inline function rollAside(
  f: Frame, x: usize, first: i32, left: i32, from: i32, to: i32, rows: i32, y: usize, weights: usize, bias: usize, scratch: usize,
): void {
  const line = f.slotBytes as usize;
  const behind = f.outWidth - to;
  for (let r = 0; r < rows + 2; r++) {
    const row = x + floats(first + r * f.rowStep) * (f.width as usize);
    const at = scratch + (r as usize) * line;
    stageRow(at, row, f.width, left, from + 2, f.border);
    stageRow(at + floats(from + 2), row, f.width, left + to, behind + 2, f.border);
  }
  const sums = scratch + (f.ring as usize) * line;
  const width = max(4, from + 2 + behind);
  for (let o = 0; o < f.results; o++) {
    rollThree(scratch, line, weights, bias + floats(o), sums, floats(width), rows, width);
    for (let r = 0; r < rows; r++) {
      const out = y + ((r * f.outStep) as usize);
      const sum = sums + floats(r * width);
      for (let j = 0; j < from; j++) store<f32>(out + floats(j), load<f32>(sum + floats(j)));
      for (let j = 0; j < behind; j++) store<f32>(out + floats(to + j), load<f32>(sum + floats(from + 2 + j)));
    }
    weights += f.weightBytes as usize;
    y += f.resultBytes as usize;
  }
}

/** Makes one slot of the ring: the staged row, split by the stride, and run through the row factors of a separated kernel. */
@inline function fill(f: Frame, x: usize, r: i32, left: i32, slot: usize, weights: usize, scratch: usize): void {
  // The filtered row of a row of zeros is zeros, too.
  if (r < 0) {
    memory.fill(slot, 0, f.slotBytes as usize);
    return;
  }
  const row = x + floats(r * f.width);
  if (f.pairs > 0 && f.stride == 1) {
    filterRow(f, row, left, slot, weights, scratch);
    return;
  }
  const staged = f.stride == 1 ? slot : scratch;
  stageRow(staged, row, f.width, left, f.columns, f.border);
  if (f.stride == 1) return;
  const split = f.pairs == 0 ? slot : scratch + (f.lineBytes as usize);
  splitRow(split, staged, f.columns, f.stride, f.residues as usize, f.planes, f.planeBytes as usize);
  filterPart(f, split, 0, f.outWidth, slot, weights);
}

/** Results that `tap1` makes at once; fewer take as long. */
@inline function block(): i32 {
  return 32;
}

/** A row through the row factors: read where it is, but for the results near the edges, whose pixels are staged. Those are whole blocks, too. */
@inline function filterRow(f: Frame, row: usize, left: i32, slot: usize, weights: usize, scratch: usize): void {
  const reach = f.columns - f.outWidth;
  const before = max(0, -left);
  let from = before > 0 ? (before + block() - 1) & -block() : 0;
  let to = min(f.outWidth, f.width - reach - left);
  if (to < f.outWidth) to = from + (max(0, min(to, f.outWidth - block()) - from) & -block());
  if (to <= from) {
    from = f.outWidth;
    to = from;
  }
  if (from > 0) {
    stageRow(scratch, row, f.width, left, from + reach, f.border);
    filterPart(f, scratch, 0, from, slot, weights);
  }
  filterPart(f, row + floats(left + from), from, to, slot, weights);
  if (to < f.outWidth) {
    stageRow(scratch, row, f.width, left + to, f.columns - to, f.border);
    filterPart(f, scratch, to, f.outWidth, slot, weights);
  }
}

/** Results `from` to `to` of a row for every pair of factors; the first pixel of the first one is at `src`. */
@inline function filterPart(f: Frame, src: usize, from: i32, to: i32, slot: usize, weights: usize): void {
  for (let k = 0; k < f.pairs; k++) {
    const out = slot + floats(k * f.outWidth + from);
    tap1(src, f.rowOffsets as usize, f.rowTaps, weights + floats(k * f.rowTaps), f.zero as usize, out, to - from);
  }
}

/** Long sums are added up in parts: errors grow with the length of a part instead of the number of taps. */
@inline function addUp(f: Frame, ring: usize, offsets: usize, weights: usize, bias: usize, out: usize, scratch: usize): void {
  if (f.parts == 1) {
    tap1(ring, offsets, f.slots * f.taps, weights, bias, out, f.outWidth);
    return;
  }
  for (let part = 0; part < f.parts; part++) {
    const from = (part * f.slots) / f.parts;
    const taps = (((part + 1) * f.slots) / f.parts - from) * f.taps;
    const skipped = floats(from * f.taps);
    tap1(ring, offsets + skipped, taps, weights + skipped, part == 0 ? bias : (f.zero as usize), scratch, f.outWidth);
    if (part == 0) storeRow(out, scratch, f.outWidth);
    else addRow(out, scratch, f.outWidth);
  }
}

/** As `addUp`, four rows. */
@inline function addUpFour(f: Frame, ring: usize, offsets: usize, weights: usize, bias: usize, out: usize, scratch: usize): void {
  const ramp = f.advance * f.taps;
  if (f.parts == 1) {
    rowsOfFour(ring, offsets, f.slots * f.taps, ramp, weights, bias, out, f.outStep as usize, f.outWidth);
    return;
  }
  const line = floats(f.outWidth);
  for (let part = 0; part < f.parts; part++) {
    const from = (part * f.slots) / f.parts;
    const taps = (((part + 1) * f.slots) / f.parts - from) * f.taps;
    const start = offsets + floats(from * f.taps);
    rowsOfFour(ring, start, taps, ramp, weights, part == 0 ? bias : (f.zero as usize), scratch, line, f.outWidth);
    weights += floats((taps + 3 * ramp) << 2);
    for (let r = 0; r < 4; r++) {
      const row = out + ((r * f.outStep) as usize);
      if (part == 0) storeRow(row, scratch + (r as usize) * line, f.outWidth);
      else addRow(row, scratch + (r as usize) * line, f.outWidth);
    }
  }
}

/** Adds the `n` values of a row to another. */
@inline function addRow(to: usize, from: usize, n: i32): void {
  const whole = to + floats(n & ~3);
  for (; to < whole; to += 16, from += 16) v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
  storeSome(to, f32x4.add(v128.load(to), v128.load(from)), n & 3);
}

/**
 * `filterRows` by several pairs of factors; where that leaves a value that is not finite, once more without them. An infinite pixel makes infinities of
 * both signs in the pairs, whose sum is NaN, where the kernel itself makes an infinity.
 */
export function filterRowsChecked(
  frame: usize,
  plain: usize,
  x: usize,
  top: i32,
  left: i32,
  count: i32,
  y: usize,
  weights: usize,
  plainWeights: usize,
  bias: usize,
  scratch: usize,
): void {
  filterRows(frame, x, top, left, count, y, weights, bias, scratch);
  const f = changetype<Frame>(frame);
  for (let i = 0; i < count; i++) {
    if (!isFinite(y + ((i * f.outStep) as usize), f.outWidth)) {
      filterRows(plain, x, top, left, count, y, plainWeights, bias, scratch);
      return;
    }
  }
}
