import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { Formula } from '../../ui/bench/Formula';
import { classes } from '../../ui/parts';
import { t } from '../../ui/strings';
import { Ask } from './Ask';
import { Exercise } from './Exercise';
import { Figure } from './Figure';
import type { PageModel, Passage } from './model';
import { Prose } from './Prose';
import type { Stage } from './stage';

export interface PageProps {
  readonly stage: Stage;
  readonly page: PageModel;
  /** The passage to start at. */
  readonly passage: string | null;
  /** Said above the title. */
  readonly over?: string;
  /** Above the figure. */
  readonly children?: ComponentChildren;
  onAnswered?(right: boolean | null): void;
  onSolved?(): void;
}

/** One page of a lesson: text, question, figure, text, exercise. */
export function Page({ stage, page, passage, over, children, onAnswered, onSolved }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const asked = useRef<HTMLParagraphElement>(null);
  useLayoutEffect(() => {
    const start = asked.current ?? heading.current;
    start?.focus({ preventScroll: true });
    if (asked.current) asked.current.scrollIntoView({ block: 'center' });
    else scrollTo(0, 0);
  }, [page.id, passage]);
  useEffect(() => {
    document.title = `${page.title} – ${t('labName')}`;
  }, [page.title]);
  const text = (passages: readonly Passage[]) => (
    <div class="lesson-text">
      {passages.map(({ id, text }) => (
        <p
          key={id}
          dir={page.dir}
          id={`passage-${id}`}
          ref={id === passage ? asked : undefined}
          tabIndex={id === passage ? -1 : undefined}
          class={classes(id === passage && 'asked')}
        >
          <Prose text={text} />
        </p>
      ))}
    </div>
  );
  return (
    <main class="lesson" key={page.id}>
      {over && (
        <p class="lesson-kind" dir="auto">
          {over}
        </p>
      )}
      <h1 ref={heading} tabIndex={-1} dir={page.dir}>
        {page.title}
      </h1>
      <div class="lesson-two">
        {text(page.before)}
        {page.formulas.length > 0 && (
          <aside class="lesson-note" aria-label={t('lessonSymbols')}>
            {page.formulas.map((mathml) => (
              <Formula key={mathml} mathml={mathml} />
            ))}
          </aside>
        )}
      </div>
      {page.ask && <Ask stage={stage} page={page} ask={page.ask} onAnswered={(right) => onAnswered?.(right)} />}
      {children}
      <Figure stage={stage} page={page} />
      {page.after.length > 0 && text(page.after)}
      {page.exercise && <Exercise stage={stage} exercise={page.exercise} onSolved={() => onSolved?.()} />}
    </main>
  );
}
