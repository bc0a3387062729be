import type { HeaderProblem } from './header';
import type { OverLimit } from './limits';

/** Thrown by decoding, the message a sentence with expected and received. `svg`: a page must draw it first (svg.ts). */
export class CannotOpen extends Error {
  override readonly name = 'CannotOpen';
  constructor(
    readonly reason: 'ask' | 'tooLarge' | 'svg' | 'notPicture' | 'broken',
    message: string,
    /** Of `ask` and `tooLarge`. */
    readonly over?: OverLimit,
  ) {
    super(message);
  }
}

export const reasonOf: Readonly<Record<HeaderProblem, CannotOpen['reason']>> = {
  empty: 'notPicture',
  html: 'notPicture',
  unknown: 'notPicture',
  short: 'broken',
  broken: 'broken',
};
