import { binaries, hands } from './binary';

// The compute worker of a page: `Studio` (api.ts) through Comlink. Drawings are handed over, not copied: those that are shown as bitmaps, which a canvas
// takes as they are, the others as bytes.

import { expose, type Remote, releaseProxy, transfer } from 'comlink';
import type { Scene } from '../core/scene';
import { decode } from '../image/decode';
import type { Drawing } from '../image/draw';
import type {
  Area,
  Cells,
  Compared,
  DifferenceLook,
  Encoding,
  FeatureMap,
  Look,
  MapsAsked,
  Node,
  Region,
  RunChoice,
  RunEvent,
  Sheet,
  View,
  Wanted,
} from './api';
import type { AskedOf, InquiryName } from './inquiries';
import type { LocalStudio, Tools } from './studio';

type OpenOptions = Parameters<LocalStudio['open']>[1];

const program = import('./program');
program.catch(reportError);
const opening = program.then(({ openWorkshop }) => openWorkshop(binaries, hands));
const workshop = opening.then((opened) => opened.workshop);

/** The first picture is decoded while the program loads. */
let first: { readonly blob: Blob; readonly decoded: ReturnType<Tools['decode']> } | null = null;
const decodeFirst: Tools['decode'] = (blob, options) => {
  const known = first?.blob === blob ? first.decoded : null;
  first = null;
  return known ?? decode(blob, options);
};
const studio = program.then(({ LocalStudio }) => new LocalStudio({ decode: decodeFirst, workshop }));
let loaded = false;
void studio.then(() => {
  loaded = true;
});

async function open(blob: Blob, options: OpenOptions, bytes?: ArrayBuffer): ReturnType<LocalStudio['open']> {
  if (!loaded && !first) {
    const decoded = decode(blob, { ...options, bytes, memory: async () => (await workshop).memory });
    decoded.catch(() => undefined);
    first = { blob, decoded };
  }
  return (await studio).open(blob, options, bytes);
}

const sent = (drawn: Region): Region => transfer(drawn, [drawn.drawing.rgba.buffer]);
const event = async (one: RunEvent<Drawing>): Promise<RunEvent> => {
  if (one.kind === 'view') {
    const view = await pressed(one.view);
    return transfer({ ...one, view }, bitmapsOf(view));
  }
  return one.kind === 'step' ? transfer(one, [one.step.thumbnail.rgba.buffer]) : one;
};
const shown = async (view: View<Drawing>): Promise<View> => {
  const sheets = await pressed(view);
  return transfer(sheets, bitmapsOf(sheets));
};

/** Opaque pixels are the same with and without their alpha multiplied in, and saying so saves a pass over them. */
const asTheyAre: ImageBitmapOptions = { premultiplyAlpha: 'none', colorSpaceConversion: 'none' };

/** The view with its drawings as bitmaps. */
async function pressed({ drawing, seen, ...view }: View<Drawing>): Promise<View> {
  const sheets = { ...view, drawing: await sheetOf(drawing), ...(seen && { seen: await sheetOf(seen) }) };
  (await studio).reuse(drawing.rgba.buffer);
  return sheets;
}
async function sheetOf({ rgba, width, height }: Drawing): Promise<Sheet> {
  return { width, height, bitmap: await createImageBitmap(new ImageData(rgba, width, height), asTheyAre) };
}
const bitmapsOf = ({ drawing, seen }: View): ImageBitmap[] => [drawing.bitmap, ...(seen ? [seen.bitmap] : [])];

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
  open: (blob: Blob, options: OpenOptions, bytes?: ArrayBuffer) => counted(() => open(blob, options, bytes)),
  input: (range: Scene['input'], look: Look) => counted(async () => shown(await (await studio).input(range, look))),
  async run(scene: Scene, wanted: readonly Wanted[], report: Remote<(event: RunEvent) => void>, choice?: RunChoice) {
    try {
      return await counted(async () => (await studio).run(scene, wanted, async (one) => report(await event(one)), choice));
    } finally {
      report[releaseProxy]();
    }
  },
  redraw: (wanted: Wanted) => counted(async () => shown(await (await studio).redraw(wanted))),
  seen: (wanted: Wanted) =>
    counted(async () => {
      const drawing = await (await studio).seen(wanted);
      const sheet = drawing && (await sheetOf(drawing));
      return sheet && transfer(sheet, [sheet.bitmap]);
    }),
  region: (wanted: Wanted, area: Area, factor: number) =>
    counted(async () => {
      const region = await (await studio).region(wanted, area, factor);
      return region && sent(region);
    }),
  async cells(node: Node, area: Area) {
    const cells: Cells | null = await (await studio).cells(node, area);
    return cells && transfer(cells, [cells.values.buffer]);
  },
  async maps(node: Node, asked: MapsAsked, report: Remote<(map: FeatureMap) => void>) {
    const sentOf = (map: FeatureMap) => transfer(map, [map.thumbnail.rgba.buffer, map.histogram.buffer]);
    try {
      return await counted(async () => (await studio).maps(node, asked, (map) => report(sentOf(map))));
    } finally {
      report[releaseProxy]();
    }
  },
  difference: (asked: Compared, signed: boolean, look: DifferenceLook) =>
    counted(async () => {
      const difference = await (await studio).difference(asked, signed, look);
      if (!difference) return null;
      const view = await pressed(difference.view);
      return transfer({ ...difference, view }, bitmapsOf(view));
    }),
  similarity: (asked: Compared) => counted(async () => (await studio).similarity(asked)),
  png: (wanted: Wanted) => counted(async () => (await studio).png(wanted)),
  async encode(wanted: Encoding, report: Remote<(done: number) => void>) {
    try {
      return await counted(async () => (await studio).encode(wanted, (done) => report(done)));
    } finally {
      report[releaseProxy]();
    }
  },
  async inquire(
    name: InquiryName,
    asked: AskedOf<InquiryName>,
    of: Parameters<LocalStudio['inquire']>[2],
    report?: Remote<(done: number) => void>,
  ) {
    try {
      return await counted(async () => (await studio).inquire(name, asked, of, report && ((done) => void report(done))));
    } finally {
      report?.[releaseProxy]();
    }
  },
  stopInquiry: async (name: InquiryName, asker?: string) => (await studio).stopInquiry(name, asker),
  foretell: (wanted: Encoding) => counted(async () => (await studio).foretell(wanted)),
  stopEncoding: async () => (await studio).stopEncoding(),
  values: async (at: Parameters<LocalStudio['values']>[0]) => (await studio).values(at),
  cancel: async () => (await studio).cancel(),
});

void Promise.all([program, opening]).then(([{ warm }, { engine }]) => engine && warm(engine, () => asked === 0));
