// An archive of files as they are: PNGs are compressed already. APPNOTE 6.3, without ZIP64: up to 4 GiB and 65535 files.

export interface Entry {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const stored = 0;
const version = 20;
/** Names are UTF-8. */
const utf8 = 0x0800;
/** 1980-01-01, the first date that the format knows: archives of the same results are the same. */
const date = 0x21;

export function zipOf(files: readonly Entry[]): Blob {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  const add = (to: Uint8Array<ArrayBuffer>[], part: Uint8Array<ArrayBuffer>): number => {
    to.push(part);
    return part.byteLength;
  };
  for (const { name, bytes } of files) {
    const label = new Uint8Array(new TextEncoder().encode(name));
    const about = [version, utf8, stored, 0, date] as const;
    const sizes = [crc32(bytes), bytes.length, bytes.length] as const;
    const at = offset;
    offset += add(parts, record([[4, 0x04034b50], ...twos(about), ...fours(sizes), [2, label.length], [2, 0]]));
    offset += add(parts, label) + add(parts, bytes);
    const place = [...twos([label.length, 0, 0, 0, 0]), ...fours([0, at])];
    add(directory, record([[4, 0x02014b50], [2, version], ...twos(about), ...fours(sizes), ...place]));
    add(directory, label);
  }
  const length = directory.reduce((sum, part) => sum + part.byteLength, 0);
  const end = record([[4, 0x06054b50], ...twos([0, 0, files.length, files.length]), ...fours([length, offset]), [2, 0]]);
  return new Blob([...parts, ...directory, end], { type: 'application/zip' });
}

/** A number and the bytes that it takes, little end first. */
type Field = readonly [bytes: 2 | 4, value: number];
const twos = (values: readonly number[]): Field[] => values.map((value) => [2, value]);
const fours = (values: readonly number[]): Field[] => values.map((value) => [4, value]);

function record(fields: readonly Field[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(fields.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of fields) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value >>> 0, true);
    at += size;
  }
  return bytes;
}

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) c = table[(c ^ bytes[i]!) & 255]! ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}
