import { computed, signal } from '@preact/signals';
import type { Shape } from '../../core/tensor';
import type { Display } from '../../image/display';
import type { PictureMeta } from '../../image/picture';
import type { Node, StepReport, View } from '../../worker/api';
import { Blink } from '../view/blink';
import type { Overlay } from '../view/overlays';
import type { Size } from './place';
import { type Looks, SceneEditor } from './sceneEditor';

export interface Busy {
  /** 0..1 */
  readonly done: number;
  /** `performance.now()` at the start. */
  readonly since: number;
}
/** What went wrong, as a sentence; the person may try again where that can help. */
export interface Failure {
  /** `run`: there is no result of this scene. `other`: the result stands. */
  readonly of: 'run' | 'other';
  readonly text: string;
  readonly retry: (() => void) | null;
}
/** A question about a large picture. */
export interface Ask {
  readonly text: string;
  readonly choices: readonly { readonly label: string; take(): void }[];
}
export type CompareMode = 'side' | 'split' | 'blink' | 'difference';
/** The picture as it enters. */
export const entering: Node = -1;
/** What the worker tells of every step, by node. */
type Reports = ReadonlyMap<Node, StepReport>;

/** What the two views show, and what there is to show: signals alone, which pages read. */
export abstract class Shown extends SceneEditor {
  readonly picture = signal<PictureMeta | null>(null);
  /** The name of the picture on its way. */
  readonly opening = signal<string | null>(null);
  /** No algorithm that trades accuracy for speed. */
  readonly exact = signal(false);
  readonly mode = signal<CompareMode>('side');
  readonly split = signal(0.5);
  readonly blink = new Blink();
  readonly display = signal<Display>({ mapping: 'auto', channel: 'all' });
  readonly inputDisplay = signal<Display>({ mapping: 'auto', channel: 'all' });
  /** What the first view shows: the picture, or what a step makes of it. */
  readonly from = signal<Node>(entering);
  /** What the second view shows; null: what the current step makes. */
  readonly to = signal<Node | null>(null);
  /** The two nodes that are shown now. */
  readonly nodes = computed<{ readonly input: Node; readonly output: Node }>(() => {
    const last = this.scene.value.steps.length - 1;
    return { input: Math.min(this.from.value, last), output: Math.min(this.to.value ?? this.current.value, last) };
  });
  /** Why what the two views are to show cannot be computed: a step that does not fit, or one before it. */
  readonly misfit = computed(() => {
    const problem = this.fit.value?.problem ?? null;
    const { input, output } = this.nodes.value;
    return problem && problem.step <= Math.max(input, output) ? problem : null;
  });
  /** Each step in small, of a page that shows them. */
  readonly reports = signal<Reports>(new Map());

  /** What is drawn over the pictures beside the results themselves, the last one on top. */
  readonly overlays = signal<readonly Overlay[]>([]);

  readonly input = signal<View | null>(null);
  readonly output = signal<View | null>(null);
  readonly busy = signal<Busy | null>(null);
  readonly failure = signal<Failure | null>(null);
  readonly ask = signal<Ask | null>(null);

  /** There is a full result of this very scene: it can be saved and put on the page. */
  readonly finished = computed(() => {
    const view = this.output.value;
    return (
      view !== null &&
      view.reducedBy === 1 &&
      this.busy.value === null &&
      this.misfit.value === null &&
      this.failure.value?.of !== 'run'
    );
  });
  /** Of what the first view shows. */
  readonly inputSize = computed<Size | null>(() => sizeOfShape(this.shapeAt(this.nodes.value.input) ?? this.xShape.value));
  /** Of the result that is shown, at its full size: the page is laid out anew when it comes, not before. */
  readonly outputSize = signal<Size | null>(null);

  /** Says what an action outside the bench ran into. */
  complain(text: string, retry: (() => void) | null = null): void {
    this.failure.value = { of: 'other', text, retry };
  }
  protected override swapped(): void {
    this.display.value = { ...this.display.peek(), channel: 'all' };
  }
  protected override looks(): Looks {
    return { display: this.display.peek(), inputDisplay: this.inputDisplay.peek() };
  }
}

export const sizeOfShape = (shape: Shape | null): Size | null =>
  shape && { width: shape[3] ?? shape.at(-1) ?? 1, height: shape[2] ?? 1 };
