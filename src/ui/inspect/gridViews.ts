// What all grids of an inspection show, for the page and for its films.

import type { Inspection } from '../../core/inspection';
import type { Bench } from '../bench/state';
import type { CellView } from './Cells';
import { outputViews, peakOf, pixelViews, productViews, weightViews } from './cellViews';
import { cellOfOutput, litBy, productsOf } from './linked';
import type { Pointed } from './state';
import { scaleOf } from './tint';

interface GridView {
  readonly columns: number;
  readonly cells: readonly CellView[];
}
export interface GridViews {
  readonly x: GridView;
  /** Null where values count as they are. */
  readonly w: GridView | null;
  readonly p: GridView | null;
  readonly y: GridView;
}

export function gridViews(bench: Bench, node: number, found: Inspection, pointed: Pointed | null): GridViews {
  const { x, y, kernel, output } = found;
  const lit = litBy(found, pointed);
  const scales = { x: scaleOf(bench, node - 1, 'input', x.values), y: scaleOf(bench, node, 'output', y.values) };
  const products = productsOf(found, pointed);
  const peak = peakOf(kernel?.values ?? []) * Math.max(Math.abs(scales.x.low), Math.abs(scales.x.high));
  const of = (kind: 'x' | 'w') => (pointed?.of === kind ? pointed.cell : null);
  return {
    x: { columns: x.columns, cells: pixelViews(found, lit, scales.x, of('x')) },
    w: kernel && { columns: kernel.columns, cells: weightViews(found, lit, of('w')) },
    p: products && { columns: products.columns, cells: productViews(products, peak) },
    y: { columns: y.columns, cells: outputViews(found, lit, scales.y, cellOfOutput(found, output)) },
  };
}
