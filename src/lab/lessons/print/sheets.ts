// The pages of a composed lesson as they go on paper: each with its figure as a still picture.

import type { Scene } from '../../../core/scene';
import type { Picture } from '../../../image/picture';
import { reasonOf } from '../../../ui/bench/words';
import { type Drawn, drawNodes } from '../../../ui/export/figureFile';
import { comparingOf } from '../../../ui/view/comparing';
import type { Node } from '../../../worker/api';
import type { Room } from '../../room';
import type { ComposedLesson, LessonPage, LessonQuestion, WebPicture } from '../composed';
import { composedPage } from '../composedPage';
import type { PageModel } from '../model';
import { Stage } from '../stage';
import { drawDifference } from './difference';

export interface Sheet {
  readonly page: PageModel;
  readonly question: LessonQuestion | null;
  /** What the page says of a picture on the web. */
  readonly web: WebPicture | null;
  /** Its views with their captions, or their difference. */
  readonly figure: readonly Drawn[];
  /** Why the figure, or the difference, cannot be drawn. */
  readonly problem: string | null;
}

/** The page that is being read, with what its reader has made of it. */
export interface Reading {
  readonly at: number;
  readonly scene: Scene;
  readonly fetched: ReadonlyMap<string, Picture>;
  /** Differences have their sign. */
  readonly signed: boolean;
}

/** Null when it was stopped. */
export async function sheetsOf(
  room: Room,
  { pages }: ComposedLesson,
  reading: Reading,
  report: (done: number) => void,
  signal: AbortSignal,
): Promise<Sheet[] | null> {
  const stage = new Stage(room);
  stage.fetched.value = reading.fetched;
  comparingOf(stage.bench).signed.value = reading.signed;
  const sheets: Sheet[] = [];
  try {
    for (const [i, page] of pages.entries()) {
      const scene = i === reading.at ? reading.scene : page.scene;
      const part = (done: number): void => report((i + done) / pages.length);
      const drawn = await stills(stage, page, scene, part, signal).catch((error: unknown) => ({
        figure: [],
        problem: reasonOf(error),
      }));
      if (signal.aborted || drawn === null) return null;
      const { question, picture } = page;
      const web = picture.kind === 'web' ? picture : null;
      sheets.push({ page: composedPage(page, i), question, web, ...drawn });
    }
    return sheets;
  } finally {
    stage.close();
  }
}

/** What a page shows; null when it was stopped. @throws an Error whose message says why there is nothing. */
async function stills(
  stage: Stage,
  page: LessonPage,
  scene: Scene,
  report: (done: number) => void,
  signal: AbortSignal,
): Promise<Pick<Sheet, 'figure' | 'problem'> | null> {
  const { bench } = stage;
  stage.picture.value = page.picture;
  await stage.followed();
  const [shown] = composedPage(page, 0).figures;
  if (!shown || signal.aborted) return null;
  stage.show(shown, undefined, scene);
  const difference = page.mode === 'difference' ? await drawDifference(bench, signal) : null;
  if (typeof difference === 'object' && difference) return { figure: [difference], problem: null };
  const { input, output } = bench.nodes.peek();
  const nodes: readonly Node[] = input === output ? [output] : [input, output];
  const displayOf = (node: Node) => (node === output ? bench.display : bench.inputDisplay).peek();
  const figure = await drawNodes(bench, nodes, displayOf, report, signal);
  return figure && { figure, problem: difference };
}
