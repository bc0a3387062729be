import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { opOf } from '../../core/registry';
import type { Step } from '../../core/scene';
import { hasScheme, smallest } from '../../core/scheme';
import type { Shape } from '../../core/tensor';
import { prepare } from '../../core/trace';
import type { Bench } from '../bench/state';
import { sentence } from '../bench/words';
import {
  channelsRead,
  type Focus,
  focusAt,
  fromKey,
  litBy,
  type Model,
  modelOf,
  places,
  type SchemeView,
  viewsOf,
} from './model';
import { Player } from './player';

/** The most rows or columns that a person may ask for. */
export const mostSide = 32;

/** The current step that a scheme can show, with what reaches it and what it makes. */
export interface Drawable {
  readonly step: Step;
  readonly x: Shape;
  readonly y: Shape;
  /** The step that stored something for it, and what that one reads. */
  readonly source: { readonly step: Step; readonly x: Shape } | null;
}
type Outcome = { readonly model: Model } | { readonly problem: string };

/** The scheme of the current step: at which size, in which view, and which cell of it one looks at. */
export class SchemeState {
  /** Rows and columns that the person chose; null: the smallest that show the pattern. */
  readonly chosen = signal<{ readonly rows: number; readonly columns: number } | null>(null);
  readonly wantedView = signal<SchemeView | null>(null);
  readonly numbered = signal(false);
  /** What is pointed at; null: the place that is played. */
  readonly pointed = signal<Focus | null>(null);

  /** Null where the current step has no windows, is off, or does not fit. */
  readonly drawable: ReadonlySignal<Drawable | null> = computed(() => {
    const { scene, current, fit, xShape } = this.bench;
    const [{ steps }, at, first] = [scene.value, current.value, xShape.value];
    const step = steps[at];
    if (!step || step.off || !first || !hasScheme(opOf(step.op))) return null;
    const nodes = [first, ...(fit.value?.shapes ?? [])];
    const [x, y] = [nodes[at], nodes[at + 1]];
    if (x?.length !== 4 || !y) return null;
    const from = prepare(steps, at, nodes).taken?.from;
    const source = from === undefined ? undefined : steps[from];
    return { step, x, y, source: source && from !== undefined ? { step: source, x: nodes[from] ?? x } : null };
  });
  readonly own: ReadonlySignal<Shape | null> = computed(() => {
    const found = this.drawable.value;
    return found && smallest(found.step, (found.source ?? found).x, found.source?.step);
  });
  /** Of the input that is drawn. */
  readonly size = computed(() => {
    const [, , rows = 4, columns = 4] = this.own.value ?? [];
    return this.chosen.value ?? { rows, columns };
  });
  readonly views: ReadonlySignal<readonly SchemeView[]> = computed(() => {
    const found = this.drawable.value;
    if (!found) return ['windows'];
    return viewsOf(found.step, found.x, found.y);
  });
  readonly view = computed<SchemeView>(() => {
    const [first = 'windows'] = this.views.value;
    const wanted = this.wantedView.value;
    return wanted && this.views.value.includes(wanted) ? wanted : first;
  });
  readonly outcome: ReadonlySignal<Outcome | null> = computed(() => {
    const found = this.drawable.value;
    if (!found) return null;
    const { rows, columns } = this.size.value;
    return lean(found, rows, columns, (x) => modelOf(found.step, x, this.view.value, found.source?.step));
  });
  readonly model: ReadonlySignal<Model | null> = computed(() => {
    const outcome = this.outcome.value;
    return outcome && 'model' in outcome ? outcome.model : null;
  });
  readonly count = computed(() => {
    const { rows, columns } = this.model.value ? places(this.model.value) : { rows: 1, columns: 1 };
    return rows * columns;
  });
  readonly player = new Player(this.count);
  /** The place that is played, in what there is now. */
  readonly at = computed(() => Math.min(this.player.at.value, this.count.value - 1));
  readonly focus: ReadonlySignal<Focus | null> = computed(() => {
    const model = this.model.value;
    return this.pointed.value ?? (model && focusAt(model, this.at.value));
  });
  readonly lit = computed(() => {
    const model = this.model.value;
    return model && litBy(model, this.focus.value);
  });
  /** The channel of the input whose numbers are drawn: the first that is read by an output in question. */
  readonly channel = computed(() => {
    const model = this.model.value;
    const [key] = this.lit.value?.output ?? [];
    const { row, column } = fromKey(key ?? '');
    const [first = 0] = model ? channelsRead(model, row * model.width.outputs + column) : [];
    return first;
  });

  constructor(readonly bench: Bench) {}
}

/** With a single channel where the step takes one, so that the numbers of all channels can be seen; with those it has otherwise. */
function lean({ x }: Drawable, rows: number, columns: number, make: (x: Shape) => Model): Outcome {
  let problem = '';
  for (const channels of [1, x[1] ?? 1]) {
    try {
      return { model: make([1, channels, rows, columns]) };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      problem = sentence(error.message);
    }
  }
  return { problem };
}
