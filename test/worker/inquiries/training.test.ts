import { describe, expect, it } from 'vitest';
import { opOf } from '../../../src/core/registry';
import { numbersOf, weightValue } from '../../../src/core/training';
import type { From } from '../../../src/worker/inquiries/gradientsPass';
import { amountOf, conv, opened, picture, scene, step, toConstant } from './chains';

describe('training', () => {
  const adamOn = (from: From, times: number, change = {}) => ({
    ...{ from, nodes: [0], rule: { optimiser: 'adam', lr: 0.05 } as const, times, memories: {} },
    ...change,
  });
  it('of 20 updates lowers the loss with every optimiser, and ends with weights that give it', async () => {
    const chain = scene(conv(), step('sigmoid'));
    const x = picture(3, 12, 12);
    const from = toConstant(1, 0.2);
    const target = { shape: x.shape, data: new Float64Array(x.data.length).fill(0.2) };
    const inquire = await opened(x);
    for (const [optimiser, lr] of [
      ['sgd', 0.5],
      ['momentum', 0.1],
      ['adam', 0.05],
    ] as const) {
      const { amounts, steps, diverged } = await inquire('training', { ...adamOn(from, 20), rule: { optimiser, lr } }, chain);
      expect(diverged).toBe(false);
      expect(amounts).toHaveLength(21);
      expect(amounts[20]).toBeLessThan(0.7 * amounts[0]!);
      const after = { ...chain, steps: chain.steps.map((one, node) => steps[node] ?? one) };
      expect(amounts[20]).toBeCloseTo(amountOf(from, after, x, target), 6);
    }
  });
  it('goes on where it was: twice 5 updates are 10', async () => {
    const chain = scene(conv());
    const inquire = await opened(picture(3, 8, 8));
    const from = toConstant(0, 0.2);
    const all = await inquire('training', adamOn(from, 10), chain);
    const first = await inquire('training', adamOn(from, 5), chain);
    const second = await inquire('training', adamOn(from, 5, { memories: first.memories }), {
      ...chain,
      steps: [first.steps[0]!],
    });
    expect(second.steps[0]).toEqual(all.steps[0]);
    expect([...first.amounts, ...second.amounts.slice(1)]).toEqual(all.amounts);
  });
  it('that diverges keeps what was there before', async () => {
    const chain = scene(conv());
    const rule = { optimiser: 'sgd', lr: 1e5 } as const;
    const { amounts, diverged, steps } = await (await opened(picture(3, 8, 8)))(
      'training',
      { ...adamOn(toConstant(0, 0.2), 200), rule },
      chain,
    );
    expect(diverged).toBe(true);
    expect(amounts.every(Number.isFinite)).toBe(true);
    expect(numbersOf(weightValue(opOf('conv2d'), steps[0]!, 'weight')).every(Number.isFinite)).toBe(true);
  });
});
