// Weights that follow the settings around them: banks after a change of groups or channels, lists after a change of filters.

import { type BankFrame, bankOf, channelRead, frameFor, frameOf, isBank, sliceOf } from './bank';
import type { Bank, KernelField, Matrix, WeightValue } from './op';
import { parse } from './parse';
import { type AnyOp, opOf } from './registry';
import type { Step } from './scene';
import type { Params, Schema } from './schema';
import { imageAxes, type Shape } from './tensor';
import { shapesOf } from './weights';

/** The step with weights that fit its parameters and a picture of that shape, where that can be; else as it is. */
export function adapted(step: Step, x: Shape): Step {
  const op = opOf(step.op);
  if (!step.weights) return step;
  try {
    const params = parse(op.params, step.params, op.name);
    return withLists(op, withBanks(op, step, params, x), params, x);
  } catch (error) {
    if (error instanceof RangeError) return step;
    throw error;
  }
}

function withBanks(op: AnyOp, step: Step, params: Params<Schema>, x: Shape): Step {
  let weights = step.weights ?? {};
  for (const [name, field] of Object.entries(op.weights)) {
    const value = weights[name];
    if (field.kind !== 'kernel' || value === undefined || !isBank(value)) continue;
    const bank = fitted(field, value, params, x);
    if (bank !== value) weights = { ...weights, [name]: bank };
  }
  return weights === step.weights ? step : { ...step, weights };
}

/**
 * The bank for other groups or another number of channels. Groups that are joined keep the result: a filter has zeros on channels that it
 * did not read. One channel becomes several equal parts, several become their sum, as for a grey picture.
 */
export function fitted(field: KernelField<Schema>, bank: Bank, params: Params<Schema>, x: Shape): Bank {
  const had = frameOf(field, bank, params);
  const all = imageAxes('kernel', x)[1];
  if (!had || !field.bank || all % had.groups !== 0) return bank;
  const wanted = frameFor(field, x, params, [had.rows, had.columns], had.filters);
  if (!wanted || wanted.filters !== had.filters || wanted.channels === had.channels) return bank;
  if (field.bank.layout === 'OIHW' && all % had.channels === 0) {
    const before = { ...had, groups: all / had.channels };
    if (had.filters % before.groups === 0) return regrouped(field, bank, before, wanted);
  }
  return respread(field, bank, had, wanted);
}

/** Every filter keeps its kernels on the channels that it reads before and after. */
function regrouped(field: KernelField<Schema>, bank: Bank, had: BankFrame, wanted: BankFrame): Bank {
  return bankOf(field, wanted, (filter, channel) => {
    const read = channelRead(wanted, filter, channel);
    for (let c = 0; c < had.channels; c++) if (channelRead(had, filter, c) === read) return sliceOf(field, bank, had, filter, c);
    return noughts(wanted);
  });
}

function respread(field: KernelField<Schema>, bank: Bank, had: BankFrame, wanted: BankFrame): Bank {
  return bankOf(field, wanted, (filter, channel) => {
    const slices = Array.from({ length: had.channels }, (_, c) => sliceOf(field, bank, had, filter, c));
    if (had.channels > 1 && wanted.channels > 1) return slices[channel] ?? noughts(wanted);
    return noughts(wanted).map((row, i) =>
      row.map((_, j) => slices.reduce((sum, slice) => sum + (slice[i]?.[j] ?? 0), 0) / wanted.channels),
    );
  });
}

const noughts = ({ rows, columns }: BankFrame): Matrix => Array.from({ length: rows }, () => new Array<number>(columns).fill(0));

/** Lists of one number for each channel, made longer with defaults or cut. */
function withLists(op: AnyOp, step: Step, params: Params<Schema>, x: Shape): Step {
  const weights: Record<string, WeightValue> = { ...step.weights };
  const single = Object.fromEntries(Object.entries(weights).filter(([name]) => op.weights[name]?.kind === 'kernel'));
  const shapes = shapesOf(op, { weights: single }, params, x);
  let changed = false;
  for (const [name, field] of Object.entries(op.weights)) {
    const value = weights[name];
    if (field.kind !== 'perChannel' || !Array.isArray(value)) continue;
    const length = field.length(x, params, shapes);
    if (value.length === length) continue;
    weights[name] = Array.from({ length }, (_, i) => Number(value[i] ?? field.default));
    changed = true;
  }
  return changed ? { ...step, weights } : step;
}
