// Numbers of a .npy file as typed arrays.

import { CannotOpen } from '../cannotOpen';

/** What reads like a list of numbers. */
export type Numbers = ArrayLike<number> | ArrayLike<bigint>;
interface Kind {
  readonly title: string;
  readonly bytes: number;
  /** What whole numbers of the kind reach to, where it holds no others. */
  readonly most?: number;
  view(buffer: ArrayBuffer): Numbers;
}

const kinds: Readonly<Record<string, Kind>> = {
  b1: { title: 'bool', bytes: 1, most: 1, view: (buffer) => new Uint8Array(buffer) },
  u1: { title: 'uint8', bytes: 1, most: 255, view: (buffer) => new Uint8Array(buffer) },
  u2: { title: 'uint16', bytes: 2, most: 65535, view: (buffer) => new Uint16Array(buffer) },
  u4: { title: 'uint32', bytes: 4, view: (buffer) => new Uint32Array(buffer) },
  u8: { title: 'uint64', bytes: 8, view: (buffer) => new BigUint64Array(buffer) },
  i1: { title: 'int8', bytes: 1, view: (buffer) => new Int8Array(buffer) },
  i2: { title: 'int16', bytes: 2, view: (buffer) => new Int16Array(buffer) },
  i4: { title: 'int32', bytes: 4, view: (buffer) => new Int32Array(buffer) },
  i8: { title: 'int64', bytes: 8, view: (buffer) => new BigInt64Array(buffer) },
  f2: { title: 'float16', bytes: 2, view: (buffer) => halves(new Uint16Array(buffer)) },
  f4: { title: 'float32', bytes: 4, view: (buffer) => new Float32Array(buffer) },
  f8: { title: 'float64', bytes: 8, view: (buffer) => new Float64Array(buffer) },
};

/** The kind of numbers that `<f4` stands for. @throws CannotOpen */
export function kindOf(descr: string): Kind & { readonly swapped: boolean } {
  const [, order = '', name = ''] = /^([<>|=]?)([a-z]\d{1,2})$/.exec(descr) ?? [];
  const kind = kinds[name];
  if (!kind)
    throw new CannotOpen(
      'broken',
      `This NPY holds ${descr}; bool, int8 to int64, uint8 to uint64 or float16 to float64 is expected.`,
    );
  return { ...kind, swapped: kind.bytes > 1 && (order === '>') === isLittle };
}

const isLittle = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The numbers that lie in a part of a file. */
export function numbersOf(part: Uint8Array, { bytes, swapped, view }: ReturnType<typeof kindOf>): Numbers {
  const own = part.slice();
  if (swapped) for (let at = 0; at + bytes <= own.length; at += bytes) own.subarray(at, at + bytes).reverse();
  return view(own.buffer);
}

/** IEEE 754 binary16: one bit of sign, five of exponent, ten of fraction. */
function halves(bits: Uint16Array): Float32Array {
  return Float32Array.from(bits, (b) => {
    const [sign, exponent, fraction] = [b >> 15 ? -1 : 1, (b >> 10) & 31, b & 1023];
    if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
    return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
}
