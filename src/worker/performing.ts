// One run of a scene: its results in the order in which a person waits for them.

import { fits } from '../core/sequential';
import { colourMap } from '../image/colourMap';
import type { Drawing } from '../image/draw';
import { inputNode, type RunEvent, type View, type Wanted } from './api';
import type { Asked } from './chain';
import type { Desk } from './desk';
import { factsOf } from './facts';
import { glimpse } from './glimpse';

/** A full result that will take longer has a preview before it, where the picture is large. */
const PATIENCE_MS = 150;
const REPORT_MS = 100;

export interface AskedViews extends Asked {
  readonly wanted: readonly Wanted[];
  readonly details: boolean;
  report(event: RunEvent<Drawing>): unknown;
}

/** Reports of every wanted node, and what there is to tell behind it. @throws the signal's reason when something newer was asked for. */
export async function performed(desk: Desk, asked: AskedViews): Promise<void> {
  const { picture, chain } = desk;
  const { scene, wanted, details, breath, signal } = asked;
  for (const { look } of wanted) colourMap(look.diverging);
  chain.makeRoom(asked);
  chain.enter(asked);
  desk.range = scene.input;
  const results = wanted.filter(({ node }) => !chain.isInput(node)).sort((a, b) => a.node - b.node);
  if (await glimpsed(desk, asked, results)) return;
  if (picture.large && results.some(({ node }) => chain.at(node) === null)) await preview(desk, asked, results);
  let told = performance.now();
  const progress = (done: number): void => {
    if (performance.now() - told < REPORT_MS) return;
    told = performance.now();
    void Promise.resolve(asked.report({ kind: 'progress', done })).catch(() => undefined);
  };
  for (const { node } of results) await chain.result(node, asked, details, progress);
  chain.show(wanted.map(({ node }) => node));
  for (const one of wanted) await show(desk, one, asked, await desk.drawn(one, breath));
  // Nobody waits for these with the picture.
  const last = Math.max(inputNode, ...wanted.map(({ node }) => node));
  const result = chain.at(last);
  const facts = result?.facts.length === 0 ? await factsOf(last, chain, picture, desk.workshop, asked) : [];
  signal.throwIfAborted();
  if (result && facts.length > 0) {
    result.facts = facts;
    await Promise.resolve(asked.report({ kind: 'facts', node: last, facts })).catch(() => undefined);
  }
  if (details) await detail(desk, asked);
}

/** While a slider moves, the last result as it is seen, without making it, where that is possible. */
async function glimpsed(desk: Desk, asked: AskedViews, results: readonly Wanted[]): Promise<boolean> {
  const { chain } = desk;
  const last = results.at(-1);
  const seen = last && (await glimpse(desk, last, asked));
  if (!seen) return false;
  for (const { node } of results) if (node !== last.node) await chain.result(node, asked, false, () => undefined);
  chain.show(asked.wanted.map(({ node }) => node));
  for (const one of asked.wanted)
    await show(desk, one, asked, one.node === last.node ? seen : await desk.drawn(one, asked.breath));
  return true;
}

/** A small copy of the picture shows what comes, and tells how long the full result will take. */
async function preview(desk: Desk, asked: AskedViews, results: readonly Wanted[]): Promise<void> {
  const { picture, chain, drawings } = desk;
  const { breath } = asked;
  const small = await picture.preview(breath);
  // A window may be too large for the small copy and fit the picture.
  if (small === null || !fits(asked.scene, small.tensor.shape)) return;
  for (const one of results) {
    const { node, look } = one;
    const result = await chain.preview(node, asked, small.tensor, small.factor);
    try {
      if (result.making.ms * small.factor ** 2 > PATIENCE_MS)
        await show(desk, one, asked, await drawings.view(node, result, look, breath));
    } finally {
      result.values.letGo();
    }
  }
}

/** Every step in small. */
async function detail({ picture, chain, drawings }: Desk, asked: AskedViews): Promise<void> {
  const { scene, wanted, breath, signal, report } = asked;
  const [first] = wanted;
  if (!first) return;
  const { look } = first;
  for (const node of [inputNode, ...scene.steps.keys()]) {
    if (chain.isTold(node, look)) continue;
    const made = chain.isInput(node)
      ? await drawings.stepOfInput(node, picture, scene.input, look, breath)
      : await drawings.step(node, await chain.result(node, asked, true, () => undefined), look, breath);
    signal.throwIfAborted();
    const step = scene.steps[node]?.off ? { ...made, ran: null } : made;
    chain.told(node, look);
    await Promise.resolve(report({ kind: 'step', step })).catch(() => undefined);
  }
}

async function show({ drawings }: Desk, one: Wanted, { wanted, signal, report }: AskedViews, view: View<Drawing>): Promise<void> {
  if (signal.aborted) drawings.reuse(view.drawing.rgba.buffer);
  signal.throwIfAborted();
  await Promise.resolve(report({ kind: 'view', at: wanted.indexOf(one), view })).catch(() => undefined);
}
