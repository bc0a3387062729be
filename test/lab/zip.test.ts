import { expect, it } from 'vitest';
import { zipOf } from '../../src/lab/batch/zip';

/** Files of an archive by its directory, read anew from the description of the format. */
function unzip(bytes: Buffer) {
  const end = bytes.length - 22;
  expect(bytes.readUInt32LE(end)).toBe(0x06054b50);
  let at = bytes.readUInt32LE(end + 16);
  return Array.from({ length: bytes.readUInt16LE(end + 10) }, () => {
    expect(bytes.readUInt32LE(at)).toBe(0x02014b50);
    const [method, crc, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 16), bytes.readUInt32LE(at + 24)];
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place));
    const local = bytes.readUInt32LE(at + 42);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength!);
    at += 46 + nameLength! + extra! + comment!;
    expect(bytes.readUInt32LE(local)).toBe(0x04034b50);
    expect(bytes.toString('utf8', local + 30, local + 30 + bytes.readUInt16LE(local + 26))).toBe(name);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    return { name, method, crc, data: bytes.subarray(from, from + size) };
  });
}

it('an archive gives its files back under their names, with the right check sums', async () => {
  const files = [
    { name: 'chelsea-relu.png', bytes: Uint8Array.from({ length: 1000 }, (_, i) => (i * 37) & 255) },
    { name: 'Möwe–2.png', bytes: new TextEncoder().encode('123456789') },
    { name: 'empty.png', bytes: new Uint8Array() },
  ].map(({ name, bytes }) => ({ name, bytes: new Uint8Array(bytes) }));
  const found = unzip(Buffer.from(await zipOf(files).arrayBuffer()));
  expect(found.map(({ name }) => name)).toEqual(files.map(({ name }) => name));
  expect(found.map(({ data }) => [...data])).toEqual(files.map(({ bytes }) => [...bytes]));
  // CRC-32 of "123456789", as its description gives it.
  expect(found[1]?.crc).toBe(0xcbf43926);
  expect(found.every(({ method }) => method === 0)).toBe(true);
});
