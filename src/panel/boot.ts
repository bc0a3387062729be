// The panel's first script: its worker takes as long to start as its program, and so may start with it.

import { startEarly } from '../ui/bench/early';

startEarly();
