// The inputs of an op other than `x`: from the small numbers of a step to whole tensors.

import { isBank, isMatrix, shapeOfBank } from './bank';
import type { Bank, Matrix, WeightField, WeightValue } from './op';
import { oneOf, shown } from './parse';
import type { AnyOp } from './registry';
import type { Step } from './scene';
import type { Params, Schema } from './schema';
import { type Shape, sizeOf, type Tensor, tensor, zeros } from './tensor';

type AnyWeightField = WeightField<Schema>;

/** The longest side of a kernel matrix. */
const longest = 255;
/** The most numbers of a bank that a scene may carry. */
const mostCarried = 2 ** 20;

/**
 * A step's value for one weight, checked.
 * @throws RangeError `conv2d weight: expected …, received …`
 */
export function parseWeight(op: AnyOp, name: string, value: unknown): WeightValue {
  const field = Object.hasOwn(op.weights, name) ? op.weights[name] : undefined;
  if (!field) {
    throw new RangeError(
      `${op.name} ${name}: expected ${oneOf(Object.keys(op.weights), 'no weights')}, received an unknown weight`,
    );
  }
  const refuse = (expected: string, received: string): never => {
    throw new RangeError(`${op.name} ${name}: expected ${expected}, received ${received}`);
  };
  if (field.kind === 'stored') return refuse('nothing, since another layer stores it', shown(value));
  if (field.kind === 'perChannel') {
    const accepts = (v: unknown): v is number => typeof v === 'number' && v >= field.min && v <= field.max;
    if (accepts(value)) return value;
    if (Array.isArray(value) && value.length > 0 && value.every(accepts)) return value;
    return refuse(`a number from ${field.min} to ${field.max}, or a list with one for each channel`, shown(value));
  }
  return field.bank && isNested(value) ? readBank(value, refuse) : readMatrix(value, '', refuse);
}

type Refuse = (expected: string, received: string) => never;
const isList = (value: unknown): value is unknown[] => Array.isArray(value);
const isNested = (value: unknown): value is unknown[][] =>
  isList(value) && value.every(isList) && value.some((row) => row.some(isList));

/** Rows of one length; `where` says which kernel of a bank it is. */
function readMatrix(value: unknown, where: string, refuse: Refuse): Matrix {
  if (!isList(value) || !value.every(isList)) return refuse('rows of numbers', shown(value) + where);
  const width = value[0]?.length ?? 0;
  if (value.length < 1 || value.length > longest || width < 1 || width > longest) {
    return refuse(`a matrix of 1 to ${longest} rows and columns`, `${value.length} rows and ${width} columns${where}`);
  }
  return value.map((row, i) => {
    if (row.length !== width) return refuse(`${width} numbers in every row`, `${row.length} in row ${i + 1}${where}`);
    return row.map((cell, j) => {
      if (typeof cell !== 'number' || !Number.isFinite(cell))
        return refuse('numbers only', `${shown(cell)} in row ${i + 1}, column ${j + 1}${where}`);
      return cell;
    });
  });
}

/** Kernels of one size, as many in every list. */
function readBank(value: readonly (readonly unknown[])[], refuse: Refuse): Bank {
  const inner = value[0]?.length ?? 0;
  const bank = value.map((line, i) => {
    if (line.length !== inner || inner < 1)
      return refuse(`${Math.max(1, inner)} kernels in every list`, `${line.length} in list ${i + 1}`);
    return line.map((kernel, j) => readMatrix(kernel, ` of kernel ${i + 1}, ${j + 1}`, refuse));
  });
  const [a = 0, b = 0, rows = 0, columns = 0] = shapeOfBank(bank);
  for (const [i, line] of bank.entries())
    for (const [j, kernel] of line.entries())
      if (kernel.length !== rows || kernel[0]?.length !== columns)
        return refuse(
          `kernels of ${rows} rows and ${columns} columns`,
          `${kernel.length} rows and ${kernel[0]?.length} columns in kernel ${i + 1}, ${j + 1}`,
        );
  if (a * b * rows * columns > mostCarried) return refuse(`at most ${mostCarried} numbers`, String(a * b * rows * columns));
  return bank;
}

/** Shapes of every input of a step, for an `x` of that shape. */
export function shapesOf(op: AnyOp, step: Pick<Step, 'weights'>, params: Params<Schema>, x: Shape): Record<string, Shape> {
  const shapes: Record<string, Shape> = { x };
  for (const [name, field] of Object.entries(op.weights))
    shapes[name] = shapeOf(op.name, name, field, givenFor(step, name, field), params, shapes);
  return shapes;
}

/** Tensors of every input but `x`: one matrix is repeated for every output and channel, a number for every channel; a bank is the tensor. */
export function weightsOf(
  op: AnyOp,
  step: Pick<Step, 'weights'>,
  params: Params<Schema>,
  x: Shape,
): Record<string, Tensor<Float64Array>> {
  const shapes = shapesOf(op, step, params, x);
  const weights: Record<string, Tensor<Float64Array>> = {};
  for (const [name, field] of Object.entries(op.weights)) {
    const value = givenFor(step, name, field);
    const cells = typeof value === 'number' ? [value] : isBank(value) ? value.flat(3) : value.flat();
    const filled = zeros(shapes[name] ?? []);
    for (let i = 0; i < filled.data.length; i++) filled.data[i] = cells[i % cells.length]!;
    weights[name] = filled;
  }
  return weights;
}

const givenFor = (step: Pick<Step, 'weights'>, name: string, field: AnyWeightField): WeightValue =>
  step.weights?.[name] ?? field.default;

function shapeOf(
  op: string,
  name: string,
  field: AnyWeightField,
  value: WeightValue,
  params: Params<Schema>,
  before: Readonly<Record<string, Shape>>,
): Shape {
  const x = before.x ?? [];
  if (field.kind === 'kernel') {
    if (isBank(value) && field.bank) return shapeOfBank(value);
    if (!isMatrix(value)) throw new RangeError(`${op} ${name}: expected rows of numbers, received ${shown(value)}`);
    const shape = field.shape(x, params, [value.length, value[0]?.length ?? 0]);
    if (sizeOf(shape) > 2 ** 26)
      throw new RangeError(`${op} ${name}: expected at most ${2 ** 26} weights, received [${shape.join(', ')}]`);
    return shape;
  }
  if (field.kind === 'stored') return field.shape(x, params);
  const length = field.length(x, params, before);
  if (typeof value === 'object' && value.length !== length) {
    throw new RangeError(`${op} ${name}: expected one number or ${length}, one for each channel, received ${value.length}`);
  }
  return [length];
}

/** Tensors for one channel, of every input but `x` that has a number for each: what a step gives the first channel. */
export function oneChannelOf(op: AnyOp, step: Pick<Step, 'weights'>): Record<string, Tensor<Float64Array>> {
  const weights: Record<string, Tensor<Float64Array>> = {};
  for (const [name, field] of Object.entries(op.weights)) {
    const value = givenFor(step, name, field);
    const first = typeof value === 'number' ? value : value[0];
    if (typeof first === 'number') weights[name] = tensor([1], [first]);
  }
  return weights;
}
