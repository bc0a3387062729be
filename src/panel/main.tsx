// What the panel shows first: small, and painted while the program is on its way.
import { render } from 'preact';
import '../ui/styles/index.css';
import '../ui/chains/chains.css';
import '../ui/hints/hints.css';
import '../ui/chain/strip.css';
import '../ui/bench/bench.css';
import './panel.css';
import { dir, locale } from '../ui/strings';
import { firstTheme } from '../ui/theme';
import { holdPresses } from '../ui/view/press';
import { Shell } from './Shell';

firstTheme();
document.documentElement.lang = locale();
document.documentElement.dir = dir();
holdPresses(document);
const app = document.getElementById('app');
if (app) {
  const program = import('./rest');
  render(<Shell failed={false} />, app);
  program.then(
    ({ start }) => start(app),
    () => render(<Shell failed />, app),
  );
}
