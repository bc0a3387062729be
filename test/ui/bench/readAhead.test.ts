import { expect, test } from 'vitest';
import { readAhead, takeAhead } from '../../../src/ui/bench/readAhead';

test('bytes that are read ahead are those of the blob, and are taken once', async () => {
  const blob = new Blob([Uint8Array.of(1, 2, 3)]);
  readAhead(blob);
  expect(new Uint8Array((await takeAhead(blob)) ?? new ArrayBuffer())).toEqual(Uint8Array.of(1, 2, 3));
  expect(takeAhead(blob)).toBeNull();
});

test('nothing was read of a blob that nobody asked about', () => {
  expect(takeAhead(new Blob(['any']))).toBeNull();
});

test('a file of more than 16 MiB is left to the worker, which may refuse it by its header', () => {
  const blob = new Blob([new Uint8Array(2 ** 24 + 1)]);
  readAhead(blob);
  expect(takeAhead(blob)).toBeNull();
});

test('a blob that can no longer be read has no bytes ahead, and the worker says why', async () => {
  const blob = new Blob(['gone']);
  Object.assign(blob, { arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotReadableError')) });
  readAhead(blob);
  expect(await takeAhead(blob)).toBeNull();
});
