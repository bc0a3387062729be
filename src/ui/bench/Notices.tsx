import type { ComponentChildren } from 'preact';
import { Icon } from '../icons';
import { Button, Message } from '../parts';
import { t } from '../strings';
import { told } from '../told/told';
import type { Ask } from './shown';
import type { Bench } from './state';
import { shortValue } from './words';

/** The line for what does not fit (unless the page says that `elsewhere`), what failed and what is asked; `children` are the page's own notes. */
export function Notices({
  bench,
  id,
  elsewhere,
  children,
}: {
  bench: Bench;
  id: string;
  elsewhere?: boolean;
  children?: ComponentChildren;
}) {
  const problem = elsewhere ? null : (bench.fit.value?.problem ?? null);
  const failure = bench.failure.value;
  const ask = bench.ask.value;
  const opening = bench.opening.value;
  const fix = problem?.fix;
  return (
    <div class="notices">
      {problem && (
        <Message
          id={id}
          kind="bad"
          text={fix ? t('fixHint', problem.text, fix.title, shortValue(fix.value)) : problem.text}
          action={fix ? { label: t('useValue', shortValue(fix.value)), onClick: () => bench.takeFix() } : undefined}
        />
      )}
      {failure && (
        <Message
          kind="bad"
          text={failure.text}
          action={failure.retry ? { label: t('retry'), icon: 'reset', onClick: failure.retry } : undefined}
        />
      )}
      {ask && <Question ask={ask} />}
      {opening && bench.opened.value && <Message kind="note" text={t('decoding', opening)} />}
      {bench.opened.value?.notes.map((note) => (
        <Message key={note} kind="note" text={told(note)} />
      ))}
      {children}
    </div>
  );
}

/** A question about a large picture, with its answers. */
export function Question({ ask }: { ask: Ask }) {
  return (
    <div class="msg note" role="alert">
      <Icon name="info" />
      <span>{ask.text}</span>
      <span class="row wrap">
        {ask.choices.map(({ label, take }) => (
          <Button key={label} look="line" onClick={take}>
            {label}
          </Button>
        ))}
      </span>
    </div>
  );
}
