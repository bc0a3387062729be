// The phases of one update, in order: forward, the number, backward once for each step, the update.

export type Phase = 'forward' | 'amount' | 'backward' | 'update';
export const phases: readonly Phase[] = ['forward', 'amount', 'backward', 'update'];

export interface Position {
  readonly phase: Phase;
  /** Of `backward`: index among the steps that are on; the gradient is on its way through it. */
  readonly step: number | null;
}

/** All positions for a chain of so many steps that are on, the last step first. */
export function positionsOf(steps: number): Position[] {
  const back = Array.from({ length: steps }, (_, i): Position => ({ phase: 'backward', step: steps - 1 - i }));
  return [{ phase: 'forward', step: null }, { phase: 'amount', step: null }, ...back, { phase: 'update', step: null }];
}

/** Where a phase begins. */
export const startOf = (positions: readonly Position[], phase: Phase): number =>
  Math.max(
    0,
    positions.findIndex((one) => one.phase === phase),
  );

/** Whether the gradient of node `i` (0 is the picture, then what each step made) is known at a position. */
export function isReached({ phase, step }: Position, i: number, steps: number): boolean {
  if (phase === 'forward') return false;
  if (phase === 'update') return true;
  return i >= (phase === 'amount' ? steps : (step ?? 0));
}
