import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Compared, Difference, DifferenceLook, Node, View } from '../../worker/api';
import type { Bench } from '../bench/state';
import { reasonOf } from '../bench/words';
import { number, t } from '../strings';
import { Latest } from './latest';
import { nameOf, type Sight } from './sight';

/** What the worker calls the difference that was asked for last. */
const differenceNode: Node = -2;

/** What is compared, or why nothing can be, with the channels that could. */
type Question =
  | { readonly kind: 'ask'; readonly compared: Compared; readonly input: View; readonly output: View; readonly signed: boolean }
  | { readonly kind: 'cannot'; readonly why: string; readonly offer: boolean }
  | null;

/** The difference of the two views of a bench, while it is looked at. */
export class Comparing {
  /** a − b under the signed map, else |a − b|. */
  readonly signed = signal(false);
  readonly outcome = signal<Difference | null>(null);
  /** `pending` while it is computed; null where there is none. */
  readonly similarity = signal<number | null | 'pending'>(null);
  readonly failure = signal<string | null>(null);
  readonly question: ReadonlySignal<Question> = computed(() => questionOf(this.bench, this.signed.value));
  readonly sight: Sight;
  #watching: (() => void) | null = null;

  constructor(private readonly bench: Bench) {
    const shown = computed(() => this.outcome.value?.view ?? null);
    this.sight = {
      shown,
      size: bench.inputSize,
      told: bench.inputSize,
      full: computed(() => this.outcome.value !== null),
      wanted: () => ({
        node: differenceNode,
        look: {
          ...lookApart(bench),
          display: { mapping: this.outcome.peek()?.view.mapping ?? 'abs', channel: 'all' },
        },
      }),
    };
  }

  /** Keeps up with both views; answers with the way to stop. */
  watch(): () => void {
    const { bench } = this;
    const questions = new Latest(
      (asked: Question & { kind: 'ask' }) => this.#measure(asked),
      () => undefined,
    );
    this.#watching?.();
    const stop = effect(() => {
      const asked = this.question.value;
      if (asked?.kind === 'ask') questions.want(asked);
      else {
        questions.forget();
        // While the next result is on its way the last difference stays.
        if (asked || !bench.busy.peek()) this.#clear();
      }
    });
    this.#watching = () => {
      stop();
      questions.forget();
    };
    return this.#watching;
  }

  async #measure({ compared, signed }: Question & { kind: 'ask' }): Promise<void> {
    const isCurrent = () => {
      const now = this.question.peek();
      return now?.kind === 'ask' && now.compared === compared;
    };
    try {
      const outcome = await this.bench.query((studio) => studio.difference(compared, signed, lookApart(this.bench)));
      if (!outcome || !isCurrent()) return;
      batch(() => {
        this.outcome.value = outcome;
        this.failure.value = null;
        this.similarity.value = 'pending';
      });
      void this.bench
        .query((studio) => studio.similarity(compared))
        .then(
          (similarity) => {
            if (isCurrent()) this.similarity.value = similarity;
          },
          () => {
            if (isCurrent()) this.similarity.value = null;
          },
        );
    } catch (error) {
      if (!isCurrent()) return;
      this.#clear();
      this.failure.value = reasonOf(error);
    }
  }

  #clear(): void {
    batch(() => {
      this.outcome.value = null;
      this.similarity.value = null;
      this.failure.value = null;
    });
  }
}

/** A difference lies over both views. */
function lookApart(bench: Bench): DifferenceLook {
  const { display: _, ...look } = bench.wantedInput().look;
  return look;
}

const known = new WeakMap<Bench, Comparing>();
/** The one of a bench. */
export function comparingOf(bench: Bench): Comparing {
  const comparing = known.get(bench) ?? new Comparing(bench);
  known.set(bench, comparing);
  return comparing;
}

function questionOf(bench: Bench, signed: boolean): Question {
  const [input, output] = [bench.input.value, bench.output.value];
  if (!bench.finished.value || !input || !output || input.reducedBy > 1) return null;
  const [one, other] = [bench.inputSize.value, bench.outputSize.value];
  if (!one || !other) return null;
  if (one.width !== other.width || one.height !== other.height) {
    const words = ({ width, height }: typeof one) => t('sizeOf', number(width), number(height));
    const why = t('differentSizes', nameOf(bench, 'input'), words(one), nameOf(bench, 'output'), words(other));
    return { kind: 'cannot', why, offer: false };
  }
  const channels = channelsOf(input, output, bench.inputDisplay.value.channel, bench.display.value.channel);
  if (!channels) {
    const [m, n] = [input.shape[1] ?? 1, output.shape[1] ?? 1];
    return { kind: 'cannot', why: t('differentChannels', nameOf(bench, 'input'), m, nameOf(bench, 'output'), n), offer: true };
  }
  return { kind: 'ask', compared: { nodes: [input.node, output.node], channels }, input, output, signed };
}

type Channel = 'all' | number;

/** Which channels are compared with which: all, or those that are selected; null where that is not clear. */
export function channelsOf(
  input: Pick<View, 'shape'>,
  output: Pick<View, 'shape'>,
  first: Channel,
  second: Channel,
): readonly [readonly number[], readonly number[]] | null {
  const [m, n] = [input.shape[1] ?? 1, output.shape[1] ?? 1];
  const one: Channel = m === 1 ? 0 : typeof first === 'number' && first < m ? first : 'all';
  const other: Channel = n === 1 ? 0 : typeof second === 'number' && second < n ? second : 'all';
  if (one !== 'all' && other !== 'all') return [[one], [other]];
  if (one === 'all' && other === 'all') return m === n ? [range(m), range(m)] : null;
  if (m !== n) return null;
  const chosen = one === 'all' ? other : one;
  return chosen === 'all' ? null : [[chosen], [chosen]];
}
const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
