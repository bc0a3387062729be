import type { ComponentChildren } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import { dir } from '../strings';
import { beyondWords, type Fits, possibleWords } from './possible';
import { clamp, nudged, percentOf, type Reach, stepsOnSlider, tidy } from './ranges';
import { Stepper } from './Stepper';
import { complaint, type Typed, type Wrong } from './typed';
import { usePossible } from './usePossible';

export interface LineProps {
  /** Full name: `Kernel`, `Kernel, height`. */
  readonly title: string;
  /** The id of a label that says the same; without one the names are attributes. */
  readonly labelledBy?: string;
  readonly inputId?: string;
  readonly describedBy?: string;
  /** One letter or word before the slider: `H`. */
  readonly mark?: string;
  /** The number that the slider shows. */
  readonly now: number;
  /** The value as it is written in the field. */
  readonly text: string;
  readonly reach: Reach;
  /** The page's own sentence says that this value does not fit. */
  readonly bad?: boolean;
  /** Whether another number would fit the picture and the other settings. */
  readonly fits?: Fits;
  /** Changes when `fits` may answer otherwise. */
  readonly fitsSince?: unknown;
  read(text: string): Typed<readonly number[]>;
  /** How typed numbers are written once they are the value. */
  write(values: readonly number[]): string;
  onNow(value: number): void;
  /** One number or several, as they were typed. */
  onTyped(values: readonly number[]): void;
  /** Before the slider: a button that computes the value. */
  readonly helper?: ComponentChildren;
  /** Without a slider: many lines, and words before them. */
  readonly plain?: boolean;
  /** Between the stepper and what is wrong: the link button. */
  readonly after?: ComponentChildren;
}

/** Slider and stepper of one number, or of several that move as one; below them what is wrong with a typed one. */
export function Line(props: LineProps) {
  const {
    title,
    labelledBy,
    inputId,
    describedBy,
    mark,
    now,
    text,
    reach,
    bad = false,
    fits,
    fitsSince,
    read,
    write,
    onNow,
    onTyped,
    helper,
    plain = false,
    after,
  } = props;
  const [complained, setComplained] = useState<string | null>(null);
  const why = useId();
  const may = useId();
  const slider = useRef<HTMLInputElement>(null);
  const [low, high] = reach.slider;
  const possible = usePossible(fits, fitsSince, reach, now);
  const words = possible ? possibleWords(possible) : undefined;
  const beyond = bad && possible ? beyondWords(title, now, possible) : null;
  const told = complained ?? beyond;
  /** The ends of the slider, as far as they fit. */
  const ends: readonly [number, number] = [
    clamp(possible?.ends?.[0] ?? low, { min: low, max: high }),
    clamp(possible?.ends?.[1] ?? high, { min: low, max: high }),
  ];
  const along = (by: number): void => onNow(clamp(nudged(now, by, reach), { min: low, max: high }));
  const onWrong = (wrong: Wrong | null): void =>
    setComplained(wrong && [complaint(wrong, title, reach, text), wrong.kind === 'outside' && words].filter(Boolean).join(' '));
  const onWheel = (event: WheelEvent): void => {
    const turned = event.deltaY || event.deltaX;
    if (document.activeElement !== slider.current || turned === 0) return;
    event.preventDefault();
    along((turned < 0 ? 1 : -1) * (event.shiftKey ? 10 : 1));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps = stepsOnSlider(event, getComputedStyle(slider.current ?? document.body).direction === 'rtl');
    if (steps === null) return;
    event.preventDefault();
    if (Number.isFinite(steps)) along(steps);
    else onNow(steps < 0 ? ends[0] : ends[1]);
  };
  return (
    <>
      <span class="track">
        {helper}
        {mark && (
          <span class="mark" aria-hidden="true">
            {mark}
          </span>
        )}
        {!plain && (
          <input
            ref={slider}
            type="range"
            min={low}
            max={high}
            step={reach.step}
            value={clamp(now, { min: low, max: high })}
            style={{ '--p': `${percentOf(now, reach.slider)}%`, '--gaps': gapLayers(possible?.gaps ?? []) }}
            aria-label={labelledBy ? undefined : title}
            aria-labelledby={labelledBy}
            aria-valuetext={text}
            aria-describedby={words && may}
            title={words}
            onInput={(event) => onNow(tidy(Number(event.currentTarget.value)))}
            onWheel={onWheel}
            onKeyDown={onKeyDown}
          />
        )}
      </span>
      <span class={bad || complained ? 'exact bad' : 'exact'}>
        <Stepper
          id={inputId}
          title={title}
          labelledBy={labelledBy}
          describedBy={[describedBy, words && may, told && why].filter(Boolean).join(' ') || undefined}
          hint={words}
          text={text}
          now={now}
          reach={reach}
          invalid={bad || complained !== null}
          read={read}
          stands={(typed) => {
            const result = read(typed);
            return result.ok && write(result.value) === text;
          }}
          onText={(typed, done) => {
            const result = read(typed);
            // Several numbers may part the line into more: not while they are being typed.
            if (result.ok && (done || result.value.length === 1)) onTyped(result.value);
          }}
          onNudge={(by) => onNow(nudged(now, by, reach))}
          onEnd={(sign) => onNow(sign < 0 ? ends[0] : ends[1])}
          onWrong={onWrong}
        />
      </span>
      {after}
      {words && (
        <span class="sr" id={may}>
          {words}
        </span>
      )}
      {told && (
        // What does not fit is announced by the page's own sentence.
        <p class="why" id={why} role={complained ? 'alert' : undefined}>
          {told}
        </p>
      )}
    </>
  );
}

/** Backgrounds that break the line of the slider where nothing fits; none leaves it whole. */
function gapLayers(gaps: readonly (readonly [number, number])[]): string | undefined {
  const dashes = 'repeating-linear-gradient(90deg, var(--surface) 0 3px, transparent 3px 5px)';
  const layers = gaps.map(([from, to]) => {
    const width = to - from;
    const at = width < 100 ? (100 * from) / (100 - width) : 0;
    return `${dashes} ${dir() === 'rtl' ? 100 - at : at}% 50% / ${width}% 3px no-repeat`;
  });
  return layers.join(', ') || undefined;
}
