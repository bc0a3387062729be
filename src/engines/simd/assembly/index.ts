// What TypeScript may call. A routine gets addresses, counts in floats and numbers, and last the address of its thread's scratch memory.
// It writes inside its output only; it may read up to 64 bytes before and behind any buffer.
export * from './draws';
export * from './gradients';
export * from './maps';
export * from './responses';
export * from './softmax';
export * from './softmaxRows';
export * from './statistics';
export { heapBase };

/** Where the routines' own constants end and the arena may begin. */
function heapBase(): usize {
  return __heap_base;
}
