// A real mouse and keyboard on an X screen.
import { execFileSync } from 'node:child_process';

/** Runs xdotool on a screen; resolves to what it prints, or to '' when it finds nothing. */
export function xdotool(display, ...words) {
  try {
    return execFileSync('xdotool', words, { env: { ...process.env, DISPLAY: display }, encoding: 'utf8', stdio: 'pipe' });
  } catch {
    return '';
  }
}

/** Windows on the screen; an open menu is one more. */
export const windowsOn = (display) => xdotool(display, 'search', '--onlyvisible', '--class', '').trim().split('\n').length;

/** Where on the screen the middle of the first fitting element is, as words for xdotool. */
export async function middleOf(page, selector) {
  const element = page.locator(selector).first();
  await element.scrollIntoViewIfNeeded();
  return element.evaluate((element) => {
    const box = element.getBoundingClientRect();
    const [left, top] = [screenX + (outerWidth - innerWidth) / 2, screenY + outerHeight - innerHeight];
    return [left + box.x + box.width / 2, top + box.y + box.height / 2].map((v) => String(Math.round(v)));
  });
}

/** Keys that lead from the open context menu into ConvScope's submenu: Inspect is the last entry, ConvScope the one above it. */
export const intoSubmenu = ['Up', 'Up', 'Right'];
