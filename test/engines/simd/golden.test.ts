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
 * beyond float32 count as infinite. A norm magnifies what rounding took from its input.
 */
function holds({ op, inputs }: Case, actual: Tensor, expected: Tensor): boolean {
  const single = { shape: expected.shape, data: Float32Array.from(expected.data) };
  const rounded = op.family === 'normalisation' ? 1.2e-7 * largest(inputs.x!) : 0;
  return worstError(actual, single, { atol: 3e-6 * largest(single) + rounded, rtol: 3e-6 }) <= 1;
}

const largest = ({ data }: Tensor): number =>
  Array.from(data).reduce((most, v) => (Number.isFinite(v) ? Math.max(most, Math.abs(v)) : most), 0);

describe('torch 2.13 agrees with the fast engine', () => {
  const counts = { forward: 0, backward: 0, refused: new Map<string, number>(), gradientsElsewhere: new Set<string>() };
  for (const file of files) {
    it(`in every case of ${file} that it runs`, async () => {
      for (const [i, one] of casesOf(file).entries()) {
        const { op, params, inputs, y, dy, grads } = one;
        const { x, ...weights } = inputs;
        const step: Prepared = { op, params, weights };
        const verdict = engine.judge(step, x!);
        if (verdict.runs) {
          counts.forward += 1;
          expect(holds(one, await engine.run([step], x!), y), `${file} ${i}: ${verdict.how}`).toBe(true);
        } else counts.refused.set(verdict.why, (counts.refused.get(verdict.why) ?? 0) + 1);
        const back = dy ? engine.judgeBackward(step, x!) : null;
        if (back && !back.runs) counts.gradientsElsewhere.add(op.name);
        if (!dy || !back?.runs) continue;
        counts.backward += 1;
        const computed = await engine.backward(step, x!, dy);
        for (const [name, expected] of Object.entries(grads))
          expect(holds(one, computed[name]!, expected), `${file} ${i}: gradient of ${name}, ${back.how}`).toBe(true);
      }
    });
  }
  it('and it refuses none of them; of their gradients only those that are the reference’s', () => {
    expect([...counts.refused]).toEqual([]);
    expect(counts.forward).toBe(files.flatMap(casesOf).length);
    expect([...counts.gradientsElsewhere].sort()).toEqual(['layerNorm']);
    expect(counts.backward).toBeGreaterThan(300);
  });
});
