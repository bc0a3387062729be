import { describe, expect, it } from 'vitest';
import { facts } from '../../../src/core/lessons/facts';
import { type LessonId, lessonIds, rightChoice } from '../../../src/core/lessons/lesson';
import { lessonPlans } from '../../../src/core/lessons/plans';
import { opOf } from '../../../src/core/registry';
import type { Scene } from '../../../src/core/scene';
import { parseScene, trace } from '../../../src/core/sequential';
import type { Tensor } from '../../../src/core/tensor';
import { taken } from './measure';
import { photo } from './photo';

const plans = lessonIds.map((id) => lessonPlans[id]);
const shape = [1, 3, 300, 451];

describe.each(plans)('the lesson $id', ({ id, states, question, exercise }) => {
  it('has scenes that survive the way through a link and fit a photograph', () => {
    for (const scene of [...states.map((state) => state.scene()), question.scene()]) {
      expect(parseScene(JSON.parse(JSON.stringify(scene)))).toEqual(scene);
      expect(trace(scene, shape)).toHaveLength(scene.steps.length);
      expect(JSON.stringify(scene).length).toBeLessThan(12_000);
    }
  });
  it('lets the reader change one to three settings that are there', () => {
    for (const state of states) {
      expect(state.handles.length).toBeGreaterThan(0);
      expect(state.handles.length).toBeLessThan(4);
      for (const { step, name } of state.handles) {
        const op = opOf(state.scene().steps[step]?.op ?? '');
        expect({ ...op.params, ...op.weights }, `${id} ${state.id}`).toHaveProperty(name);
      }
    }
  });
  it('asks about a state that it has, with answers of different names and numbers', () => {
    expect(states.map((state) => state.id)).toContain(question.state);
    for (const width of [450, 451, 512, 600]) {
      const values = question.choices.map((choice) => choice.value({ shapes: [[1, 3, 300, width]] }));
      expect(new Set(values).size).toBe(values.length);
    }
    expect(new Set(question.choices.map((choice) => choice.id)).size).toBe(question.choices.length);
  });
  it('has no exercise that is solved before one has done anything', () => {
    const picture = photo('chelsea.png');
    for (const state of states) {
      const verdict = exercise.check(taken(state.scene(), picture, lessonPlans[id].backTo));
      expect(exercise.hints).toContain(verdict);
    }
  });
});

/** What every question asks, by a computation of its own on the values or on the picture's width. */
const asked: Readonly<Record<LessonId, (y: readonly number[], x: readonly number[], width: number) => number>> = {
  sums: (y) => y.filter((v) => v < 0).length / y.length,
  rectifier: (y) => y.filter((v) => v === 0).length / y.length,
  dying: (y) => y.filter((v) => v === 0).length / y.length,
  leaky: (y) => y.filter((v) => v === 0).length / y.length,
  squash: (y) => average(y),
  vanishing: (_, x) => average(grey(x).map(slopeOfEight)),
  norm: (y) => {
    const first = y.slice(0, y.length / 8);
    return Math.sqrt(average(first.map((v) => v * v)) - average(first) ** 2);
  },
  stride: (_, __, width) => Array.from({ length: width }, (_, i) => i).filter((i) => i % 2 === 0 && i + 5 <= width).length,
  pooling: (y, x) => average(y) / average(x),
  sampling: () => 4,
  gan: (y, x) => y.length / x.length,
};
const average = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
/** The picture in grey, brought to mean 0 and deviation 1. */
function grey(x: readonly number[]): number[] {
  const n = x.length / 3;
  const values = Array.from({ length: n }, (_, i) => 0.299 * x[i]! + 0.587 * x[n + i]! + 0.114 * x[2 * n + i]!);
  const mean = average(values);
  const deviation = Math.sqrt(average(values.map((v) => (v - mean) ** 2)) + 1e-5);
  return values.map((v) => (v - mean) / deviation);
}
function slopeOfEight(z: number): number {
  let [value, slope] = [z, 1];
  for (let layer = 0; layer < 8; layer++) {
    value = 1 / (1 + Math.exp(-value));
    slope *= value * (1 - value);
  }
  return slope;
}

/** The answer that is right on every sample. */
const right: Readonly<Record<LessonId, string>> = {
  sums: 'half',
  rectifier: 'half',
  dying: 'nearly',
  leaky: 'none',
  squash: 'half',
  vanishing: 'nothing',
  norm: 'scale',
  stride: 'window',
  pooling: 'brighter',
  sampling: 'four',
  gan: 'sixth',
};

describe.each(['chelsea.png', 'coffee.png', 'astronaut.png', 'camera.png', 'brick.png'])('on %s', (name) => {
  const picture = photo(name);
  it.each(lessonIds)('the answer of %s is what a computation of its own finds', (id) => {
    const { question, backTo } = lessonPlans[id];
    const figure = taken(question.scene(), picture, backTo);
    const measured = facts[question.measure](figure);
    const own = asked[id](Array.from(figure.y.data), Array.from(picture.data), picture.shape[3] ?? 0);
    expect(measured / own || measured - own || 1).toBeCloseTo(1, 2);
    expect(rightChoice(question, figure, measured).id).toBe(right[id]);
    expect(question.usual).toBe(right[id]);
  });
});

/** A scene of a lesson with one setting changed. */
function having(scene: Scene, at: number, change: { params?: object; weights?: object }): Scene {
  const steps = scene.steps.map((step, i) =>
    i === at ? { ...step, params: { ...step.params, ...change.params }, weights: { ...step.weights, ...change.weights } } : step,
  );
  return parseScene(JSON.parse(JSON.stringify({ ...scene, steps })));
}
const stateOf = (id: LessonId, state: string): Scene => {
  const found = lessonPlans[id].states.find((one) => one.id === state) ?? lessonPlans[id].states[0];
  return found!.scene();
};
const middle = (w: number) => [
  [0, 0, 0],
  [0, w, 0],
  [0, 0, 0],
];

/** What the exercise of a lesson says to some figures; `done` is reached with the settings that the page offers. */
const tries: readonly (readonly [LessonId, string, Scene])[] = [
  ['sums', 'done', having(stateOf('sums', ''), 1, { weights: { weight: middle(0.5), bias: 0 } })],
  ['sums', 'size', having(stateOf('sums', ''), 1, { weights: { weight: middle(2), bias: 0 } })],
  ['sums', 'shifts', having(stateOf('sums', ''), 1, { weights: { weight: middle(0.5), bias: 0.1 } })],
  ['sums', 'blurs', having(stateOf('sums', ''), 1, { weights: { weight: [[0.5, 0, 0], ...middle(0).slice(1)], bias: 0 } })],
  ['rectifier', 'done', having(stateOf('rectifier', ''), 1, { weights: { bias: 4 } })],
  ['rectifier', 'lost', having(stateOf('rectifier', ''), 1, { weights: { bias: -1 } })],
  ['dying', 'every', having(stateOf('dying', ''), 1, { weights: { bias: -200 } })],
  ['leaky', 'done', having(stateOf('leaky', ''), 2, { params: { negativeSlope: 1 } })],
  ['leaky', 'flat', having(stateOf('leaky', ''), 2, { params: { negativeSlope: 0 } })],
  ['squash', 'done', having(stateOf('squash', ''), 1, { weights: { weight: 40 } })],
  ['squash', 'moved', having(stateOf('squash', ''), 1, { weights: { weight: 40, bias: 1 } })],
  ['vanishing', 'done', having(stateOf('vanishing', 'rectifiers'), 1, { weights: { bias: 4 } })],
  ['vanishing', 'done', having(stateOf('vanishing', 'leaky'), 1, { weights: { bias: 4 } })],
  ['vanishing', 'little', having(stateOf('vanishing', 'sigmoids'), 1, { weights: { bias: 4 } })],
  ['vanishing', 'shallow', stateOf('vanishing', 'one')],
  ['norm', 'done', having(stateOf('norm', ''), 1, { weights: { weight: 0.25, bias: 0.5 } })],
  ['norm', 'deviation', having(stateOf('norm', ''), 1, { weights: { weight: 0.5, bias: 0.5 } })],
  ['stride', 'done', having(stateOf('stride', ''), 0, { params: { padding: 2 } })],
  ['stride', 'done', having(stateOf('stride', ''), 0, { params: { padding: 4, dilation: 2 } })],
  ['stride', 'smaller', having(stateOf('stride', ''), 0, { params: { padding: 2, dilation: 2 } })],
  ['stride', 'larger', having(stateOf('stride', ''), 0, { params: { padding: 3 } })],
  ['stride', 'steps', having(stateOf('stride', ''), 0, { params: { padding: 2, stride: 2 } })],
  ['pooling', 'done', having(stateOf('pooling', 'max'), 0, { params: { kernelSize: 2 } })],
  ['pooling', 'done', having(stateOf('pooling', 'average'), 0, { params: { kernelSize: 1, stride: 2 } })],
  ['pooling', 'twice', having(stateOf('pooling', 'max'), 0, { params: { kernelSize: 3, stride: 2, padding: 1 } })],
  ['sampling', 'done', having(stateOf('sampling', 'transposed'), 0, { params: { stride: 3 } })],
  ['sampling', 'small', having(stateOf('sampling', 'transposed'), 0, { params: { stride: 1 } })],
  ['sampling', 'uneven', having(stateOf('sampling', 'transposed'), 0, { params: { stride: 4 } })],
  ['sampling', 'other', stateOf('sampling', 'nearest')],
  ['gan', 'done', having(stateOf('gan', 'generator'), 0, { params: { padding: 1 } })],
  ['gan', 'narrow', having(stateOf('gan', 'generator'), 0, { params: { padding: 2 } })],
  ['gan', 'other', stateOf('gan', 'discriminator')],
];

describe('an exercise', () => {
  const picture = photo('chelsea.png');
  it.each(tries)('of %s says %s', (id, said, scene) => {
    expect(lessonPlans[id].exercise.check(taken(scene, picture, lessonPlans[id].backTo))).toBe(said);
  });
  it.each(['chelsea.png', 'coffee.png', 'astronaut.png', 'camera.png', 'brick.png'])(
    'of the dying ReLU can be solved within the slider, on %s',
    (name) => {
      const { exercise, states } = lessonPlans.dying;
      const [low = 0] = states[0]?.handles[0]?.slider ?? [];
      const sample: Tensor<Float64Array> = photo(name);
      const biases = Array.from({ length: 23 }, (_, i) => low + i / 4);
      const verdicts = biases.map((bias) =>
        exercise.check(taken(having(stateOf('dying', ''), 1, { weights: { bias } }), sample)),
      );
      expect(verdicts).toContain('done');
    },
  );
});
