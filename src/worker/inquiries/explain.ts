import type { Explanation, Term } from '../../core/op';
import type { Node } from '../api';
import type { Inquiry } from '.';
import { withInputs } from './inputs';

export interface ExplainedAsked {
  /** A step that is on. */
  readonly node: Node;
  /** Flat index into its output. */
  readonly output: number;
}
export interface Explained extends Omit<Explanation, 'terms'> {
  readonly terms: readonly Term[];
  /** Of each term, in order: the values of `x` (0 on padding) and of `weight` (1 without weights). */
  readonly x: Float32Array;
  readonly weight: Float32Array;
  readonly biasValue: number;
  /** As the engine computed it. */
  readonly y: number;
}

/** The terms behind one value of a step's output, with their numbers. @throws RangeError for a step that is off, or an index outside. */
export const explain: Inquiry<'explain'> = ({ node, output }, desk) =>
  desk.during(node, async (y) => {
    const value = y.data[output];
    if (value === undefined) throw new RangeError(`An index from 0 to ${y.data.length - 1} is expected, received ${output}.`);
    return withInputs(node, desk, async ({ layer: { op, params }, inputs, shapes }) => {
      const explanation = op.explain(params, shapes, output, inputs);
      const { terms, bias } = explanation;
      return {
        ...explanation,
        terms: [...terms],
        x: Float32Array.from(terms, (term) => (term.x === null ? 0 : inputs.x.data[term.x]!)),
        weight: Float32Array.from(terms, (term) => (term.weight === undefined ? 1 : (inputs.weight?.data[term.weight] ?? 1))),
        biasValue: bias === undefined ? 0 : (inputs.bias?.data[bias] ?? 0),
        y: value,
      };
    });
  });
