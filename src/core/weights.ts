// The inputs of an op other than `x`: from the small numbers of a step to whole tensors.

import type { WeightField, WeightValue } from './op';
import { oneOf, shown } from './parse';
import type { AnyOp } from './registry';
import type { Step } from './scene';
import type { Params, Schema } from './schema';
import { type Shape, sizeOf, type Tensor, zeros } from './tensor';

type Matrix = readonly (readonly number[])[];
type AnyWeightField = WeightField<Schema>;

/** The longest side of a kernel matrix. */
const longest = 255;

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
  const isRow = (row: unknown): row is unknown[] => Array.isArray(row);
  if (!Array.isArray(value) || !value.every(isRow)) return refuse('rows of numbers', shown(value));
  const width = value[0]?.length ?? 0;
  if (value.length < 1 || value.length > longest || width < 1 || width > longest) {
    return refuse(`a matrix of 1 to ${longest} rows and columns`, `${value.length} rows and ${width} columns`);
  }
  return value.map((row, i) => {
    if (row.length !== width) return refuse(`${width} numbers in every row`, `${row.length} in row ${i + 1}`);
    return row.map((cell, j) => {
      if (typeof cell !== 'number' || !Number.isFinite(cell))
        return refuse('numbers only', `${shown(cell)} in row ${i + 1}, column ${j + 1}`);
      return cell;
    });
  });
}

/** Shapes of every input of a step, for an `x` of that shape. */
export function shapesOf(op: AnyOp, step: Pick<Step, 'weights'>, params: Params<Schema>, x: Shape): Record<string, Shape> {
  const shapes: Record<string, Shape> = { x };
  for (const [name, field] of Object.entries(op.weights))
    shapes[name] = shapeOf(op.name, name, field, givenFor(step, name, field), params, x);
  return shapes;
}

/** Tensors of every input but `x`: a kernel is repeated for every output and channel, a number for every channel. */
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
    const cells = typeof value === 'number' ? [value] : value.flat();
    const filled = zeros(shapes[name] ?? []);
    for (let i = 0; i < filled.data.length; i++) filled.data[i] = cells[i % cells.length]!;
    weights[name] = filled;
  }
  return weights;
}

const givenFor = (step: Pick<Step, 'weights'>, name: string, field: AnyWeightField): WeightValue =>
  step.weights?.[name] ?? field.default;

const isMatrix = (value: WeightValue): value is Matrix => typeof value === 'object' && typeof value[0] === 'object';

function shapeOf(op: string, name: string, field: AnyWeightField, value: WeightValue, params: Params<Schema>, x: Shape): Shape {
  if (field.kind === 'kernel') {
    if (!isMatrix(value)) throw new RangeError(`${op} ${name}: expected rows of numbers, received ${shown(value)}`);
    const shape = field.shape(x, params, [value.length, value[0]?.length ?? 0]);
    if (sizeOf(shape) > 2 ** 26)
      throw new RangeError(`${op} ${name}: expected at most ${2 ** 26} weights, received [${shape.join(', ')}]`);
    return shape;
  }
  if (field.kind === 'stored') return field.shape(x, params);
  const length = field.length(x, params);
  if (typeof value === 'object' && value.length !== length) {
    throw new RangeError(`${op} ${name}: expected one number or ${length}, one for each channel, received ${value.length}`);
  }
  return [length];
}
