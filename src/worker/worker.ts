import { expose, type Remote, releaseProxy, transfer } from 'comlink';
import type { Scene } from '../core/scene';
import plain from '../engines/simd/binaries/plain.wasm?url&no-inline';
import relaxed from '../engines/simd/binaries/relaxed.wasm?url&no-inline';
import threads from '../engines/simd/binaries/threads.wasm?url&no-inline';
import { decode } from '../image/decode';
import type { Area, Cells, Encoding, FeatureMap, Look, MapsAsked, Node, Region, RunChoice, RunEvent, View, Wanted } from './api';
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

const sent = <T extends View | Region>(drawn: T): T => transfer(drawn, [drawn.drawing.rgba.buffer]);
const event = (one: RunEvent): RunEvent => {
  if (one.kind === 'view') return transfer(one, [one.view.drawing.rgba.buffer]);
  return one.kind === 'step' ? transfer(one, [one.step.thumbnail.rgba.buffer]) : one;
};

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
  input: (range: Scene['input'], look: Look) => counted(async () => sent(await studio.input(range, look))),
  async run(scene: Scene, wanted: readonly Wanted[], report: Remote<(event: RunEvent) => void>, choice?: RunChoice) {
    try {
      return await counted(() => studio.run(scene, wanted, (one) => report(event(one)), choice));
    } finally {
      report[releaseProxy]();
    }
  },
  redraw: (wanted: Wanted) => counted(async () => sent(await studio.redraw(wanted))),
  region: (wanted: Wanted, area: Area, factor: number) =>
    counted(async () => {
      const region = await studio.region(wanted, area, factor);
      return region && sent(region);
    }),
  async cells(node: Node, area: Area) {
    const cells: Cells | null = await studio.cells(node, area);
    return cells && transfer(cells, [cells.values.buffer]);
  },
  async maps(node: Node, asked: MapsAsked, report: Remote<(map: FeatureMap) => void>) {
    const sentOf = (map: FeatureMap) => transfer(map, [map.thumbnail.rgba.buffer, map.histogram.buffer]);
    try {
      return await counted(() => studio.maps(node, asked, (map) => report(sentOf(map))));
    } finally {
      report[releaseProxy]();
    }
  },
  png: (wanted: Wanted) => counted(() => studio.png(wanted)),
  async encode(wanted: Encoding, report: Remote<(done: number) => void>) {
    try {
      return await counted(() => studio.encode(wanted, (done) => report(done)));
    } finally {
      report[releaseProxy]();
    }
  },
  foretell: (wanted: Encoding) => counted(() => studio.foretell(wanted)),
  stopEncoding: () => studio.stopEncoding(),
  values: (at: Parameters<typeof studio.values>[0]) => studio.values(at),
  cancel: () => studio.cancel(),
  reuse: (drawn: ArrayBuffer) => studio.reuse(drawn),
});

void opening.then(({ engine }) => engine && warm(engine, () => asked === 0));
