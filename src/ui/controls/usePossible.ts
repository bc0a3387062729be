import { useEffect, useState } from 'preact/hooks';
import { type Fits, type Possible, possibleFor } from './possible';
import type { Reach } from './ranges';

/** Quiet that is waited for, so that a drag is never held up. */
const CALM_MS = 180;

/** What fits now, found in a quiet moment after `fits` or the range has changed; null before, and where nothing is known. */
export function usePossible(fits: Fits | undefined, since: unknown, reach: Reach, now: number): Possible | null {
  const [possible, setPossible] = useState<Possible | null>(null);
  useEffect(() => {
    if (!fits) return setPossible(null);
    const timer = setTimeout(() => setPossible(possibleFor(reach, fits)), CALM_MS);
    return () => clearTimeout(timer);
  }, [since, now, reach.min, reach.max]);
  return possible;
}
