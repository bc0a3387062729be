// Which pixel lies under which weight of a convolution.

import type { Pair, Sides } from './schema';
import { imageAxes, type Shape, sizeOf } from './tensor';
import { type PaddingMode, paddingLimit, type Slide, slideSizes, slideTaps } from './window';

/** Parameters of a convolution. */
export interface Convolving {
  readonly stride: Pair;
  readonly padding: Sides;
  readonly dilation: Pair;
  readonly groups: number;
  readonly paddingMode: PaddingMode;
  readonly flip: boolean;
}
export interface ConvolvedShapes {
  readonly x: Shape;
  readonly weight: Shape;
  readonly bias: Shape;
}

/** @throws RangeError when the groups do not divide the channels. */
export function channelsPerGroup(x: Shape, groups: number): number {
  const [, c] = imageAxes('conv2d', x);
  if (c % groups !== 0) throw new RangeError(`conv2d: groups must divide the ${c} channels of the input, received ${groups}`);
  return c / groups;
}

/** Every number of a convolution's shape. @throws RangeError when input, kernel and parameters do not fit together. */
export function convolvedFrame({ x, weight, bias }: ConvolvedShapes, p: Convolving) {
  const [n, c, h, w] = imageAxes('conv2d', x);
  const perGroup = channelsPerGroup(x, p.groups);
  const [o = 0, wc, kh = 0, kw = 0] = weight;
  if (weight.length !== 4 || sizeOf(weight) === 0) {
    throw new RangeError(`conv2d: expected weights [O, C/groups, kH, kW], received [${weight.join(', ')}]`);
  }
  if (wc !== perGroup) {
    throw new RangeError(
      `conv2d: with ${c} channels in ${p.groups} groups a kernel must read ${perGroup} channels, received ${wc}`,
    );
  }
  if (o % p.groups !== 0) throw new RangeError(`conv2d: groups must divide the ${o} outputs of the kernel, received ${p.groups}`);
  if (bias.length !== 1 || bias[0] !== o)
    throw new RangeError(`conv2d: expected one bias for each of ${o} outputs, received [${bias.join(', ')}]`);
  const [top, bottom, left, right] = p.padding;
  checkPadding(p.paddingMode, 'high', h, Math.max(top, bottom));
  checkPadding(p.paddingMode, 'wide', w, Math.max(left, right));
  const slides: readonly [Slide, Slide] = [
    { length: h, kernel: kh, stride: p.stride[0], dilation: p.dilation[0], before: top, after: bottom },
    { length: w, kernel: kw, stride: p.stride[1], dilation: p.dilation[1], before: left, after: right },
  ];
  return { n, c, h, w, o, kh, kw, perGroup, slides, ...slideSizes('conv2d', ...slides) };
}

function checkPadding(mode: PaddingMode, axis: string, length: number, padding: number): void {
  const limit = paddingLimit(length, mode);
  if (padding > limit) {
    throw new RangeError(`conv2d: ${mode} padding of a picture ${length} ${axis} may be at most ${limit}, received ${padding}`);
  }
}

/** The frame with its tables of taps, the weight under each, and the rows of the output in order. */
export function convolving(shapes: ConvolvedShapes, p: Convolving) {
  const f = convolvedFrame(shapes, p);
  const [oh, ow] = [f.height.output, f.width.output];
  const plane = { size: f.h * f.w, down: slideTaps(f.slides[0], p.paddingMode) };
  const perOutput = f.o / p.groups;
  function* rows() {
    const total = f.n * f.o * oh;
    for (let row = 0; row < total; row++) {
      const i = row % oh;
      const o = ((row - i) / oh) % f.o;
      const b = Math.floor(row / (oh * f.o));
      const image = (b * f.c + Math.floor(o / perOutput) * f.perGroup) * plane.size;
      yield { start: row * ow, o, i, image, done: (row + 1) / total };
    }
  }
  const tapAt = (o: number, c: number, u: number, v: number): number => {
    const first = (o * f.perGroup + c) * f.kh * f.kw;
    const tap = u * f.kw + v;
    return first + (p.flip ? f.kh * f.kw - 1 - tap : tap);
  };
  return { ...f, oh, ow, plane, across: slideTaps(f.slides[1], p.paddingMode), rows, tapAt };
}
