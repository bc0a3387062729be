// Convolution 3 × 3 by Winograd's F(4 × 4, 3 × 3) (Lavin & Gray 2015): 36 products where the plain sum takes 144.
// Work is cut into groups of four tiles side by side, one in each lane: 16 × 4 pixels of the result from 18 × 6 of the picture.
import { tapRow } from './dense';
import { floats } from './lanes';
import { stageTile, unstageTile } from './stage';
import { groupIntoProducts, groupOutOfProducts, halfBytes } from './winogradTransforms';

const across: i32 = 16;
const down: i32 = 4;
/** Bytes of a row of a group, and of what it reads beyond them: two pixels, and two more that are not used. */
const groupBytes: usize = 64;
const beyond: usize = 16;

/** Groups of all channels, transformed: [position][channel][tile] at `to`, positions `positionBytes` apart, channels `pitch`; rows of a plane `row` apart. */
function groupsIn(
  staged: usize, row: usize, channels: i32, groupsAcross: i32, first: i32, groups: i32, positionBytes: usize, pitch: usize, half: usize, to: usize,
): void {
  let group = first % groupsAcross;
  for (; groups > 0; groups--, staged += groupBytes, to += 16) {
    let p = staged;
    let out = to;
    for (let c = 0; c < channels; c++, out += pitch, p += 6 * row) groupIntoProducts(p, row, half, out, positionBytes);
    if (++group == groupsAcross) {
      group = 0;
      staged += beyond;
    }
  }
}

/**
 * The 36 products of matrices: weights [position][block of outputs][channel][output] by transformed pixels. Those of a position take the place of
 * the pixels of the one before.
 */
function groupsMultiply(
  channels: i32, outputs: i32, tiles: i32, positionBytes: usize, pitch: usize, offsets: usize, weights: usize, zeros: usize, to: usize,
): void {
  for (let position = 0; position < 36; position++) {
    tapRow(to + positionBytes, offsets, channels, weights, zeros, to, pitch, outputs, tiles, true);
    to += positionBytes;
    weights += floats(channels * outputs);
  }
}

/**
 * One output of one group as the plain sum. The transforms spread a value that is not finite over a whole tile, so such groups are done again.
 * `kernel` begins with nine indices of the weights of a channel.
 */
function plainGroup(
  y: usize, outRow: usize, bias: f32, x: usize, planeBytes: usize, rowBytes: usize, channels: i32, rows: usize, columns: usize, weights: usize,
  perChannel: i32, kernel: usize,
): void {
  for (let i = 0; i < down; i++, y += outRow) {
    for (let j = 0; j < across; j++) {
      let sum: f32 = 0;
      for (let c = 0; c < channels; c++) {
        const plane = x + (c as usize) * planeBytes;
        for (let k = 0; k < 9; k++) {
          const row = load<i32>(rows + floats(i + k / 3));
          const column = load<i32>(columns + floats(j + k % 3));
          if (row < 0 || column < 0) continue;
          const weight = load<f32>(weights + floats(c * perChannel + load<i32>(kernel + floats(k))));
          sum += weight * load<f32>(plane + (row as usize) * rowBytes + floats(column));
        }
      }
      store<f32>(y + floats(j), sum + bias);
    }
  }
}

/**
 * Pixels out of products [position][output][tile] at `from`, [output][row]. What follows `half` is for groups that are not finite: the picture and
 * the weights as they are.
 */
function groupsOut(
  y: usize, outRow: usize, outputs: i32, bias: usize, groupsAcross: i32, first: i32, groups: i32, from: usize, positionBytes: usize, pitch: usize,
  half: usize, x: usize, planeBytes: usize, rowBytes: usize, channels: i32, rows: usize, columns: usize, weights: usize, perOutput: i32,
  perChannel: i32, kernel: usize,
): void {
  for (let o = 0; o < outputs; o++, y += 4 * outRow, from += pitch, bias += 4, weights += floats(perOutput)) {
    for (let g = 0; g < groups; g++) {
      const to = y + (g as usize) * groupBytes;
      const finite = groupOutOfProducts(from + ((g as usize) << 4), positionBytes, v128.load32_splat(bias), half, to, outRow);
      if (v128.any_true(f32x4.ne(f32x4.sub(finite, finite), f32x4.splat(0))))
        plainGroup(
          to, outRow, load<f32>(bias), x, planeBytes, rowBytes, channels, rows + floats((first + g) / groupsAcross * down),
          columns + floats((first + g) % groupsAcross * across), weights, perChannel, kernel,
        );
    }
  }
}

/**
 * The convolution of some groups. Rows of `together` groups are copied to scratch memory, where what groups read lies close, and back from there;
 * between, strip after strip is transformed, multiplied, and transformed back. `rows` and `columns` are tables of source positions, −1 for zeros;
 * `lane` is such a record as `stageTile` reads. Rows of groups are `inRow` and `outRow` apart.
 */
export function winograd(
  x: usize, planeBytes: usize, rowBytes: usize, channels: i32, rows: usize, columns: usize, lane: usize, groupsAcross: i32, first: i32, groups: i32,
  together: i32, strip: i32, inRow: usize, outRow: usize, positionBytes: usize, y: usize, outPlane: usize, outputs: i32, height: i32, width: i32,
  offsets: usize, weights: usize, bias: usize, zeros: usize, plainWeights: usize, perOutput: i32, perChannel: i32, kernel: usize, scratch: usize,
): void {
  const half = scratch + 37 * positionBytes;
  const staged = half + halfBytes;
  const made = staged + (channels as usize) * 6 * inRow;
  const pitch = (strip as usize) << 4;
  for (const end = first + groups; first < end; first += together) {
    const last = min(first + together, end);
    for (let g = first, to = staged; g < last; ) {
      const group = g % groupsAcross;
      const n = min(groupsAcross - group, last - g);
      const table = rows + floats(g / groupsAcross * down);
      stageTile(x, planeBytes, rowBytes, channels, table, 6, 6 * inRow, lane, 1, inRow, 1, group * across, n * across, to);
      to += (n as usize) * groupBytes + beyond;
      g += n;
    }
    for (let g = first; g < last; g += strip) {
      const n = min(strip, last - g);
      const from = staged + ((g - first) as usize) * groupBytes + ((g / groupsAcross - first / groupsAcross) as usize) * beyond;
      groupsIn(from, inRow, channels, groupsAcross, g, n, positionBytes, pitch, half, scratch + positionBytes);
      groupsMultiply(channels, outputs, n << 2, positionBytes, pitch, offsets, weights, zeros, scratch);
      groupsOut(
        made + ((g - first) as usize) * groupBytes, outRow, outputs, bias, groupsAcross, g, n, scratch, positionBytes, pitch, half, x, planeBytes,
        rowBytes, channels, rows, columns, plainWeights, perOutput, perChannel, kernel,
      );
    }
    for (let g = first; g < last; ) {
      const row = g / groupsAcross * down;
      const group = g % groupsAcross;
      const n = min(groupsAcross - group, last - g);
      unstageTile(
        ((g - first) as usize) * groupBytes, 4 * outRow, outRow, y + floats(row * width + group * across), outPlane, floats(width), outputs,
        min(down, height - row), min(n * across, width - group * across), 1, made,
      );
      g += n;
    }
  }
}
