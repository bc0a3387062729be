import { render } from 'preact';
import '../ui/styles/index.css';
import '../ui/bench/bench.css';
import './popup.css';
import { dir, locale } from '../ui/strings';
import { keepInWindow } from './height';
import { Popup } from './Popup';
import { Tray } from './tray';

document.documentElement.lang = locale();
document.documentElement.dir = dir();
const app = document.getElementById('app');
app?.replaceChildren();
if (app) render(<Popup tray={new Tray()} />, app);
keepInWindow();
