// The panel's first script: its worker takes as long to start as its program, and so both may start with it.

import { startEarly } from '../ui/bench/early';

startEarly();
// Loaded beside the page's first script, and not after it. Where it does not come, that script says so.
import('./rest').catch(() => undefined);
