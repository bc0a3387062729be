import {
  type Inspected,
  type Inspection,
  type InspectionAsked,
  inspect as inspectValue,
  remembering,
} from '../../core/inspection';
import { lately } from '../../core/lately';
import { parse } from '../../core/parse';
import { opOf } from '../../core/registry';
import type { Step } from '../../core/scene';
import type { Inputs } from '../../core/seen';
import type { Shape, Tensor } from '../../core/tensor';
import { prepare } from '../../core/trace';
import { shapesOf, weightsOf } from '../../core/weights';
import type { Node } from '../api';
import { breathed } from '../breathed';
import type { Inquiry } from '.';
import { withInputs } from './inputs';

export interface InspectAsked extends InspectionAsked {
  /** A step that is on. */
  readonly node: Node;
}

/** What is to be seen around one value of a step's output. @throws RangeError for a step that is off, or an output that does not exist. */
export const inspect: Inquiry<'inspect'> = ({ node, ...asked }, desk) =>
  desk.during(node, async (y) => {
    const { scene, shapes, glimpse, breath } = desk;
    const step = scene.steps[node];
    if (!step || step.off) throw new RangeError(`A step that is on is expected, received ${node + 1}.`);
    const look = (of: Inspected, inputs: Inputs) => breathed(inspectValue(of, inputs, y, asked, memoryOf(inputs.x, of)), breath);
    if (prepare(scene.steps, node, shapes).taken)
      return withInputs(node, desk, (read) => look({ ...read.layer, shapes: read.shapes }, read.inputs));
    return glimpse(node - 1, (x) => {
      const { of, weights } = prepared(JSON.stringify(step), x.shape.join());
      return look(of, { ...weights, x });
    });
  });

/** What has been gathered from the same values for the same step. */
const memoryOf = lately((_: Tensor, __: Inspected) => remembering());

/** By the step in writing: while it stays the same, tables and weights do. */
const prepared = lately(
  (written: string, shape: string): { readonly of: Inspected; readonly weights: Record<string, Tensor> } => {
    const step: Step = JSON.parse(written);
    const x: Shape = shape.split(',').map(Number);
    const op = opOf(step.op);
    const params = parse(op.params, step.params, op.name);
    return { of: { op, params, shapes: shapesOf(op, step, params, x) }, weights: weightsOf(op, step, params, x) };
  },
);

export type { Inspection };
