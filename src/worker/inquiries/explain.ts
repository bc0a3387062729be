import type { Explanation, Term } from '../../core/op';
import { parse } from '../../core/parse';
import { opOf } from '../../core/registry';
import { inputsOf } from '../../core/sequential';
import type { Node } from '../api';
import type { Inquiry } from '.';

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
export const explain: Inquiry<'explain'> = ({ node, output }, { scene, shapes, during }) =>
  during(node, async (y) => {
    const step = scene.steps[node];
    if (!step || step.off) throw new RangeError(`A step that is on is expected, received ${node + 1}.`);
    const value = y.data[output];
    if (value === undefined) throw new RangeError(`An index from 0 to ${y.data.length - 1} is expected, received ${output}.`);
    return during(node - 1, async (x) => {
      const op = opOf(step.op);
      const inputs = inputsOf(op, step, x);
      const inputShapes = Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, shape]));
      const explanation = op.explain(
        parse(op.params, step.params, op.name),
        { ...inputShapes, x: shapes[node]! },
        output,
        inputs,
      );
      const { terms, bias } = explanation;
      return {
        ...explanation,
        terms: [...terms],
        x: Float32Array.from(terms, (term) => (term.x === null ? 0 : x.data[term.x]!)),
        weight: Float32Array.from(terms, (term) => (term.weight === undefined ? 1 : (inputs.weight?.data[term.weight] ?? 1))),
        biasValue: bias === undefined ? 0 : (inputs.bias?.data[bias] ?? 0),
        y: value,
      };
    });
  });
