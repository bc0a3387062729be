import { parseScene, trace } from '../core/sequential';
import type { Tensor } from '../core/tensor';
import { Breath } from '../image/breath';
import { colourMap } from '../image/colourMap';
import type { Paint } from '../image/display';
import { factorFor } from '../image/draw';
import { writeNpy } from '../image/export/npy';
import { bytesOf, isGrey, wordsOf } from '../image/export/samples';
import { writeWebp } from '../image/export/webp';
import { shrunk } from '../image/limits';
import { writePng } from '../image/png/write';
import type { Encoding, FileKind } from './api';
import type { Chain } from './chain';
import { entering } from './drawings';
import type { OpenPicture } from './openPicture';
import type { Workshop } from './workshop';

interface Desk {
  readonly picture: OpenPicture;
  readonly chain: Chain;
  readonly workshop: Workshop;
}
/** Of the whole work, where the values must be computed first. */
const COMPUTING = 0.5;
const REPORT_MS = 100;

/** Makes one file at a time: a newer request ends the one before. */
export class Encoder {
  private current = new AbortController();

  /** Null when it was stopped. */
  async encode(
    desk: (signal: AbortSignal) => Promise<Desk>,
    asked: Encoding,
    report: (done: number) => unknown,
  ): Promise<Blob | null> {
    this.stop();
    this.current = new AbortController();
    const { signal } = this.current;
    let told = performance.now();
    const progress = (done: number): void => {
      if (performance.now() - told < REPORT_MS) return;
      told = performance.now();
      void Promise.resolve(report(done)).catch(() => undefined);
    };
    try {
      return await encodedNode(await desk(signal), asked, signal, progress);
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  }

  stop(): void {
    this.current.abort();
  }
}

/** A node of a scene as a file. @throws the signal's reason when it is aborted. */
async function encodedNode(
  { picture, chain, workshop }: Desk,
  { scene: json, exact, node, look, kind }: Encoding,
  signal: AbortSignal,
  report: (done: number) => void,
): Promise<Blob> {
  const scene = parseScene(json);
  const breath = new Breath(signal);
  const found = chain.find(scene, exact, node);
  if (found === 'input') {
    // What a file of values holds is what the first step reads.
    const file = (x: Tensor<Float32Array>) => encoded(x, entering(look, x), look.diverging, kind, workshop, breath, report);
    return picture.during((x) => (kind.format === 'npy' ? picture.entering(x, scene.input, breath, file) : file(x)));
  }
  if (found)
    return found.values.during(async (x) =>
      encoded(x, await found.paint(look, breath), look.diverging, kind, workshop, breath, report),
    );
  return picture.during(async ({ shape }) => {
    const asked = { scene, shapes: [shape, ...trace(scene, shape)], exact, breath, signal };
    const made = await chain.apart(node, asked, (done) => report(done * COMPUTING));
    const rest = (done: number): void => report(COMPUTING + done * (1 - COMPUTING));
    try {
      return await encoded(made.values.tensor, await made.paint(look, breath), look.diverging, kind, workshop, breath, rest);
    } finally {
      made.values.letGo();
    }
  });
}

/** A tensor as a file: its values, or what is drawn of them. `progress` hears how much is done, 0 to 1. */
export async function encoded(
  x: Tensor<Float32Array>,
  paint: Paint,
  stops: readonly string[],
  kind: FileKind,
  workshop: Workshop,
  breath: Breath,
  progress?: (done: number) => void,
): Promise<Blob> {
  if (kind.format === 'npy') return writeNpy(x, breath, progress);
  const [inWidth, inHeight] = [x.shape[3] ?? 1, x.shape[2] ?? 1];
  const factor = kind.format === 'png' && kind.most ? factorFor(inWidth, inHeight, kind.most) : 1;
  const [width, height] = [shrunk(inWidth, factor), shrunk(inHeight, factor)];
  const brush = workshop.brush(x, paint, colourMap(stops), factor, breath);
  if (kind.format === 'webp') return writeWebp(width, height, brush, kind.quality, breath, progress);
  const colours = (await isGrey(x, paint, breath)) ? 1 : 3;
  const png = { width, height, depth: kind.format === 'png16' ? 16 : 8, colours } as const;
  const samples = png.depth === 16 ? wordsOf(x, paint, stops, colours, breath) : bytesOf(brush, colours);
  return writePng(png, samples, breath, progress);
}
