import { expose, type Remote, releaseProxy, transfer } from 'comlink';
import type { Scene } from '../core/scene';
import plain from '../engines/simd/binaries/plain.wasm?url&no-inline';
import relaxed from '../engines/simd/binaries/relaxed.wasm?url&no-inline';
import threads from '../engines/simd/binaries/threads.wasm?url&no-inline';
import { decode } from '../image/decode';
import type { Look, RunChoice, RunEvent, View } from './api';
import { handsHere } from './hands';
import { LocalStudio } from './studio';
import { warm } from './warm';
import { openWorkshop } from './workshop';

// The compute worker of a page: `Studio` (api.ts) through Comlink; drawings are handed over, not copied.

const bytesAt = async (url: string): Promise<ArrayBuffer> => (await fetch(url)).arrayBuffer();
const hands = handsHere();
const opening = openWorkshop(async () => {
  const [one, other, more] = await Promise.all([bytesAt(plain), bytesAt(relaxed), hands && bytesAt(threads)]);
  return { plain: one, relaxed: other, threads: more };
}, hands);
const studio = new LocalStudio({ decode, workshop: opening.then(({ workshop }) => workshop) });

const sent = (view: View): View => transfer(view, [view.drawing.rgba.buffer]);

/** Requests that are not answered yet. */
let asked = 0;
async function counted<T>(work: () => Promise<T>): Promise<T> {
  asked += 1;
  try {
    return await work();
  } finally {
    asked -= 1;
  }
}

expose({
  open: (blob: Blob, options: { shrink?: number; large?: boolean }) => counted(() => studio.open(blob, options)),
  input: (scene: Scene) => counted(async () => sent(await studio.input(scene))),
  async run(scene: Scene, look: Look, report: Remote<(event: RunEvent) => void>, choice?: RunChoice) {
    const tell = (event: RunEvent) => report(event.kind === 'view' ? transfer(event, [event.view.drawing.rgba.buffer]) : event);
    try {
      return await counted(() => studio.run(scene, look, tell, choice));
    } finally {
      report[releaseProxy]();
    }
  },
  redraw: (look: Look) => counted(async () => sent(await studio.redraw(look))),
  png: (look: Look) => counted(() => studio.png(look)),
  values: (at: Parameters<typeof studio.values>[0]) => studio.values(at),
  cancel: () => studio.cancel(),
  reuse: (drawn: ArrayBuffer) => studio.reuse(drawn),
});

void opening.then(({ engine }) => engine && warm(engine, () => asked === 0));
