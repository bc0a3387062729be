// Repeats in turn, A B C A B C ..., so that what else the machine does meets all alike.

import { median } from '../numbers.mjs';

export interface Timed {
  readonly name: string;
  run(): unknown;
  /** Ms of its first call. */
  readonly cold: number;
}

export interface Limits {
  /** Milliseconds for the repeats of a row. */
  readonly budget: number;
  readonly mostRounds: number;
  /** Samples of what is near the fastest rival, however long they take. */
  readonly fewest: number;
  /** A first call longer than this, in ms, is the only one, unless it is near the fastest. */
  readonly longest: number;
}

/** A sample is at least this long, in ms: the clock of a page that is not isolated moves in steps of 0.1 ms. */
const shortest = 2.5;
/** At most this part of the budget for one library, so that a slow one does not starve the row; it gets one call at least. */
const share = 0.35;

/** What takes up to so many times as long as the fastest rival gets the fewest samples, whatever the budget. */
const near = 3;
const rivals = ['ort', 'tfjs', 'opencv'];
/** Ms without work, in which a compiler may finish. */
const rest = 15;
const timed = ['convscope', ...rivals];

/** Milliseconds of one call, as the mean of `calls` of them. */
async function sample({ run }: Timed, calls: number): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < calls; i++) {
    const done = run();
    if (done instanceof Promise) await done;
  }
  return (performance.now() - start) / calls;
}

/** Median ms of a call of each. */
export async function interleaved(
  given: readonly Timed[],
  { budget, mostRounds, fewest, longest }: Limits,
): Promise<Readonly<Record<string, number>>> {
  const shortestCold = Math.min(...given.filter(({ name }) => timed.includes(name)).map(({ cold }) => cold));
  const isOnce = ({ cold }: Timed) => cold > longest && cold > near * shortestCold;
  const all = given.filter((one) => !isOnce(one));
  const estimates: number[] = [];
  for (const one of all) estimates.push(await warmed(one, budget));
  const calls = estimates.map((ms) => Math.max(1, Math.ceil(shortest / Math.max(ms, 0.001))));
  const perRound = estimates.reduce((sum, ms, i) => sum + Math.min(ms * calls[i]!, budget * 0.1), 0);
  const fastest = Math.min(...all.flatMap(({ name }, i) => (rivals.includes(name) ? [estimates[i]!] : [])));
  const rounds = Math.max(fewest, Math.min(mostRounds, Math.floor(budget / perRound)));
  const wanted = estimates.map((ms, i) => {
    const afforded = Math.floor((share * budget) / (ms * calls[i]!));
    return Math.max(ms <= near * fastest ? fewest : 1, Math.min(rounds, afforded));
  });
  const samples: number[][] = all.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, one] of all.entries()) {
      // Spread over the rounds, where there are fewer samples than rounds.
      if (Math.floor((round * wanted[i]!) / rounds) === Math.floor(((round - 1) * wanted[i]!) / rounds)) continue;
      samples[i]!.push(await sample(one, calls[i]!));
    }
  }
  const once = given.filter(isOnce).map(({ name, cold }) => [name, cold] as const);
  return Object.fromEntries([...once, ...all.map(({ name }, i) => [name, median(samples[i]!)] as const)]);
}

/**
 * Ms of the fastest of some calls. Hot functions are compiled anew in the background: there are enough calls for that, fewer where one is long, and
 * a moment's rest.
 */
async function warmed(one: Timed, budget: number): Promise<number> {
  const start = performance.now();
  let ms = await sample(one, 1);
  await new Promise((resolve) => setTimeout(resolve, rest));
  for (let i = 0; i < 40; i++) {
    const spent = performance.now() - start - rest;
    if (spent > budget * (i < 2 ? 1.5 : 0.06)) break;
    ms = Math.min(ms, await sample(one, 1));
  }
  // The clock says nothing about one call of a short one.
  return ms < 1 ? sample(one, 32) : ms;
}
