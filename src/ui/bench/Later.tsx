import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** Builds its children some frames after what is around it, so that no single task holds the page up. */
export function Later({ frames = 1, children }: { frames?: number; children: ComponentChildren }) {
  const [left, setLeft] = useState(frames);
  useEffect(() => {
    if (left === 0) return;
    const next = () => setLeft(left - 1);
    const timer = setTimeout(next, 100);
    const frame = requestAnimationFrame(() => {
      clearTimeout(timer);
      setTimeout(next);
    });
    return () => {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
    };
  }, [left]);
  return left === 0 ? children : null;
}
