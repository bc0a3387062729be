// The popup's first script: the rest of its program and its worker start beside its first paint, and not after it.

import { startEarly } from '../ui/bench/early';

startEarly();
// Where it does not come, the page's own script says so.
import('./rest').catch(() => undefined);
