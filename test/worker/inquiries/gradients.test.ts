import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { losses, lossOf } from '../../../src/core/losses';
import { opOf, ops } from '../../../src/core/registry';
import type { Scene, Step } from '../../../src/core/scene';
import { runScene, trace } from '../../../src/core/sequential';
import { sizeOf, type Tensor, zeros } from '../../../src/core/tensor';
import { numbersOf, trainable, weightValue, withNumbers } from '../../../src/core/training';
import type { AnswerOf, AskedOf, InquiryName } from '../../../src/worker/inquiries';
import type { Checked } from '../../../src/worker/inquiries/gradientCheck';
import type { From } from '../../../src/worker/inquiries/gradientsPass';
import { LocalStudio } from '../../../src/worker/studio';
import { plainWorkshop } from '../../../src/worker/workshop';
import { paramsOf } from '../../contract/arbitrary';

const scene = (...steps: Step[]): Scene => ({ version: 1, input: 'unit', steps });
const step = (op: string, params: Step['params'] = {}, weights?: Step['weights']): Step => ({
  op,
  params,
  ...(weights && { weights }),
});

/** Values between 0 and 1 that never repeat. */
function picture(channels: number, height: number, width: number, seed = 0): Tensor<Float32Array> {
  const data = Float32Array.from(
    { length: channels * height * width },
    (_, i) => ((i + 1) * 0.6180339887 + seed * 0.7548776662) % 1,
  );
  return { shape: [1, channels, height, width], data };
}
async function opened(x: Tensor<Float32Array>) {
  const studio = new LocalStudio({
    decode: async () => ({ tensor: { shape: x.shape, data: x.data.slice() }, notes: [] }),
    workshop: Promise.resolve(plainWorkshop()),
  });
  await studio.open(new Blob(['any']), {});
  return async <K extends InquiryName>(name: K, asked: AskedOf<K>, of: Scene): Promise<AnswerOf<K>> => {
    const answer = await studio.inquire(name, asked, { scene: of, exact: true });
    if (answer === null) throw new Error('superseded');
    return answer;
  };
}

/** The number that is differentiated, from the whole picture in float64. */
function amountOf({ node, origin }: From, of: Scene, x: Tensor, target?: Tensor): number {
  const pass = runScene({ ...of, steps: of.steps.slice(0, node + 1) }, x);
  const [, , height = 1, width = 1] = pass.y.shape;
  if (origin.of === 'value') return pass.y.data[(origin.channel * height + origin.row) * width + origin.column]!;
  if (origin.of === 'mean') {
    const plane = [...pass.y.data].slice(origin.channel * height * width, (origin.channel + 1) * height * width);
    return plane.reduce((sum, v) => sum + v, 0) / plane.length;
  }
  return lossOf(losses[origin.loss]!, pass.y, target!).data[0]!;
}
/** Amounts with one number moved by h, 0 and −h. */
function around(from: From, of: Scene, x: Tensor, what: Checked, h: number, target?: Tensor): number[] {
  return [h, 0, -h].map((by) => {
    if (what.of === 'x') {
      const [, , height = 1, width = 1] = x.shape;
      const data = Float64Array.from(x.data);
      data[(what.channel * height + what.row) * width + what.column]! += by;
      return amountOf(from, of, { shape: x.shape, data }, target);
    }
    const steps = of.steps.map((one, n) => {
      if (n !== what.node) return one;
      const held = weightValue(opOf(one.op), one, what.name);
      const moved = numbersOf(held).map((v, i) => (i === what.at ? v + by : v));
      return { ...one, weights: { ...one.weights, [what.name]: withNumbers(held, moved) } };
    });
    return amountOf(from, { ...of, steps }, x, target);
  });
}

const edge = [
  [-1, 0, 1],
  [-2, 0.5, 2],
  [-1, 0.25, 1],
];
const conv = (params: Step['params'] = {}) => step('conv2d', { padding: 1, groups: 3, ...params }, { weight: edge, bias: 0.1 });

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

const drawn = { diverging: ['#0000ff', '#ffffff', '#ff0000'], sequential: ['#000000', '#ffffff'], pixels: 1e4, largePixels: 1e4 };
const value = (node: number, channel: number, row: number, column: number): From => ({
  node,
  origin: { of: 'value', channel, row, column },
});
const mean = (node: number, channel: number): From => ({ node, origin: { of: 'mean', channel } });
const toConstant = (node: number, level: number, loss = 'mseLoss'): From => ({
  node,
  origin: { of: 'loss', loss, target: { of: 'constant', value: level } },
});
const relu = step('relu');
const pool = step('maxPool2d', { kernelSize: 2 });

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

describe('a check by differences', () => {
  it('knows a kink: a pixel on the corner of a ReLU has two slopes', async () => {
    const x = picture(1, 4, 4);
    x.data[5] = 0;
    const check = await (await opened(x))(
      'gradientCheck',
      { from: value(0, 0, 1, 1), what: { of: 'x', channel: 0, row: 0, column: 0 }, h: 1e-3 },
      scene(relu),
    );
    expect(check).toMatchObject({ value: 0, backward: 0, left: 0, verdict: 'kink' });
    expect(check.right).toBeCloseTo(1, 9);
  });
  it('of one pixel of a large picture loses no digits to the rest of it', async () => {
    const x = picture(3, 120, 140);
    const chain = scene(conv(), step('tanh'), conv());
    const inquire = await opened(x);
    for (const from of [mean(2, 1), toConstant(2, 0.3)]) {
      const what: Checked = { of: 'x', channel: 1, row: 70, column: 55 };
      const check = await inquire('gradientCheck', { from, what, h: 1e-4 }, chain);
      // The slope in float64 throughout.
      const target = { shape: x.shape, data: new Float64Array(x.data.length).fill(0.3) };
      const [plus = 0, , minus = 0] = around(from, chain, x, what, 1e-2, target);
      expect(check.verdict).toBe('agrees');
      expect(check.quotient / ((plus - minus) / 2e-2)).toBeCloseTo(1, 3);
      expect(check.plus - check.minus).toBeCloseTo(2e-4 * check.quotient, 14);
      expect(check.middle).toBeCloseTo(amountOf(from, chain, x, target), 5);
      // With a step ten times as short the difference is a tenth; sums over 50,400 values would be off in the third digit.
      const short = await inquire('gradientCheck', { from, what, h: 1e-7 }, chain);
      expect(Math.abs(short.quotient / check.quotient - 1)).toBeLessThan(1e-6);
    }
  });
  it('of one number of many filters loses no digits to the others, through filters, norms and pools behind it', async () => {
    const x = picture(3, 60, 70);
    const bank = (made: number, read: number) =>
      Array.from({ length: made }, (_, o) =>
        Array.from({ length: read }, (_, c) => edge.map((row) => row.map((v, j) => 0.1 * v * Math.cos(o + 2 * c + j)))),
      );
    const filters = (made: number, read: number) => step('conv2d', { padding: 1 }, { weight: bank(made, read), bias: 0.1 });
    const chain = scene(
      filters(6, 3),
      step('tanh'),
      step('batchNorm', { training: true }, { weight: [0.5, 1, 0.7, 1.2, 0.9, 0.4], bias: 0.2 }),
      { ...relu, off: true },
      step('avgPool2d', { kernelSize: 2 }),
      step('convTranspose2d', { stride: 2, groups: 2 }, { weight: bank(6, 2), bias: 0 }),
      step('sigmoid'),
    );
    const inquire = await opened(x);
    const shape = trace(chain, x.shape).at(-1)!;
    const target = { shape, data: new Float64Array(sizeOf(shape)).fill(0.3) };
    for (const from of [mean(6, 1), toConstant(6, 0.3)])
      for (const [node, name, at] of [
        [0, 'weight', 31],
        [0, 'bias', 0],
        [2, 'weight', 4],
        [5, 'weight', 20],
      ] as const) {
        const what: Checked = { of: 'weight', node, name, at };
        const check = await inquire('gradientCheck', { from, what, h: 1e-4 }, chain);
        const [plus = 0, , minus = 0] = around(from, chain, x, what, 1e-3, target);
        const slope = (plus - minus) / 2e-3;
        expect(Math.abs(check.quotient - slope), `${node} ${name}`).toBeLessThan(1e-5 * Math.abs(slope) + 1e-9);
        expect(check.middle).toBeCloseTo(amountOf(from, chain, x, target), 5);
        const short = await inquire('gradientCheck', { from, what, h: 1e-7 }, chain);
        expect(Math.abs(short.quotient - check.quotient)).toBeLessThan(1e-6 * Math.abs(check.quotient) + 1e-9);
      }
  });
  it('agrees where all that a number does is taken away again: a norm behind it takes its bias', async () => {
    const x = picture(3, 60, 70);
    const chain = scene(conv({ groups: 3 }), step('batchNorm', { training: true }), step('sigmoid'));
    const what = { of: 'weight', node: 0, name: 'bias', at: 0 } as const;
    const check = await (await opened(x))('gradientCheck', { from: toConstant(2, 0.3), what, h: 1e-4 }, chain);
    expect(Math.abs(check.quotient)).toBeLessThan(1e-8);
    expect(check.verdict).toBe('agrees');
  });
  it('of a pixel that nothing reads finds a slope of 0, and one that a norm spreads is compared on all of the picture', async () => {
    const x = picture(3, 40, 50);
    const inquire = await opened(x);
    const what: Checked = { of: 'x', channel: 1, row: 20, column: 31 };
    const unread = scene(step('stridedSlice', { stride: 2 }));
    const still = await inquire('gradientCheck', { from: mean(0, 1), what, h: 1e-4 }, unread);
    expect(still).toMatchObject({ backward: 0, quotient: 0, verdict: 'agrees' });
    const norm = scene(step('instanceNorm'), step('sigmoid'));
    const from = toConstant(1, 0.2);
    const check = await inquire('gradientCheck', { from, what, h: 1e-4 }, norm);
    const target = { shape: x.shape, data: new Float64Array(x.data.length).fill(0.2) };
    const [plus = 0, , minus = 0] = around(from, norm, x, what, 1e-4, target);
    expect(check.quotient / ((plus - minus) / 2e-4)).toBeCloseTo(1, 4);
    expect(check.verdict).toBe('agrees');
  });
  it('says so where the step is too long for a bend', async () => {
    const square = scene(step('tanh'), step('tanh'));
    const ask = async (h: number) =>
      (await opened(picture(1, 4, 4)))(
        'gradientCheck',
        { from: value(1, 0, 1, 1), what: { of: 'x', channel: 0, row: 0, column: 0 }, h },
        square,
      );
    expect((await ask(0.5)).verdict).toBe('differs');
    expect((await ask(1e-4)).verdict).toBe('agrees');
  });
});

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

describe('switches', () => {
  it('are the first largest value of each window in the area, counted over windows that overlap', async () => {
    const x = picture(3, 20, 24);
    const overlapping = step('maxPool2d', { kernelSize: 3, stride: 2, padding: 1 });
    const area = { left: 3, top: 2, width: 4, height: 5 };
    const told = await (await opened(x))('switches', { node: 0, channel: 1, area }, scene(overlapping));
    expect(told).not.toBeNull();
    const wins = new Map<number, number>();
    for (let i = area.top; i < area.top + area.height; i++)
      for (let j = area.left; j < area.left + area.width; j++) {
        let best = -1;
        for (let row = Math.max(0, 2 * i - 1); row <= Math.min(19, 2 * i + 1); row++)
          for (let column = Math.max(0, 2 * j - 1); column <= Math.min(23, 2 * j + 1); column++) {
            const at = row * 24 + column;
            if (best < 0 || x.data[480 + at]! > x.data[480 + best]!) best = at;
          }
        wins.set(best, (wins.get(best) ?? 0) + 1);
      }
    const { left, top, width } = told!.area;
    const found = [...told!.wins.entries()].flatMap(([k, n]) =>
      n > 0 ? [[(top + Math.floor(k / width)) * 24 + left + (k % width), n]] : [],
    );
    expect(new Map(found.map(([at, n]) => [at!, n!]))).toEqual(wins);
  });
});
