import { useEffect, useState } from 'preact/hooks';

/** True once `active` has lasted `ms`, so that quick work shows no sign of waiting. */
export function useSlow(active: boolean, ms: number): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!active) {
      setSlow(false);
      return;
    }
    const timer = setTimeout(() => setSlow(true), ms);
    return () => clearTimeout(timer);
  }, [active, ms]);
  return slow && active;
}
