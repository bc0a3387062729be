import { render } from 'preact';
import '../ui/styles/index.css';
import '../ui/bench/bench.css';
import './panel.css';
import { dir, locale } from '../ui/strings';
import { firstTheme, followTheme } from '../ui/theme';
import { Panel } from './Panel';
import { holdPresses } from './press';
import { Seat } from './seat';

firstTheme();
document.documentElement.lang = locale();
document.documentElement.dir = dir();
holdPresses(document);
const app = document.getElementById('app');
const seat = new Seat();
followTheme(seat.keeper);
if (app) render(<Panel seat={seat} />, app);
