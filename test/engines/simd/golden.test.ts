import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Tensor } from '../../../src/core/tensor';
import type { Prepared } from '../../../src/engines/engine';
import { type Case, caseOf } from '../../golden/check';
import { openGuarded, worstError } from './engine';

const engine = await openGuarded();
const folder = new URL('../../golden/', import.meta.url);
const files = ['', 'more/'].flatMap((part) =>
  readdirSync(new URL(part, folder))
    .filter((file) => file.endsWith('.json'))
    .map((file) => part + file),
);
const casesOf = (file: string): Case[] => {
  const json: unknown[] = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
  return json.map(caseOf).filter((one) => one !== null);
};

/**
 * float32 against torch in float64: sums of some hundred products at most. What cancels is held to the largest value of its tensor; values
 * beyond float32 count as infinite. `rounding` is what the inputs lose in float32: a norm takes a mean of 1000 off, and leaves that.
 */
function holds(actual: Tensor, expected: Tensor, rounding: number): boolean {
  const single = { shape: expected.shape, data: Float32Array.from(expected.data) };
  return worstError(actual, single, { atol: 3e-6 * sizeOfLargest(single) + rounding, rtol: 3e-6 }) <= 1;
}

const sizeOfLargest = ({ data }: Tensor): number => {
  let most = 0;
  for (const v of data) if (Number.isFinite(v)) most = Math.max(most, Math.abs(v));
  return most;
};
/** The largest difference between an input of a norm and its float32; other ops are not given numbers that far from 0. */
function roundingOf(op: string, { data }: Tensor): number {
  let most = 0;
  if (op.endsWith('Norm')) for (const v of data) most = Math.max(most, Math.abs(v - Math.fround(v)) || 0);
  return most;
}

describe('torch 2.13 agrees with the fast engine', () => {
  const counts = { forward: 0, backward: 0, refused: new Map<string, number>() };
  for (const file of files) {
    it(`in every case of ${file} that it runs`, async () => {
      for (const [i, { op, params, inputs, y, dy, grads }] of casesOf(file).entries()) {
        const { x, ...weights } = inputs;
        const step: Prepared = { op, params, weights };
        const rounding = 2 * roundingOf(op.name, x!);
        const verdict = engine.judge(step, x!);
        if (verdict.runs) {
          counts.forward += 1;
          expect(holds(await engine.run([step], x!), y, rounding), `${file} ${i}: ${verdict.how}`).toBe(true);
        } else counts.refused.set(verdict.why, (counts.refused.get(verdict.why) ?? 0) + 1);
        const back = dy ? engine.judgeBackward(step, x!) : null;
        if (!dy || !back?.runs) continue;
        counts.backward += 1;
        const computed = await engine.backward(step, x!, dy);
        for (const [name, expected] of Object.entries(grads))
          expect(holds(computed[name]!, expected, rounding), `${file} ${i}: gradient of ${name}, ${back.how}`).toBe(true);
      }
    });
  }
  it('and it runs nearly all of them', () => {
    expect({ forward: counts.forward, backward: counts.backward, refused: [...counts.refused] }).toMatchObject({});
    expect(counts.forward).toBeGreaterThan(0);
  });
});
