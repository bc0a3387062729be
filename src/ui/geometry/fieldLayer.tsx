// Over the first picture: the box of pixels that a value can see, and how much each of them moves it. Over the second: the value.

import type { FunctionComponent } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Drawing } from '../../image/draw';
import type { Area } from '../../worker/api';
import type { Field } from '../../worker/inquiries/field';
import { paint } from '../view/Film';
import { boxIn, type Frame } from '../view/frames';
import { magnitudeColours } from './countLayer';
import type { FieldState } from './fieldState';

export const fieldLayer = (state: FieldState, theme: { readonly value: number }): FunctionComponent<{ frame: Frame }> =>
  function FieldLayer({ frame }) {
    const canvas = useRef<HTMLCanvasElement>(null);
    const found = state.found.value;
    const heat = found?.kind === 'field' && state.shownHeat.value ? found : null;
    const turned = theme.value;
    useLayoutEffect(() => {
      if (canvas.current && heat) paint(canvas.current, heatOf(heat));
    }, [heat, turned]);
    const [field, target] = [state.field.value, state.target.value];
    const box =
      field && target && state.shownBox.value
        ? boxIn(frame, {
            left: field.width.start + target.column * field.width.jump,
            top: field.height.start + target.row * field.height.jump,
            width: field.width.size,
            height: field.height.size,
          })
        : null;
    const place = heat && boxIn(frame, spread(heat));
    return (
      <span aria-hidden="true">
        {place && <canvas ref={canvas} class="field-heat" style={place} />}
        {box && <i class="field-box" style={box} />}
      </span>
    );
  };

/** Cells of several pixels may reach beyond the area. */
const spread = ({ area, factor }: Field): Area => ({
  ...area,
  width: Math.ceil(area.width / factor) * factor,
  height: Math.ceil(area.height / factor) * factor,
});

/** Little lets the picture through, much covers it. */
function heatOf({ area, factor, sums, largest }: Field): Drawing {
  const [width, height] = [Math.ceil(area.width / factor), Math.ceil(area.height / factor)];
  const rgba = new Uint8ClampedArray(4 * width * height);
  const colour = magnitudeColours();
  sums.forEach((sum, at) => {
    const share = largest > 0 ? sum / largest : 0;
    if (share > 0) rgba.set([...colour(0.2 + 0.8 * share), 235 * Math.sqrt(share)], 4 * at);
  });
  return { width, height, rgba };
}

/** The value whose field is shown. */
export const targetLayer = (state: FieldState): FunctionComponent<{ frame: Frame }> =>
  function TargetLayer({ frame }) {
    const target = state.target.value;
    const box = target && state.shownBox.value && boxIn(frame, { left: target.column, top: target.row, width: 1, height: 1 });
    return box ? <i class="field-target" style={box} aria-hidden="true" /> : null;
  };
