import { afterEach, expect, test, vi } from 'vitest';
import { handsHere } from '../../src/worker/hands';

afterEach(() => vi.unstubAllGlobals());

/** Threads beside the worker, on a machine with so many processors. */
function helpersOn(processors: number, isolated = true): number | undefined {
  vi.stubGlobal('self', { crossOriginIsolated: isolated });
  vi.stubGlobal('navigator', { hardwareConcurrency: processors });
  return handsHere()?.helpers;
}

test('a helper for every processor, and eight threads at most', () => {
  expect([2, 4, 7, 8, 64].map((processors) => helpersOn(processors))).toEqual([2, 4, 7, 7, 7]);
});
test('one processor has nobody to help, and without shared memory nobody can', () => {
  expect(helpersOn(1)).toBe(0);
  expect(helpersOn(8, false)).toBeUndefined();
});
