import { batch, computed, effect, signal } from '@preact/signals';
import { proxy } from 'comlink';
import type { FeatureMap, MapsAsked, Node } from '../../worker/api';
import { divergingStops, sequentialStops, watchTheme } from '../bench/look';
import type { Bench } from '../bench/state';
import { reasonOf } from '../bench/words';

export type Order = 'channel' | 'energy' | 'range' | 'zeros';
/** Of one small picture, at two device pixels for each of the page. */
const PIXELS = 160 * 120;
/** A dragged slider asks for no maps until it rests. */
const REST_MS = 120;

const orders: Readonly<Record<Order, (map: FeatureMap) => number>> = {
  channel: ({ channel }) => channel,
  energy: ({ energy }) => -energy,
  range: ({ min, max }) => min - max,
  zeros: ({ zeros }) => -zeros,
};

/** All maps in an order; those that are alike in it, by channel. */
export const ordered = (maps: readonly FeatureMap[], order: Order): FeatureMap[] =>
  [...maps].sort((a, b) => orders[order](a) - orders[order](b) || a.channel - b.channel);

/** The channels of what the second view shows, each in small, as long as somebody looks. */
export class Maps {
  readonly order = signal<Order>('channel');
  readonly scope = signal<MapsAsked['scope']>('map');
  readonly colours = signal<MapsAsked['colours']>('auto');
  readonly found = signal<readonly FeatureMap[]>([]);
  /** Of the node that `found` belongs to. */
  readonly node = signal<Node | null>(null);
  readonly failure = signal<string | null>(null);
  readonly sorted = computed(() => ordered(this.found.value, this.order.value));
  /** The channel that the second view shows alone. */
  readonly enlarged = computed(() => {
    const { channel } = this.bench.display.value;
    return channel === 'all' ? null : channel;
  });
  #asked = 0;
  #theme = signal(0);

  constructor(readonly bench: Bench) {}

  /** Follows the bench; answers with the way to stop. */
  watch(): () => void {
    let timer = 0;
    const unwatch = watchTheme(() => {
      this.#theme.value += 1;
    });
    const stop = effect(() => {
      const { output } = this.bench.nodes.value;
      const view = this.bench.output.value;
      const ready = this.bench.finished.value && view?.node === output;
      const asked: MapsAsked = {
        scope: this.scope.value,
        colours: this.colours.value,
        diverging: divergingStops(),
        sequential: sequentialStops(),
        pixels: PIXELS,
      };
      this.#theme.value;
      clearTimeout(timer);
      if (ready) timer = window.setTimeout(() => void this.#ask(output, asked), REST_MS);
    });
    return () => {
      stop();
      unwatch();
      clearTimeout(timer);
      this.#asked += 1;
    };
  }

  /** Shows one channel alone in the second view; the same one again shows all. */
  enlarge(channel: number): void {
    const { display } = this.bench;
    this.bench.setDisplay({ ...display.peek(), channel: display.peek().channel === channel ? 'all' : channel });
  }

  /** What was found before stands until its successor comes, map by map. */
  async #ask(node: Node, asked: MapsAsked): Promise<void> {
    const id = ++this.#asked;
    let before = this.node.peek() === node ? this.found.peek() : [];
    const next: FeatureMap[] = [];
    let due = false;
    const show = () => {
      due = false;
      if (id !== this.#asked) return;
      batch(() => {
        this.node.value = node;
        this.failure.value = null;
        this.found.value = [...next, ...before.slice(next.length)];
      });
    };
    const tell = (map: FeatureMap): void => {
      next.push(map);
      // As many as come within a frame are shown in one go.
      if (!due) requestAnimationFrame(show);
      due = true;
    };
    try {
      const end = await this.bench.query((studio) => studio.maps(node, asked, proxy(tell)));
      if (end === 'superseded' || id !== this.#asked) return;
      before = [];
      show();
    } catch (error) {
      if (id === this.#asked) this.failure.value = reasonOf(error);
    }
  }
}
