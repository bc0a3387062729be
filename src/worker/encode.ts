import type { Tensor } from '../core/tensor';
import type { Breath } from '../image/breath';
import { colourMap } from '../image/colourMap';
import type { Paint } from '../image/display';
import { factorFor } from '../image/draw';
import { writeNpy } from '../image/export/npy';
import { bytesOf, isGrey, wordsOf } from '../image/export/samples';
import { writeWebp } from '../image/export/webp';
import { shrunk } from '../image/limits';
import { writePng } from '../image/png/write';
import type { FileKind } from './api';
import type { Workshop } from './workshop';

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
