// A screen of our own with a real mouse and keyboard, for the menus and prompts that belong to the browser.
import type { Page } from 'playwright/test';
import { startScreen, withoutDesk } from '../../../scripts/lib/desk.mjs';
import { launch } from '../../../scripts/lib/extension.mjs';
import { intoSubmenu, middleOf, windowsOn, xdotool } from '../../../scripts/lib/mouse.mjs';
import { questionState, watchQuestions } from '../../../scripts/lib/question.mjs';
import { test as base, type Extension, expect, nameRules } from './fixtures';

export interface Desk {
  readonly extension: Extension;
  readonly page: Page;
  /** Right-clicks the middle of an element and waits for the menu. */
  rightClick(selector: string): Promise<void>;
  /** Chooses the entry at this place (from 0) of ConvScope's submenu in the open menu; resolves to the time (Unix ms). */
  choose(place: number): Promise<number>;
  /** Presses keys, in X's words: `Tab`, `Return`. */
  press(...keys: string[]): void;
  /** Waits for the browser's own question about a site and answers it. */
  answerPrompt(answer: 'allow' | 'refuse'): Promise<void>;
}

function deskOn(display: string, extension: Extension, page: Page): Desk {
  const windows = () => windowsOn(display);
  const windowsBecome = (count: number) => expect.poll(windows, { message: 'windows on the screen' }).toBe(count);
  return {
    extension,
    page,
    press: (...keys) => void xdotool(display, 'key', ...keys),
    async rightClick(selector) {
      const at = await middleOf(page, selector);
      const before = windows();
      xdotool(display, 'mousemove', ...at, 'click', '3');
      await windowsBecome(before + 1);
    },
    async choose(place) {
      const before = windows();
      xdotool(display, 'key', ...intoSubmenu);
      await windowsBecome(before + 1);
      xdotool(display, 'key', ...Array<string>(place).fill('Down'), 'Return');
      return Date.now();
    },
    async answerPrompt(answer) {
      await expect.poll(() => questionState(extension), { message: 'the question is asked' }).toBe('asked');
      // The question is drawn inside the browser's window, where nothing tells that it is up; it takes some 100 ms.
      await new Promise((resolve) => setTimeout(resolve, 800));
      // *Deny* has the focus at first.
      xdotool(display, 'key', ...(answer === 'allow' ? ['Tab', 'Return'] : ['Return']));
      await expect.poll(() => questionState(extension), { message: 'the question is answered' }).toBe('answered');
    },
  };
}

/** Why there is no desk on this machine, or null. */
const reason = withoutDesk();

/** Stories with a real right-click. Each has a browser of its own, because permissions granted to one would show in the next. */
export const test = base.extend<{ desk: Desk }, { screenNumber: string }>({
  screenNumber: [
    async ({ browserName: _ }, use) => {
      const screen = await startScreen();
      await use(screen.display);
      await screen.stop();
    },
    { scope: 'worker' },
  ],
  desk: async ({ program, screenNumber }, use) => {
    // A site of a story may be https and sign for itself.
    const args = [nameRules, '--ignore-certificate-errors'];
    const extension = await launch(program, { display: screenNumber, args });
    await watchQuestions(extension);
    const page = extension.context.pages()[0] ?? (await extension.context.newPage());
    await use(deskOn(screenNumber, extension, page));
    await extension.close();
  },
});

/** Call at the top of a file: its stories are skipped, with the reason printed, where there is no desk. */
export function needsDesk(): void {
  if (reason) console.log(`Not tested: ${reason}.`);
  test.skip(reason !== null, reason ?? '');
}

export { expect };
