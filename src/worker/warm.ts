// The first calls of a routine are slow, since browsers compile what is called often only. Calls on a scrap, while nobody waits, take them away.

import { parse } from '../core/parse';
import { quickScenes, starterScene } from '../core/quick';
import { opOf } from '../core/registry';
import type { Step } from '../core/scene';
import type { Field } from '../core/schema';
import { weightsOf } from '../core/sequential';
import type { Shape } from '../core/tensor';
import type { Prepared } from '../engines/engine';
import type { SimdEngine } from '../engines/simd/engine';
import { Pixels } from '../engines/simd/pixels';
import { planners } from '../engines/simd/plans';

const calls = 40;
const scrap = { shape: [1, 3, 32, 64], data: new Float32Array(3 * 32 * 64) };
const scale = { low: 0, slope: 1, start: 0, magnitude: false };
const colouring = { channels: [0, 1, 2], scale, table: null, factor: 1 };
/** Between two looks whether somebody waits, in milliseconds. */
const nap = 20;
/** Until then the page and its first picture have the machine to themselves, but for the ops of the menu. */
const quiet = 1000;

/** Warms all routines, a few milliseconds at a time and only while `idle`. */
export async function warm(engine: SimdEngine, idle: () => boolean): Promise<void> {
  const pixels = new Pixels(engine.machine);
  const x = engine.hold(scrap);
  const menu = new Set(quickScenes.flatMap(({ scene }) => scene.steps.map(({ op }) => op)));
  const steps = quickScenes.flatMap(({ scene }) => scene.steps);
  const others = planners.filter(({ op }) => !menu.has(op.name)).flatMap(({ op }) => waysOf(engine, op.name, scrap.shape));
  const first = [
    async () => void (await pixels.statistics(x)),
    async () => (await pixels.colours(x, colouring, 0, 32)).release(),
    async () => (await pixels.colours(x, { ...colouring, table: new Int32Array(511) }, 0, 32)).release(),
    async () => (await pixels.colours(x, { ...colouring, factor: 2 }, 0, 16)).release(),
    async () => void (await pixels.place(new Uint8ClampedArray(4 * 32 * 64).fill(255), x, 0)),
    ...steps.map((step) => () => run(step)),
  ];
  const run = async (step: Step): Promise<void> => {
    const prepared = preparedOf(step, x.shape);
    if (engine.judge(prepared, x).runs) engine.release(await engine.run([prepared], x, { keep: true }));
  };
  await often(first, idle);
  await new Promise((resolve) => setTimeout(resolve, quiet));
  await often(
    others.map((step) => () => run(step)),
    idle,
  );
  x.release();
}

/** Runs every task `calls` times. */
async function often(tasks: readonly (() => Promise<void>)[], idle: () => boolean): Promise<void> {
  for (const task of tasks) {
    for (let left = calls; left > 0; ) {
      await new Promise((resolve) => setTimeout(resolve, idle() ? 1 : nap));
      if (!idle()) continue;
      const until = performance.now() + 2;
      for (; left > 0 && performance.now() < until && idle(); left--) await task().catch(() => undefined);
    }
  }
}

function preparedOf(step: Step, x: Shape): Prepared {
  const op = opOf(step.op);
  const params = parse(op.params, step.params, op.name);
  return { op, params, weights: weightsOf(op, step, params, x) };
}

/** An op as it is first shown, and as the first move of each of its sliders makes it, where that takes another way through the engine. */
export function waysOf(engine: Pick<SimdEngine, 'judge'>, op: string, x: Shape): Step[] {
  const { steps } = starterScene(op);
  const known = new Set<string>();
  return steps
    .flatMap((step) => [step, ...moved(step)])
    .filter((step) => {
      const how = wayOf(engine, step, x);
      if (how === undefined || known.has(how)) return false;
      known.add(how);
      return true;
    });
}
/** The reason for an algorithm without its numbers; undefined where the step does not fit, or runs on the reference. */
function wayOf(engine: Pick<SimdEngine, 'judge'>, step: Step, x: Shape): string | undefined {
  try {
    const verdict = engine.judge(preparedOf(step, x), { shape: x });
    return verdict.runs ? verdict.how.replace(/\d+/g, '') : undefined;
  } catch {
    return undefined;
  }
}
const moved = (step: Step): Step[] =>
  Object.entries(opOf(step.op).params).flatMap(([name, field]) => {
    const value = stepped(field, step.params[name]);
    return value === undefined ? [] : [{ ...step, params: { ...step.params, [name]: value } }];
  });
/** One step up, or down from the upper end. */
function stepped(field: Field, value: unknown): unknown {
  if (field.kind === 'maybe') return value === null ? field.of.default : stepped(field.of, value);
  if (field.kind === 'pair') return Array.isArray(value) ? value.map((one) => onward(one, field.step, field.max)) : undefined;
  if (field.kind !== 'int' && field.kind !== 'real') return undefined;
  return typeof value === 'number' ? onward(value, field.kind === 'int' ? 1 : field.step, field.max) : undefined;
}
const onward = (value: number, step: number, most: number): number => (value + step <= most ? value + step : value - step);
