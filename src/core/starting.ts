// A step as it is first put behind others: what its starter says of the three channels of a photograph, it says of those that come in.

import { fitting } from './fitting';
import type { WeightValue } from './op';
import { starterScene } from './quick';
import { opOf } from './registry';
import type { Scene, Step } from './scene';
import type { Shape } from './tensor';
import { trace } from './trace';

const photoChannels = 3;

/** The step of an op for what reaches it; where nothing makes it fit, as it is first put on a photograph. @throws RangeError when there is no such op. */
export function startingStep(opName: string, x: Shape | null): Step {
  const [step] = starterScene(opName).steps;
  if (!step) throw new RangeError(`${opName}: expected a step to start from, received none`);
  return x ? firstThatFits([countedOver(step, x), step], step, x) : step;
}

/** The step with settings that fit what reaches it; as it is where it fits, and where nothing makes it fit. */
export const fitted = (step: Step, x: Shape): Step => firstThatFits([step, countedOver(step, x)], step, x);

function firstThatFits(first: readonly Step[], step: Step, x: Shape): Step {
  for (const candidate of first) if (fits(candidate, x)) return candidate;
  const others = [() => mixedOver(step, x), () => mended(countedOver(step, x), x), () => mended(step, x)];
  for (const other of others) {
    const candidate = other();
    if (candidate && fits(candidate, x)) return candidate;
  }
  return step;
}

const only = (step: Step): Scene => ({ version: 1, input: 'unit', steps: [step] });

function mended(step: Step, x: Shape): Step | null {
  const fix = fitting(only(step), x, 0);
  return fix && { ...step, params: { ...step.params, [fix.param]: fix.value } };
}

function fits(step: Step, x: Shape): boolean {
  try {
    trace(only(step), x);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Numbers that the starter sets to the channels of a photograph, set to those that come in. */
function countedOver(step: Step, x: Shape): Step {
  const { starter } = opOf(step.op);
  const counts = Object.entries(step.params).filter(
    ([name, value]) => value === photoChannels && starter.params?.[name] === photoChannels,
  );
  return { ...step, params: { ...step.params, ...Object.fromEntries(counts.map(([name]) => [name, x[1] ?? 1])) } };
}

/** Matrices over the channels of a photograph, made matrices over those that come in: every three are treated as red, green and blue. */
function mixedOver(step: Step, x: Shape): Step {
  const channels = x[1] ?? 1;
  const weights = Object.entries(step.weights ?? {}).map(([name, value]) => [name, mixOf(value, channels)] as const);
  return { ...step, weights: Object.fromEntries(weights) };
}

function mixOf(value: WeightValue, channels: number): WeightValue {
  const rows = typeof value === 'number' ? [] : value.filter(isRow);
  if (rows.length !== photoChannels || rows.some(({ length }) => length !== photoChannels)) return value;
  const block = (channel: number): number => Math.floor(channel / photoChannels);
  return Array.from({ length: channels }, (_, o) =>
    Array.from({ length: channels }, (_, c) => {
      if (block(o) !== block(c)) return 0;
      const row = rows[o % photoChannels] ?? [];
      // The last channel of a block that is cut short stands for those that lack.
      const last = c === channels - 1;
      return row
        .slice(c % photoChannels, last ? photoChannels : (c % photoChannels) + 1)
        .reduce((sum, weight) => sum + weight, 0);
    }),
  );
}

const isRow = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'number');
