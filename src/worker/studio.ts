import type { Scene } from '../core/scene';
import { parseScene, trace } from '../core/sequential';
import type { Tensor } from '../core/tensor';
import { Breath } from '../image/breath';
import { CannotOpen } from '../image/cannotOpen';
import { colourMap } from '../image/colourMap';
import type { Decoded, DecodeOptions } from '../image/decode';
import type { Drawing } from '../image/draw';
import {
  type Area,
  type Cells,
  type Compared,
  type Difference,
  type Encoded,
  type Encoding,
  type FeatureMap,
  type InquiredOf,
  inputNode,
  type Look,
  type MapsAsked,
  type Node,
  type Opened,
  type Refused,
  type Region,
  type RunChoice,
  type RunEvent,
  type Studio,
  type View,
  type Wanted,
} from './api';
import type { Asked } from './chain';
import { Desk } from './desk';
import { Drawings } from './drawings';
import { Encoder } from './encoder';
import { factsOf } from './facts';
import { mapsOf } from './featureMaps';
import { glimpse } from './glimpse';
import { Inquirer } from './inquirer';
import type { AnswerOf, AskedOf, InquiryName } from './inquiries';
import { OpenPicture } from './openPicture';
import { raced } from './raced';
import type { Workshop } from './workshop';

/** A full result that will take longer has a preview before it, where the picture is large. */
const PATIENCE_MS = 150;
const REPORT_MS = 100;

/** What the studio leaves to the browser and to the engines. */
export interface Tools {
  decode(blob: Blob, options: DecodeOptions): Promise<Decoded>;
  readonly workshop: Promise<Workshop>;
}

type OpenOptions = Parameters<Studio['open']>[1];
interface AskedViews extends Asked {
  readonly wanted: readonly Wanted[];
  readonly details: boolean;
  report(event: RunEvent<Drawing>): unknown;
}
/**
 * The compute worker's logic, apart from the worker. Holds the open picture (values 0..1), a small copy of a large one, and what the last scene
 * made of it; what is shown is let go when its successor is complete. A signed scene adds a copy of the input.
 */
export class LocalStudio implements Studio<Drawing> {
  private desk: Desk | null = null;
  private opening = new AbortController();
  private running = new AbortController();
  private mapping = new AbortController();
  private pending: Promise<unknown> = Promise.resolve();

  private readonly encoder = new Encoder();
  private readonly inquirer = new Inquirer();

  constructor(private readonly tools: Tools) {}

  open(blob: Blob, options: OpenOptions, bytes?: ArrayBuffer): Promise<Opened | Refused> {
    this.opening.abort();
    this.running.abort();
    this.inquirer.stop();
    this.opening = new AbortController();
    const answer = this.decoded(blob, { ...options, bytes }, this.opening.signal);
    this.pending = answer.catch(() => undefined);
    return answer;
  }

  private async decoded(
    blob: Blob,
    options: OpenOptions & Pick<DecodeOptions, 'bytes'>,
    signal: AbortSignal,
  ): Promise<Opened | Refused> {
    const memory = async () => (await this.tools.workshop).memory;
    try {
      const decoding = this.tools.decode(blob, { ...options, signal, memory });
      const { tensor, notes } = await raced(decoding, signal, ({ tensor: late }) => void this.release(late));
      const workshop = await this.tools.workshop;
      this.desk?.letGo();
      const picture = new OpenPicture(workshop.settled(workshop.adopted(tensor)), workshop);
      this.desk = new Desk(picture, workshop, this.desk?.drawings ?? new Drawings(workshop), this.desk?.range ?? 'unit');
      const [, channels = 0, height = 0, width = 0] = tensor.shape;
      return { kind: 'opened', width, height, channels, large: picture.large, notes };
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

  async input(range: Scene['input'], look: Look): Promise<View<Drawing>> {
    await this.pending;
    const { picture, drawings } = this.opened();
    return drawings.input(inputNode, picture, range, look, new Breath());
  }

  async run(
    json: Scene,
    wanted: readonly Wanted[],
    report: (event: RunEvent<Drawing>) => unknown,
    { exact = false, details = false }: RunChoice = {},
  ): Promise<'done' | 'superseded'> {
    this.running.abort();
    this.mapping.abort();
    this.running = new AbortController();
    const { signal } = this.running;
    try {
      await raced(this.pending, signal);
      await raced(this.tools.workshop, signal);
      const desk = this.opened();
      desk.comparison.letGo();
      const scene = parseScene(json);
      const breath = new Breath(signal);
      await desk.picture.during(({ shape }) => {
        const shapes = [shape, ...trace(scene, shape)];
        return this.runOn(desk, { scene, shapes, wanted, exact, details, breath, signal, report });
      });
      void desk.workshop.tidy().catch(() => undefined);
      return 'done';
    } catch (error) {
      if (signal.aborted) return 'superseded';
      throw error;
    }
  }

  private async runOn(desk: Desk, asked: AskedViews): Promise<void> {
    const { picture, chain } = desk;
    const { scene, wanted, details, breath, signal } = asked;
    for (const { look } of wanted) colourMap(look.diverging);
    chain.makeRoom(asked);
    chain.enter(asked);
    desk.range = scene.input;
    const results = wanted.filter(({ node }) => !chain.isInput(node)).sort((a, b) => a.node - b.node);
    if (await this.glimpsed(desk, asked, results)) return;
    if (picture.large && results.some(({ node }) => chain.at(node) === null)) await this.preview(desk, asked, results);
    let told = performance.now();
    const progress = (done: number): void => {
      if (performance.now() - told < REPORT_MS) return;
      told = performance.now();
      void Promise.resolve(asked.report({ kind: 'progress', done })).catch(() => undefined);
    };
    for (const { node } of results) await chain.result(node, asked, details, progress);
    chain.show(wanted.map(({ node }) => node));
    for (const one of wanted) await this.show(one, asked, await desk.drawn(one, breath));
    // Nobody waits for these with the picture.
    const last = Math.max(inputNode, ...wanted.map(({ node }) => node));
    const result = chain.at(last);
    const facts = result?.facts.length === 0 ? await factsOf(last, chain, picture, desk.workshop, asked) : [];
    signal.throwIfAborted();
    if (result && facts.length > 0) {
      result.facts = facts;
      await Promise.resolve(asked.report({ kind: 'facts', node: last, facts })).catch(() => undefined);
    }
    if (details) await this.detail(desk, asked);
  }

  /** While a slider moves, the last result as it is seen, without making it, where that is possible. */
  private async glimpsed(desk: Desk, asked: AskedViews, results: readonly Wanted[]): Promise<boolean> {
    const { chain } = desk;
    const last = results.at(-1);
    const seen = last && (await glimpse(desk, last, asked));
    if (!seen) return false;
    for (const { node } of results) if (node !== last.node) await chain.result(node, asked, false, () => undefined);
    chain.show(asked.wanted.map(({ node }) => node));
    for (const one of asked.wanted)
      await this.show(one, asked, one.node === last.node ? seen : await desk.drawn(one, asked.breath));
    return true;
  }

  /** A small copy of the picture shows what comes, and tells how long the full result will take. */
  private async preview({ picture, chain, drawings }: Desk, asked: AskedViews, results: readonly Wanted[]): Promise<void> {
    const { breath } = asked;
    const small = await picture.preview(breath);
    if (small === null || !fits(asked.scene, small.tensor)) return;
    for (const one of results) {
      const { node, look } = one;
      const result = await chain.preview(node, asked, small.tensor, small.factor);
      try {
        if (result.making.ms * small.factor ** 2 > PATIENCE_MS)
          await this.show(one, asked, await drawings.view(node, result, look, breath));
      } finally {
        result.values.letGo();
      }
    }
  }

  /** Every step in small. */
  private async detail({ picture, chain, drawings }: Desk, asked: AskedViews): Promise<void> {
    const { scene, wanted, breath, signal, report } = asked;
    const [first] = wanted;
    if (!first) return;
    const { look } = first;
    for (const node of [inputNode, ...scene.steps.keys()]) {
      if (chain.isTold(node, look)) continue;
      const made = chain.isInput(node)
        ? await drawings.stepOfInput(node, picture, scene.input, look, breath)
        : await drawings.step(node, await chain.result(node, asked, true, () => undefined), look, breath);
      signal.throwIfAborted();
      const step = scene.steps[node]?.off ? { ...made, ran: null } : made;
      chain.told(node, look);
      await Promise.resolve(report({ kind: 'step', step })).catch(() => undefined);
    }
  }

  private async show(one: Wanted, { wanted, signal, report }: AskedViews, view: View<Drawing>): Promise<void> {
    if (signal.aborted) this.reuse(view.drawing.rgba.buffer);
    signal.throwIfAborted();
    await Promise.resolve(report({ kind: 'view', at: wanted.indexOf(one), view })).catch(() => undefined);
  }

  async redraw(wanted: Wanted): Promise<View<Drawing>> {
    return this.opened().drawn(wanted, new Breath());
  }

  async region(wanted: Wanted, area: Area, factor: number): Promise<Region | null> {
    return this.opened().region(wanted, area, factor);
  }
  async cells(node: Node, area: Area): Promise<Cells | null> {
    return this.desk?.cells(node, area) ?? null;
  }
  async values(at: Parameters<Studio['values']>[0]): Promise<(number[] | null)[]> {
    return at.map((one) => this.desk?.value(one) ?? null);
  }
  async difference(asked: Compared, signed: boolean, diverging: Look['diverging']): Promise<Difference<Drawing> | null> {
    return this.opened().difference(asked, signed, diverging);
  }
  async similarity(asked: Compared): Promise<number | null> {
    return this.opened().similarity(asked);
  }
  async png(wanted: Wanted): Promise<Blob> {
    return this.opened().png(wanted);
  }

  async maps(node: Node, asked: MapsAsked, report: (map: FeatureMap) => unknown): Promise<'done' | 'superseded'> {
    this.mapping.abort();
    this.mapping = new AbortController();
    const { signal } = this.mapping;
    const breath = new Breath(signal);
    const { picture, chain, workshop, range } = this.opened();
    try {
      await mapsOf(node, asked, { picture, chain, range, workshop, breath }, (map) => {
        signal.throwIfAborted();
        void Promise.resolve(report(map)).catch(() => undefined);
      });
      return 'done';
    } catch (error) {
      if (signal.aborted) return 'superseded';
      throw error;
    }
  }

  encode(asked: Encoding, report: (done: number) => unknown): Promise<Encoded | null> {
    return this.encoder.encode(this.openedDesk, asked, report);
  }
  async stopEncoding(): Promise<void> {
    this.encoder.stop();
  }
  inquire<K extends InquiryName>(
    name: K,
    asked: AskedOf<K>,
    of: InquiredOf,
    report?: (done: number) => void,
  ): Promise<AnswerOf<K> | null> {
    return this.inquirer.inquire(name, asked, of, this.openedDesk, report);
  }
  async stopInquiry(name: InquiryName, asker?: string): Promise<void> {
    this.inquirer.stop(name, asker);
  }
  private readonly openedDesk = async (signal: AbortSignal): Promise<Desk> => {
    await raced(this.pending, signal);
    return this.opened();
  };
  async foretell(asked: Encoding): Promise<number | null> {
    await this.pending;
    return (await import('./foretell')).foretold(this.opened(), asked);
  }

  async cancel(): Promise<void> {
    this.opening.abort();
    this.running.abort();
  }

  /** Takes back the memory of a drawing that is no longer needed, for the next one: new memory is slow. */
  reuse(drawn: ArrayBuffer): void {
    this.desk?.drawings.reuse(drawn);
  }

  private opened(): Desk {
    if (this.desk === null) throw new Error('A picture is expected to be open, received none.');
    return this.desk;
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
