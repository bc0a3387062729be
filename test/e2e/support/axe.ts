import axe from 'axe-core';
import type { Surface } from './fixtures';

export interface Finding {
  readonly id: string;
  readonly nodes: readonly string[];
}

/** What axe finds in the document itself, or in a part of it, not in frames: rule and elements. Colours on their way come to rest first. */
export async function findings(at: { evaluate: Surface['evaluate'] }, part?: string): Promise<Finding[]> {
  await at.evaluate(axe.source);
  await at.evaluate(`Promise.allSettled(document.getAnimations()
    .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime)).map(({ finished }) => finished))`);
  return at.evaluate(`axe.run(${part === undefined ? 'document' : JSON.stringify(part)}, { iframes: false }).then(({ violations }) =>
    violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ target, failureSummary }) => target.join(' ') + ' ' + failureSummary) })))`);
}
