import type { Scene } from '../core/scene';
import { parseScene, trace } from '../core/sequential';
import type { Tensor } from '../core/tensor';
import { Breath } from '../image/breath';
import { CannotOpen } from '../image/cannotOpen';
import type { Decoded, DecodeOptions } from '../image/decode';
import type { Drawing } from '../image/draw';
import {
  type Area,
  type Cells,
  type Compared,
  type Difference,
  type DifferenceLook,
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
import { Desk } from './desk';
import { Drawings } from './drawings';
import { Encoder } from './encoder';
import { mapsOf } from './featureMaps';
import { Inquirer } from './inquirer';
import type { AnswerOf, AskedOf, InquiryName } from './inquiries';
import { OpenPicture } from './openPicture';
import { performed } from './performing';
import { raced } from './raced';
import type { Workshop } from './workshop';

/** What the studio leaves to the browser and to the engines. */
export interface Tools {
  decode(blob: Blob, options: DecodeOptions): Promise<Decoded>;
  readonly workshop: Promise<Workshop>;
}

type OpenOptions = Parameters<Studio['open']>[1];
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
        return performed(desk, { scene, shapes, wanted, exact, details, breath, signal, report });
      });
      void desk.workshop.tidy().catch(() => undefined);
      return 'done';
    } catch (error) {
      if (signal.aborted) return 'superseded';
      throw error;
    }
  }

  async redraw(wanted: Wanted): Promise<View<Drawing>> {
    return this.opened().drawn(wanted, new Breath());
  }

  async seen(wanted: Wanted): Promise<Drawing | null> {
    return this.opened().seen(wanted);
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
  async difference(asked: Compared, signed: boolean, look: DifferenceLook): Promise<Difference<Drawing> | null> {
    return this.opened().difference(asked, signed, look);
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
