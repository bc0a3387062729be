// The popup's program: the bench with all of its controls.
import { render } from 'preact';
import { nextTask } from '../image/breath';
import { openLessonsBy } from '../ui/lessonLinks';
import { followTheme } from '../ui/theme';
import { Popup } from './Popup';
import { Tray } from './tray';

/** Puts the popup in the place of what was shown first; in pieces, so that the page answers in between. */
export async function start(app: HTMLElement): Promise<void> {
  await nextTask();
  const tray = new Tray();
  followTheme(tray.keeper);
  openLessonsBy((at) => void tray.openLab(at));
  await nextTask();
  render(<Popup tray={tray} />, app);
}
