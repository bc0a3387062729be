import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Compare } from '../ui/bench/Compare';
import { ModeBar } from '../ui/bench/ModeBar';
import type { Bench } from '../ui/bench/state';
import { stacksBetter } from './arrange';
import './port.css';

/** The room for the pictures; they lie side by side or one above the other, whichever shows them larger. */
export function Port({ bench }: { bench: Bench }) {
  const port = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState<readonly [number, number]>([0, 0]);
  useLayoutEffect(() => {
    const element = port.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setRoom([entry.contentRect.width, entry.contentRect.height]);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const size = bench.inputSize.value;
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const stacked = size !== null && stacksBetter(...room, size.width / size.height, rem);
  return (
    <div class="viewer">
      <ModeBar bench={bench} />
      <div ref={port} class={stacked ? 'ports stacked' : 'ports'}>
        <Compare bench={bench} />
      </div>
    </div>
  );
}
