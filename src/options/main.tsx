import { render } from 'preact';
import '../ui/styles/index.css';
import './options.css';
import { openDrawer } from '../store/drawer';
import { Keeper } from '../ui/chains/keeper';
import { dir, locale, t } from '../ui/strings';
import { firstTheme, followTheme } from '../ui/theme';
import { Options } from './Options';

firstTheme();
document.documentElement.lang = locale();
document.documentElement.dir = dir();
document.title = t('optionsName');
const app = document.getElementById('app');
const keeper = new Keeper(openDrawer());
followTheme(keeper);
if (app) render(<Options keeper={keeper} />, app);
