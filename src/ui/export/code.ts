// A chain in the words of other frameworks, for a notebook or a paper.

import type { WeightValue } from '../../core/op';
import type { AnyOp } from '../../core/registry';
import type { Scene, Step } from '../../core/scene';
import { prepare, trace } from '../../core/sequential';
import type { Shape } from '../../core/tensor';
import { type TorchWords, torchWords } from '../torchWords';

interface Written {
  readonly title: string;
  readonly from: Shape;
  readonly to: Shape;
  readonly torch: TorchWords;
  readonly onnx: string;
  /** `['running_mean', 'torch.zeros(3)', 'zeros [3]']` */
  readonly weights: readonly { readonly name: string; readonly torch: string; readonly plain: string }[];
}

/** Python that computes the chain with PyTorch: `x` in, `x` out. @throws RangeError where a step does not fit. */
export function torchCode(scene: Scene, xShape: Shape): string {
  const steps = written(scene, xShape);
  const body = steps.flatMap(({ title, from, to, torch, weights }, i) => [
    '',
    `# ${i + 1}. ${title}: ${axes(from)} to ${axes(to)}`,
    ...weights.filter(({ name }) => names(torch.call).has(name)).map(({ name, torch: value }) => `${name} = ${value}`),
    `${torch.results.join(', ')} = ${torch.call}`,
  ]);
  const used = body.join('\n');
  return [
    'import torch',
    ...(/\bnn\./.test(used) ? ['from torch import nn'] : []),
    ...(/\bF\./.test(used) ? ['import torch.nn.functional as F'] : []),
    ...(/\bTF\./.test(used) ? ['import torchvision.transforms.functional as TF'] : []),
    '',
    `# x: float32 ${axes(xShape)}, pixel values from 0 to 1`,
    ...(scene.input === 'signed' ? ['x = 2 * x - 1  # from -1 to 1'] : []),
    ...body,
    '',
  ].join('\n');
}

/** The chain as ONNX operators, one step on a line, with the values of their weights. @throws RangeError where a step does not fit. */
export function onnxCode(scene: Scene, xShape: Shape): string {
  const steps = written(scene, xShape).flatMap(({ title, from, to, onnx, weights }, i) => [
    '',
    `# ${i + 1}. ${title}: ${axes(from)} to ${axes(to)}`,
    onnx.startsWith('None: ') ? `# ${onnx.slice(6)}` : onnx,
    ...weights.map(({ name, plain }) => `#    ${name}: ${plain}`),
  ]);
  const entry = scene.input === 'signed' ? ['', '# from -1 to 1', 'Mul(2) → Sub(1)'] : [];
  return [`# x: float32 ${axes(xShape)}, pixel values from 0 to 1`, ...entry, ...steps, ''].join('\n');
}

function written(scene: Scene, xShape: Shape): Written[] {
  const shapes = [xShape, ...trace(scene, xShape)];
  return scene.steps.flatMap((step, i) => {
    if (step.off) return [];
    const { op, params, shapes: inputs, taken } = prepare(scene.steps, i, shapes);
    const [from, to] = [shapes[i]!, shapes[i + 1]!];
    const weights = Object.keys(op.weights)
      .filter((key) => key !== taken?.weight)
      .map((key) => ({ name: snake(key), ...weightWords(op, step, key, inputs[key] ?? []) }));
    return [{ title: op.title, from, to, torch: torchWords(scene.steps, i, shapes), onnx: op.onnx(params), weights }];
  });
}

function weightWords(op: AnyOp, step: Step, key: string, shape: Shape): { readonly torch: string; readonly plain: string } {
  const value: WeightValue = step.weights?.[key] ?? op.weights[key]?.default ?? 0;
  if (typeof value === 'number') {
    const filled = value === 0 ? `torch.zeros(${size(shape)})` : value === 1 ? `torch.ones(${size(shape)})` : null;
    return { torch: filled ?? `torch.full((${size(shape)},), ${real(value)})`, plain: `${value} for all of ${axes(shape)}` };
  }
  const [own, list] = [lengthsOf(value), `torch.tensor(${python(value)})`];
  const plain = JSON.stringify(value);
  if (own.join() === shape.join()) return { torch: list, plain };
  return { torch: `${list}.expand(${size(shape)})`, plain: `${plain} for all of ${axes(shape)}` };
}

type Nested = number | readonly Nested[];
const python = (value: Nested): string => (typeof value === 'number' ? real(value) : `[${value.map(python).join(', ')}]`);
const lengthsOf = (value: Nested): Shape => (typeof value === 'number' ? [] : [value.length, ...lengthsOf(value[0] ?? 0)]);

/** A number that Python takes for a real one. */
const real = (n: number): string => (Number.isInteger(n) && Math.abs(n) < 1e21 ? `${n}.` : String(n));
const size = (shape: Shape): string => shape.join(', ');
const axes = (shape: Shape): string => `[${size(shape)}]`;
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Names that Python looks up: neither members nor named arguments. */
export function names(python: string): ReadonlySet<string> {
  const bare = python.replace(/'[^']*'/g, '').matchAll(/(?<![\w.])([A-Za-z_]\w*)(?!\w)(?!\s*=[^=])/g);
  return new Set([...bare].map(([, name = '']) => name));
}
