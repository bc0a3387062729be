// What lies over the two pictures beside the results: windows, masks, fields. Parts of the page put them on a bench and take them away.

import type { FunctionComponent } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Bench } from '../bench/state';
import type { Frame } from './frames';
import type { Side } from './sight';

export interface Overlay {
  /** One of a name lies over a picture at a time. */
  readonly id: string;
  readonly side: Side;
  /** Drawn in the pane of the picture, in CSS px from its corner; `frame.laid` says where the picture lies and `frame.cell` how large a pixel is. */
  readonly Content: FunctionComponent<{ readonly frame: Frame }>;
}

/** Puts an overlay over a picture, in the place of the one with its id and side. Returns what takes it away. */
export function overlay(bench: Bench, one: Overlay): () => void {
  const others = () => bench.overlays.peek().filter(({ id, side }) => id !== one.id || side !== one.side);
  bench.overlays.value = [...others(), one];
  return () => {
    bench.overlays.value = bench.overlays.peek().filter((other) => other !== one);
  };
}

/** An overlay as long as the component is there and `shown`. `Content` must stay the same from one rendering to the next. */
export function useOverlay(bench: Bench, { id, side, Content }: Overlay, shown = true): void {
  useEffect(() => (shown ? overlay(bench, { id, side, Content }) : undefined), [bench, id, side, Content, shown]);
}

export function Overlaid({ bench, frame }: { bench: Bench; frame: Frame }) {
  const mine = bench.overlays.value.filter(({ side }) => side === frame.side);
  return (
    <>
      {mine.map(({ id, Content }) => (
        <Content key={id} frame={frame} />
      ))}
    </>
  );
}
