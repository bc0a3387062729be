// Rows of convolutions and pools.

import type { Random } from './random';
import { chain, type Drawn, ints, numbersOf, one, type Recipe, type Row } from './row';

const onnxModes: Readonly<Record<string, string>> = {
  zeros: 'constant',
  reflect: 'reflect',
  replicate: 'edge',
  circular: 'wrap',
};

/** From [top, bottom, left, right] to all begins, then all ends. */
const sides = (value: unknown): readonly number[] => {
  const [top = 0, bottom = 0, left = 0, right = 0] = numbersOf(value);
  return [top, left, bottom, right];
};
const both = (value: unknown): readonly number[] => [...numbersOf(value), ...numbersOf(value)];

function drawConvolution(random: Random, transposed: boolean): Drawn {
  const groups = random.pick([1, 1, 2, 3]);
  const [ins, outs] = [random.whole(1, 2), random.whole(1, 2)];
  const kernel = random.pair(1, 4);
  const x = random.picture(groups * ins);
  const weight = random.values(transposed ? [groups * ins, outs, ...kernel] : [groups * outs, ins, ...kernel], 1);
  const stride = random.pair(1, 3);
  const dilation = random.pair(1, 2);
  const shared = { stride, dilation, groups };
  const inputs = { x, weight, bias: random.values([groups * outs], 1) };
  if (transposed) {
    const spare = [0, 1].map((axis) => random.whole(0, Math.max(stride[axis]!, dilation[axis]!) - 1));
    return { params: { ...shared, padding: random.pair(0, 2), outputPadding: spare }, inputs };
  }
  const paddingMode = random.pick(['zeros', 'zeros', 'reflect', 'replicate', 'circular']);
  const padding = Array.from({ length: 4 }, () => random.whole(0, 3));
  return { params: { ...shared, padding, paddingMode }, inputs };
}

function convolution({ params }: Drawn): Recipe {
  const attributes = { strides: numbersOf(params.stride), dilations: numbersOf(params.dilation), group: Number(params.groups) };
  if (params.paddingMode === 'zeros') return one('Conv', { ...attributes, pads: sides(params.padding) }, ['x', 'weight', 'bias']);
  const [top = 0, left = 0, bottom = 0, right = 0] = sides(params.padding);
  return chain(
    [
      { type: 'Pad', attributes: { mode: onnxModes[String(params.paddingMode)] ?? '' }, more: ['pads'] },
      { type: 'Conv', attributes, more: ['weight', 'bias'] },
    ],
    [ints('pads', 0, 0, top, left, 0, 0, bottom, right)],
  );
}

const drawPool =
  (more: (random: Random) => Readonly<Record<string, unknown>>) =>
  (random: Random): Drawn => {
    const kernelSize = random.pair(1, 4);
    const padding = kernelSize.map((k) => random.whole(0, Math.floor(k / 2)));
    const stride = random.chance(0.2) ? null : random.pair(1, 5);
    return {
      params: { kernelSize, stride, padding, ceilMode: random.chance(0.5), ...more(random) },
      inputs: { x: random.picture() },
    };
  };
const withoutPadding = ({ params: { padding: _, ...params }, inputs }: Drawn): Drawn => ({ params, inputs });

const pooling = ({ params }: Drawn) => ({
  kernel_shape: numbersOf(params.kernelSize),
  strides: numbersOf(params.stride ?? params.kernelSize),
  ceil_mode: params.ceilMode === true ? 1 : 0,
  ...(params.padding === undefined ? {} : { pads: both(params.padding) }),
});
const dilated = (drawn: Drawn) => ({ ...pooling(drawn), dilations: numbersOf(drawn.params.dilation) });

/** Whether ceil mode adds a window that hangs over. */
function hangsOver({ params, inputs }: Drawn): boolean {
  const [, , ...lengths] = inputs.x?.shape ?? [];
  const kernel = numbersOf(params.kernelSize);
  const stride = numbersOf(params.stride ?? params.kernelSize);
  return params.ceilMode === true && lengths.some((length, axis) => (length - kernel[axis]!) % stride[axis]! !== 0);
}

const global = (op: string, type: string): Row => ({
  op,
  draw: (random) => ({ params: {}, inputs: { x: random.picture() } }),
  onnx: () => one(type),
});
const adaptive = (op: string, type: string): Row => ({
  op,
  draw: (random) => ({ params: { outputSize: 1 }, inputs: { x: random.picture() } }),
  onnx: () => one(type),
});

export const windowRows: readonly Row[] = [
  { op: 'conv2d', weight: 20, draw: (random) => drawConvolution(random, false), onnx: convolution },
  {
    op: 'convTranspose2d',
    weight: 20,
    draw: (random) => drawConvolution(random, true),
    except: ({ params }) =>
      numbersOf(params.outputPadding).some((spare, axis) => spare >= numbersOf(params.stride)[axis]!)
        ? 'convTranspose2d output padding'
        : null,
    onnx: ({ params }) =>
      one(
        'ConvTranspose',
        {
          strides: numbersOf(params.stride),
          dilations: numbersOf(params.dilation),
          group: Number(params.groups),
          pads: both(params.padding),
          output_padding: numbersOf(params.outputPadding),
        },
        ['x', 'weight', 'bias'],
      ),
  },
  {
    op: 'maxPool2d',
    weight: 16,
    draw: drawPool((random) => ({ dilation: random.pair(1, 3) })),
    except: ({ y }) => (y.data.includes(Number.NEGATIVE_INFINITY) ? 'maxPool2d padding alone' : null),
    onnx: (drawn) => one('MaxPool', dilated(drawn)),
  },
  {
    op: 'minPool2d',
    weight: 6,
    draw: drawPool((random) => ({ dilation: random.pair(1, 3) })),
    except: ({ y }) => (y.data.includes(Number.POSITIVE_INFINITY) ? 'maxPool2d padding alone' : null),
    onnx: (drawn) => chain([{ type: 'Neg' }, { type: 'MaxPool', attributes: dilated(drawn) }, { type: 'Neg' }]),
  },
  {
    op: 'avgPool2d',
    weight: 16,
    draw: drawPool((random) => ({ countIncludePad: random.chance(0.5) })),
    onnx: (drawn) => one('AveragePool', { ...pooling(drawn), count_include_pad: drawn.params.countIncludePad === true ? 1 : 0 }),
  },
  {
    op: 'lpPool2d',
    weight: 8,
    draw: (random) => withoutPadding(drawPool(() => ({ normType: random.pick([2, 4, 1, 3]) }))(random)),
    except: (drawn) =>
      hangsOver(drawn) ? 'lpPool2d overhang' : Number(drawn.params.normType) % 2 === 1 ? 'lpPool2d signs' : null,
    onnx: (drawn) => one('LpPool', { ...pooling(drawn), p: Number(drawn.params.normType) }),
  },
  global('globalAvgPool2d', 'GlobalAveragePool'),
  global('globalMaxPool2d', 'GlobalMaxPool'),
  adaptive('adaptiveAvgPool2d', 'GlobalAveragePool'),
  adaptive('adaptiveMaxPool2d', 'GlobalMaxPool'),
];
