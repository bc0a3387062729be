// The difference of the two views of a bench as it goes on paper.

import { effect } from '@preact/signals';
import { lightDiverging } from '../../../image/export/lightMaps';
import type { Bench } from '../../../ui/bench/state';
import { nodeTitle, panelOf } from '../../../ui/export/caption';
import type { Drawn } from '../../../ui/export/figureFile';
import { number, t } from '../../../ui/strings';
import { comparingOf } from '../../../ui/view/comparing';
import { letGo } from '../../../ui/view/sheet';

/** As soon as both views are there; a sentence where they cannot be compared, null where there are none, or it was stopped. */
export async function drawDifference(bench: Bench, signal: AbortSignal): Promise<Drawn | string | null> {
  const question = await asked(bench, signal);
  if (!question) return null;
  if (question.kind === 'cannot') return question.why;
  const { compared, signed } = question;
  const scene = bench.scene.peek();
  const found = await bench.query((studio) => studio.difference(compared, signed, { diverging: lightDiverging }));
  if (!found || signal.aborted) return null;
  const { view, mean, largest } = found;
  const { node, shape, mapping } = view;
  letGo(view);
  const display = { mapping, channel: 'all' } as const;
  const blob = await bench.query((studio) => studio.png({ node, look: { display, diverging: lightDiverging } }));
  const [, , height = 1, width = 1] = shape;
  const [one, other] = compared.nodes.map((at) => nodeTitle(scene, at));
  const lines = [signed ? `${one} − ${other}` : `|${one} − ${other}|`, t('differenceIs', number(mean, 4), number(largest, 4))];
  const panel = { ...panelOf(scene, node, display, { ...view, blob }, { width, height }), title: t('difference'), lines };
  return { panel, png: blob };
}

/** What can be compared once the run has ended; null where it does not end well. */
async function asked(bench: Bench, signal: AbortSignal) {
  const { question } = comparingOf(bench);
  let stop = (): void => undefined;
  const found = await new Promise<typeof question.value>((tell) => {
    stop = effect(() => {
      const failed = bench.misfit.value !== null || bench.failure.value?.of === 'run';
      if (question.value || failed) tell(question.value);
    });
    signal.addEventListener('abort', () => tell(null), { once: true });
  });
  stop();
  return found;
}
