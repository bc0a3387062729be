// The arithmetic of one output value where it is no plain sum of products: a tree whose leaves are numbers read from the inputs.

import type { Tensor } from './tensor';

/** Flat indices into `x`: from every start on, `length` of them, `step` apart. */
export interface Lanes {
  readonly starts: readonly number[];
  readonly length: number;
  readonly step: number;
}
/** What many values come to; `powers` sums e^(x − largest), which cannot overflow. */
export type Gathering = 'mean' | 'variance' | 'largest' | 'powers' | 'squares';

export type Expression =
  | { readonly kind: 'read'; readonly input: string; readonly at: number; readonly letter: string }
  | { readonly kind: 'constant'; readonly value: number; readonly letter: string }
  | { readonly kind: 'gathered'; readonly what: Gathering; readonly over: Lanes; readonly letter: string }
  | Compound<Expression>;
/** `power` has a base and an exponent, `quotient` and `difference` two members; roots are square. */
export interface Compound<E> {
  readonly kind: 'sum' | 'difference' | 'product' | 'quotient' | 'power' | 'root' | 'exp' | 'ln';
  readonly of: readonly E[];
}

/** An expression with its numbers. */
export type Valued =
  | { readonly kind: 'number'; readonly value: number; readonly letter: string; readonly input?: string }
  | (Compound<Valued> & { readonly value: number });

export const read = (input: string, at: number, letter: string = input): Expression => ({ kind: 'read', input, at, letter });
export const constant = (value: number, letter: string): Expression => ({ kind: 'constant', value, letter });
export const made = (kind: Compound<Expression>['kind'], ...of: readonly Expression[]): Expression => ({ kind, of });

/** γ (x − μ) / √(σ² + ε) + β. */
export const normalised = (n: Readonly<Record<'x' | 'mean' | 'variance' | 'eps' | 'scale' | 'shift', Expression>>): Expression =>
  made(
    'sum',
    made('product', n.scale, made('quotient', made('difference', n.x, n.mean), made('root', made('sum', n.variance, n.eps)))),
    n.shift,
  );

/** Puts the numbers in. `gather` may take long: whoever asks decides when, and remembers. */
export function valued(
  expression: Expression,
  inputs: Readonly<Record<string, Tensor>>,
  gather: (what: Gathering, over: Lanes) => number,
): Valued {
  switch (expression.kind) {
    case 'read': {
      const { input, at, letter } = expression;
      const value = inputs[input]?.data[at];
      if (value === undefined) throw new RangeError(`explain: expected a value ${at} of ${input}, received none`);
      return { kind: 'number', value, letter, input };
    }
    case 'constant':
      return { kind: 'number', value: expression.value, letter: expression.letter };
    case 'gathered':
      return { kind: 'number', value: gather(expression.what, expression.over), letter: expression.letter };
    default: {
      const of = expression.of.map((part) => valued(part, inputs, gather));
      return {
        kind: expression.kind,
        of,
        value: together(
          expression.kind,
          of.map(({ value }) => value),
        ),
      };
    }
  }
}

/** What the parts of a compound come to. */
export function together(kind: Compound<Expression>['kind'], values: readonly number[]): number {
  const [a = 0, b = 0] = values;
  switch (kind) {
    case 'sum':
      return values.reduce((sum, v) => sum + v, 0);
    case 'product':
      return values.reduce((product, v) => product * v, 1);
    case 'difference':
      return a - b;
    case 'quotient':
      return a / b;
    case 'power':
      return a ** b;
    case 'root':
      return Math.sqrt(a);
    case 'exp':
      return Math.exp(a);
    case 'ln':
      return Math.log(a);
  }
}

/** Values between two pauses. */
const stretch = 1 << 16;

/** What the values come to, in float64; pauses after every few thousand of them, and reads `x.data` anew then: its memory may have moved. */
export function* gathered(x: Tensor, what: Gathering, over: Lanes): Generator<void, number> {
  const sum = (of: (value: number) => number) => summed(x, over, of);
  const count = over.starts.length * over.length;
  switch (what) {
    case 'mean':
      return yield* mean(x, over, count);
    case 'variance': {
      const middle = yield* mean(x, over, count);
      return Math.max(0, (yield* sum((v) => (v - middle) ** 2)) / count);
    }
    case 'largest':
      return yield* largest(x, over);
    case 'powers': {
      const most = yield* largest(x, over);
      return yield* sum((v) => Math.exp(v - most));
    }
    case 'squares':
      return yield* sum((v) => v * v);
  }
}

/** What rounding left of the mean is taken out again. */
function* mean(x: Tensor, over: Lanes, count: number): Generator<void, number> {
  const first = (yield* summed(x, over, (v) => v)) / count;
  return first + (yield* summed(x, over, (v) => v - first)) / count;
}

function* largest(x: Tensor, over: Lanes): Generator<void, number> {
  let most = Number.NEGATIVE_INFINITY;
  yield* summed(x, over, (v) => {
    most = Math.max(most, v);
    return 0;
  });
  return most;
}

function* summed(x: Tensor, { starts, length, step }: Lanes, of: (value: number) => number): Generator<void, number> {
  let sum = 0;
  for (const start of starts) {
    for (let from = 0; from < length; from += stretch) {
      const { data } = x;
      for (let k = from; k < Math.min(length, from + stretch); k++) sum += of(data[start + k * step]!);
      yield;
    }
  }
  return sum;
}
