import type { Fact, InputRange } from '../core/op';
import { parse } from '../core/parse';
import { opOf } from '../core/registry';
import type { Scene, Step } from '../core/scene';
import { inputsOf, parseScene, trace } from '../core/sequential';
import type { Tensor } from '../core/tensor';
import { Breath } from '../image/breath';
import { CannotOpen } from '../image/cannotOpen';
import { colourMap } from '../image/colourMap';
import type { Decoded, DecodeOptions } from '../image/decode';
import { type Paint, paintFor } from '../image/display';
import { type Drawing, draw, factorFor, MAX_DRAWN_PIXELS } from '../image/draw';
import { writePng } from '../image/png/write';
import { reduceTensor } from '../image/reduce';
import { type Stats, statsOf } from '../image/stats';
import type { Look, Opened, Refused, RunEvent, Studio, View } from './api';
import { raced } from './raced';
import { signedOf } from './signed';

/** Pictures over this many pixels show a preview first, of at most `PREVIEW_PIXELS`. */
export const LARGE_PIXELS = 2e6;
export const PREVIEW_PIXELS = 0.5e6;
const REPORT_MS = 100;

/** What the studio leaves to the browser and to the engines. */
export interface Tools {
  decode(blob: Blob, options: DecodeOptions): Promise<Decoded>;
  /** Runs one step; `progress` is told how much is done, 0..1. */
  compute(
    step: Step,
    x: Tensor,
    options: ComputeOptions,
  ): Promise<{ readonly y: Tensor; readonly engine: string; readonly ms: number }>;
  bitmap(drawing: Drawing): Promise<ImageBitmap>;
}
export interface ComputeOptions {
  readonly signal: AbortSignal;
  progress(done: number): void;
}

interface Result {
  readonly tensor: Tensor;
  readonly stats: Stats;
  readonly range: InputRange;
  readonly reducedBy: number;
  readonly ms: number;
  readonly engine: string;
  readonly facts: readonly Fact[];
}
interface OpenPicture {
  readonly tensor: Tensor<Float32Array>;
  stats: Stats | null;
  preview: { readonly tensor: Tensor<Float32Array>; readonly factor: number } | null;
}

/**
 * The compute worker's logic, apart from the worker. Holds the open picture (values 0..1), a small copy of a large one, and the last full
 * result; each is let go when its successor is complete. A signed scene adds a copy of the input while it runs.
 */
export class LocalStudio implements Studio {
  private picture: OpenPicture | null = null;
  private result: Result | null = null;
  private range: InputRange = 'unit';
  private opening = new AbortController();
  private running = new AbortController();
  private pending: Promise<unknown> = Promise.resolve();

  constructor(private readonly tools: Tools) {}

  open(blob: Blob, options: { readonly shrink?: number; readonly large?: boolean }): Promise<Opened | Refused> {
    this.opening.abort();
    this.running.abort();
    this.opening = new AbortController();
    const answer = this.decoded(blob, options, this.opening.signal);
    this.pending = answer.catch(() => undefined);
    return answer;
  }

  private async decoded(
    blob: Blob,
    options: { readonly shrink?: number; readonly large?: boolean },
    signal: AbortSignal,
  ): Promise<Opened | Refused> {
    try {
      const { tensor, notes } = await raced(this.tools.decode(blob, { ...options, signal }), signal);
      this.picture = { tensor, stats: null, preview: null };
      this.result = null;
      const [, channels = 0, height = 0, width = 0] = tensor.shape;
      return { kind: 'opened', width, height, channels, large: width * height > LARGE_PIXELS, notes };
    } catch (error) {
      if (signal.aborted) return { kind: 'refused', reason: 'superseded', message: 'Another picture was opened.' };
      if (!(error instanceof CannotOpen)) throw error;
      const { megapixels, shrink, action } = error.over ?? {};
      return {
        kind: 'refused',
        reason: error.reason,
        message: error.message,
        ...(megapixels !== undefined && { megapixels }),
        ...(shrink !== undefined && { shrink }),
        ...(action !== undefined && { action }),
      };
    }
  }

  async input(scene: Scene): Promise<View> {
    await this.pending;
    const picture = this.opened();
    const breath = new Breath();
    picture.stats ??= await statsOf(picture.tensor, breath);
    const { min, max } = picture.stats;
    const signed = scene.input === 'signed';
    const paint: Paint = { mapping: 'clamp', channels: [0, 1, 2], low: 0, high: 1 };
    const bitmap = await this.tools.bitmap(await draw(picture.tensor, paint, plainMap, drawnFactor(picture.tensor), breath));
    return {
      bitmap,
      shape: picture.tensor.shape,
      min: signed ? 2 * min - 1 : min,
      max: signed ? 2 * max - 1 : max,
      mapping: 'clamp',
      low: signed ? -1 : 0,
      high: 1,
      reducedBy: 1,
      ms: 0,
      engine: '',
    };
  }

  async run(json: Scene, look: Look, report: (event: RunEvent) => unknown): Promise<'done' | 'superseded'> {
    this.running.abort();
    this.running = new AbortController();
    const { signal } = this.running;
    try {
      await raced(this.pending, signal);
      return await this.runOn(this.opened(), parseScene(json), look, report, signal);
    } catch (error) {
      if (signal.aborted) return 'superseded';
      throw error;
    }
  }

  private async runOn(
    picture: OpenPicture,
    scene: Scene,
    look: Look,
    report: (event: RunEvent) => unknown,
    signal: AbortSignal,
  ): Promise<'done'> {
    trace(scene, picture.tensor.shape);
    colourMap(look.diverging);
    this.range = scene.input;
    const breath = new Breath(signal);
    const show = async (result: Result): Promise<void> => {
      const view = await this.view(result, look, breath);
      if (signal.aborted) view.bitmap.close();
      signal.throwIfAborted();
      await Promise.resolve(report({ kind: 'view', view })).catch(() => undefined);
    };
    const preview = await previewOf(picture, breath);
    if (preview !== null && fits(scene, preview.tensor)) {
      await show(await this.computed(scene, preview.tensor, preview.factor, breath, signal, () => undefined));
    }
    let told = performance.now();
    const result = await this.computed(scene, picture.tensor, 1, breath, signal, (done) => {
      if (performance.now() - told < REPORT_MS) return;
      told = performance.now();
      void Promise.resolve(report({ kind: 'progress', done })).catch(() => undefined);
    });
    this.result = result;
    await show(result);
    return 'done';
  }

  private async computed(
    scene: Scene,
    input: Tensor<Float32Array>,
    reducedBy: number,
    breath: Breath,
    signal: AbortSignal,
    progress: (done: number) => void,
  ): Promise<Result> {
    let x: Tensor = scene.input === 'signed' ? await signedOf(input, breath) : input;
    let ms = 0;
    let facts: readonly Fact[] = [];
    const engines = new Set<string>();
    for (const [i, step] of scene.steps.entries()) {
      const options = { signal, progress: (done: number) => progress((i + done) / scene.steps.length) };
      const { y, engine, ms: took } = await raced(this.tools.compute(step, x, options), signal);
      ms += took;
      engines.add(engine);
      if (reducedBy === 1 && i === scene.steps.length - 1) facts = await factsOf(step, x, breath);
      x = y;
    }
    const stats = await statsOf(x, breath);
    return { tensor: x, stats, range: scene.input, reducedBy, ms, engine: [...engines].join(', '), facts };
  }

  async redraw(look: Look): Promise<View> {
    return this.view(this.finished(), look, new Breath());
  }

  async png(look: Look): Promise<Blob> {
    const { tensor, stats, range } = this.finished();
    return writePng(tensor, paintFor(tensor, stats, look.display, range), colourMap(look.diverging), new Breath());
  }

  async values(at: {
    input?: { x: number; y: number };
    output?: { x: number; y: number };
  }): Promise<{ input: number[] | null; output: number[] | null }> {
    const input = this.picture && at.input ? pixelOf(this.picture.tensor, at.input) : null;
    return {
      input: this.range === 'signed' ? (input?.map((v) => Math.fround(2 * v - 1)) ?? null) : input,
      output: this.result && at.output ? pixelOf(this.result.tensor, at.output) : null,
    };
  }

  async cancel(): Promise<void> {
    this.opening.abort();
    this.running.abort();
  }

  private async view(result: Result, look: Look, breath: Breath): Promise<View> {
    const { tensor, stats, range, reducedBy, ms, engine, facts } = result;
    const paint = paintFor(tensor, stats, look.display, range);
    const bitmap = await this.tools.bitmap(await draw(tensor, paint, colourMap(look.diverging), drawnFactor(tensor), breath));
    const { mapping, low, high } = paint;
    const drawn = { bitmap, shape: tensor.shape, min: stats.min, max: stats.max, mapping, low, high, reducedBy, ms, engine };
    return facts.length > 0 ? { ...drawn, facts } : drawn;
  }

  private opened(): OpenPicture {
    if (this.picture === null) throw new Error('A picture is expected to be open, received none.');
    return this.picture;
  }

  private finished(): Result {
    if (this.result === null) throw new Error('A finished result is expected, received none yet.');
    return this.result;
  }
}

const plainMap = colourMap(['#000000', '#ffffff']);

const drawnFactor = ({ shape }: Tensor): number => factorFor(shape[3] ?? 1, shape[2] ?? 1, MAX_DRAWN_PIXELS);

async function previewOf(picture: OpenPicture, breath: Breath): Promise<OpenPicture['preview']> {
  const [, , height = 1, width = 1] = picture.tensor.shape;
  if (width * height <= LARGE_PIXELS) return null;
  const factor = factorFor(width, height, PREVIEW_PIXELS);
  picture.preview ??= { tensor: await reduceTensor(picture.tensor, factor, breath), factor };
  return picture.preview;
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

/** A window may be too large for the small copy and fit the picture. */
function fits(scene: Scene, { shape }: Tensor): boolean {
  try {
    trace(scene, shape);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** One value per channel; null outside. */
function pixelOf({ shape, data }: Tensor, { x, y }: { x: number; y: number }): number[] | null {
  const [, channels = 1, height = 1, width = 1] = shape;
  const [column, row] = [Math.floor(x), Math.floor(y)];
  if (!(column >= 0 && column < width && row >= 0 && row < height)) return null;
  return Array.from({ length: channels }, (_, c) => data[(c * height + row) * width + column]!);
}
