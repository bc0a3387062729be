// The popup's program: the bench with all of its controls.
import { render } from 'preact';
import { followTheme } from '../ui/theme';
import { Popup } from './Popup';
import { Tray } from './tray';

/** Puts the popup in the place of what was shown first. */
export function start(app: HTMLElement): void {
  const tray = new Tray();
  followTheme(tray.keeper);
  render(<Popup tray={tray} />, app);
}
