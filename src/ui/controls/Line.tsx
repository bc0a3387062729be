import type { ComponentChildren } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import { clamp, nudged, percentOf, type Reach, tidy } from './ranges';
import { Stepper } from './Stepper';
import { complaint, type Typed, type Wrong } from './typed';

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
  const slider = useRef<HTMLInputElement>(null);
  const [low, high] = reach.slider;
  const onWrong = (wrong: Wrong | null): void => setComplained(wrong && complaint(wrong, title, reach, text));
  const onWheel = (event: WheelEvent): void => {
    if (document.activeElement !== slider.current || event.deltaY === 0) return;
    event.preventDefault();
    onNow(clamp(nudged(now, event.deltaY < 0 ? 1 : -1, reach), { min: low, max: high }));
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
            style={{ '--p': `${percentOf(now, reach.slider)}%` }}
            aria-label={labelledBy ? undefined : title}
            aria-labelledby={labelledBy}
            aria-valuetext={text}
            onInput={(event) => onNow(tidy(Number(event.currentTarget.value)))}
            onWheel={onWheel}
          />
        )}
      </span>
      <span class={bad || complained ? 'exact bad' : 'exact'}>
        <Stepper
          id={inputId}
          title={title}
          labelledBy={labelledBy}
          describedBy={[describedBy, complained && why].filter(Boolean).join(' ') || undefined}
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
          onWrong={onWrong}
        />
      </span>
      {after}
      {complained && (
        <p class="why" id={why} role="alert">
          {complained}
        </p>
      )}
    </>
  );
}
