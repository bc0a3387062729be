import type { Fact, InputRange } from '../core/op';
import { parse } from '../core/parse';
import { opOf } from '../core/registry';
import type { Scene } from '../core/scene';
import { inputsOf } from '../core/sequential';
import type { Tensor } from '../core/tensor';
import { Breath } from '../image/breath';
import type { Stats } from '../image/stats';
import type { RanStep } from './api';
import { Kept } from './kept';
import type { OpenPicture } from './openPicture';
import { raced } from './raced';
import type { Workshop } from './workshop';

const FACTS_SLICE_MS = 4;

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
  const ran = await picture.entering(input, scene.input, breath, (x) =>
    raced(engines.runScene(scene, x, { signal, exact, keep: true, progress }), signal, ({ y }) => engines.release(y)),
  );
  const values = new Kept(workshop.adopted(ran.y), engines.release);
  try {
    const stats = await workshop.stats(values.tensor, breath);
    const { ms, engine, steps } = ran;
    return { values, stats, range: scene.input, reducedBy, ms, engine, steps, facts: [] };
  } catch (error) {
    values.letGo();
    throw error;
  }
}

/** What the last step of a scene tells of its work on the picture; nothing for most. In short slices, since a newer run may come. */
export async function factsOf(
  picture: OpenPicture,
  { engines }: Workshop,
  { scene, exact, signal }: Asked,
): Promise<readonly Fact[]> {
  const last = scene.steps.at(-1);
  if (!last) return [];
  const op = opOf(last.op);
  if (!op.facts) return [];
  const front = { ...scene, steps: scene.steps.slice(0, -1) };
  const breath = new Breath(signal, FACTS_SLICE_MS);
  return picture.entering(picture.tensor, scene.input, breath, async (x) => {
    const middle = front.steps.length > 0 ? (await engines.runScene(front, x, { signal, exact, keep: true })).y : x;
    try {
      const work = op.facts?.(inputsOf(op, last, engines.steady(middle)), parse(op.params, last.params, op.name));
      for (;;) {
        const part = work?.next();
        if (!part || part.done) return part?.value ?? [];
        if (breath.due()) await breath.rest();
      }
    } finally {
      if (middle !== x) engines.release(middle);
    }
  });
}
