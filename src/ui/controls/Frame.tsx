import type { ComponentChildren } from 'preact';
import type { Passage } from '../../core/lessons/passages';
import { classes, IconButton } from '../parts';
import { Label } from './Label';
import type { Link } from './linked';

/** What every control of a parameter gets. */
export interface ControlProps<F, V> {
  readonly field: F;
  readonly title: string;
  readonly help: string;
  /** What explains it in the lessons. */
  readonly passage?: Passage | null;
  readonly value: V;
  /** The page's sentence is about this control. */
  readonly bad: boolean;
  /** Id of that sentence, or of another description. */
  readonly describedBy?: string;
  /** Whether another value would fit the picture and the other settings. */
  fits?(value: V): boolean;
  /** Changes when `fits` may answer otherwise. */
  readonly fitsSince?: unknown;
  onChange(value: V): void;
  /** Resets to the default; given only where that differs from `onChange(field.default)`. */
  onReset?(): void;
  /** The value that a reset leads to, in words, where it is not the field's default. */
  readonly defaultWords?: string;
  /** Before the slider: the switch of a setting that may be left open. */
  readonly before?: ComponentChildren;
  /** In the place of the slider: what an open setting comes to, in words. */
  readonly open?: string | null;
  /** Begins the ids of the label, the help and the field, where others must know them. */
  readonly id?: string;
  /** At the head of the first slider: a button that computes the value. */
  readonly helper?: ComponentChildren;
}

/** Ids for aria-describedby: the control's help and more. */
export const describe = (id: string, more: string | undefined): string => [`${id}-help`, more].filter(Boolean).join(' ');

/** Parts a control into more lines, or joins them. */
export function LinkButton({ link, label, hint, onClick }: { link: Link; label: string; hint: string; onClick(): void }) {
  return (
    <span class="tie">
      <IconButton
        tiny
        icon={link === 'all' ? 'link' : 'unlink'}
        label={label}
        title={hint}
        pressed={link === 'all'}
        onClick={onClick}
      />
    </span>
  );
}

interface FrameProps
  extends Pick<
    ControlProps<unknown, never>,
    'title' | 'help' | 'passage' | 'defaultWords' | 'before' | 'bad' | 'open' | 'onReset'
  > {
  readonly id: string;
  readonly changedFrom: string | null;
  reset(): void;
  readonly children: ComponentChildren;
}

/** The row of a control: label with its dot, what may come before, the lines, what may come below. */
export function Frame(props: FrameProps) {
  const { id, title, help, passage, changedFrom, reset, onReset, defaultWords, before, bad, open, children } = props;
  return (
    <fieldset
      class={classes('param', before !== undefined && 'maybe', open != null && bad && 'bad')}
      aria-labelledby={`${id}-label`}
    >
      <Label
        id={`${id}-label`}
        title={title}
        help={help}
        passage={passage}
        helpId={`${id}-help`}
        for={open ? undefined : `${id}-field`}
        changedFrom={open ? null : (defaultWords ?? changedFrom)}
        onReset={onReset ?? reset}
      />
      {before && <span class="before">{before}</span>}
      {open && <span class="open dim">{open}</span>}
      {children}
    </fieldset>
  );
}
