import type { Tensor } from '../../core/tensor';
import type { Breath } from '../breath';
import { CannotOpen } from '../cannotOpen';
import type { Memory } from '../decode';
import { Bytes } from '../headers/bytes';
import { type NpyAxes, npyAxes, readNpyHeader } from '../headers/npy';
import { MAX_MEGAPIXELS } from '../limits';
import { reduceTensor } from '../reduce';
import { kindOf, type Numbers, numbersOf } from './numbers';
import { rangeOf, rescale } from './range';

/**
 * An array of NumPy as a picture: values 0..1, [1, C, H, W]. One channel becomes three equal ones, as of a grey PNG; four that come last are
 * colours with transparency, laid on white; other counts of channels stay. @throws CannotOpen
 */
export async function readNpy(
  data: Uint8Array,
  shrink: number,
  breath: Breath,
  memory: Memory,
): Promise<{ readonly tensor: Tensor<Float32Array>; readonly notes: readonly string[] }> {
  const { descr, fortran, shape, offset } = readNpyHeader(new Bytes(data, 'npy'));
  const axes = npyAxes(shape);
  const kind = kindOf(descr);
  const { channels, height, width, items, last } = axes;
  const most = 3e6 * MAX_MEGAPIXELS;
  if (channels * height * width > most)
    throw new CannotOpen(
      'tooLarge',
      `This NPY has ${channels} channels of ${width} × ${height}; at most ${most} values are expected.`,
    );
  const count = shape.reduce((n, axis) => n * axis, 1);
  const [wanted, given] = [count * kind.bytes, data.length - offset];
  if (given < wanted)
    throw new CannotOpen('broken', `This NPY ends early: ${wanted} bytes of values are expected, received ${given}.`);
  const refusal = memory.refusal(Math.ceil((Math.max(3, channels) * width) / 3), height);
  if (refusal !== null) throw new CannotOpen('tooLarge', refusal);
  const values = numbersOf(data.subarray(offset, offset + wanted), kind);
  const raw = await planesOf(values, axes, stridesOf(shape, fortran), breath);
  const range = rangeOf(raw.data, kind.most ?? null);
  rescale(raw.data, range);
  const coloured = last && channels === 4 ? onWhite(raw.data, width * height) : raw.data;
  const stored = coloured.length / (width * height);
  const whole: Tensor<Float32Array> = { shape: [1, stored, height, width], data: coloured };
  const picture = shrink > 1 ? await reduceTensor(whole, shrink, breath) : whole;
  const notes = [
    `NPY of ${kind.title}, shape (${shape.join(', ')}), read as ${axesWords(shape.length, last)}.`,
    range.note,
    ...(range.odd > 0 ? [`${range.odd} values are no finite numbers.`] : []),
    ...(items > 1 ? [`The first of ${items} pictures.`] : []),
    ...(last && channels === 4 ? ['Transparent parts are laid on white.'] : []),
    ...(shrink > 1 ? [`Reduced to 1/${shrink} of its size.`] : []),
  ];
  return { tensor: held(picture, memory), notes };
}

function axesWords(axes: number, last: boolean): string {
  if (axes === 2) return 'rows and columns';
  return last ? 'rows, columns and channels' : 'channels, rows and columns';
}

interface Strides {
  readonly row: number;
  readonly column: number;
  readonly channel: number;
}
/** How far it is from one value to the next along each axis, for channels that come last or first. */
const stridesOf = (shape: readonly number[], fortran: boolean) => {
  const steps = shape.map((_, i) => (fortran ? shape.slice(0, i) : shape.slice(i + 1)).reduce((n, axis) => n * axis, 1));
  return ({ last }: NpyAxes): Strides => {
    const [a = 0, b = 0, c = 0] = steps.slice(-3);
    if (steps.length === 2) return { channel: 0, row: a, column: b };
    return last ? { row: a, column: b, channel: c } : { channel: a, row: b, column: c };
  };
};

/** The first picture, channel after channel; three equal ones where there is one alone. */
async function planesOf(
  values: Numbers,
  axes: NpyAxes,
  stridesFor: (axes: NpyAxes) => Strides,
  breath: Breath,
): Promise<{ readonly data: Float32Array<ArrayBuffer> }> {
  const { channels, height, width } = axes;
  const { channel, row, column } = stridesFor(axes);
  const plane = width * height;
  const data = new Float32Array(plane * (channels === 1 ? 3 : channels));
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < height; y++) {
      const from = c * channel + y * row;
      for (let x = 0, to = c * plane + y * width; x < width; x++, to++) data[to] = Number(values[from + x * column]);
      if (breath.due()) await breath.rest();
    }
  }
  if (channels === 1) for (const c of [1, 2]) data.copyWithin(c * plane, 0, plane);
  return { data };
}

/** Colours 0..1 whose fourth channel says how much of them is there. */
function onWhite(data: Float32Array<ArrayBuffer>, plane: number): Float32Array<ArrayBuffer> {
  for (let c = 0; c < 3; c++)
    for (let i = 0; i < plane; i++) {
      const share = data[3 * plane + i]!;
      data[c * plane + i] = data[c * plane + i]! * share + 1 - share;
    }
  return data.slice(0, 3 * plane);
}

function held({ shape, data }: Tensor<Float32Array>, memory: Memory): Tensor<Float32Array> {
  const tensor = memory.hold(shape);
  tensor.data.set(data);
  return tensor;
}
