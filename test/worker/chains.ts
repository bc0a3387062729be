// A worker with chains of several steps: which it runs is counted.

import { expect } from 'vitest';
import { type Scene, type Step, stepsOn } from '../../src/core/scene';
import type { Tensor } from '../../src/core/tensor';
import type { Engines } from '../../src/engines/index';
import type { Drawing } from '../../src/image/draw';
import type { Look, RunEvent, StepReport, View, Wanted } from '../../src/worker/api';
import type { LocalStudio } from '../../src/worker/studio';
import { plainWorkshop, type Workshop } from '../../src/worker/workshop';
import { studioWith } from './opened';

export const look: Look = { display: { mapping: 'clamp', channel: 'all' }, diverging: ['#0000ff', '#ffffff', '#ff0000'] };
export const pool: Step = { op: 'maxPool2d', params: { kernelSize: 2 } };
export const leaky = (negativeSlope: number): Step => ({ op: 'leakyRelu', params: { negativeSlope } });
export const twice: Step = { op: 'interpolate', params: { scaleFactor: 2, mode: 'nearest' } };
export const scene = (steps: readonly Step[], input: Scene['input'] = 'unit'): Scene => ({ version: 1, input, steps });
export const at = (node: number, display = look.display): Wanted => ({ node, look: { ...look, display } });

export function picture(height = 12, width = 16): Tensor<Float32Array> {
  const data = Float32Array.from({ length: 3 * height * width }, (_, i) => ((i * 7919) % 1009) / 1009);
  return { shape: [1, 3, height, width], data };
}

/** A studio that counts the steps it runs. */
export async function studioOf(x = picture(), workshop: Workshop = plainWorkshop()) {
  const ran: string[] = [];
  const counted: Engines = {
    ...workshop.engines,
    runScene: (one, ...rest) => {
      ran.push(
        stepsOn(one)
          .map(({ op }) => op)
          .join('+'),
      );
      return workshop.engines.runScene(one, ...rest);
    },
  };
  const studio = await studioWith(x, { ...workshop, engines: counted });
  const run = async (one: Scene, wanted: readonly Wanted[], details = false) => {
    const events: RunEvent<Drawing>[] = [];
    await studio.run(one, wanted, (event) => events.push(event), { details });
    const views: View<Drawing>[] = [];
    for (const event of events) if (event.kind === 'view') views[event.at] = event.view;
    const steps: StepReport[] = events.flatMap((event) => (event.kind === 'step' ? [event.step] : []));
    return { views, steps };
  };
  return { studio, run, ran };
}
/** The values of a node, in full. */
export async function valuesAt(
  studio: LocalStudio,
  node: number,
  [, , height = 1, width = 1]: readonly number[],
): Promise<number[]> {
  const cells = await studio.cells(node, { left: 0, top: 0, width, height });
  return [...(cells?.values ?? [])];
}
export const close = (values: readonly number[], expected: Iterable<number>) => {
  const list = [...expected];
  expect(values).toHaveLength(list.length);
  expect(Math.max(...values.map((v, i) => Math.abs(v - list[i]!)))).toBeLessThan(1e-6);
};
