import type { ComponentChildren } from 'preact';
import { dashes, themed } from './ink';
import type { Laid } from './layout';
import { type Box, type Mark, round } from './marks';

/** The marks of a laid panel in the theme's colours, and the cross-hair at a value of x. */
export function Marks({ laid, em, cursor }: { laid: Laid; em: number; cursor: number | null }) {
  const { behind, inside, before, places } = laid;
  const { box, toX } = places;
  const at = cursor === null ? Number.NaN : toX(cursor);
  return (
    <>
      {behind.map((mark, i) => drawn(mark, em, i))}
      <Boxed box={box}>{inside.map((mark, i) => drawn(mark, em, i))}</Boxed>
      {before.map((mark, i) => drawn(mark, em, i))}
      {Number.isFinite(at) && <path class="plot-cursor" d={`M${round(at)} ${round(box.y)}v${round(box.height)}`} />}
    </>
  );
}

/** What lies within the axes, cut off where they end. */
export function Boxed({ box, children }: { box: Box; children: ComponentChildren }) {
  const [x, y, width, height] = [round(box.x), round(box.y), round(box.width), round(box.height)];
  return (
    <svg aria-hidden="true" x={x} y={y} width={width} height={height} viewBox={`${x} ${y} ${width} ${height}`}>
      {children}
    </svg>
  );
}

function drawn(mark: Mark, em: number, key: number) {
  switch (mark.kind) {
    case 'path': {
      const { d, stroke, fill, width = 1, dash } = mark;
      return (
        <path
          key={key}
          d={d}
          style={{
            fill: fill === undefined ? 'none' : themed(fill),
            fillRule: 'evenodd',
            stroke: stroke === undefined ? 'none' : themed(stroke),
            strokeWidth: width,
            strokeDasharray: dash && dashes[dash],
          }}
        />
      );
    }
    case 'dot':
      return (
        <circle
          key={key}
          cx={round(mark.x)}
          cy={round(mark.y)}
          r={round(mark.r)}
          style={
            mark.open
              ? { fill: 'var(--surface)', stroke: themed(mark.ink), strokeWidth: 1.5 }
              : { fill: themed(mark.ink), stroke: 'none' }
          }
        />
      );
    case 'text':
      return (
        <text
          key={key}
          x={round(mark.x)}
          y={round(mark.y)}
          style={{
            fontSize: `${round(mark.size * em)}px`,
            fontWeight: mark.strong ? 'var(--weight-strong)' : undefined,
            fill: themed(mark.ink),
            textAnchor: mark.anchor,
          }}
        >
          {mark.text}
        </text>
      );
  }
}
