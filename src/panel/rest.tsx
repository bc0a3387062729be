// The panel's program: the bench with all of its controls.
import { render } from 'preact';
import { resultsFirst } from '../ui/bench/slides';
import { openLessonsBy } from '../ui/lessonLinks';
import { followTheme } from '../ui/theme';
import { Panel } from './Panel';
import { Seat } from './seat';

/** Puts the panel in the place of what was shown first. */
export async function start(app: HTMLElement): Promise<void> {
  resultsFirst(document);
  const seat = new Seat();
  followTheme(seat.keeper);
  openLessonsBy((at) => void seat.openLab(at));
  // Where the session is there already, and its operation named, it stays named.
  await Promise.race([seat.begun, new Promise((resolve) => setTimeout(resolve))]);
  render(<Panel seat={seat} />, app);
}
