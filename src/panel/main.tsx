import { render } from 'preact';
import '../ui/styles/index.css';
import '../ui/bench/bench.css';
import './panel.css';
import { dir, locale } from '../ui/strings';
import { firstTheme, followTheme } from '../ui/theme';
import { Panel } from './Panel';
import { Seat } from './seat';

firstTheme();
document.documentElement.lang = locale();
document.documentElement.dir = dir();
const app = document.getElementById('app');
const id = new URLSearchParams(location.hash.slice(1)).get('session') ?? '';
const seat = new Seat(id);
followTheme(seat.keeper);
if (app) render(<Panel seat={seat} />, app);
