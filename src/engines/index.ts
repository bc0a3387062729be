// Which engine runs a step, and why; scenes across engines.

import { parse } from '../core/parse';
import { opOf } from '../core/registry';
import type { Scene, Step } from '../core/scene';
import { type Layer, layersOf, storing, supplied, weightsOf } from '../core/sequential';
import type { Shape, Tensor } from '../core/tensor';
import type { Engine, Made, Prepared, RunOptions } from './engine';
import { reference } from './reference';

export type { Engine, RunOptions } from './engine';

export interface Choice {
  readonly engine: Engine;
  /** Why this one, and how it works, as a sentence for people. */
  readonly reason: string;
}
export interface Ran {
  /** In the memory of the engine that ran last, where `keep` was asked for: `release` it then. */
  readonly y: Tensor<Float32Array>;
  /** Names of the engines that took part. */
  readonly engine: string;
  /** Time of the computation, pauses included. */
  readonly ms: number;
  readonly steps: readonly RanStep[];
}
/** How one step was run. */
export interface RanStep {
  readonly op: string;
  readonly engine: string;
  /** How, and why so, as a phrase for people. */
  readonly how: string;
  /** With the steps after it that ran in one go with it; of those, null. */
  readonly ms: number | null;
}
export interface Engines {
  /** The engine that will run a step on an input of that shape. @throws RangeError when they do not fit. */
  choose(step: Step, x: Shape, options?: Pick<RunOptions, 'exact'>): Choice;
  /** One step. @throws RangeError when it does not fit; the signal's reason when stopped. */
  runStep(step: Step, x: Tensor, options?: RunOptions): Promise<Ran>;
  /** All steps of a scene that are on; progress runs over the whole. A scene without steps answers with a copy of `x`. */
  runScene(scene: Scene, x: Tensor, options?: RunOptions): Promise<Ran>;
  /** Neighbouring layers of a chain; `stored` holds what they take of layers before them. */
  runLayers(layers: readonly Layer[], x: Tensor, options?: RunOptions, stored?: ReadonlyMap<Layer, Tensor>): Promise<Ran>;
  /** Whether `means` may have an answer for this op: to know it takes no work. */
  mayMean(op: string): boolean;
  /** The means over cells of factor × factor of what a layer makes, where an engine finds them without making that; else null. */
  means(layer: Layer, x: Tensor, factor: number, options?: RunOptions): Promise<Ran> | null;
  /** What a layer stores under that name for layers behind it. */
  store(layer: Layer, name: string, x: Tensor, options?: RunOptions): Promise<Tensor>;
  /** Gradients of one step's inputs, by name. */
  backwardStep(step: Step, x: Tensor, dy: Tensor, options?: RunOptions): Promise<Grads>;
  /** The same of a layer that has what it takes. */
  backwardLayer(layer: Layer, x: Tensor, dy: Tensor, options?: RunOptions): Promise<Grads>;
  /** Values that stay where they are over pauses: a copy, where they lie in the memory of an engine. */
  steady(tensor: Tensor): Tensor;
  release(tensor: Tensor): void;
}

type Grads = Readonly<Record<string, Tensor<Float32Array>>>;

interface Group {
  readonly engine: Engine;
  readonly steps: Prepared[];
  readonly reasons: string[];
}

/** Engines in order of preference; the reference comes last by itself, since it runs everything. */
export function enginesOf(...preferred: readonly Engine[]): Engines {
  const engines = [...preferred, reference];

  function chosen(prepared: Prepared, x: Shape, options: Pick<RunOptions, 'exact'>): Choice {
    const refusals: string[] = [];
    for (const engine of engines) {
      const verdict = engine.judge(prepared, { shape: x }, options);
      if (verdict.runs) return { engine, reason: [...refusals, verdict.how].join('; ') };
      refusals.push(`not on ${engine.name}: ${verdict.why}`);
    }
    throw new RangeError(`${prepared.op.name}: expected an engine that runs it, received ${refusals.join(' ')}`);
  }

  /** Neighbouring layers that run on the same engine, so that it can fuse them. */
  function grouped(layers: readonly Layer[], x: Shape, options: RunOptions): Group[] {
    const groups: Group[] = [];
    let shape = x;
    for (const layer of layers) {
      const { engine, reason } = chosen(layer, shape, options);
      const last = groups.at(-1);
      if (last?.engine === engine) {
        last.steps.push(layer);
        last.reasons.push(reason);
      } else groups.push({ engine, steps: [layer], reasons: [reason] });
      const weights = Object.fromEntries(Object.entries(layer.weights).map(([name, w]) => [name, w.shape]));
      shape = layer.op.infer({ x: shape, ...weights }, layer.params);
    }
    return groups;
  }

  const release = (tensor: Tensor): void => {
    for (const engine of engines) engine.release(tensor);
  };

  async function runLayers(
    layers: readonly Layer[],
    x: Tensor,
    options: RunOptions = {},
    before: ReadonlyMap<Layer, Tensor> = new Map(),
  ): Promise<Ran> {
    const start = performance.now();
    const ran: RanStep[] = [];
    const stored = new Map(before);
    const wanted = storing(layers);
    let y: Tensor<Float32Array> | undefined;
    const moveOn = (next: Tensor<Float32Array>): void => {
      if (y) release(y);
      y = next;
    };
    try {
      for (const part of parted(layers, wanted)) {
        const [first] = part;
        const name = first && wanted.get(first);
        if (first && name !== undefined) stored.set(first, await store(supplied(first, stored), name, y ?? x, options));
        const groups = grouped(
          part.map((layer) => supplied(layer, stored)),
          (y ?? x).shape,
          options,
        );
        for (const { engine, steps, reasons } of groups) {
          const [done, share] = [ran.length, steps.length];
          const progress = (now: number): void => options.progress?.((done + now * share) / layers.length);
          const last = done + share === layers.length;
          const keep = options.keep === true || !last;
          const measure = options.measure === true && last;
          const since = performance.now();
          // The reference keeps hold of values over pauses.
          const from = engine === reference ? steady(y ?? x) : (y ?? x);
          moveOn(await engine.run(steps, from, { ...options, keep, measure, progress }));
          for (const [n, { op }] of steps.entries()) {
            const ms = n === 0 ? performance.now() - since : null;
            ran.push({ op: op.name, engine: engine.name, how: reasons[n] ?? '', ms });
          }
        }
      }
    } catch (error) {
      if (y) release(y);
      throw error;
    }
    return {
      y: y ?? { shape: x.shape, data: Float32Array.from(x.data) },
      engine: [...new Set(ran.map(({ engine }) => engine))].join(', ') || reference.name,
      ms: performance.now() - start,
      steps: ran,
    };
  }

  async function backwardLayer(layer: Layer, x: Tensor, dy: Tensor, options: RunOptions = {}): Promise<Grads> {
    for (const engine of engines) {
      if (engine.judgeBackward(layer, x, options).runs) return engine.backward(layer, x, dy, options);
    }
    throw new RangeError(`${layer.op.name}: expected an engine with its gradient, received none`);
  }

  function means(layer: Layer, x: Tensor, factor: number, options: RunOptions = {}): Promise<Ran> | null {
    const since = performance.now();
    const told = (name: string, { y, how }: Made): Ran => {
      const ms = performance.now() - since;
      return { y, engine: name, ms, steps: [{ op: layer.op.name, engine: name, how, ms }] };
    };
    for (const engine of engines) {
      const made = engine.means?.(layer, x, factor, options);
      if (made) return made.then((one) => told(engine.name, one));
    }
    return null;
  }

  async function store(layer: Layer, name: string, x: Tensor, options: RunOptions = {}): Promise<Tensor> {
    for (const engine of engines) {
      const work = engine.store?.(layer, name, engine === reference ? steady(x) : x, options);
      if (work) return work;
    }
    throw new RangeError(`${layer.op.name}: expected an engine that stores ${name}, received none`);
  }

  const steady = (tensor: Tensor): Tensor =>
    engines.some((engine) => engine.holds(tensor)) ? { shape: tensor.shape, data: tensor.data.slice() } : tensor;

  return {
    choose: (step, x, options = {}) => chosen(prepare(step, x), x, options),
    runStep: (step, x, options = {}) => runLayers([prepare(step, x.shape)], x, options),
    async runScene(scene, x, options = {}) {
      return runLayers(layersOf(scene, x.shape), x, options);
    },
    runLayers,
    mayMean: (op) => engines.some((engine) => engine.mayMean?.(op)),
    means,
    store,
    backwardStep: async (step, x, dy, options = {}) => backwardLayer(prepare(step, x.shape), x, dy, options),
    backwardLayer,
    steady,
    release,
  };
}

function prepare(step: Step, x: Shape): Prepared {
  const op = opOf(step.op);
  const params = parse(op.params, step.params, op.name);
  return { op, params, weights: weightsOf(op, step, params, x) };
}

/** Parts of a chain, each led by a layer that stores something or takes it: what it reads must be there before. */
function parted(layers: readonly Layer[], wanted: ReadonlyMap<Layer, string>): Layer[][] {
  const parts: Layer[][] = [];
  for (const layer of layers) {
    const last = parts.at(-1);
    if (!last || layer.takes || wanted.has(layer)) parts.push([layer]);
    else last.push(layer);
  }
  return parts;
}
