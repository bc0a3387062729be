import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openSimd } from '../../src/engines/simd/engine';
import { planners } from '../../src/engines/simd/plans';
import { waysOf } from '../../src/worker/warm';

const binary = readFileSync(new URL('../../src/engines/simd/binaries/plain.wasm', import.meta.url));
const engine = await openSimd({ plain: binary });
const scrap = [1, 3, 32, 64];
const ways = (op: string, name: string) => waysOf(engine, op, scrap).map(({ params }) => params[name]);

describe('what is warmed before it is asked for', () => {
  it('is the way that a slider takes at its first move, where that is another', () => {
    expect(ways('lpPool2d', 'normType')).toContain(3);
    expect(ways('medianPool2d', 'kernelSize')).toContainEqual([3, 3]);
    expect(ways('leakyRelu', 'negativeSlope')).toHaveLength(1);
  });
  it('is every op that the engine takes, as it is first shown', () => {
    const cold = planners.filter(({ op }) => waysOf(engine, op.name, scrap).length === 0).map(({ op }) => op.name);
    expect(cold).toEqual([]);
  });
});
