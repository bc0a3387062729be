import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { parse } from '../../core/parse';
import { opOf } from '../../core/registry';
import { rippleOf } from '../../core/scheme';
import { shapesOf } from '../../core/weights';
import type { Drawing } from '../../image/draw';
import { Button } from '../parts';
import { number, t } from '../strings';
import { paint } from '../view/Film';
import { Latest } from '../view/latest';
import { magnitudeColours, scaleOf } from './countLayer';
import type { CoverageState } from './coverageState';

/** Pixels of the result that are shown close up. */
const side = 24;

export interface CheckerboardProps {
  readonly state: CoverageState;
  readonly theme: ReadonlySignal<number>;
  readonly least: number;
  readonly largest: number;
}

/** Outputs that are made of different numbers of pixels: a part of the result beside its overlap, why, and what evens it out. */
export function Checkerboard({ state, theme, least, largest }: CheckerboardProps) {
  const { bench } = state;
  const [picture, map] = [useRef<HTMLCanvasElement>(null), useRef<HTMLCanvasElement>(null)];
  const [view, size, { u, v }] = [bench.output.value, bench.outputSize.value, bench.pointing.part.value];
  const shown = bench.finished.value && state.inView.value.output;
  const turned = theme.value;
  useEffect(() => {
    const fed = state.feeds.peek();
    if (!shown || !view || !size || !fed) return;
    const at = (part: number, length: number) => Math.max(0, Math.min(length - side, Math.round(part * length - side / 2)));
    const area = {
      left: at(u, size.width),
      top: at(v, size.height),
      width: Math.min(side, size.width),
      height: Math.min(side, size.height),
    };
    const questions = new Latest(
      (asked: typeof area) => bench.query((studio) => studio.region(bench.wantedOutput(), asked, 1)),
      (region) => {
        if (!region) return;
        if (picture.current) paint(picture.current, region.drawing);
        if (map.current) paint(map.current, mapOf(fed, region.area));
      },
    );
    questions.want(area);
    return () => questions.forget();
  }, [bench, state, shown, view, size, u, v, turned]);
  const cures = curesOf(state);
  return (
    <div class="checkerboard">
      <p class="cover-words">
        {t(least > 0 ? 'coverUneven' : 'coverGaps', number(least), number(largest))} {least > 0 && flatWords(state)}
      </p>
      {shown && (
        <div class="checkerboard-pair">
          <figure>
            <canvas ref={picture} class="px" role="img" aria-label={t('coverPart')} />
            <figcaption>{t('coverPart')}</figcaption>
          </figure>
          <figure>
            <canvas ref={map} class="px" role="img" aria-label={t('coverMap')} />
            <figcaption>{t('coverMap')}</figcaption>
          </figure>
        </div>
      )}
      {cures.length > 0 && (
        <div class="cover-row">
          {cures.map(({ by, kernel, steps }) => (
            <Button key={by} look="line" onClick={() => take(state, steps)}>
              {by === 'kernel' ? t('coverKernel', `${kernel[1]} × ${kernel[0]}`) : t('coverResize')}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

/** What becomes of a picture of one brightness: whether the weights even out what the stamps do not. */
function flatWords({ bench }: CoverageState): string {
  const [step, x] = [bench.step.value, bench.stepInput.value];
  const ripple = step && x ? rippleOf(step, x) : null;
  if (ripple === null) return '';
  return ripple < 1e-6 ? t('coverEvenedOut') : t('coverRipple', number(Math.round(100 * ripple)));
}

function mapOf(
  { down, across }: { readonly down: Int32Array; readonly across: Int32Array },
  { left, top, width, height }: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
): Drawing {
  const rgba = new Uint8ClampedArray(4 * width * height);
  const [colour, scale] = [magnitudeColours(), scaleOf({ down, across })];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rgba.set([...colour(scale(down[top + y]! * across[left + x]!)), 255], 4 * (y * width + x));
  return { width, height, rgba };
}

function curesOf({ bench }: CoverageState) {
  const [step, x] = [bench.step.value, bench.stepInput.value];
  if (!step || !x) return [];
  const op = opOf(step.op);
  const params = parse(op.params, step.params, op.name);
  return op.evened?.(shapesOf(op, step, params, x), params, step.weights) ?? [];
}

/** Puts other steps in the place of the current one; the last of them is selected. */
function take({ bench }: CoverageState, steps: ReturnType<typeof curesOf>[number]['steps']): void {
  const [scene, at] = [bench.scene.peek(), bench.current.peek()];
  const all = [...scene.steps.slice(0, at), ...steps, ...scene.steps.slice(at + 1)];
  bench.setScene({ ...scene, steps: all }, at + steps.length - 1);
}
