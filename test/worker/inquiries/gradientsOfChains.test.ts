import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { opOf, ops } from '../../../src/core/registry';
import type { Step } from '../../../src/core/scene';
import { trace } from '../../../src/core/sequential';
import { sizeOf, zeros } from '../../../src/core/tensor';
import { numbersOf, trainable, weightValue } from '../../../src/core/training';
import type { Checked } from '../../../src/worker/inquiries/gradientCheck';
import type { From } from '../../../src/worker/inquiries/gradientsPass';
import { paramsOf } from '../../contract/arbitrary';
import { around, opened, picture, scene } from './chains';

describe('gradients of random chains', () => {
  const names = Object.keys(ops).filter((name) => !Object.values(opOf(name).weights).some(({ kind }) => kind === 'stored'));
  const randomStep = fc
    .constantFrom(...names)
    .chain((op) => fc.record({ op: fc.constant(op), params: paramsOf(opOf(op)) }))
    .map(({ op, params }): Step => ({ op, params }));

  it('agree with differences of the whole chain in float64, for pixels and weights, but at kinks', {
    timeout: 60_000,
  }, async () => {
    let [compared, kinks] = [0, 0];
    await fc.assert(
      fc.asyncProperty(
        fc.array(randomStep, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 0, max: 999 }),
        fc.constantFrom('value', 'mean', 'loss'),
        async (steps, seed, of) => {
          const x = picture(3, 9, 8, seed);
          const chain = scene(...steps);
          let shapes: readonly (readonly number[])[] = [];
          try {
            shapes = trace(chain, x.shape);
          } catch {
            fc.pre(false);
          }
          const y = shapes.at(-1)!;
          fc.pre(shapes.every((shape) => shape.length === 4 && sizeOf(shape) > 0 && sizeOf(shape) < 2e4));
          const pick = (n: number, salt: number): number => (seed * 31 + salt * 17) % Math.max(1, n);
          const channel = pick(y[1]!, 1);
          const from: From = {
            node: steps.length - 1,
            origin:
              of === 'value'
                ? { of, channel, row: pick(y[2]!, 2), column: pick(y[3]!, 3) }
                : of === 'mean'
                  ? { of, channel }
                  : { of: 'loss', loss: 'mseLoss', target: { of: 'constant', value: 0.3 } },
          };
          const target = zeros(y);
          target.data.fill(0.3);
          const inquire = await opened(x);
          const held = steps.flatMap((one, node) =>
            trainable(opOf(one.op)).map((name): Checked => {
              const count = numbersOf(weightValue(opOf(one.op), one, name)).length;
              return { of: 'weight', node, name, at: pick(count, 7) };
            }),
          );
          const { ground } = await inquire(
            'gradients',
            { from, diverging: ['#000000', '#ffffff'], sequential: ['#000000', '#ffffff'], pixels: 100, largePixels: 100 },
            chain,
          );
          const [row, column] = [pick(ground.area.height, 5), pick(ground.area.width, 6)];
          const pixel: Checked = { of: 'x', channel: pick(3, 4), row, column };
          for (const what of [pixel, ...held]) {
            const h = 1e-5;
            const told = await inquire('gradientCheck', { from, what, h }, chain);
            const inPicture = what.of === 'x' ? { ...what, row: row + ground.area.top, column: column + ground.area.left } : what;
            const [plus = 0, middle = 0, minus = 0] = around(from, chain, x, inPicture, h, target);
            if (![plus, middle, minus].every(Number.isFinite)) continue;
            const quotient = (plus - minus) / (2 * h);
            const near = (a: number, b: number) =>
              Math.abs(a - b) <= 2e-3 * Math.max(Math.abs(a), Math.abs(b)) + 1e-6 + (Math.abs(middle) * 1e-13) / h;
            compared += 1;
            expect(near(told.quotient, quotient)).toBe(true);
            const [left, right] = [(middle - minus) / h, (plus - middle) / h];
            if (!near(left, right)) kinks += 1;
            else expect(near(told.backward, quotient), JSON.stringify({ steps, from, what, told, quotient })).toBe(true);
          }
        },
      ),
      { seed: 20_261, numRuns: 150 },
    );
    expect(compared).toBeGreaterThan(200);
    expect(kinks).toBeLessThan(compared / 10);
  });
});
