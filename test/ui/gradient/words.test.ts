import { beforeAll, describe, expect, it } from 'vitest';
import type { Scene } from '../../../src/core/scene';
import { backward, runScene } from '../../../src/core/sequential';
import type { Tensor } from '../../../src/core/tensor';
import { amountChart, hasLog } from '../../../src/ui/gradient/curve';
import { positionsOf } from '../../../src/ui/gradient/phases';
import type { Found } from '../../../src/ui/gradient/state';
import { apart, groundWords, powerOf, raised, saysAt, saysCheck, saysUnder, scaled } from '../../../src/ui/gradient/words';
import { number } from '../../../src/ui/strings';
import { LocalStudio } from '../../../src/worker/studio';
import { plainWorkshop } from '../../../src/worker/workshop';

const scene: Scene = {
  version: 1,
  input: 'unit',
  steps: [
    {
      op: 'conv2d',
      params: { padding: 1, groups: 3 },
      weights: {
        weight: [
          [1, -2, 1],
          [0, 3, 0],
          [-1, 0.5, -1],
        ],
        bias: -2,
      },
    },
    { op: 'relu', params: {} },
    { op: 'maxPool2d', params: { kernelSize: 2 } },
  ],
};
const x: Tensor<Float32Array> = {
  shape: [1, 3, 10, 12],
  data: Float32Array.from({ length: 360 }, (_, i) => ((i + 1) * 0.6180339887) % 1),
};
const three = (v: number) => number(Number(v.toPrecision(3)));
const norm = (values: ArrayLike<number>) => Math.sqrt(Array.from(values).reduce((sum, v) => sum + v * v, 0));

async function foundFrom(of: Found['from']): Promise<Found> {
  const studio = new LocalStudio({
    decode: async () => ({ tensor: { shape: x.shape, data: x.data.slice() }, notes: [] }),
    workshop: Promise.resolve(plainWorkshop()),
  });
  await studio.open(new Blob(['any']), {});
  const colours = ['#000000', '#ffffff'];
  const asked = { from: of, diverging: colours, sequential: colours, pixels: 1e4, largePixels: 1e4 };
  const gradients = await studio.inquire('gradients', asked, { scene, exact: true });
  return { from: of, gradients: gradients!, steps: scene.steps };
}

describe('the sentences of the phases', () => {
  const pass = runScene(scene, x, { keep: true });
  const count = pass.y.data.length;
  const slope = () => ({ shape: pass.y.shape, data: pass.y.data.map((v) => (2 * (v - 0.25)) / count) });
  const { steps } = backward(pass, { of: 'loss', gradient: slope });
  const loss = [...pass.y.data].reduce((sum, v) => sum + (v - 0.25) ** 2, 0) / count;
  let said: string[] = [];
  beforeAll(async () => {
    const found = await foundFrom({
      node: 2,
      origin: { of: 'loss', loss: 'mseLoss', target: { of: 'constant', value: 0.25 } },
    });
    said = positionsOf(3).map((position) => saysAt(found, position));
  });

  it('count the values that are kept', () => expect(said[0]).toContain(`makes ${number(360 + 360 + 90)} values`));
  it('tell the loss, and the largest slope of it', () => {
    expect(said[1]).toContain(`mean over 90 values: L = ${number(Number(loss.toPrecision(6)))}`);
    expect(said[1]).toContain(`at most ${three(Math.max(...slope().data.map(Math.abs)))}`);
  });
  it('tell the norms before and after every step, from the last to the first', () => {
    const norms = [steps[0]!.x!, steps[1]!.x!, steps[2]!.x!, slope()].map(({ data }) => norm(data));
    for (const [at, i] of [
      [2, 2],
      [3, 1],
      [4, 0],
    ] as const) {
      expect(said[at]).toContain(`${i + 1} `);
      expect(said[at]).toContain(`norm ${three(norms[i + 1]!)}, dL/dx goes out with norm ${three(norms[i]!)}`);
    }
  });
  it('tell how many values a pool took, and what share a ReLU stopped', () => {
    const taken = steps[2]!.x!.data.filter((v) => v !== 0).length;
    expect(said[2]).toContain(`${number(Math.round((100 * 90) / 360))} % of the input values`);
    const before = pass.outputs[0]!.data;
    const stopped = steps[2]!.x!.data.filter((v, i) => v !== 0 && before[i]! <= 0).length;
    expect(stopped).toBeGreaterThan(0);
    expect(said[3]).toContain(`${number(Math.round((100 * stopped) / taken))} % of the values that a gradient reached`);
    expect(said[4]).toContain('times the weight');
  });
  it('say on what they were computed', async () => {
    const value = await foundFrom({ node: 2, origin: { of: 'value', channel: 0, row: 2, column: 3 } });
    expect(groundWords(value.gradients)).toBe('exact, on the 5 × 5 pixels behind this value');
  });
});

describe('the words of a check', () => {
  const check = { value: 0, backward: 1, plus: 1, middle: 0, minus: 0, quotient: 0.5, left: 0, right: 1, error: 0.5 };
  it('name both slopes at a kink, and the error else', () => {
    expect(saysCheck({ ...check, verdict: 'kink' })).toContain('0 on the left and 1 on the right');
    expect(saysCheck({ ...check, verdict: 'differs' })).toContain('relative error 0.5');
    expect(saysCheck({ ...check, verdict: 'agrees', error: 1.23456e-9 })).toContain('1.23e−9');
  });
});

it('two amounts have the digits that tell them apart', () => {
  expect(apart(0.46330312345, 0.46330310001)).toEqual(['0.46330312345', '0.46330310001']);
  expect(apart(12.5, 12)).toEqual(['12.5000', '12.0000']);
  expect(apart(2, 2)).toEqual(['2.000000', '2.000000']);
});

describe('gradients in cells', () => {
  it('share a power of ten, and stand as they are where they are neither small nor large', () => {
    expect([0, 0.5, 12, 999].map(powerOf)).toEqual([0, 0, 0, 0]);
    expect([0.099, 4.3e-6, 4200].map(powerOf)).toEqual([-2, -6, 3]);
    expect([scaled(-4.31e-6, -6), scaled(4.3e-8, -6), raised(-6), raised(12)]).toEqual(['−4.31', '0.04', '⁻⁶', '¹²']);
  });
});

describe('the curve of the loss', () => {
  it('holds every amount, on powers of ten where they differ much', () => {
    const panel = (amounts: readonly number[]) => amountChart(amounts).columns[0]![0]!;
    const [line] = panel([3, 2, 1.5]).layers;
    expect(line).toMatchObject({ kind: 'line', y: [3, 2, 1.5] });
    expect(panel([3, 2, 1.5]).x).toMatchObject({ from: 0, to: 2, whole: true });
    expect(panel([3, 2, 1.5]).y.log).toBeUndefined();
    expect(panel([300, 2, 1.5]).y.log).toBe(true);
    expect(panel([300, 0, -1]).y.log).toBeUndefined();
    expect(panel([2, 2]).y.from).toBeLessThan(panel([2, 2]).y.to);
    expect(panel([3, 2, 1.5]).said).toBe('L over 2 updates: from 3 to 1.5');
  });
  it('is drawn on the axis that a person chose, where a logarithm can be taken of all', () => {
    const axis = (amounts: readonly number[], log: boolean) => amountChart(amounts, log).columns[0]![0]!.y;
    expect(axis([300, 2, 1.5], false).log).toBeUndefined();
    expect(axis([3, 2, 1.5], true)).toMatchObject({ log: true });
    expect(axis([3, 2, 1.5], true).from).toBeGreaterThan(0);
    expect(
      [
        [3, 2],
        [3, 0],
        [3, -1],
      ].map(hasLog),
    ).toEqual([true, false, false]);
  });
});

describe('the number under the pointer', () => {
  it('is told for a pixel with its first channels, for one outside of the part, and for a weight', () => {
    expect(saysUnder({ of: 'x', column: 3, row: 4, slopes: [0.123456, -2e-7, 0] })).toBe('dL/dx at 3, 4: 0.123  −2e−7  0');
    expect(saysUnder({ of: 'x', column: 3, row: 4, slopes: [1, 2, 3, 4, 5] })).toBe('dL/dx at 3, 4: 1  2  3  4 …');
    expect(saysUnder({ of: 'x', column: 3, row: 4, slopes: null })).toBe('dL/dx at 3, 4: 0, L does not depend on this pixel');
    const weight = { of: 'weight', title: 'Kernel', at: 4, value: -2, slope: 0.75 } as const;
    expect(saysUnder(weight)).toBe('Kernel, number 5: w = −2, dL/dw = 0.75');
  });
});
