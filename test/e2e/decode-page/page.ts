import { proxy, wrap } from 'comlink';
import type { Scene } from '../../../src/core/scene';
import { Breath } from '../../../src/image/breath';
import { decode, type Memory } from '../../../src/image/decode';
import { readChunks } from '../../../src/image/png/chunks';
import { frameOf, placeFrame } from '../../../src/image/png/native';
import { openShelf } from '../../../src/image/shelf';
import { rasteriseSvg } from '../../../src/image/svg';
import type { Look, Opened, Refused, RunEvent, Studio } from '../../../src/worker/api';

// A page that drives the real compute worker, for decode.spec.ts.

const start = () => wrap<Studio>(new Worker(new URL('../../../src/worker/worker.ts', import.meta.url), { type: 'module' }));
const studio = start();
const look: Look = { display: { mapping: 'clamp', channel: 'all' }, diverging: ['#43105f', '#f6f4f1', '#7e2706'] };
const identity: Scene = { version: 1, input: 'unit', steps: [] };

/** What a run did, with times in ms since it was asked for. */
export interface Account {
  readonly answer: 'done' | 'superseded';
  readonly took: number;
  readonly views: readonly {
    at: number;
    reducedBy: number;
    shape: readonly number[];
    drawn: readonly [number, number];
    ms: number;
  }[];
  readonly progress: readonly { at: number; done: number }[];
}

async function run(scene: Scene): Promise<Account> {
  const from = performance.now();
  const views: Account['views'][number][] = [];
  const progress: Account['progress'][number][] = [];
  const canvas = document.querySelector('canvas');
  const report = (event: RunEvent): void => {
    const at = performance.now() - from;
    if (event.kind === 'facts' || event.kind === 'step') return;
    if (event.kind === 'progress') {
      progress.push({ at, done: event.done });
      return;
    }
    const { drawing, reducedBy, shape, ms } = event.view;
    views.push({ at, reducedBy, shape, drawn: [drawing.width, drawing.height], ms });
    if (canvas === null) return;
    [canvas.width, canvas.height] = [drawing.width, drawing.height];
    canvas.getContext('2d')?.drawImage(drawing.bitmap, 0, 0);
  };
  const answer = await studio.run(scene, [{ node: scene.steps.length - 1, look }], proxy(report));
  return { answer, took: performance.now() - from, views, progress };
}

/** Memory that takes pixels as they are, on white where they are transparent. */
const taking: Memory = {
  refusal: () => null,
  hold: (shape) => ({ shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)) }),
  release: () => undefined,
  async place(rgba, { shape, data }, at) {
    const plane = (shape[2] ?? 0) * (shape[3] ?? 0);
    for (let i = 0; i < rgba.length; i++) {
      const a = rgba[i | 3]! / 255;
      if (i % 4 < 3) data[(i % 4) * plane + at + (i >> 2)] = (rgba[i]! / 255) * a + 1 - a;
    }
    return rgba.some((v, i) => i % 4 === 3 && v < 255);
  },
};

const told = (blob: Blob, memory?: Memory): Promise<string> =>
  decode(blob, memory && { memory: async () => memory }).then(
    ({ tensor, notes }) => JSON.stringify([tensor.shape, [...tensor.data], notes]),
    (error: unknown) => String(error),
  );

/** What our own PNG reader makes of a file, what `decode` makes of it where the browser may read it, and whether the browser did. */
async function readers(bytes: readonly number[]) {
  const data = Uint8Array.from(bytes);
  const [own, chosen] = [await told(new Blob([data])), await told(new Blob([data]), taking)];
  const native = await (async () => {
    const png = readChunks(data);
    const frame = await frameOf(png);
    const into = taking.hold([1, 3, png.height, png.width]);
    return frame !== null && taking.place && (await placeFrame(frame, png, taking.place, into, new Breath())) !== null;
  })().catch(() => false);
  return { native, same: own === chosen, own: own.slice(0, 200), chosen: chosen.slice(0, 200) };
}

/** A photograph-like JPEG: smooth colours, edges and grain. */
async function photograph(width: number, height: number, type: string): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  const sky = context.createLinearGradient(0, 0, width, height);
  for (const [at, colour] of [
    [0, '#123'],
    [0.4, '#e84'],
    [0.7, '#4a9'],
    [1, '#fff'],
  ] as const)
    sky.addColorStop(at, colour);
  context.fillStyle = sky;
  context.fillRect(0, 0, width, height);
  for (let i = 0; i < 4000; i++) {
    context.fillStyle = `hsl(${(i * 47) % 360} 60% ${(i * 13) % 100}% / 0.5)`;
    context.fillRect((i * 7919) % width, (i * 104729) % height, 3 + (i % 90), 3 + ((i * 7) % 60));
  }
  return canvas.convertToBlob({ type, quality: 0.9 });
}

const bench = {
  open: (blob: Blob, options: { shrink?: number; large?: boolean } = {}): Promise<Opened | Refused> => studio.open(blob, options),
  openBytes: (bytes: readonly number[]): Promise<Opened | Refused> => studio.open(new Blob([Uint8Array.from(bytes)]), {}),
  values: async (x: number, y: number) => (await studio.values([{ node: -1, x, y }]))[0] ?? null,
  readers,
  run,
  cancel: () => studio.cancel(),
  photograph,
  /** The input as the display clamp draws it, at its true size. */
  async png(): Promise<number[]> {
    await run(identity);
    return [...new Uint8Array(await (await studio.png({ node: -1, look })).arrayBuffer())];
  },
  error: async (scene: Scene): Promise<string> =>
    run(scene).then(
      () => 'no error',
      (error: unknown) => (error instanceof Error ? error.message : 'not an Error'),
    ),
  rasteriseSvg: (source: string, size?: { width: number; height: number }) => rasteriseSvg(new Blob([source]), size),
  shelf: openShelf,
  /** The longest task of the page while `work` goes on, in ms (0: none over 50). */
  async longest(work: () => Promise<unknown>): Promise<number> {
    let longest = 0;
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) longest = Math.max(longest, entry.duration);
    });
    observer.observe({ type: 'longtask' });
    await work();
    await new Promise((resolve) => setTimeout(resolve, 100));
    observer.disconnect();
    return longest;
  },
};
declare global {
  interface Window {
    bench: typeof bench;
  }
}
window.bench = bench;
