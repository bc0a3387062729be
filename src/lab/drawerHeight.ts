import { useRef, useState } from 'preact/hooks';

const key = 'drawer';
const first = 14;
/** In rem. A little less than this puts the drawer away. */
const least = 7;
/** Part of the window that the drawer may take. */
const share = 0.7;

interface Kept {
  readonly height: number;
  readonly open: boolean;
}

/** Height of the drawer in rem and whether it is open, kept for as long as the browser tab lives. */
export function useDrawerHeight(drawer: { readonly current: HTMLElement | null }) {
  const [{ height, open }, set] = useState(read);
  const before = useRef(first);
  const keep = (next: Kept): void => {
    set(next);
    try {
      sessionStorage.setItem(key, JSON.stringify(next));
    } catch {
      // Storage may be blocked; the choice then lasts as long as the page.
    }
  };
  const most = (): number => Math.max(least, (share * window.innerHeight) / rem());
  const setHeight = (wanted: number): void =>
    wanted < least - 1 ? keep({ height, open: false }) : keep({ height: Math.min(most(), Math.max(least, wanted)), open: true });

  /** Follows the hand from a press on the edge. */
  const pull = (event: PointerEvent): void => {
    const box = drawer.current;
    if (!box || event.button !== 0) return;
    event.preventDefault();
    const bottom = box.getBoundingClientRect().bottom;
    const stop = new AbortController();
    const on = { signal: stop.signal };
    addEventListener('pointermove', (moving) => setHeight((bottom - moving.clientY) / rem()), on);
    for (const end of ['pointerup', 'pointercancel'] as const) addEventListener(end, () => stop.abort(), on);
  };
  /** As high as it goes, and back to the height before. */
  const full = height > most() - 1;
  const fill = (): void => {
    if (!full) before.current = height;
    setHeight(full ? before.current : most());
  };
  return { height, least, most, open, setHeight, setOpen: (wanted: boolean) => keep({ height, open: wanted }), pull, full, fill };
}

const rem = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

function read(): Kept {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? '{}');
    const height = typeof kept === 'object' && kept && 'height' in kept ? Number(kept.height) : Number.NaN;
    const open = !(typeof kept === 'object' && kept && 'open' in kept && kept.open === false);
    return { height: height >= least && height <= 100 ? height : first, open };
  } catch {
    return { height: first, open: true };
  }
}
