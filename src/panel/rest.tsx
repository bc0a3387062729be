// The panel's program: the bench with all of its controls.
import { render } from 'preact';
import { followTheme } from '../ui/theme';
import { Panel } from './Panel';
import { Seat } from './seat';

/** A person who waits longer than this for the session can at least close the panel by key, and read what there is. */
const patience = 250;

/** Puts the panel in the place of what was shown first. */
export async function start(app: HTMLElement): Promise<void> {
  const seat = new Seat();
  followTheme(seat.keeper);
  // The operation that was named first stays named.
  await Promise.race([seat.begun, new Promise((resolve) => setTimeout(resolve, patience))]);
  render(<Panel seat={seat} />, app);
}
