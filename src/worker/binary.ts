import plain from '../engines/simd/binaries/plain.wasm?url&no-inline';
import relaxed from '../engines/simd/binaries/relaxed.wasm?url&no-inline';
import threads from '../engines/simd/binaries/threads.wasm?url&no-inline';
import type { Binaries } from '../engines/simd/engine';
import { bestBinary } from '../engines/simd/routines';
import { handsHere } from './hands';

// The one binary that this browser is best served with. The worker imports this first, so that the bytes come while the rest is evaluated.

export const hands = handsHere();

const name = bestBinary(hands);
const bytes = fetch({ plain, relaxed, threads }[name]).then((response) => response.arrayBuffer());
bytes.catch(() => undefined);

export const binaries = async (): Promise<Binaries> => ({ [name]: await bytes });
