// What TypeScript may call. A routine gets addresses, counts in floats and numbers, and last the address of its thread's scratch memory.
// It writes inside its output only; it may read up to 64 bytes before and behind any buffer.
export * from './depthwise';
export * from './fourier';
export * from './maps';
export * from './transposed';
export { heapBase };

/** Where the routines' own constants end and the arena may begin. */
function heapBase(): usize {
  return __heap_base;
}
