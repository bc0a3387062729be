import { render } from 'preact';
import '../ui/styles/index.css';
import '../ui/bench/bench.css';
import './lab.css';
import { nextTask } from '../image/breath';
import { openDrawer } from '../store/drawer';
import { resultsFirst } from '../ui/bench/slides';
import { Bench } from '../ui/bench/state';
import { Keeper } from '../ui/chains/keeper';
import { rememberChains } from '../ui/chains/remember';
import { startAs } from '../ui/chains/start';
import { dir, locale, speak, t } from '../ui/strings';
import { firstTheme } from '../ui/theme';
import { readyTold } from '../ui/told/told';
import { holdPresses } from '../ui/view/press';
import { keepExact } from './exact';
import { History } from './recent/history';
import { Room } from './room';
import { Site } from './Site';
import { keepTheme } from './theme';

firstTheme();
resultsFirst(document);
holdPresses(document);
const asked = new URLSearchParams(location.search).get('lang');
await speak(asked ? [asked] : navigator.languages, async (language) =>
  (await fetch(new URL(`_locales/${language}/messages.json`, location.href))).json(),
);
void readyTold();
document.documentElement.lang = locale();
document.documentElement.dir = dir();
const app = document.getElementById('app');
// Starting takes a while: in pieces, so that the page answers in between.
await nextTask();
const bench = new Bench(true);
keepExact(bench);
const drawer = openDrawer();
const keeper = new Keeper(drawer);
keepTheme(keeper);
await keeper.ready;
startAs(bench, keeper.settings.peek());
rememberChains(bench, keeper);
const history = new History(bench, keeper, drawer);
const room = new Room(bench);
await nextTask();
if (app) render(<Site room={room} history={history} />, app);
// What a picture will need is fetched while the page waits for one.
import('./beside').catch(() => bench.complain(t('partMissing')));
