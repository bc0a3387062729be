import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Inspection, inspect, remembering } from '../../../src/core/inspection';
import { parse } from '../../../src/core/parse';
import { type AnyOp, opOf, ops } from '../../../src/core/registry';
import { placeOf, type Tensor, tensor, zeros, zeros32 } from '../../../src/core/tensor';
import { arithmetic, digitsFor, type Line } from '../../../src/ui/inspect/arithmetic';
import { inWords } from '../../../src/ui/inspect/inWords';
import type { Shown } from '../../../src/ui/inspect/shown';
import { distinct, trial } from '../../contract/arbitrary';
import { attempt, fill, finished, shapes } from '../../contract/filled';

const seed = 1606;

/** What a written number says. */
function read(text: string): number {
  const plain = text.replaceAll('\u202f', '').replace('−', '-').replace('e−', 'e-');
  if (plain === '∞') return Number.POSITIVE_INFINITY;
  return plain === '-∞' ? Number.NEGATIVE_INFINITY : Number(plain);
}

/** The written arithmetic put together again, from its texts alone. */
function worth(shown: Shown, g: (x: number) => number): number {
  if (shown.kind === 'num') return read(shown.text);
  const parts = shown.of.map((part) => worth(part, g));
  const rising = [...parts].sort((a, b) => a - b);
  switch (shown.kind) {
    case 'sum':
      return parts.reduce((a, b) => a + b, 0);
    case 'product':
      return parts.reduce((a, b) => a * b, 1);
    case 'difference':
      return parts[0]! - parts[1]!;
    case 'quotient':
      return parts[0]! / parts[1]!;
    case 'power':
      return parts[0]! ** parts[1]!;
    case 'root':
      return Math.sqrt(parts[0]!);
    case 'exp':
      return Math.exp(parts[0]!);
    case 'ln':
      return Math.log(parts[0]!);
    case 'max':
      return rising.at(-1)!;
    case 'min':
      return rising[0]!;
    case 'median':
      return parts[Math.floor((shown.before + parts.length + shown.after - 1) / 2) - shown.before]!;
    case 'g':
      return g(parts[0]!);
  }
}

interface Case {
  readonly inspection: Inspection;
  readonly digits: number;
  /** The op on one value alone. */
  readonly alone: (x: number) => number;
}

/** One output of the op as engines exchange values: inputs and result in float32. */
function caseOf(
  op: AnyOp,
  raw: Readonly<Record<string, unknown>>,
  x: readonly number[],
  side: number,
  pick: number,
): Case | null {
  const params = parse(op.params, raw, op.name);
  const picture = distinct([1, ...x.slice(1)], pick);
  const inputs = attempt(() => fill(op, params, { ...picture, data: Float32Array.from(picture.data) }, side));
  if (!inputs?.x) return null;
  const y = zeros32(op.infer(shapes(inputs), params));
  for (const _ of op.forward(inputs, params, y));
  if (y.data.length === 0) return null;
  const output = pick % y.data.length;
  const [, channel, row, column] = placeOf(y.shape, output);
  const asked = { output: { channel, row, column }, outputs: { top: row, left: column, height: 1, width: 1 }, channel: null };
  const all: Readonly<Record<string, Tensor>> & { readonly x: Tensor } = { ...inputs, x: inputs.x };
  const inspection = finished(
    inspect({ op, params, shapes: shapes(inputs) }, all, y, { ...asked, most: [9, 9], linked: false }, remembering()),
  );
  const largest = y.data.reduce((most, v) => (Number.isFinite(v) ? Math.max(most, Math.abs(v)) : most), 0);
  const alone = (value: number): number => {
    // At its own place: a drawn slope belongs to it.
    const data = Float64Array.from(inputs.x!.data);
    data[output] = value;
    const again = zeros(y.shape);
    for (const _ of op.forward({ ...inputs, x: { shape: inputs.x!.shape, data } }, params, again));
    return again.data[output]!;
  };
  return { inspection, digits: digitsFor(largest), alone };
}

const ulp = 2 ** -23;

/**
 * How far a line may be off as it is written. Results are written to some digits, so half of the last one; plus the numbers in it, which have at
 * least one digit more, times what they are multiplied with: that is what more digits are chosen for, and where even those do not do, it is the
 * conditioning of the formula itself (a difference of large numbers, a root of a sum near 0), which `slack` states.
 */
function isOff({ right, result }: Line, digits: number, { inspection, alone }: Case): number {
  if (right === null) return 0;
  const half = 0.5 * 10 ** -digits;
  const slack = right.kind === 'g' ? Math.abs(inspection.told.slope ?? 0) * 10 ** -(digits + 2) : 0;
  const float32 = Math.abs(inspection.value) * 4 * ulp;
  return Math.abs(worth(right, alone) - read(result.text)) - (half * 1.001 + slack + float32 + 1e-12);
}

describe('the arithmetic as it is written adds up to the value of the engine', () => {
  for (const op of Object.values(ops)) {
    it(`${op.name}, at random outputs of random parameters, seed ${seed}`, () => {
      let told = 0;
      fc.assert(
        fc.property(...trial(op), (raw, x, side, pick) => {
          const one = caseOf(op, raw, x, side, pick);
          if (!one || !Number.isFinite(one.inspection.value) || Math.abs(one.inspection.value) > 1e6) return;
          told += 1;
          const { lines, value } = arithmetic(one.inspection, one.digits);
          const last = lines.at(-1)!;
          expect(last.label.of).toBe('value');
          expect(Math.abs(read(last.result.text) - value)).toBeLessThanOrEqual(0.5 * 10 ** -one.digits * 1.001);
          for (const line of lines) {
            const text = `${line.right && inWords(line.right)} = ${line.result.text}`;
            expect(isOff(line, one.digits, one), text).toBeLessThanOrEqual(0);
          }
          // The lines above the last add up to it without any tolerance: what rounding hides is one of them.
          if (lines.length > 1) {
            const sum = lines.slice(0, -1).reduce((all, line) => all + read(line.result.text), 0);
            expect(sum).toBeCloseTo(read(last.result.text), one.digits + 3);
          }
        }),
        { seed, numRuns: 150 },
      );
      expect(told).toBeGreaterThan(5);
    });
  }
});

describe('the arithmetic of many terms', () => {
  const side = 7;
  const op = opOf('conv2d');
  const data = Float32Array.from({ length: 3 * side * side }, (_, k) => ((k * 7919) % 256) / 255);
  const weights = {
    weight: tensor(
      [1, 3, side, side],
      Array.from(data, (v) => v - 0.4),
    ),
    bias: tensor([1], [0.125]),
  };
  const inputs = { ...weights, x: { shape: [1, 3, side, side], data } };
  const params = parse(op.params, {}, 'conv2d');
  const y = zeros32([1, 1, 1, 1]);
  for (const _ of op.forward(inputs, params, y));
  const output = { channel: 0, row: 0, column: 0 };
  const asked = {
    output,
    outputs: { top: 0, left: 0, height: 1, width: 1 },
    channel: null,
    most: [9, 9] as const,
    linked: false,
  };
  const { lines } = arithmetic(finished(inspect({ op, params, shapes: shapes(inputs) }, inputs, y, asked, remembering())), 3);
  const channels = lines.filter(({ label }) => label.of === 'channel');

  it('lists eighteen in all lines together, and the rest of each line as one number', () => {
    expect(channels.map(({ right }) => right?.kind === 'sum' && right.of.length)).toEqual([7, 7, 7]);
    expect(channels.map(({ rest }) => rest)).toEqual([side * side - 6, side * side - 6, side * side - 6]);
  });

  it('adds up none the less', () => {
    for (const { right, result } of channels) expect(Math.abs(worth(right!, (x) => x) - read(result.text))).toBeLessThan(0.00051);
    expect(Math.abs(read(lines.at(-1)!.result.text) - y.data[0]!)).toBeLessThan(0.00051);
  });
});
