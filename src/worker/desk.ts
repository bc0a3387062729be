import type { Scene } from '../core/scene';
import type { Tensor } from '../core/tensor';
import { Breath } from '../image/breath';
import type { Drawing } from '../image/draw';
import {
  type Area,
  type Cells,
  type Compared,
  type Difference,
  type DifferenceLook,
  differenceNode,
  type Node,
  type Region,
  type View,
  type Wanted,
} from './api';
import { Chain } from './chain';
import { Comparison, type Source } from './comparison';
import { type Canvas, cellsOf, type Drawings, entering } from './drawings';
import type { OpenPicture } from './openPicture';
import type { Result } from './result';
import type { Workshop } from './workshop';

type Pixels = Tensor<Float32Array>;

/** The open picture and what scenes made of it: answers about its nodes. */
export class Desk {
  readonly chain: Chain;
  readonly comparison: Comparison;

  constructor(
    readonly picture: OpenPicture,
    readonly workshop: Workshop,
    readonly drawings: Drawings,
    /** Of the scene that ran last. */
    public range: Scene['input'],
  ) {
    this.chain = new Chain(picture, workshop);
    this.comparison = new Comparison(workshop, drawings);
  }

  letGo(): void {
    this.comparison.letGo();
    this.chain.letGo();
    this.picture.letGo();
  }

  async drawn({ node, look }: Wanted, breath: Breath): Promise<View<Drawing>> {
    if (this.chain.isInput(node)) return this.drawings.input(node, this.picture, this.range, look, breath);
    return this.drawings.view(node, this.finished(node), look, breath);
  }

  seen(wanted: Wanted): Promise<Drawing | null> {
    const breath = new Breath();
    return this.painted(wanted, breath, ({ x, paint }) => this.drawings.beside(x, paint, wanted.look, breath));
  }
  region(wanted: Wanted, area: Area, factor: number): Promise<Region | null> {
    const breath = new Breath();
    return this.painted(wanted, breath, (canvas) => this.drawings.region(canvas, area, wanted.look, factor, breath));
  }
  png(wanted: Wanted): Promise<Blob> {
    const breath = new Breath();
    const stops = wanted.look.diverging;
    return this.painted(wanted, breath, async ({ x, paint }) =>
      (await import('./encode')).encoded({ x, paint, stops }, { format: 'png' }, this.workshop, breath),
    );
  }
  /** Works on a node's full values and how they are painted. */
  private async painted<T>({ node, look }: Wanted, breath: Breath, work: (canvas: Canvas) => Promise<T>): Promise<T> {
    if (this.chain.isInput(node)) return this.picture.during((x) => work({ x, paint: entering(look, x) }));
    const result = this.finished(node);
    return result.values.during(async (x) => work({ x, paint: await result.paint(look, breath) }));
  }

  difference(asked: Compared, signed: boolean, look: DifferenceLook): Promise<Difference<Drawing> | null> {
    return this.holding(asked, (sources) => this.comparison.difference(sources, asked, this.range, signed, look));
  }
  similarity(asked: Compared): Promise<number | null> {
    return this.holding(asked, (sources) => this.comparison.similarity(sources, asked, this.range));
  }
  /** The values of two nodes stay as long as the work. */
  private holding<T>({ nodes: [a, b] }: Compared, work: (sources: [Source, Source]) => Promise<T>): Promise<T> {
    return this.held(a, (first) => this.held(b, (second) => work([first, second])));
  }
  private async held<T>(node: Node, work: (source: Source) => Promise<T>): Promise<T> {
    const { picture } = this;
    const signed = this.range === 'signed';
    if (this.chain.isInput(node)) return picture.during((x) => work({ x, signed, stats: (breath) => picture.stats(breath) }));
    const result = this.finished(node);
    return result.values.during((x) => work({ x, signed: false, stats: (breath) => result.stats(breath) }));
  }

  /** Exact values of an area; null where there is no full result. */
  cells(node: Node, area: Area): Cells | null {
    const found = this.tensorAt(node);
    const cells = found && cellsOf(found.x, area);
    if (!cells || !found.signed) return cells ?? null;
    return { ...cells, values: cells.values.map((v) => 2 * v - 1) };
  }
  /** Exact values under a pixel, one for each channel; null outside, and where there is no full result. */
  value({ node, x, y }: { readonly node: Node; readonly x: number; readonly y: number }): number[] | null {
    const found = this.tensorAt(node);
    const values = found && pixelOf(found.x, { x, y });
    return values && found.signed ? values.map((v) => Math.fround(2 * v - 1)) : values;
  }
  /** The values of a node, where they are there; those of a picture that enters a signed scene are 0..1 still. */
  private tensorAt(node: Node): { readonly x: Pixels; readonly signed: boolean } | null {
    if (this.chain.isInput(node)) return { x: this.picture.tensor, signed: this.range === 'signed' };
    const result = this.found(node);
    return result && { x: result.values.tensor, signed: false };
  }

  private found = (node: Node): Result | null => (node === differenceNode ? this.comparison.result : this.chain.at(node));
  private finished(node: Node): Result {
    const result = this.found(node);
    if (result === null) throw new Error('A finished result is expected, received none yet.');
    return result;
  }
}

/** One value per channel; null outside. */
function pixelOf({ shape, data }: Tensor, { x, y }: { x: number; y: number }): number[] | null {
  const [, channels = 1, height = 1, width = 1] = shape;
  const [column, row] = [Math.floor(x), Math.floor(y)];
  if (!(column >= 0 && column < width && row >= 0 && row < height)) return null;
  return Array.from({ length: channels }, (_, c) => data[(c * height + row) * width + column]!);
}
