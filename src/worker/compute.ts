import type { Fact, InputRange } from '../core/op';
import { parse } from '../core/parse';
import { opOf } from '../core/registry';
import type { Scene, Step } from '../core/scene';
import { inputsOf } from '../core/sequential';
import type { Tensor } from '../core/tensor';
import type { Ran } from '../engines/index';
import type { Breath } from '../image/breath';
import type { Stats } from '../image/stats';
import type { RanStep } from './api';
import { Kept } from './kept';
import type { OpenPicture } from './openPicture';
import { raced } from './raced';
import type { Workshop } from './workshop';

type Pixels = Tensor<Float32Array>;
export interface Result {
  readonly values: Kept;
  readonly stats: Stats;
  readonly range: InputRange;
  readonly reducedBy: number;
  readonly ms: number;
  readonly engine: string;
  readonly steps: readonly RanStep[];
  readonly facts: readonly Fact[];
}
export interface Asked {
  readonly scene: Scene;
  readonly exact: boolean;
  readonly breath: Breath;
  readonly signal: AbortSignal;
}

/** Runs the scene on the picture, or on its preview, which is `reducedBy` smaller. What is stopped leaves nothing behind. */
export async function computed(
  picture: OpenPicture,
  input: Pixels,
  reducedBy: number,
  workshop: Workshop,
  { scene, exact, breath, signal }: Asked,
  progress: (done: number) => void,
): Promise<Result> {
  const { engines } = workshop;
  const last = scene.steps.at(-1);
  const telling = reducedBy === 1 && last !== undefined && opOf(last.op).facts !== undefined;
  const first = telling ? scene.steps.slice(0, -1) : scene.steps;
  const ran: Ran[] = [];
  const run = async (steps: readonly Step[], x: Pixels): Promise<Pixels> => {
    const before = ran.reduce((sum, part) => sum + part.steps.length, 0);
    const share = steps.length / Math.max(1, scene.steps.length);
    const told = (done: number) => progress(before / Math.max(1, scene.steps.length) + done * share);
    const work = engines.runScene({ ...scene, steps }, x, { signal, exact, keep: true, progress: told });
    const part = await raced(work, signal, ({ y }) => engines.release(y));
    ran.push(part);
    return part.y;
  };
  let facts: readonly Fact[] = [];
  const y = await picture.entering(input, scene.input, breath, async (x) => {
    if (!telling) return run(first, x);
    const middle = first.length > 0 ? await run(first, x) : x;
    try {
      facts = await factsOf(last, engines.steady(middle), breath);
      return await run([last], middle);
    } finally {
      if (middle !== x) engines.release(middle);
    }
  });
  const values = new Kept(workshop.adopted(y), engines.release);
  try {
    const stats = await workshop.stats(values.tensor, breath);
    const ms = ran.reduce((sum, part) => sum + part.ms, 0);
    const steps = ran.flatMap((part) => part.steps);
    const engine = [...new Set(ran.map((part) => part.engine))].join(', ');
    return { values, stats, range: scene.input, reducedBy, ms, engine, steps, facts };
  } catch (error) {
    values.letGo();
    throw error;
  }
}

async function factsOf(step: Step, x: Tensor, breath: Breath): Promise<readonly Fact[]> {
  const op = opOf(step.op);
  const work = op.facts?.(inputsOf(op, step, x), parse(op.params, step.params, op.name));
  if (!work) return [];
  for (;;) {
    const part = work.next();
    if (part.done) return part.value;
    if (breath.due()) await breath.rest();
  }
}
