// A list of steps: read from untrusted JSON, traced, fitted, run forwards and backwards.

import { currentVersion, migrated } from './migrate';
import type { WeightValue } from './op';
import { parse, shown } from './parse';
import { opOf } from './registry';
import type { Scene, Step } from './scene';
import { atStep } from './trace';
import { parseWeight } from './weights';

export { backward, type Gradients, type Origin } from './backward';
export { type AxisCoverage, type Coverage, coverageIn, coverageOf, readsOfPlane } from './coverage';
export { finished } from './finished';
export { type Fit, fits, fitting } from './fitting';
export { forwardSteps, type Layer, layersByStep, layersOf, type Pass, runScene, storing, supplied } from './layers';
export { pixelsBehind, profile, type ReceptiveField, type StepProfile, totalCost } from './receptive';
export { inputsOf, mostValues, type Placed, prepare, sizesOf, trace } from './trace';
export { shapesOf, weightsOf } from './weights';

export const mostSteps = 64;

/**
 * A scene whose steps have complete, checked parameters.
 * @throws RangeError that names step and field, with expected and received.
 */
export function parseScene(json: unknown): Scene {
  const { version, input, steps, ...rest } = migrated(object('scene', json));
  if (version !== currentVersion) throw new RangeError(`scene version: expected ${currentVersion}, received ${shown(version)}`);
  if (input !== 'unit' && input !== 'signed')
    throw new RangeError(`scene input: expected unit or signed, received ${shown(input)}`);
  if (!Array.isArray(steps) || steps.length > mostSteps) {
    throw new RangeError(
      `scene steps: expected a list of at most ${mostSteps}, received ${Array.isArray(steps) ? steps.length : shown(steps)}`,
    );
  }
  refuseOthers('scene', rest);
  return { version: currentVersion, input, steps: steps.map((step, i) => atStep(steps, i, () => parseStep(step))) };
}

function parseStep(json: unknown): Step {
  const { op: name, params, weights, off = false, ...rest } = object('step', json);
  if (typeof name !== 'string') throw new RangeError(`op: expected a name, received ${shown(name)}`);
  const op = opOf(name);
  refuseOthers(name, rest);
  if (typeof off !== 'boolean') throw new RangeError(`${name} off: expected true or false, received ${shown(off)}`);
  const step = { op: name, params: parse(op.params, params ?? {}, name), ...(off && { off }) };
  if (weights === undefined) return step;
  const read: Record<string, WeightValue> = {};
  for (const [key, value] of Object.entries(object(`${name} weights`, weights))) read[key] = parseWeight(op, key, value);
  return { ...step, weights: read };
}

function object(what: string, value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RangeError(`${what}: expected an object, received ${shown(value)}`);
  }
  return { ...value };
}

function refuseOthers(what: string, rest: Record<string, unknown>): void {
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw new RangeError(`${what}: received an unknown field ${shown(unknown)}`);
}
