import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../icons';
import { t } from '../strings';
import { endWords, type Reach, stepsOfKey } from './ranges';
import type { Typed, Wrong } from './typed';

export interface StepperProps {
  readonly id?: string;
  /** Name for screen readers, or `labelledBy` the id of what names it. */
  readonly title: string;
  readonly labelledBy?: string;
  readonly describedBy?: string;
  /** The value as it is written; changes when the value does. */
  readonly text: string;
  /** The number that stands for the value: what minus and plus go by. */
  readonly now: number;
  readonly reach: Reach;
  readonly invalid: boolean;
  read(text: string): Typed<unknown>;
  /** Whether what was typed means the value as it is now. */
  stands(typed: string): boolean;
  /** Called with a text that `read` accepts, at every key and, with `done`, when the field is left. */
  onText(text: string, done: boolean): void;
  onNudge(by: number): void;
  /** Home and End, while nothing is being typed. */
  onEnd?(sign: 1 | -1): void;
  /** Tooltip of the field. */
  readonly hint?: string;
  /** What is wrong with what stands in the field now; null when nothing is. */
  onWrong(wrong: Wrong | null): void;
}

/** An exact number: typed, or stepped by keys, wheel and buttons. What is typed stays as it is until it is left or replaced from outside. */
export function Stepper(props: StepperProps) {
  const { id, title, labelledBy, describedBy, text, now, reach, invalid, read, stands, onText, onNudge, onEnd, hint, onWrong } =
    props;
  const [draft, setDraft] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const mine = useRef(text);
  useEffect(() => {
    if (text !== mine.current && draft !== null && !stands(draft)) forget();
    mine.current = text;
  }, [text]);

  const forget = (): void => {
    setDraft(null);
    onWrong(null);
  };
  const typed = (value: string): void => {
    setDraft(value);
    const result = read(value);
    onWrong(result.ok || result.wrong.kind === 'unfinished' ? null : result.wrong);
    if (result.ok) onText(value, false);
  };
  const settle = (): void => {
    if (draft === null) return;
    const result = read(draft);
    if (result.ok) {
      if (!stands(draft)) onText(draft, true);
      forget();
    } else {
      onWrong(result.wrong);
    }
  };
  const nudge = (by: number): void => {
    forget();
    onNudge(by);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps = stepsOfKey(event.key, event.shiftKey);
    if (steps !== null) {
      event.preventDefault();
      nudge(steps);
    } else if (onEnd && draft === null && (event.key === 'Home' || event.key === 'End')) {
      event.preventDefault();
      onEnd(event.key === 'Home' ? -1 : 1);
    } else if (event.key === 'Enter') {
      settle();
    } else if (event.key === 'Escape' && draft !== null) {
      event.stopPropagation();
      forget();
      requestAnimationFrame(() => field.current?.select());
    }
  };
  const onWheel = (event: WheelEvent): void => {
    // With Shift, browsers turn the wheel sideways.
    const turned = event.deltaY || event.deltaX;
    if (document.activeElement !== field.current || turned === 0) return;
    event.preventDefault();
    nudge((turned < 0 ? 1 : -1) * (event.shiftKey ? 10 : 1));
  };
  const end = (by: number) => endWords(now, by, reach);
  const press = (by: number): void => {
    if (end(by) === undefined) nudge(by);
  };
  const shown = draft ?? text;
  return (
    <span class="stepper" style={{ '--len': shown.length }}>
      <button
        type="button"
        tabIndex={-1}
        aria-label={t('lessOf', title)}
        title={end(-1)}
        aria-disabled={end(-1) !== undefined || undefined}
        onClick={() => press(-1)}
      >
        <Icon name="minus" />
      </button>
      <input
        ref={field}
        id={id}
        type="text"
        role="spinbutton"
        inputMode={reach.whole && reach.min >= 0 ? 'numeric' : reach.min >= 0 ? 'decimal' : undefined}
        autocomplete="off"
        dir="ltr"
        spellcheck={false}
        value={shown}
        aria-label={labelledBy ? undefined : title}
        aria-labelledby={labelledBy}
        aria-describedby={describedBy}
        aria-invalid={invalid || undefined}
        aria-valuenow={now}
        aria-valuemin={reach.min}
        aria-valuemax={reach.max}
        aria-valuetext={text}
        title={hint}
        onFocus={(event) => event.currentTarget.select()}
        onInput={(event) => typed(event.currentTarget.value)}
        onBlur={settle}
        onKeyDown={onKeyDown}
        onWheel={onWheel}
      />
      <button
        type="button"
        tabIndex={-1}
        aria-label={t('moreOf', title)}
        title={end(1)}
        aria-disabled={end(1) !== undefined || undefined}
        onClick={() => press(1)}
      >
        <Icon name="plus" />
      </button>
    </span>
  );
}
