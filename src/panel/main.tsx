import { render } from 'preact';
import '../ui/styles/index.css';
import '../ui/bench/bench.css';
import './panel.css';
import { dir, locale } from '../ui/strings';
import { Panel } from './Panel';
import { holdPresses } from './press';
import { Seat } from './seat';

document.documentElement.lang = locale();
document.documentElement.dir = dir();
holdPresses(document);
const app = document.getElementById('app');
if (app) render(<Panel seat={new Seat()} />, app);
