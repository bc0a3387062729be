import { describe, expect, it } from 'vitest';
import { runScene } from '../../../src/core/sequential';
import type { From } from '../../../src/worker/inquiries/gradientsPass';
import { amountOf, around, conv, drawn, mean, opened, picture, pool, relu, scene, step, toConstant, value } from './chains';

describe('gradients of a chain', () => {
  it('from one value are those of the part behind it, with the value of the whole', async () => {
    const chain = scene(conv(), relu, pool);
    const x = picture(3, 40, 50);
    const inquire = await opened(x);
    const from = value(2, 1, 9, 12);
    const { ground, amount, nodes, steps } = await inquire('gradients', { from, ...drawn }, chain);
    // A window of 2 × 2 and a kernel of 3 × 3 read 4 × 4 pixels from 23, 17 on; windows begin at even ones.
    expect(ground).toEqual({ kind: 'part', exact: true, factor: 1, area: { left: 22, top: 16, width: 5, height: 5 } });
    expect(amount).toBeCloseTo(amountOf(from, chain, x), 12);
    expect(nodes.map(({ node, shape }) => [node, ...shape.slice(1)])).toEqual([
      [-1, 3, 5, 5],
      [0, 3, 5, 5],
      [1, 3, 5, 5],
      [2, 3, 2, 2],
    ]);
    expect(steps.map(({ how }) => how)).toEqual(['sum', 'map', 'max']);
  });
  it('from a mean are those of the whole picture', async () => {
    const chain = scene(conv());
    const { ground, amount, nodes, steps } = await (await opened(picture(3, 10, 12)))(
      'gradients',
      { from: mean(0, 2), ...drawn },
      chain,
    );
    expect(ground).toEqual({ kind: 'whole', exact: false, factor: 1, area: { left: 0, top: 0, width: 12, height: 10 } });
    expect(amount).toBeCloseTo(amountOf(mean(0, 2), chain, picture(3, 10, 12)), 6);
    // dL/dy is 1/120 at 120 of 360 values; dL/db is their sum.
    expect(nodes.at(-1)?.gradient.norm).toBeCloseTo(Math.sqrt(120) / 120, 6);
    expect(nodes.at(-1)?.gradient.zeros).toBeCloseTo(2 / 3, 12);
    expect(steps[0]?.weights.find(({ name }) => name === 'bias')?.gradient).toEqual(Float64Array.of(1));
  });
  it('of a large chain are those of a smaller copy, and say by how much', async () => {
    const chain = scene(...Array.from({ length: 12 }, () => step('leakyRelu')));
    const { ground, nodes } = await (await opened(picture(1, 900, 1000)))(
      'gradients',
      { from: toConstant(11, 0), ...drawn },
      chain,
    );
    expect(ground).toMatchObject({ kind: 'reduced', factor: 2 });
    expect(nodes[0]?.shape).toEqual([1, 1, 450, 500]);
  });
  it('pass a max-unpool by the places that the pool before it stored', async () => {
    const chain = scene(conv(), pool, conv(), step('maxUnpool2d', { kernelSize: 2 }));
    const x = picture(3, 20, 22);
    const inquire = await opened(x);
    for (const from of [mean(3, 1), value(3, 1, 9, 11)]) {
      const { amount } = await inquire('gradients', { from, ...drawn }, chain);
      expect(amount).toBeCloseTo(amountOf(from, chain, x), 5);
      for (const node of [0, 2]) {
        const what = { of: 'weight', node, name: 'weight', at: 3 } as const;
        const check = await inquire('gradientCheck', { from, what, h: 1e-5 }, chain);
        const [plus = 0, , minus = 0] = around(from, chain, x, what, 1e-5);
        expect(check.quotient).toBeCloseTo((plus - minus) / 2e-5, 5);
        expect(check.backward).toBeCloseTo(check.quotient, 4);
      }
    }
  });
  it('tell where a ReLU stops them, and which slopes they meet', async () => {
    const chain = scene(step('conv2d', { groups: 3 }, { weight: [[1]], bias: -0.5 }), relu);
    const x = picture(3, 20, 20);
    const { steps } = await (await opened(x))('gradients', { from: toConstant(1, 5), ...drawn }, chain);
    const dead = x.data.filter((v) => v <= 0.5).length / x.data.length;
    expect(steps[1]).toMatchObject({ pointwise: true, slopes: [0, 1] });
    expect(steps[1]?.stopped).toBeCloseTo(dead, 12);
  });
  it('tell who won the windows of a pool', async () => {
    const { steps } = await (await opened(picture(3, 20, 20)))('gradients', { from: toConstant(0, 5), ...drawn }, scene(pool));
    expect(steps[0]?.winners).toMatchObject({ share: 0.25, most: 1 });
  });
  it('end at a step without slope, and pass steps that are off', async () => {
    const chain = scene({ ...relu, off: true }, step('binaryStep'), step('leakyRelu'));
    const { nodes, steps } = await (await opened(picture(3, 8, 8)))('gradients', { from: toConstant(2, 5), ...drawn }, chain);
    expect(steps.map(({ node }) => node)).toEqual([1, 2]);
    expect(nodes.map(({ node, gradient }) => [node, gradient.norm > 0])).toEqual([
      [-1, false],
      [1, true],
      [2, true],
    ]);
  });
  it('are told at one pixel, channel by channel, and nowhere else', async () => {
    const x = picture(3, 20, 24);
    const chain = scene(conv(), step('tanh'));
    const inquire = await opened(x);
    for (const from of [mean(1, 2), value(1, 2, 7, 9)]) {
      const { ground } = await inquire('gradients', { from, ...drawn }, chain);
      const [row, column] = [7, 8];
      const place = { row: row - ground.area.top, column: column - ground.area.left };
      const slopes = await inquire('gradientAt', { from, ...place }, chain);
      expect(slopes).toHaveLength(3);
      for (const [channel, slope] of slopes.entries()) {
        const [plus = 0, , minus = 0] = around(from, chain, x, { of: 'x', channel, row, column }, 1e-5);
        expect(slope).toBeCloseTo((plus - minus) / 2e-5, 7);
      }
      expect(slopes.map((slope) => slope === 0)).toEqual([true, true, false]);
      await expect(inquire('gradientAt', { from, row: 20, column: 0 }, chain)).rejects.toThrow(
        /A pixel of the picture is expected/,
      );
    }
  });
  it('count values that are no numbers', async () => {
    const chain = scene(
      step('conv2d', { groups: 3 }, { weight: [[1e38]], bias: 0 }),
      step('conv2d', { groups: 3 }, { weight: [[1e38]], bias: 0 }),
    );
    const { nodes } = await (await opened(picture(3, 8, 8)))('gradients', { from: toConstant(1, 5), ...drawn }, chain);
    expect(nodes.at(-1)?.gradient.odd).toBeGreaterThan(0);
    expect(nodes[0]?.gradient.odd).toBe(192);
  });
  it('compare with the picture, or another node of the same shape, held fixed', async () => {
    const chain = scene(conv(), step('sigmoid'));
    const x = picture(3, 9, 9);
    const toNode = (node: number): From => ({ node: 1, origin: { of: 'loss', loss: 'mseLoss', target: { of: 'node', node } } });
    const inquire = await opened(x);
    const { outputs } = runScene(chain, x, { keep: true });
    for (const [node, target] of [
      [-1, x],
      [0, outputs[0]!],
    ] as const) {
      const told = await inquire('gradients', { from: toNode(node), ...drawn }, chain);
      expect(told.amount).toBeCloseTo(amountOf(toNode(node), chain, x, target), 5);
      const what = { of: 'weight', node: 0, name: 'weight', at: 4 } as const;
      const check = await inquire('gradientCheck', { from: toNode(node), what, h: 1e-4 }, chain);
      const [plus = 0, , minus = 0] = around(toNode(node), chain, x, what, 1e-4, target);
      expect(check.backward).toBeCloseTo((plus - minus) / 2e-4, 5);
      expect(check.verdict).toBe('agrees');
    }
  });
  it('refuse a loss that the values do not allow, in words', async () => {
    const inquire = await opened(picture(3, 8, 8));
    const asked = { from: toConstant(0, 0.5, 'binaryCrossEntropy'), ...drawn };
    await expect(inquire('gradients', asked, scene(conv()))).rejects.toThrow(/expected values from 0 to 1, received/);
  });
});
