// What the popup shows first: its frame and the operations, while the rest of its program is on its way.
import { firstOp } from 'virtual:op-list';
import { signal } from '@preact/signals';
import { render } from 'preact';
import '../ui/styles/index.css';
import '../ui/chains/chains.css';
import '../ui/hints/hints.css';
import '../ui/chain/strip.css';
import '../ui/bench/bench.css';
import './popup.css';
import { startEarly } from '../ui/bench/early';
import { dir, locale } from '../ui/strings';
import { firstTheme } from '../ui/theme';
import { holdPresses } from '../ui/view/press';
import { keepInWindow } from './height';
import { Popup } from './Popup';
import type { Program } from './rest';

firstTheme();
document.documentElement.lang = locale();
document.documentElement.dir = dir();
keepInWindow();
holdPresses(document);
const app = document.getElementById('app');
if (app) {
  const program = signal<Program | null>(null);
  const failed = signal(false);
  const choice = signal(firstOp);
  app.replaceChildren();
  render(<Popup program={program} failed={failed} choice={choice} />, app);
  const show = (shown: Program): void => {
    program.value = shown;
  };
  // Only now: beside the first paint they would hold it up.
  startEarly();
  import('./rest')
    .then(({ start }) => start(() => choice.peek(), show))
    .catch(() => {
      failed.value = true;
    });
}
