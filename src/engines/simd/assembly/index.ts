// What TypeScript may call. A routine gets addresses, counts in floats and numbers, and last the address of its thread's scratch memory.
// It writes inside its output only; it may read up to 64 bytes before and behind any buffer.
export { drawColours, drawTable } from './colours';
export * from './correlate';
export * from './dense';
export * from './depthwise';
export * from './draws';
export * from './fourier';
export * from './gradients';
export * from './maps';
export * from './median';
export * from './moving';
export * from './normals';
export * from './pairWinners';
export * from './pairs';
export * from './pixels';
export * from './powers';
export * from './ranges';
export * from './reduce';
export * from './reducedColours';
export * from './resample';
export * from './responses';
export * from './scattering';
export * from './smallNormals';
export * from './softmax';
export * from './softmaxAcross';
export * from './softmaxRows';
export * from './stage';
export * from './statistics';
export * from './threes';
export * from './transposed';
export * from './windows';
export * from './winners';
export * from './winograd';
export * from './winogradWeights';
export { heapBase };

/** Where the routines' own constants end and the arena may begin. */
function heapBase(): usize {
  return __heap_base;
}
export * from './medianShared';
