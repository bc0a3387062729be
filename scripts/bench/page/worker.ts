// Measures row by row, in a worker of a page that has nothing else to do.

import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { expose } from 'comlink';
import type * as Ort from 'onnxruntime-web/wasm';
import { type Shape, sizeOf } from '../../../src/core/tensor';
import type { SimdEngine } from '../../../src/engines/simd/engine';
import { agree } from './agree';
import { cvBytes, ortBytes, ourBytes, randomPicture, tfBytes } from './bytes';
import { type Cv, loadCv } from './cv';
import { interleaved, type Limits, type Timed } from './measure';
import { type Ours, openOurs, ourRunner } from './ours';
import { plainValue, verdict } from './plain';
import { cvRunner, ortRunner, type Runner, tfRunner } from './rivals';
import { entries } from './rows';
import { type Entry, type Float32, type Form, Random, type Rival, type Size, type Work } from './work';

interface Opened {
  readonly threads: number;
  readonly engine: SimdEngine;
  readonly ort: typeof Ort;
  readonly cv: Cv | null;
}
let opened: Opened | undefined;

export interface Asked {
  readonly name: string;
  readonly size: string;
  readonly limits: Limits;
  /** Leaves out rivals that take seconds for a call. */
  readonly quick: boolean;
}

export interface Measured {
  readonly name: string;
  readonly size: string;
  readonly threads: number;
  readonly convscope: number | null;
  readonly rivals: Readonly<Record<Rival, number | null>>;
  /** Of tfjs, where the result stays in its backend and is not read. */
  readonly kept: number | null;
  readonly copy: number;
  readonly engine: 'simd' | 'reference';
  readonly how: string;
  /** One thread of ours in the same run, where there are more. */
  readonly single?: number;
  readonly macs: number;
  readonly notes: readonly string[];
}

/** More than this is not worth waiting for. */
const mostReferenceMacs = 3e8;
const mostReferenceValues = 1.3e7;
/** Values of an input above which a rival that takes minutes is left out. */
const large = 1e7;
/** Rivals that take 5 s and more for a call at 1 MP, and are not the best of their row: not in a quick run, and not at 12 MP. */
const slow: Readonly<Record<string, readonly Rival[]>> = {
  'max-pool 31x31': ['tfjs'],
  'max-pool 63x63': ['ort', 'tfjs'],
  'average 63x63': ['ort', 'tfjs'],
  'bicubic 2x': ['ort'],
  'bicubic 1.5x': ['ort'],
  'bicubic 1/2': ['ort'],
  'depthwise 31x31 rank 1': ['tfjs'],
};
/** Rivals that take about a second for a call at 1 MP, and are far from the best of their row: not in a quick run. */
const slowish: Readonly<Record<string, readonly Rival[]>> = {
  'max-pool 15x15': ['tfjs'],
  'average 15x15': ['ort', 'tfjs'],
  'depthwise 15x15': ['tfjs'],
  'depthwise 15x15 rank 1': ['tfjs'],
  'depthwise 31x31 rank 1': ['ort'],
};

const api = {
  /** What there is to measure. */
  rows: () => entries.map(({ name, sizes, threads }) => ({ name, sizes: sizes.map(({ label }) => label), threads })),

  async open(threads: number): Promise<{ readonly binary: string; readonly isolated: boolean }> {
    const address = `${self.location.origin}/ort/ort.wasm.min.mjs`;
    const ort: typeof Ort = await import(/* @vite-ignore */ address);
    ort.env.wasm.wasmPaths = `${self.location.origin}/ort/`;
    ort.env.wasm.numThreads = threads;
    ort.env.logLevel = 'fatal';
    if (threads === 1) {
      setWasmPaths(`${self.location.origin}/tfjs/`);
      setThreadsCount(1);
      await tf.setBackend('wasm');
      await tf.ready();
    }
    const cv = threads === 1 ? await loadCv('/opencv.js') : null;
    opened = { threads, engine: await openOurs(threads), ort, cv };
    return { binary: opened.engine.binary, isolated: self.crossOriginIsolated };
  },

  async measure({ name, size, limits, quick }: Asked): Promise<Measured> {
    if (!opened) throw new Error('bench: expected an open bench, received a row');
    const entry = entries.find((one) => one.name === name);
    const place = entry?.sizes.find(({ label }) => label === size);
    if (!entry || !place) throw new Error(`bench: there is no row ${name} at ${size}`);
    return measureRow(opened, entry, place, limits, quick);
  },
};
export type BenchApi = typeof api;
expose(api);

async function measureRow(at: Opened, entry: Entry, { label, shape }: Size, limits: Limits, quick: boolean): Promise<Measured> {
  const random = new Random(20260);
  const work = entry.make(shape, random);
  const x = random.values(shape);
  const rgba = entry.bytes ? randomPicture(shape, random) : null;
  const notes: string[] = [];
  const ours = rgba ? ourBytes(at.engine, rgba, shape) : ourRunner(at.engine, work.steps, x);
  const runners: (Timed & { readonly close: Runner['close'] })[] = [];
  try {
    const start = performance.now();
    const truth = await truthOf(ours, x, notes);
    if (truth) runners.push({ name: 'convscope', ...ours, cold: performance.now() - start });
    for (const rival of ['ort', 'tfjs', 'opencv'] as const) {
      const why = leftOut(entry.name, rival, quick, x.data.length);
      if (why !== null) {
        notes.push(`${rival} is left out: ${why}`);
        continue;
      }
      const runner = rgba ? await openBytes(at, rival, rgba, shape) : await openRival(at, rival, work, x, ours.shape, notes);
      if (!runner) continue;
      const began = performance.now();
      await runner.run();
      const cold = performance.now() - began;
      runners.push({ name: rival, ...runner, cold });
      if (runner.kept) runners.push({ name: 'kept', run: runner.kept, close: () => undefined, cold });
      if (quick && cold > limits.longest) notes.push(`${rival} is not compared: a quick run has no time for another call of it`);
      else if (truth) compare(`${entry.name} at ${label}`, rival, work, x, truth, await runner.result(), notes);
    }
    if (at.threads > 1 && ours.fast) {
      singleEngine ??= await openOurs(1);
      runners.push({ name: 'single', ...ourRunner(singleEngine, work.steps, x), cold: 0 });
    }
    const copied = rgba ? rgba.length / 4 : Math.max(x.data.length, sizeOf(ours.shape));
    const [from, to] = [new Float32Array(copied).fill(1), new Float32Array(copied)];
    runners.push({ name: 'copy', run: () => to.set(from), close: () => undefined, cold: 0 });
    const ms = await interleaved(runners, limits);
    return {
      ...{ name: entry.name, size: label, threads: at.threads, convscope: ms.convscope ?? null },
      rivals: { ort: ms.ort ?? null, tfjs: ms.tfjs ?? null, opencv: ms.opencv ?? null },
      kept: ms.kept ?? null,
      ...{ copy: ms.copy ?? Number.NaN, engine: ours.fast ? 'simd' : 'reference', how: ours.how, macs: ours.macs, notes },
      ...(ms.single !== undefined && { single: ms.single }),
    };
  } finally {
    for (const runner of runners) await runner.close();
  }
}

/** Why a rival is not measured, if so. */
function leftOut(row: string, rival: Rival, quick: boolean, values: number): string | null {
  if (quick && (slow[row]?.includes(rival) || slowish[row]?.includes(rival))) return 'it takes a second or more for a call';
  return !quick && values > large && slow[row]?.includes(rival) ? 'it takes minutes at this size' : null;
}

let singleEngine: SimdEngine | undefined;

/** Our result, or nothing where only the reference has the row and would take too long. */
async function truthOf(ours: Ours, x: Float32, notes: string[]): Promise<Float32 | null> {
  if (!ours.fast && (ours.macs > mostReferenceMacs || x.data.length > mostReferenceValues)) {
    notes.push('the reference would take too long');
    return null;
  }
  return ours.result();
}

async function openRival(
  { ort, cv, threads }: Opened,
  rival: Rival,
  work: Work,
  x: Float32,
  shape: readonly number[],
  notes: string[],
): Promise<Runner | null> {
  if (rival === 'ort') return ortRunner(ort, work, x);
  if (threads > 1) return null;
  if (rival === 'tfjs') return tfRunner(work, x);
  if (!cv || !work.opencv) return null;
  const forms = work.opencv.forms;
  const form = forms.length > 1 ? await fasterForm(cv, work, x, shape, forms) : (forms[0] ?? 'planes');
  const runner = cvRunner(cv, work, x, shape, form);
  notes.push(`opencv: ${runner.form}`);
  return runner;
}

function openBytes({ ort, cv }: Opened, rival: Rival, rgba: Uint8ClampedArray<ArrayBuffer>, shape: Shape) {
  if (rival === 'ort') return ortBytes(ort, rgba, shape);
  return rival === 'tfjs' ? tfBytes(rgba, shape) : cv && cvBytes(cv, rgba, shape);
}

/** One call of a form that takes so many ms tells enough. */
const formLong = 30;

async function fasterForm(cv: Cv, work: Work, x: Float32, shape: readonly number[], forms: readonly Form[]): Promise<Form> {
  let best: { readonly form: Form; readonly ms: number } = { form: forms[0] ?? 'planes', ms: Number.POSITIVE_INFINITY };
  for (const form of forms) {
    const runner = cvRunner(cv, work, x, shape, form);
    await runner.run();
    let ms = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 3 && (i === 0 || ms < formLong); i++) {
      const start = performance.now();
      await runner.run();
      ms = Math.min(ms, performance.now() - start);
    }
    await runner.close();
    if (ms < best.ms) best = { form, ms };
  }
  return best.form;
}

function compare(row: string, rival: Rival, work: Work, x: Float32, truth: Float32, seen: Float32, notes: string[]): void {
  const difference = work.differs?.[rival];
  if (difference) notes.push(`${rival}: ${difference.why}`);
  if (difference?.margin === Number.POSITIVE_INFINITY) return;
  const told = (index: number, a: number, b: number) => verdict(plainValue(work.steps, x, index), a, b, rival);
  const wrong = agree(truth, seen, work.tolerance ?? 1e-4, difference?.margin ?? 0, told);
  if (wrong) throw new Error(`${row}: ${rival} and ConvScope disagree: ${wrong}`);
}
