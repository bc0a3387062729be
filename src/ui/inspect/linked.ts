// Which cells light up: for the output that is looked at, or for the pixel or weight that is pointed at.

import type { Inspection, LinkedOutput } from '../../core/inspection';
import type { Pointed } from './state';

export interface Lit {
  readonly x: ReadonlySet<number>;
  readonly w: ReadonlySet<number>;
  readonly y: ReadonlySet<number>;
}

export const cellOfOutput = ({ y }: Inspection, { row, column }: { readonly row: number; readonly column: number }): number =>
  (row - y.top) * y.columns + (column - y.left);

/** The links that meet what is pointed at, each with its output; all of the output itself where nothing is. */
export function meeting(found: Inspection, pointed: Pointed | null) {
  const [own] = found.linked;
  const outputs = pointed ? found.linked : own ? [own] : [];
  const index = pointed?.of === 'x' ? 'cell' : 'weight';
  return outputs.flatMap((output) =>
    output.links.filter((link) => !pointed || link[index] === pointed.cell).map((link) => ({ output, link })),
  );
}

export function litBy(found: Inspection, pointed: Pointed | null): Lit {
  const met = meeting(found, pointed);
  const own = pointed ? [] : [cellOfOutput(found, found.output)];
  const outputs = pointed ? met.map(({ output }) => cellOfOutput(found, output)) : [];
  return {
    x: new Set(pointed?.of === 'x' ? [pointed.cell] : met.map(({ link }) => link.cell).filter((cell) => cell >= 0)),
    w: new Set(pointed?.of === 'w' ? [pointed.cell] : met.map(({ link }) => link.weight).filter((weight) => weight >= 0)),
    y: new Set([...own, ...outputs]),
  };
}

export interface ProductGrid {
  readonly columns: number;
  /** NaN where there is none. */
  readonly values: readonly number[];
}

/** Weight times pixel for each weight; of what is pointed at, one for each output that it takes part in. */
export function productsOf(found: Inspection, pointed: Pointed | null): ProductGrid | null {
  const { kernel, y } = found;
  if (!kernel) return null;
  if (!pointed) {
    const [own] = found.linked;
    return own ? { columns: kernel.columns, values: byWeight(own, kernel.rows * kernel.columns) } : null;
  }
  const values = new Array<number>(y.rows * y.columns).fill(Number.NaN);
  for (const { output, link } of meeting(found, pointed)) {
    const at = cellOfOutput(found, output);
    values[at] = (Number.isNaN(values[at] ?? Number.NaN) ? 0 : (values[at] ?? 0)) + link.product;
  }
  return { columns: y.columns, values };
}

function byWeight({ links }: LinkedOutput, count: number): number[] {
  const values = new Array<number>(count).fill(Number.NaN);
  for (const { weight, product } of links) if (weight >= 0) values[weight] = product;
  return values;
}

/** How many outputs of its channel a pixel of the grid feeds; 0 for one on a border. */
export function feeding({ x, feeds }: Inspection, cell: number): number {
  return (feeds.rows[Math.floor(cell / x.columns)]?.length ?? 0) * (feeds.columns[cell % x.columns]?.length ?? 0);
}
