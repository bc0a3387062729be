import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Scene } from '../../core/scene';
import type { Node, StepReport } from '../../worker/api';

/** What a step shows in small; `fresh` when it is of the scene as it is now. */
export interface Small {
  readonly report: StepReport;
  readonly fresh: boolean;
}
export type Smalls = ReadonlyMap<Node, Small>;

/** What is known of steps after an edit: each takes along what it showed, and is out of date from the first change on. */
export function carried(shown: Smalls, before: Scene, after: Scene): Smalls {
  const changed = before.input !== after.input ? -1 : firstChange(before, after);
  const kept: [Node, Small][] = [];
  for (const node of [-1, ...after.steps.keys()]) {
    const step = after.steps[node];
    const found = step ? before.steps.indexOf(step) : -1;
    const small = shown.get(found >= 0 ? found : node);
    if (small) kept.push([node, { report: small.report, fresh: small.fresh && node < changed }]);
  }
  return new Map(kept);
}

/** The first step that differs. */
function firstChange(before: Scene, after: Scene): number {
  const at = after.steps.findIndex((step, i) => step !== before.steps[i]);
  return at >= 0 ? at : Math.max(after.steps.length, before.steps.length);
}

/** The parts of a bench that tell of its steps. */
interface Telling {
  readonly scene: ReadonlySignal<Scene>;
  readonly reports: ReadonlySignal<ReadonlyMap<Node, StepReport>>;
  readonly busy: ReadonlySignal<unknown>;
  readonly finished: ReadonlySignal<boolean>;
}

/** Small views of all steps, which move with their steps at once and are replaced as the worker tells. */
export class SmallViews {
  readonly shown = signal<Smalls>(new Map());
  readonly #stop: () => void;

  constructor({ scene, reports, busy, finished }: Telling) {
    let [old, told, wasBusy] = [scene.peek(), reports.peek(), busy.peek() !== null];
    this.#settle(told);
    this.#stop = effect(() => {
      const [now, tells, isBusy] = [scene.value, reports.value, busy.value !== null];
      const before = this.shown.peek();
      let shown = tells.size === 0 ? new Map() : now === old ? before : carried(before, old, now);
      const fresh = [...tells].filter(([node, report]) => told.get(node) !== report);
      if (fresh.length > 0)
        shown = new Map([...shown, ...fresh.map(([node, report]) => [node, { report, fresh: true }] as const)]);
      [old, told] = [now, tells];
      if (shown !== before) this.shown.value = shown;
      // What the worker did not tell anew it knows to be as it was told before.
      if (wasBusy && !isBusy && finished.value) this.#settle(tells);
      wasBusy = isBusy;
    });
  }
  stop = (): void => this.#stop();

  #settle(reports: ReadonlyMap<Node, StepReport>): void {
    this.shown.value = new Map([...reports].map(([node, report]) => [node, { report, fresh: true }]));
  }
}
