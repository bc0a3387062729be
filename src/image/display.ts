/** How values become pixels; never mixed into the numbers. `auto` is `symmetric` where there are negative values, else `clamp`. */
export type Mapping = 'auto' | 'clamp' | 'minmax' | 'symmetric' | 'abs';
export interface Display {
  readonly mapping: Mapping;
  /** `all`: three channels as RGB (their mean under a colour map); or the index of one channel. */
  readonly channel: 'all' | number;
}
