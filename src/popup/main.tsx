// What the popup shows first: small, and painted while the program is on its way.
import { render } from 'preact';
import '../ui/styles/index.css';
import '../ui/chains/chains.css';
import '../ui/hints/hints.css';
import '../ui/chain/strip.css';
import '../ui/bench/bench.css';
import './popup.css';
import { dir, locale } from '../ui/strings';
import { firstTheme } from '../ui/theme';
import { keepInWindow } from './height';
import { Shell } from './Shell';

firstTheme();
document.documentElement.lang = locale();
document.documentElement.dir = dir();
keepInWindow();
const app = document.getElementById('app');
if (app) {
  const program = import('./rest');
  app.replaceChildren();
  render(<Shell failed={false} />, app);
  program.then(
    ({ start }) => start(app),
    () => render(<Shell failed />, app),
  );
}
