import { useEffect, useLayoutEffect, useMemo } from 'preact/hooks';
import { t } from '../../ui/strings';
import { comparingOf } from '../../ui/view/comparing';
import { lessonAddress, ownLesson, writeAddress } from '../address';
import type { Room } from '../room';
import type { ComposedLesson } from './composed';
import { composedPage, pageTitle } from './composedPage';
import { Page } from './Page';
import { Paper } from './print/Paper';
import { PrintMenu } from './print/PrintMenu';
import { Printing } from './print/printing';
import type { Stage } from './stage';
import { Top } from './Top';
import { WebPictureAsk } from './WebPicture';

export interface ComposedProps {
  readonly room: Room;
  readonly stage: Stage;
  readonly lesson: ComposedLesson;
  /** The packed lesson in the address; null where it lies in memory. */
  readonly data: string | null;
}

/** A lesson that a teacher composed, page by page. */
export function Composed({ room, stage, lesson, data }: ComposedProps) {
  const asked = Number(room.lesson.value?.state ?? 1) - 1;
  const at = Number.isInteger(asked) && lesson.pages[asked] ? asked : 0;
  const shown = lesson.pages[at]!;
  const page = useMemo(() => composedPage(shown, at), [shown, at]);
  useLayoutEffect(() => {
    stage.picture.value = shown.picture;
    const [figure] = page.figures;
    if (figure) stage.show(figure, undefined);
  }, [stage, page, shown]);
  const printing = useMemo(() => new Printing(room, lesson), [room, lesson]);
  useEffect(() => () => printing.close(), [printing]);
  const paper = printing.paper.value;
  const reading = () => ({
    at,
    scene: stage.bench.scene.peek(),
    fetched: stage.fetched.peek(),
    signed: comparingOf(stage.bench).signed.peek(),
  });
  const href = (to: number): string =>
    data === null ? lessonAddress(ownLesson, { state: String(to + 1) }) : `#lesson-data=${data}&state=${to + 1}`;
  const { length } = lesson.pages;
  return (
    <>
      <Top
        room={room}
        stage={stage}
        current={String(at)}
        crumbs={lesson.pages.map((_, i) => ({ id: String(i), title: pageTitle(lesson, i), href: href(i) }))}
        labHref={() => writeAddress(stage.bench.picture.peek()?.id ?? null, stage.bench.scene.value)}
        stateHref={data === null ? null : () => href(at)}
      >
        <PrintMenu printing={printing} lesson={lesson} reading={reading} />
      </Top>
      <Page key={page.id} stage={stage} page={page} passage={null} over={lesson.title}>
        {shown.picture.kind === 'web' && <WebPictureAsk stage={stage} picture={shown.picture} />}
      </Page>
      <nav class="lesson-nav" aria-label={t('lessonPageOf', at + 1, length)}>
        {at > 0 && (
          <a class="btn line" href={href(at - 1)} rel="prev">
            {t('lessonPreviousPage')}
          </a>
        )}
        {at + 1 < length && (
          <a class="btn solid" href={href(at + 1)} rel="next">
            {t('lessonNextPage')}
          </a>
        )}
        <span class="dim num">{t('lessonPageOf', at + 1, length)}</span>
      </nav>
      {paper && <Paper title={lesson.title} {...paper} onReady={() => print()} />}
    </>
  );
}
