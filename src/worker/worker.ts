import { expose, type Remote, releaseProxy, transfer } from 'comlink';
import type { Scene } from '../core/scene';
import { enginesOf } from '../engines/index';
import { decode } from '../image/decode';
import type { Drawing } from '../image/draw';
import type { Look, RunEvent, View } from './api';
import { LocalStudio } from './studio';

// The compute worker of a page: `Studio` (api.ts) through Comlink; bitmaps are handed over, not copied.

const engines = enginesOf();
const studio = new LocalStudio({ decode, compute: engines.runStep, bitmap });

function bitmap({ rgba, width, height }: Drawing): Promise<ImageBitmap> {
  return createImageBitmap(new ImageData(rgba, width, height), { colorSpaceConversion: 'none' });
}

const sent = (view: View): View => transfer(view, [view.bitmap]);

expose({
  open: (blob: Blob, options: { shrink?: number; large?: boolean }) => studio.open(blob, options),
  input: async (scene: Scene) => sent(await studio.input(scene)),
  async run(scene: Scene, look: Look, report: Remote<(event: RunEvent) => void>) {
    try {
      return await studio.run(scene, look, (event) =>
        report(event.kind === 'view' ? transfer(event, [event.view.bitmap]) : event),
      );
    } finally {
      report[releaseProxy]();
    }
  },
  redraw: async (look: Look) => sent(await studio.redraw(look)),
  png: (look: Look) => studio.png(look),
  values: (at: Parameters<typeof studio.values>[0]) => studio.values(at),
  cancel: () => studio.cancel(),
});
