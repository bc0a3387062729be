import type { Fact } from '../core/op';
import { parse } from '../core/parse';
import { opOf } from '../core/registry';
import type { Scene } from '../core/scene';
import { inputsOf, parseScene, trace } from '../core/sequential';
import { type Shape, sizeOf, type Tensor } from '../core/tensor';
import { Breath } from '../image/breath';
import { CannotOpen } from '../image/cannotOpen';
import { centred, cut } from '../image/cut';
import type { Decoded, DecodeOptions } from '../image/decode';
import type { Paint } from '../image/display';
import type { Drawing } from '../image/draw';
import { resampled } from '../image/resample';
import type { Look } from './api';
import { drawn, inputPaint, paintOf, pngOf, sharedPaint } from './batchDrawing';
import type { Cutting } from './cutting';
import { tooLarge, type Workshop } from './workshop';

/** What runs over every picture, and how results are drawn. */
export interface BatchJob {
  readonly scene: Scene;
  readonly exact: boolean;
  readonly look: Look;
}
/** One picture and what the scene made of it, in small. */
export interface Made {
  readonly input: Drawing;
  readonly output: Drawing;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly ms: number;
  /** `Reduced to 1/2 of its size.` */
  readonly notes: readonly string[];
  /** In one batch: what the step that gathers statistics would find in this picture alone. */
  readonly facts: readonly Fact[];
}
/** All pictures in one tensor. */
export interface Together {
  /** By picture; a sentence where it could not be read. */
  readonly items: readonly (Made | string)[];
  /** [N, 3, H, W] */
  readonly shape: Shape;
  /** What the last step that gathers statistics found in the whole batch, and which step that is; null where none does. */
  readonly gathered: { readonly op: string; readonly facts: readonly Fact[] } | null;
}
export interface BatchSize {
  readonly width: number;
  readonly height: number;
}

/** What the Lab's second worker does; called through Comlink. Of `run`, `together` and `png` a new call does not stop an old one; `cancel` does. */
export interface Second {
  /** @throws an Error whose message is a sentence. */
  cutting(blob: Blob, wanted: Cutting): Promise<Blob>;
  /** Runs the scene over one picture. @throws an Error whose message is a sentence. */
  run(blob: Blob, job: BatchJob): Promise<Made>;
  /** The result at its true size. */
  png(blob: Blob, job: BatchJob): Promise<Blob>;
  /** Runs the scene over all pictures at once, each cut in the middle and brought to one size. `report` hears how far it is, 0..1. */
  together(blobs: readonly Blob[], size: BatchSize, job: BatchJob, report: (done: number) => void): Promise<Together>;
  /** Of the last batch, a result by the place of its picture. */
  togetherPng(at: number, job: BatchJob): Promise<Blob>;
  cancel(): Promise<void>;
}

export interface BatchTools {
  decode(blob: Blob, options: DecodeOptions): Promise<Decoded>;
  readonly workshop: Promise<Workshop>;
}

type Pixels = Tensor<Float32Array>;

/** Batches, apart from the worker. Holds the result of the last one that ran together. */
export class Batcher {
  private stop = new AbortController();
  private last: { readonly y: Pixels; readonly paint: Paint; readonly places: ReadonlyMap<number, number> } | null = null;

  constructor(private readonly tools: BatchTools) {}

  async cancel(): Promise<void> {
    this.stop.abort();
    this.stop = new AbortController();
  }

  async run(blob: Blob, { scene: json, exact, look }: BatchJob): Promise<Made> {
    const { signal } = this.stop;
    const [scene, workshop] = [parseScene(json), await this.tools.workshop];
    return this.opened(blob, workshop, signal, async (x, notes) => {
      const breath = new Breath(signal);
      const { y, ms } = await computed(scene, x, workshop, exact, signal);
      try {
        return {
          input: await drawn(x, inputPaint, look, workshop, breath),
          output: await drawn(y, await paintOf(y, scene, look, workshop, breath), look, workshop, breath),
          inputShape: x.shape,
          outputShape: y.shape,
          ms,
          notes,
          facts: [],
        };
      } finally {
        workshop.engines.release(y);
      }
    });
  }

  async png(blob: Blob, { scene: json, exact, look }: BatchJob): Promise<Blob> {
    const { signal } = this.stop;
    const [scene, workshop] = [parseScene(json), await this.tools.workshop];
    return this.opened(blob, workshop, signal, async (x) => {
      const { y } = await computed(scene, x, workshop, exact, signal);
      try {
        const breath = new Breath(signal);
        return await pngOf(y, await paintOf(y, scene, look, workshop, breath), look, workshop, breath);
      } finally {
        workshop.engines.release(y);
      }
    });
  }

  async together(
    blobs: readonly Blob[],
    size: BatchSize,
    { scene: json, exact, look }: BatchJob,
    report: (done: number) => void,
  ): Promise<Together> {
    const { signal } = this.stop;
    const [scene, workshop] = [parseScene(json), await this.tools.workshop];
    const breath = new Breath(signal);
    const [read, problems] = [new Map<number, Pixels>(), new Map<number, string>()];
    for (const [at, blob] of blobs.entries()) {
      try {
        read.set(at, await this.opened(blob, workshop, signal, (x) => fitted(x, size, breath)));
      } catch (error) {
        signal.throwIfAborted();
        problems.set(at, error instanceof Error ? error.message : String(error));
      }
      report((0.5 * (at + 1)) / blobs.length);
    }
    const all: Pixels[] = [...read.values()];
    const x = stacked(all, size);
    const items: (Made | string)[] = blobs.map((_, at) => problems.get(at) ?? '');
    if (all.length === 0) return { items, shape: x.shape, gathered: null };
    const run = await computed(scene, x, workshop, exact, signal, (done) => report(0.5 + 0.4 * done));
    const y = workshop.engines.steady(run.y) as Pixels;
    if (y !== run.y) workshop.engines.release(run.y);
    const places = new Map([...read.keys()].map((at, item) => [at, item]));
    const paint = await sharedPaint(
      [...places.values()].map((item) => itemOf(y, item)),
      scene,
      look,
      workshop,
      breath,
    );
    this.last = { y, paint, places };
    const gathered = await gatheredBy(scene, x, workshop, exact, signal);
    for (const [at, item] of places) {
      const [own, out] = [itemOf(x, item), itemOf(y, item)];
      items[at] = {
        input: await drawn(own, inputPaint, look, workshop, breath),
        output: await drawn(out, paint, look, workshop, breath),
        inputShape: own.shape,
        outputShape: out.shape,
        ms: run.ms,
        notes: [],
        facts: gathered ? await gathered.of(item) : [],
      };
      report(0.9 + (0.1 * (item + 1)) / all.length);
      if (breath.due()) await breath.rest();
    }
    return { items, shape: x.shape, gathered: gathered && { op: gathered.op, facts: gathered.facts } };
  }

  async togetherPng(at: number, { look }: BatchJob): Promise<Blob> {
    const item = this.last?.places.get(at);
    if (!this.last || item === undefined) throw new Error('A batch with this picture is expected to have run, received none.');
    const { y, paint } = this.last;
    return pngOf(itemOf(y, item), paint, look, await this.tools.workshop, new Breath(this.stop.signal));
  }

  /** Works on a decoded picture. One that is too large to be opened without a question is opened reduced. */
  private async opened<T>(
    blob: Blob,
    workshop: Workshop,
    signal: AbortSignal,
    work: (x: Pixels, notes: readonly string[]) => Promise<T>,
  ): Promise<T> {
    const options = { signal, memory: async () => workshop.memory };
    const { tensor, notes } = await this.tools.decode(blob, options).catch((error: unknown) => {
      const shrink = error instanceof CannotOpen ? error.over?.shrink : undefined;
      if (shrink === undefined) throw error;
      return this.tools.decode(blob, { ...options, shrink });
    });
    const x = workshop.adopted(tensor);
    try {
      signal.throwIfAborted();
      return await work(x, notes);
    } finally {
      workshop.engines.release(x);
    }
  }
}

/** @throws RangeError with the numbers where a step does not fit, or its result has no room. */
async function computed(
  scene: Scene,
  x: Pixels,
  workshop: Workshop,
  exact: boolean,
  signal: AbortSignal,
  progress?: (done: number) => void,
): Promise<{ y: Pixels; ms: number }> {
  const sizes = [x.shape, ...trace(scene, x.shape)].map((shape) => 4 * sizeOf(shape));
  const most = Math.max(...sizes.map((bytes, i) => bytes + (sizes[i - 1] ?? 0)));
  const room = workshop.free(most);
  if (room && !room.fits) throw new RangeError(tooLarge('result', most, room.bytes));
  const entering = scene.input === 'signed' ? await workshop.signed(x, new Breath(signal)) : x;
  try {
    const { y, ms } = await workshop.engines.runScene(scene, entering, {
      signal,
      exact,
      keep: true,
      ...(progress && { progress }),
    });
    return { y, ms };
  } finally {
    if (entering !== x) workshop.engines.release(entering);
  }
}

/** Cut in the middle to the shape of `size`, then brought to it: area means where it shrinks. In memory of its own. */
async function fitted(x: Pixels, { width, height }: BatchSize, breath: Breath): Promise<Pixels> {
  const channels = x.shape[1] ?? 1;
  if (channels !== 3) throw new RangeError(`A batch takes pictures of 3 channels, received ${channels}.`);
  const part = cut(x, centred(x.shape[3] ?? 1, x.shape[2] ?? 1, width / height));
  return resampled(part, width, height, (part.shape[3] ?? 1) >= width ? 'area' : 'bilinear', breath);
}

function stacked(all: readonly Pixels[], { width, height }: BatchSize): Pixels {
  const data = new Float32Array(all.length * 3 * height * width);
  for (const [i, { data: own }] of all.entries()) data.set(own, i * 3 * height * width);
  return { shape: [all.length, 3, height, width], data };
}

/** One item of a batch, as a batch of its own. */
function itemOf({ shape, data }: Pixels, item: number): Pixels {
  const size = sizeOf(shape.slice(1));
  return { shape: [1, ...shape.slice(1)], data: data.subarray(item * size, (item + 1) * size) };
}

/** What the last step with facts finds in what reaches it: in the whole batch, and in each picture alone. */
async function gatheredBy(scene: Scene, x: Pixels, workshop: Workshop, exact: boolean, signal: AbortSignal) {
  const at = scene.steps.map(({ op, off }) => !off && opOf(op).facts !== undefined).lastIndexOf(true);
  const step = scene.steps[at];
  if (!step) return null;
  const op = opOf(step.op);
  const { y } = await computed({ ...scene, steps: scene.steps.slice(0, at) }, x, workshop, exact, signal);
  const middle = workshop.engines.steady(y) as Pixels;
  if (middle !== y) workshop.engines.release(y);
  const breath = new Breath(signal);
  const find = async (values: Pixels): Promise<readonly Fact[]> => {
    const work = op.facts?.(inputsOf(op, step, values), parse(op.params, step.params, op.name));
    for (;;) {
      const part = work?.next();
      if (!part || part.done) return part?.value ?? [];
      if (breath.due()) await breath.rest();
    }
  };
  return { op: step.op, facts: await find(middle), of: (item: number) => find(itemOf(middle, item)) };
}
