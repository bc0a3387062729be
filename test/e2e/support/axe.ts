import axe from 'axe-core';
import type { Surface } from './fixtures';

export interface Finding {
  readonly id: string;
  readonly nodes: readonly string[];
}

/** What axe finds in the document itself, not in frames: rule and elements. */
export async function findings(at: { evaluate: Surface['evaluate'] }): Promise<Finding[]> {
  await at.evaluate(axe.source);
  return at.evaluate(`axe.run(document, { iframes: false }).then(({ violations }) =>
    violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ target, failureSummary }) => target.join(' ') + ' ' + failureSummary) })))`);
}
