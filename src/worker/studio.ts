import type { InputRange } from '../core/op';
import type { Scene } from '../core/scene';
import { parseScene, trace } from '../core/sequential';
import { type Shape, sizeOf, type Tensor } from '../core/tensor';
import { Breath } from '../image/breath';
import { CannotOpen } from '../image/cannotOpen';
import { colourMap } from '../image/colourMap';
import type { Decoded, DecodeOptions } from '../image/decode';
import { type Paint, paintFor } from '../image/display';
import { factorFor, MAX_DRAWN_PIXELS } from '../image/draw';
import type { Look, Opened, Refused, RunChoice, RunEvent, Studio, View } from './api';
import { type Asked, computed, factsOf, type Result } from './compute';
import { encoded } from './encode';
import { OpenPicture } from './openPicture';
import { raced } from './raced';
import { tooLarge, type Workshop } from './workshop';

/** A full result that will take longer has a preview before it, where the picture is large. */
const PATIENCE_MS = 150;
const REPORT_MS = 100;
/** Of the two views that a page shows, and the next one. */
const MOST_SPARE = 3;
/** Memory of a drawing a little larger serves too, so that a size that changes with a slider needs no new memory each time. */
const MOST_ROOM = 1.5;

/** What the studio leaves to the browser and to the engines. */
export interface Tools {
  decode(blob: Blob, options: DecodeOptions): Promise<Decoded>;
  readonly workshop: Promise<Workshop>;
}

interface AskedView extends Asked {
  readonly look: Look;
  report(event: RunEvent): unknown;
}

/**
 * The compute worker's logic, apart from the worker. Holds the open picture (values 0..1), a small copy of a large one, and the last full
 * result; each is let go when its successor is complete. A signed scene adds a copy of the input.
 */
export class LocalStudio implements Studio {
  private picture: OpenPicture | null = null;
  private result: Result | null = null;
  private range: InputRange = 'unit';
  private opening = new AbortController();
  private running = new AbortController();
  private pending: Promise<unknown> = Promise.resolve();
  private spare: ArrayBuffer[] = [];

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
    const memory = async () => (await this.tools.workshop).memory;
    try {
      const decoding = this.tools.decode(blob, { ...options, signal, memory });
      const { tensor, notes } = await raced(decoding, signal, ({ tensor: late }) => void this.release(late));
      const workshop = await this.tools.workshop;
      this.picture?.letGo();
      this.picture = new OpenPicture(workshop.adopted(tensor), workshop);
      this.keep(null);
      const [, channels = 0, height = 0, width = 0] = tensor.shape;
      return { kind: 'opened', width, height, channels, large: this.picture.large, notes };
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

  private async release(tensor: Tensor): Promise<void> {
    (await this.tools.workshop).engines.release(tensor);
  }
  /** Puts a result, or none, in the place of the last one. */
  private keep(result: Result | null): void {
    this.result?.values.letGo();
    this.result = result;
  }

  async input(scene: Scene): Promise<View> {
    await this.pending;
    const picture = this.opened();
    const workshop = await this.tools.workshop;
    const breath = new Breath();
    return picture.during(async (x) => {
      const { min, max } = await picture.stats(breath);
      const signed = scene.input === 'signed';
      const paint: Paint = { mapping: 'clamp', channels: [0, 1, 2], low: 0, high: 1 };
      const drawing = await workshop.drawn(x, paint, plainMap, drawnFactor(x), breath, this.room);
      return {
        drawing,
        shape: x.shape,
        min: signed ? 2 * min - 1 : min,
        max: signed ? 2 * max - 1 : max,
        mapping: 'clamp',
        low: signed ? -1 : 0,
        high: 1,
        reducedBy: 1,
        ms: 0,
        engine: '',
        steps: [],
      };
    });
  }

  async run(
    json: Scene,
    look: Look,
    report: (event: RunEvent) => unknown,
    { exact = false }: RunChoice = {},
  ): Promise<'done' | 'superseded'> {
    this.running.abort();
    this.running = new AbortController();
    const { signal } = this.running;
    try {
      await raced(this.pending, signal);
      const workshop = await raced(this.tools.workshop, signal);
      const picture = this.opened();
      const asked = { scene: parseScene(json), look, exact, breath: new Breath(signal), signal, report };
      await picture.during((x) => this.runOn(picture, x, workshop, asked));
      return 'done';
    } catch (error) {
      if (signal.aborted) return 'superseded';
      throw error;
    }
  }

  private async runOn(picture: OpenPicture, x: Tensor<Float32Array>, workshop: Workshop, asked: AskedView): Promise<void> {
    const { scene, look, breath, signal, report } = asked;
    const shapes = [x.shape, ...trace(scene, x.shape)];
    colourMap(look.diverging);
    this.makeRoom(scene, shapes, workshop);
    this.range = scene.input;
    const show = async (result: Result): Promise<void> => {
      const view = await this.view(result, look, breath);
      if (signal.aborted) this.reuse(view.drawing.rgba.buffer);
      signal.throwIfAborted();
      await Promise.resolve(report({ kind: 'view', view })).catch(() => undefined);
    };
    const preview = picture.large ? await picture.preview(breath) : null;
    if (preview !== null && fits(scene, preview.tensor)) {
      const small = await computed(picture, preview.tensor, preview.factor, workshop, asked, () => undefined);
      // The small copy also tells how long the full result will take.
      const slow = small.ms * preview.factor ** 2 > PATIENCE_MS;
      try {
        if (slow) await show(small);
      } finally {
        small.values.letGo();
      }
    }
    let told = performance.now();
    const result = await computed(picture, x, 1, workshop, asked, (done) => {
      if (performance.now() - told < REPORT_MS) return;
      told = performance.now();
      void Promise.resolve(report({ kind: 'progress', done })).catch(() => undefined);
    });
    this.keep(result);
    await show(result);
    // Nobody waits for these with the picture.
    const facts = await factsOf(picture, workshop, asked);
    signal.throwIfAborted();
    if (facts.length === 0) return;
    if (this.result === result) this.result = { ...result, facts };
    await Promise.resolve(report({ kind: 'facts', facts })).catch(() => undefined);
  }

  /** @throws RangeError with the numbers when the result cannot fit. The last one is let go where that is what it takes. */
  private makeRoom(scene: Scene, shapes: readonly Shape[], workshop: Workshop): void {
    const sizes = shapes.map((shape) => 4 * sizeOf(shape));
    // A step's input lies there while its output is made; of the first one it is the picture itself, or its signed copy.
    const ownFirst = scene.input === 'signed' ? sizes[0]! : 0;
    const most = Math.max(0, ...sizes.slice(1).map((size, i) => size + (i === 0 ? ownFirst : sizes[i]!)));
    const room = workshop.free(most);
    if (room === null || room.fits) return;
    const last = this.result === null ? 0 : 4 * sizeOf(this.result.values.tensor.shape);
    if (most > room.bytes + last) throw new RangeError(tooLarge('result', most, room.bytes + last));
    this.keep(null);
    if (workshop.free(most)?.fits === false) throw new RangeError(tooLarge('result', most, room.bytes));
  }

  async redraw(look: Look): Promise<View> {
    return this.view(this.finished(), look, new Breath());
  }

  async png(look: Look): Promise<Blob> {
    const workshop = await this.tools.workshop;
    const { values, stats, range } = this.finished();
    const breath = new Breath();
    return values.during((x) => {
      const paint = paintFor(x, stats, look.display, range);
      return encoded(x, paint, look.diverging, { format: 'png' }, workshop, breath);
    });
  }

  async values(at: {
    input?: { x: number; y: number };
    output?: { x: number; y: number };
  }): Promise<{ input: number[] | null; output: number[] | null }> {
    const input = this.picture && at.input ? pixelOf(this.picture.tensor, at.input) : null;
    return {
      input: this.range === 'signed' ? (input?.map((v) => Math.fround(2 * v - 1)) ?? null) : input,
      output: this.result && at.output ? pixelOf(this.result.values.tensor, at.output) : null,
    };
  }

  async cancel(): Promise<void> {
    this.opening.abort();
    this.running.abort();
  }

  reuse(drawn: ArrayBuffer): void {
    this.spare = [...this.spare, drawn].slice(-MOST_SPARE);
  }
  private readonly room = (bytes: number): ArrayBuffer => {
    const found = this.spare.find(({ byteLength }) => byteLength >= bytes && byteLength <= MOST_ROOM * bytes);
    this.spare = this.spare.filter((buffer) => buffer !== found);
    return found ?? new ArrayBuffer(bytes);
  };

  private async view(result: Result, look: Look, breath: Breath): Promise<View> {
    const { values, stats, range, reducedBy, ms, engine, steps, facts } = result;
    return values.during(async (x) => {
      const workshop = await this.tools.workshop;
      const paint = paintFor(x, stats, look.display, range);
      const map = colourMap(look.diverging);
      const drawing = await workshop.drawn(x, paint, map, drawnFactor(x), breath, this.room);
      const { mapping, low, high } = paint;
      const drawn = { drawing, shape: x.shape, min: stats.min, max: stats.max, mapping, low, high, reducedBy, ms, engine, steps };
      return facts.length > 0 ? { ...drawn, facts } : drawn;
    });
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
