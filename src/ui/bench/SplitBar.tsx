import { Icon } from '../icons';
import { t } from '../strings';

/** The handle between input and output: drag it, or arrows, Home and End. `at` is 0..1 from the left. */
export function SplitBar({ at, onChange }: { at: number; onChange(at: number): void }) {
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: at - 0.02,
    ArrowDown: at - 0.02,
    ArrowRight: at + 0.02,
    ArrowUp: at + 0.02,
    PageDown: at - 0.1,
    PageUp: at + 0.1,
    Home: 0,
    End: 1,
  };
  const drag = (event: PointerEvent) => {
    const bar = event.currentTarget;
    if (!(bar instanceof HTMLElement) || !bar.hasPointerCapture(event.pointerId)) return;
    event.stopPropagation();
    const box = bar.parentElement?.getBoundingClientRect();
    if (box) onChange(clamp((event.clientX - box.left) / box.width));
  };
  return (
    <div
      class="splitbar"
      role="slider"
      tabIndex={0}
      aria-label={t('splitPosition')}
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(at * 100)}
      aria-valuetext={t('splitAt', Math.round(at * 100))}
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={drag}
      onKeyDown={(event) => {
        const next = moves[event.key];
        if (next === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
        event.preventDefault();
        onChange(clamp(next));
      }}
    >
      <i>
        <Icon name="split" />
      </i>
    </div>
  );
}

const clamp = (value: number) => Math.min(1, Math.max(0, value));
