// The pages of a composed lesson as they go on paper: each with its figure as a still picture.

import type { Scene } from '../../../core/scene';
import type { Picture } from '../../../image/picture';
import { reasonOf } from '../../../ui/bench/words';
import { type Drawn, drawNodes } from '../../../ui/export/figureFile';
import type { Node } from '../../../worker/api';
import type { Room } from '../../room';
import type { ComposedLesson, LessonPage, LessonQuestion, WebPicture } from '../composed';
import { composedPage } from '../composedPage';
import type { PageModel } from '../model';
import { Stage } from '../stage';

export interface Sheet {
  readonly page: PageModel;
  readonly question: LessonQuestion | null;
  /** What the page says of a picture on the web. */
  readonly web: WebPicture | null;
  /** Its views with their captions; none where there is a problem. */
  readonly figure: readonly Drawn[];
  readonly problem: string | null;
}

/** The page that is being read, with what its reader has made of it. */
export interface Reading {
  readonly at: number;
  readonly scene: Scene;
  readonly fetched: ReadonlyMap<string, Picture>;
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
  const sheets: Sheet[] = [];
  try {
    for (const [i, page] of pages.entries()) {
      const scene = i === reading.at ? reading.scene : page.scene;
      const part = (done: number): void => report((i + done) / pages.length);
      const figure = await stills(stage, page, scene, part, signal).catch((error: unknown) => reasonOf(error));
      if (signal.aborted || figure === null) return null;
      const [drawn, problem] = typeof figure === 'string' ? [[], figure] : [figure, null];
      const { question, picture } = page;
      const web = picture.kind === 'web' ? picture : null;
      sheets.push({ page: composedPage(page, i), question, web, figure: drawn, problem });
    }
    return sheets;
  } finally {
    stage.close();
  }
}

/** The two views of a page; null when it was stopped. @throws an Error whose message says why there are none. */
async function stills(stage: Stage, page: LessonPage, scene: Scene, report: (done: number) => void, signal: AbortSignal) {
  const { bench } = stage;
  stage.picture.value = page.picture;
  await stage.followed();
  const [figure] = composedPage(page, 0).figures;
  if (!figure || signal.aborted) return null;
  stage.show(figure, undefined, scene);
  const { input, output } = bench.nodes.peek();
  const nodes: readonly Node[] = input === output ? [output] : [input, output];
  const displayOf = (node: Node) => (node === output ? bench.display : bench.inputDisplay).peek();
  return drawNodes(bench, nodes, displayOf, report, signal);
}
