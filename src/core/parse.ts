import type { Field, Params, ParamValue, Schema } from './schema';

/**
 * Complete parameters from untrusted input: missing ones take their default.
 * @throws RangeError `maxPool2d stride: expected …, received …` on a wrong value or an unknown name.
 */
export function parse<S extends Schema>(schema: S, raw: unknown = {}, op = ''): Params<S> {
  const where = (name: string) => [op, name].filter(Boolean).join(' ');
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    throw new RangeError(`${where('parameters')}: expected an object, received ${shown(raw)}`);
  }
  const given = new Map(Object.entries(raw));
  for (const name of given.keys()) {
    if (!Object.hasOwn(schema, name)) {
      throw new RangeError(
        `${where(name)}: expected ${oneOf(Object.keys(schema), 'no parameters')}, received an unknown parameter`,
      );
    }
  }
  const params: Record<string, ParamValue> = {};
  for (const [name, field] of Object.entries(schema)) {
    const value = given.get(name);
    const read = value === undefined ? field.default : readField(field, value);
    if (read === undefined) throw new RangeError(`${where(name)}: expected ${expected(field)}, received ${shown(value)}`);
    params[name] = read;
  }
  return params as Params<S>;
}

/** The value a field makes of `value`, or undefined when it refuses it. */
export function readField(field: Field, value: unknown): ParamValue | undefined {
  switch (field.kind) {
    case 'int':
      return number(value, field.min, field.max, true);
    case 'real':
      return number(value, field.min, field.max, false);
    case 'bool':
      return typeof value === 'boolean' ? value : undefined;
    case 'choice':
      return field.options.find((option) => option === value);
    case 'pair':
      return numbers(spread(value, 2), field.min, field.max, field.step === 1);
    case 'sides':
      return numbers(spread(value, 4), field.min, field.max, true);
    case 'maybe':
      return value === null ? null : readField(field.of, value);
  }
}

/** What a field accepts, in words. */
export function expected(field: Field): string {
  switch (field.kind) {
    case 'int':
      return `a whole number from ${field.min} to ${field.max}`;
    case 'real':
      return `a number from ${field.min} to ${field.max}`;
    case 'bool':
      return 'true or false';
    case 'choice':
      return `one of ${field.options.join(', ')}`;
    case 'pair':
      return `a ${field.step === 1 ? 'whole ' : ''}number from ${field.min} to ${field.max}, or two for height and width`;
    case 'sides':
      return `a whole number from ${field.min} to ${field.max}, two for height and width, or four for top, bottom, left and right`;
    case 'maybe':
      return `null or ${expected(field.of)}`;
  }
}

/** `one of a, b`, or the word for nothing. */
export const oneOf = (names: readonly string[], none: string): string => (names.length ? `one of ${names.join(', ')}` : none);

/** A received value, short enough for a sentence. */
export function shown(value: unknown): string {
  if (typeof value === 'number') return String(value).replace('-', '−');
  if (value === undefined) return 'nothing';
  const text =
    typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol' ? typeof value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function number(value: unknown, min: number, max: number, whole: boolean): number | undefined {
  if (typeof value !== 'number' || !(value >= min && value <= max)) return undefined;
  return whole && !Number.isInteger(value) ? undefined : value + 0;
}

function spread(value: unknown, length: 2 | 4): readonly unknown[] | undefined {
  if (typeof value === 'number') return new Array(length).fill(value);
  if (!Array.isArray(value)) return undefined;
  if (length === 4 && value.length === 2) return [value[0], value[0], value[1], value[1]];
  return value.length === length ? value : undefined;
}

function numbers(
  values: readonly unknown[] | undefined,
  min: number,
  max: number,
  whole: boolean,
): readonly number[] | undefined {
  const read = values?.map((value) => number(value, min, max, whole));
  return read?.every((value) => value !== undefined) ? read.filter((value) => value !== undefined) : undefined;
}
