// A parameter of an op: enough to check it, document it, draw its control and make random ones.

interface Described {
  /** Label of the control: `Kernel`, `Stride`. */
  readonly title: string;
  /** One helpful sentence. */
  readonly help: string;
}
/** A whole number. `slider` is the range worth dragging through; `min` and `max` are what is accepted. */
export interface IntField extends Described {
  readonly kind: 'int';
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly slider?: readonly [number, number];
}
export interface RealField extends Described {
  readonly kind: 'real';
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly slider?: readonly [number, number];
}
export interface BoolField extends Described {
  readonly kind: 'bool';
  readonly default: boolean;
}
export interface ChoiceField extends Described {
  readonly kind: 'choice';
  readonly default: string;
  readonly options: readonly string[];
}
/** [height, width]; one number in the input means both. `step` 1 means whole numbers. */
export interface PairField extends Described {
  readonly kind: 'pair';
  readonly default: readonly [number, number];
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly slider?: readonly [number, number];
}
/** [top, bottom, left, right]; one number in the input means all four, two mean [height, width]. */
export interface SidesField extends Described {
  readonly kind: 'sides';
  readonly default: readonly [number, number, number, number];
  readonly min: number;
  readonly max: number;
  readonly slider?: readonly [number, number];
}
/** A field that may be left open: null. `of.default` is the value that the control starts from when it is switched on. */
export interface MaybeField extends Described {
  readonly kind: 'maybe';
  readonly default: null;
  readonly of: IntField | RealField | PairField;
}
export type Field = IntField | RealField | BoolField | ChoiceField | PairField | SidesField | MaybeField;
export type Schema = Readonly<Record<string, Field>>;

export type Pair = readonly [height: number, width: number];
export type Sides = readonly [top: number, bottom: number, left: number, right: number];

type ValueOf<F extends Field> = F extends { kind: 'choice'; options: readonly (infer O)[] }
  ? O
  : F extends { kind: 'bool' }
    ? boolean
    : F extends { kind: 'pair' }
      ? Pair
      : F extends { kind: 'sides' }
        ? Sides
        : F extends { kind: 'maybe'; of: infer G extends Field }
          ? ValueOf<G> | null
          : number;

export type Params<S extends Schema> = { readonly [K in keyof S]: ValueOf<S[K]> };
export type ParamValue = number | boolean | string | null | readonly number[];
