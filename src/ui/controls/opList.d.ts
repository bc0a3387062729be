declare module 'virtual:op-list' {
  import type { Findable } from './find';

  /** All ops, in the order of the registry. */
  export const opList: readonly Findable[];
  /** The op that pages start with. */
  export const firstOp: string | null;
}
