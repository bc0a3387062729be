// What the steps of a scene made of the open picture, as long as there is room, so that a change of one step runs again only what follows it.

import type { Scene } from '../core/scene';
import { type Layer, layersByStep, prepare } from '../core/sequential';
import { type Shape, sizeOf, type Tensor } from '../core/tensor';
import type { Ran } from '../engines/index';
import type { Breath } from '../image/breath';
import { inputNode, type Look, type Node } from './api';
import { Kept } from './kept';
import type { OpenPicture } from './openPicture';
import { raced } from './raced';
import { Result } from './result';
import { tooLarge, type Workshop } from './workshop';

type Pixels = Tensor<Float32Array>;
/** Bytes of results kept beyond those that are shown. */
const MOST_KEPT = 512e6;

export interface Asked {
  readonly scene: Scene;
  /** Of every node, from the input on. */
  readonly shapes: readonly Shape[];
  readonly exact: boolean;
  readonly breath: Breath;
  readonly signal: AbortSignal;
}

/** Layers, and what they take of layers before them. */
interface Taking {
  readonly layers: readonly Layer[];
  readonly stored: ReadonlyMap<Layer, Tensor>;
}

/** Says of each node, from the input on, what it depends on: two scenes with the same key have the same values there. */
export function keysOf({ input, steps }: Scene, exact: boolean): string[] {
  const keys = [`${input}${exact ? ' exact' : ''}`];
  for (const { off, ...step } of steps) keys.push(off ? keys.at(-1)! : `${keys.at(-1)}\n${JSON.stringify(step)}`);
  return keys;
}

export class Chain {
  private readonly made = new Map<string, Result>();
  /** What steps stored for steps behind them, by key and name. */
  private readonly stored = new Map<string, Tensor>();
  /** Of the scene that ran last, from the input on. */
  private keys: readonly string[] = [];
  /** Of what is shown: kept until its successor is there. */
  private shown: readonly string[] = [];

  /** Keys of the nodes whose small drawings the page has, by node, with the colours in which. */
  private readonly drawn = new Map<Node, string>();

  constructor(
    private readonly picture: OpenPicture,
    private readonly workshop: Workshop,
  ) {}

  /** The full result of a node of the scene that was run last; null where there is none (any more), and of the input. */
  at(node: Node): Result | null {
    const key = this.keys[node + 1];
    return (key !== undefined && this.made.get(key)) || null;
  }
  /** The node passes the picture on as it enters: it is the input, or all steps up to it are off. */
  isInput(node: Node): boolean {
    return node === inputNode || (this.keys.length > 0 && this.keys[node + 1] === this.keys[0]);
  }

  /** The full result of a node of any scene, as far as there is one still; `input`: the node passes the picture on. */
  find(scene: Scene, exact: boolean, node: Node): Result | 'input' | null {
    const keys = keysOf(scene, exact);
    const key = keys[node + 1];
    if (key === undefined) throw new RangeError(`A step from 1 to ${scene.steps.length} is expected, received ${node + 1}.`);
    return key === keys[0] ? 'input' : (this.made.get(key) ?? null);
  }

  /** All nodes whose values are there, the input first. */
  nodes(): Node[] {
    return this.keys.map((_, i) => i - 1).filter((node) => this.isInput(node) || this.at(node) !== null);
  }
  /** The page has the small drawing of this node as it is now. */
  isTold(node: Node, look: Look): boolean {
    return this.drawn.get(node) === `${look.diverging}${this.keys[node + 1]}`;
  }
  told(node: Node, look: Look): void {
    this.drawn.set(node, `${look.diverging}${this.keys[node + 1]}`);
  }

  /** From now on nodes are those of this scene. Of others only what is shown stays. */
  enter({ scene, exact }: Asked): void {
    const next = keysOf(scene, exact);
    this.keep(new Set([...next, ...this.shown]));
    this.keys = next;
  }
  /** What these nodes hold is on the screen; results of other scenes go. */
  show(nodes: readonly Node[]): void {
    this.shown = nodes.flatMap((node) => this.keys[node + 1] ?? []);
    this.keep(new Set(this.keys));
  }
  /** @throws RangeError with the numbers when a step of the scene cannot fit. Results are let go where that is what it takes. */
  makeRoom(asked: Asked): void {
    const most = this.most(asked);
    const room = this.workshop.free(most);
    if (room === null || room.fits) return;
    const held = [...this.made.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    if (most > room.bytes + held) throw new RangeError(tooLarge('result', most, room.bytes + held));
    this.keep(new Set(this.shown));
    if (this.workshop.free(most)?.fits === false) this.letGo();
    if (this.workshop.free(most)?.fits === false) throw new RangeError(tooLarge('result', most, room.bytes));
  }
  /** Bytes that a scene takes at once: a step's input lies there while its output is made; of the first one it is the picture, or its signed copy. */
  private most({ scene, shapes }: Pick<Asked, 'scene' | 'shapes'>): number {
    const sizes = shapes.map((shape) => 4 * sizeOf(shape));
    const ownFirst = scene.input === 'signed' ? sizes[0]! : 0;
    return Math.max(0, ...sizes.slice(1).map((size, i) => size + (i === 0 ? ownFirst : sizes[i]!)));
  }
  letGo(): void {
    this.shown = [];
    this.keep(new Set());
  }

  /** The result of a node: known, or computed from the nearest known one before it; `singly` keeps what lies between. */
  async result(node: Node, asked: Asked, singly: boolean, progress: (done: number) => void): Promise<Result> {
    const { signal } = asked;
    let from = node;
    while (!this.isInput(from) && this.at(from) === null) from -= 1;
    const first = from;
    for (let to = singly ? from + 1 : node; from < node; to = singly ? from + 1 : node) {
      const [key, before] = [this.keys[to + 1]!, this.at(from)];
      if (!this.made.has(key) && !this.isInput(to)) {
        const share = (to - from) / (node - first);
        const start = (from - first) / (node - first);
        const work = (): Promise<Result> => {
          this.trim(asked.shapes[to + 1]!);
          return this.run(from, to, before, asked, (done) => progress(start + done * share));
        };
        // What is read stays meanwhile, even where it is the oldest and there is no room for both.
        const result = await (before ? before.values.during(work) : work());
        if (this.made.has(key)) result.values.letGo();
        else this.made.set(key, result);
        signal.throwIfAborted();
      }
      from = to;
    }
    const result = this.at(node);
    if (!result) throw new Error('A step that is on is expected, received none.');
    return result;
  }

  /** The result of a node that is not to be kept; the caller lets it go. What is kept stays. @throws RangeError when it cannot fit beside that. */
  apart(node: Node, asked: Asked, progress: (done: number) => void): Promise<Result> {
    const scene = { ...asked.scene, steps: asked.scene.steps.slice(0, node + 1) };
    const most = this.most({ scene, shapes: asked.shapes.slice(0, node + 2) });
    const room = this.workshop.free(most);
    if (room?.fits === false) throw new RangeError(tooLarge('result', most, room.bytes));
    return this.entered(scene, this.picture.tensor, 1, asked, progress);
  }

  /** The same on the small copy of the picture; the caller lets it go. */
  preview(node: Node, asked: Asked, small: Pixels, factor: number): Promise<Result> {
    const scene = { ...asked.scene, steps: asked.scene.steps.slice(0, node + 1) };
    return this.entered(scene, small, factor, asked, () => undefined);
  }

  /** Means over cells of factor × factor of what a step makes of `x`, without that; null where there is no such way. The caller lets them go. */
  async means(node: Node, asked: Asked, x: Pixels, before: Result | null, factor: number): Promise<Result | null> {
    const { signal, scene, exact } = asked;
    const layer = layersByStep(scene, asked.shapes[0]!)[node];
    if (!layer || layer.takes) return null;
    const { engines } = this.workshop;
    const made = engines.means(layer, x, factor, { signal, exact, keep: true, measure: true });
    if (!made) return null;
    const ran = await raced(made, signal, ({ y }) => engines.release(y));
    return this.resultOf(ran, factor, scene.input, before);
  }

  /** Steps behind node `from` up to node `to`. */
  private async run(
    from: Node,
    to: Node,
    before: Result | null,
    asked: Asked,
    progress: (done: number) => void,
  ): Promise<Result> {
    const part = { ...asked.scene, steps: asked.scene.steps.slice(from + 1, to + 1) };
    if (before === null) return this.entered(part, this.picture.tensor, 1, asked, progress);
    const taking = await this.takingFrom(from, to, asked);
    return before.values.during(async (x) => {
      const ran = taking ? this.ranTaking(taking, x, asked, progress) : this.ran(part, x, asked, progress);
      return this.resultOf(await ran, 1, part.input, before);
    });
  }
  /** The layers of steps that take what those before them stored, with that; null where none of them does. */
  private async takingFrom(from: Node, to: Node, asked: Asked): Promise<Taking | null> {
    const { steps } = asked.scene;
    const own = [...steps.keys()].slice(from + 1, to + 1);
    const outside = own.flatMap((i) => (steps[i]?.off ? [] : (prepare(steps, i, asked.shapes).taken ?? [])));
    const missing = outside.filter((taken) => taken.from <= from);
    if (missing.length === 0) return null;
    const layers = layersByStep(asked.scene, asked.shapes[0]!);
    const stored = new Map<Layer, Tensor>();
    for (const taken of missing) stored.set(layers[taken.from]!, await this.storedBy(taken.from, layers, taken.weight, asked));
    return { layers: own.flatMap((i) => layers[i] ?? []), stored };
  }
  private async storedBy(node: Node, layers: readonly (Layer | null)[], name: string, asked: Asked): Promise<Tensor> {
    const key = `${this.keys[node + 1]}\n${name}`;
    const known = this.stored.get(key);
    if (known) return known;
    const { signal, breath, scene } = asked;
    const work = (x: Pixels) => raced(this.workshop.engines.store(layers[node]!, name, x, { signal }), signal, () => undefined);
    const found = this.isInput(node - 1)
      ? await this.picture.entering(this.picture.tensor, scene.input, breath, work)
      : await (await this.result(node - 1, asked, false, () => undefined)).values.during(work);
    this.stored.set(key, found);
    return found;
  }
  private async entered(
    scene: Scene,
    input: Pixels,
    reducedBy: number,
    asked: Asked,
    progress: (done: number) => void,
  ): Promise<Result> {
    const ran = await this.picture.entering(input, scene.input, asked.breath, (x) => this.ran(scene, x, asked, progress));
    return this.resultOf(ran, reducedBy, scene.input, null);
  }
  private ran(scene: Scene, x: Pixels, { signal, exact }: Asked, progress: (done: number) => void): Promise<Ran> {
    const { engines } = this.workshop;
    return raced(engines.runScene(scene, x, { signal, exact, keep: true, measure: true, progress }), signal, ({ y }) =>
      engines.release(y),
    );
  }
  private ranTaking(taking: Taking, x: Pixels, { signal, exact }: Asked, progress: (done: number) => void): Promise<Ran> {
    const { engines } = this.workshop;
    const run = engines.runLayers(taking.layers, x, { signal, exact, keep: true, measure: true, progress }, taking.stored);
    return raced(run, signal, ({ y }) => engines.release(y));
  }
  private resultOf(ran: Ran, reducedBy: number, range: Scene['input'], before: Result | null): Result {
    const { workshop } = this;
    const values = new Kept(workshop.adopted(ran.y), workshop.engines.release);
    const ms = (before?.making.ms ?? 0) + ran.ms;
    const steps = [...(before?.making.steps ?? []), ...ran.steps];
    return new Result(values, { range, reducedBy, ms, steps }, workshop);
  }

  private keep(keys: ReadonlySet<string>): void {
    for (const key of this.stored.keys()) if (!keys.has(key.slice(0, key.lastIndexOf('\n')))) this.stored.delete(key);
    for (const [key, result] of this.made) {
      if (keys.has(key)) continue;
      this.made.delete(key);
      result.values.letGo();
    }
  }
  /** Brings what lies between under the limit, and makes room for a value of that shape; the oldest goes first, never what is shown. */
  private trim(next: Shape): void {
    const bytes = 4 * sizeOf(next);
    const between = [...this.made].filter(([key]) => !this.shown.includes(key));
    let kept = between.reduce((sum, [, result]) => sum + result.bytes, 0);
    for (const [key, result] of between) {
      if (kept + bytes <= MOST_KEPT && this.workshop.free(bytes)?.fits !== false) return;
      this.made.delete(key);
      kept -= result.bytes;
      result.values.letGo();
    }
  }
}
