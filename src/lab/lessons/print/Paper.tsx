import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Drawn } from '../../../ui/export/figureFile';
import { Icon } from '../../../ui/icons';
import { classes } from '../../../ui/parts';
import { t } from '../../../ui/strings';
import type { LessonQuestion } from '../composed';
import { Prose } from '../Prose';
import type { Sheet } from './sheets';

export interface PaperProps {
  readonly title: string;
  readonly sheets: readonly Sheet[];
  /** The right answers are on it. */
  readonly answers: boolean;
  /** All of it can be printed. */
  onReady(): void;
}

/** A whole lesson, seen on paper only. */
export function Paper({ title, sheets, answers, onReady }: PaperProps) {
  const root = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const pictures = [...(root.current?.querySelectorAll('img') ?? [])];
    void Promise.allSettled(pictures.map((picture) => picture.decode())).then(onReady);
  }, [sheets]);
  return (
    <div class="lesson-paper" ref={root}>
      {sheets.map((sheet, i) => (
        <PaperPage key={sheet.page.id} over={i === 0 ? title : ''} sheet={sheet} answers={answers} />
      ))}
    </div>
  );
}

function PaperPage({ over, sheet, answers }: { over: string; sheet: Sheet; answers: boolean }) {
  const { page, question, web, figure, problem } = sheet;
  return (
    <article class="lesson">
      {over && (
        <p class="lesson-kind" dir="auto">
          {over}
        </p>
      )}
      <h1 dir="auto">{page.title}</h1>
      <div class="lesson-text">
        {page.before.map(({ id, text }) => (
          <p key={id} dir="auto">
            <Prose text={text} />
          </p>
        ))}
      </div>
      {question && <PaperAsk question={question} answers={answers} />}
      {web?.alt && <p dir="auto">{web.alt}</p>}
      {web?.source && (
        <p class="dim small" dir="auto">
          {t('lessonPictureFrom', web.source)}
        </p>
      )}
      <div class="lesson-stills">
        {figure.map((drawn) => (
          <Still key={drawn.panel.title} drawn={drawn} />
        ))}
      </div>
      {problem && <p>{problem}</p>}
    </article>
  );
}

/** Pictures of fewer pixels are enlarged as squares, as on the screen. */
const MOST_SQUARES = 200;

function Still({ drawn: { panel, png } }: { drawn: Drawn }) {
  const { title, lines, legend, width, height } = panel;
  const address = useMemo(() => URL.createObjectURL(png), [png]);
  useEffect(() => () => URL.revokeObjectURL(address), [address]);
  return (
    <figure>
      <img class={classes(Math.max(width, height) < MOST_SQUARES && 'px')} src={address} alt={title} />
      <figcaption>
        <b>{title}</b>
        {lines.map((line) => (
          <span key={line}>{line}</span>
        ))}
        {legend && (
          <span class="lesson-scale num">
            {legend.low}
            <i style={{ background: `linear-gradient(to right, ${legend.stops.join(', ')})` }} />
            {legend.high}
          </span>
        )}
      </figcaption>
    </figure>
  );
}

function PaperAsk({ question, answers }: { question: LessonQuestion; answers: boolean }) {
  const { text, choices, right } = question;
  return (
    <section class={classes('lesson-ask', answers && 'answered')}>
      <p class="lesson-legend">
        <span class="lesson-kind">{t('lessonPredict')}</span>
        <span dir="auto">
          <Prose text={text} />
        </span>
      </p>
      <ul class="lesson-choices">
        {choices.map((choice, i) => (
          <li key={`${i} ${choice.text}`} class={classes(answers && i === right && 'right')}>
            <i class="lesson-box">{answers && i === right && <Icon name="check" />}</i>
            <span dir="auto">{choice.text}</span>
          </li>
        ))}
      </ul>
      {answers && (
        <p class="lesson-say" dir="auto">
          <Prose text={choices[right]?.feedback || t('lessonRightIs')} />
        </p>
      )}
    </section>
  );
}
