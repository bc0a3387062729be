import { render } from 'preact';
import '../ui/styles/index.css';
import '../ui/bench/bench.css';
import './popup.css';
import { dir, locale } from '../ui/strings';
import { firstTheme, followTheme } from '../ui/theme';
import { keepInWindow } from './height';
import { Popup } from './Popup';
import { Tray } from './tray';

firstTheme();
document.documentElement.lang = locale();
document.documentElement.dir = dir();
const app = document.getElementById('app');
app?.replaceChildren();
const tray = new Tray();
followTheme(tray.keeper);
if (app) render(<Popup tray={tray} />, app);
keepInWindow();
