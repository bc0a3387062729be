import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Tensor, zeros } from '../../src/core/tensor';
import { accepted, type Case, compute, described, difference, randomOf } from './compare';
import { fromTf, type TfRow, tfExceptions, tfRows, toTf } from './tfjs';

const wanted = Number(process.env.CONVSCOPE_CASES ?? 2200) / 4;
const seed = Number(process.env.CONVSCOPE_SEED ?? 20262);

const weights = tfRows.reduce((sum, { weight = 1 }) => sum + weight, 0);
const casesOf = ({ weight = 1 }: TfRow) => Math.ceil((wanted * weight) / weights);
const tolerance = 4e-6;

beforeAll(async () => {
  tf.env().set('IS_TEST', true);
  await tf.setBackend('cpu');
});

describe(`tfjs agrees, seed ${seed}`, () => {
  for (const row of tfRows) {
    it(`with ${row.op} in ${casesOf(row)} random cases${row.grads ? ', gradients too' : ''}`, { timeout: 600000 }, () => {
      const random = randomOf(seed, row.op + (row.weight ?? 1));
      for (let count = 0; count < casesOf(row); ) {
        const ours = accepted(row.op, row.draw, random);
        if (Object.values(tfExceptions).some((holds) => holds(ours))) continue;
        const differs = tf.tidy(() => differencesOf(row, ours));
        if (differs) expect.fail(`${row.op} ${described(ours)}: ${differs}`);
        count += 1;
      }
    });
  }
});

describe('tfjs really differs', () => {
  it.each(Object.entries(tfExceptions))('%s', (_, holds) => {
    const params = { kernelSize: 1, stride: 3, padding: 0, ceilMode: true };
    const x: Tensor = { shape: [1, 1, 2, 2], data: Float64Array.of(1, 2, 3, 4) };
    const row = tfRows.find(({ op }) => op === 'maxPool2d')!;
    expect(holds({ params, inputs: { x } })).toBe(true);
    expect(tf.tidy(() => differencesOf(row, compute('maxPool2d', { params, inputs: { x } })))).toContain('shape');
  });
});

function differencesOf(row: TfRow, ours: Case): string {
  const inputs = Object.fromEntries(Object.entries(ours.inputs).map(([name, value]) => [name, toTf(name, value)]));
  const y = row.run(inputs, ours);
  const values = difference(ours.y, resultOf(fromTf('y', y)), tolerance);
  if (values || !row.grads) return values;
  const dy = randomOf(seed, described(ours)).values(ours.y.shape, 1);
  const mine = Object.fromEntries(ours.op.differentiable.map((name) => [name, zeros(ours.inputs[name]?.shape ?? [])]));
  ours.op.backward(ours.inputs, ours.complete, dy, mine);
  return Object.entries(row.grads(inputs, ours, toTf('dy', dy), y as tf.Tensor4D))
    .map(([name, theirs]) => {
      const differs = difference(mine[name] ?? zeros([]), resultOf(fromTf(name, theirs)), tolerance);
      return differs && `gradient of ${name}, ${differs}`;
    })
    .filter(Boolean)
    .join('; ');
}

const resultOf = ({ shape, data }: Tensor) => ({ shape, data: Float32Array.from(data) });
