import { useSlow } from '../bench/useSlow';

/** How far a computation is: 0..1, or null while that is unknown. */
export function Bar({ done, label }: { done: number | null; label: string }) {
  const percent = done === null ? null : Math.round(100 * Math.min(1, Math.max(0, done)));
  return (
    <div
      class={percent === null ? 'bar unknown' : 'bar'}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent ?? undefined}
      style={percent === null ? undefined : { '--at': `${percent}%` }}
    >
      <i />
    </div>
  );
}

/** A wait that ends before does not turn: drawing the turns would take time from what is waited for. */
const TURNS_AFTER_MS = 400;

/** Something is being waited for, in the space of an icon. */
export function Spinner({ label }: { label: string }) {
  const slow = useSlow(true, TURNS_AFTER_MS);
  return <span class={slow ? 'spinner turning' : 'spinner'} role="progressbar" aria-label={label} title={label} />;
}
