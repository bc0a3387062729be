import { render } from 'preact';
import '../ui/styles/index.css';
import '../ui/bench/bench.css';
import './lab.css';
import { Bench } from '../ui/bench/state';
import { dir, locale, speak } from '../ui/strings';
import { keepExact } from './exact';
import { Lab } from './Lab';
import { Room } from './room';
import { applyTheme } from './theme';

applyTheme();
const asked = new URLSearchParams(location.search).get('lang');
await speak(asked ? [asked] : navigator.languages, async (language) =>
  (await fetch(new URL(`_locales/${language}/messages.json`, location.href))).json(),
);
document.documentElement.lang = locale();
document.documentElement.dir = dir();
const app = document.getElementById('app');
const bench = new Bench(true);
keepExact(bench);
if (app) render(<Lab room={new Room(bench)} />, app);
