// The popup's program: pictures of the page, the bench with all of its controls.
import { nextTask } from '../image/breath';
import { resultsFirst } from '../ui/bench/slides';
import { openLessonsBy } from '../ui/lessonLinks';
import { followTheme } from '../ui/theme';
import { Actions, Chains, Controls, Foot, Stage } from './Program';
import { Strip } from './Strip';
import { Tray } from './tray';

/** What the popup's frame holds; parts that are not there yet come a task later. */
export interface Program {
  readonly tray: Tray;
  readonly Actions: typeof Actions;
  readonly Chains: typeof Chains;
  readonly Strip: typeof Strip;
  readonly below: { readonly Controls: typeof Controls; readonly Foot: typeof Foot; readonly Stage: typeof Stage } | null;
}

/** Starts with the op that was chosen meanwhile; in pieces, so that the page answers in between. */
export async function start(chosen: () => string | null, show: (program: Program) => void): Promise<void> {
  await nextTask();
  resultsFirst(document);
  const tray = new Tray();
  followTheme(tray.keeper);
  openLessonsBy((at) => void tray.openLab(at));
  await nextTask();
  const op = chosen();
  if (op !== null && op !== tray.bench.op.peek()) tray.bench.setOp(op);
  const program = { tray, Actions, Chains, Strip, below: null };
  show(program);
  await nextTask();
  show({ ...program, below: { Controls, Foot, Stage } });
}
