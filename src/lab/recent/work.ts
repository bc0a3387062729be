import { effect, signal } from '@preact/signals';
import type { Scene } from '../../core/scene';
import { parseScene } from '../../core/sequential';
import type { Drawer } from '../../store/drawer';
import type { Bench } from '../../ui/bench/state';

/** What the Lab showed last: enough to go on with it. */
export interface Work {
  readonly picture: string;
  readonly name: string;
  readonly scene: Scene;
  /** The step whose controls were shown. */
  readonly step: number;
  readonly compare: string;
  /** What the two views showed: nodes, −1 the picture; of the second null where it followed the current step. */
  readonly from: number;
  readonly to: number | null;
  readonly mapping: string;
  /** Unix ms. */
  readonly at: number;
}

const name = 'work';
/** A change counts when it stands for so long, in ms. */
const settled = 400;

/** The work in a drawer; null when there is none, or none that can be read. */
export function readWork(kept: Readonly<Record<string, unknown>>): Work | null {
  const found = kept[name];
  if (typeof found !== 'object' || found === null) return null;
  const { picture, name: called, scene, step, compare, from, to, mapping, at }: Readonly<Record<string, unknown>> = { ...found };
  if (typeof picture !== 'string' || !/^[\w-]{1,64}$/.test(picture)) return null;
  try {
    return {
      picture,
      name: String(called ?? ''),
      scene: parseScene(scene),
      step: Number.isInteger(step) ? Number(step) : 0,
      compare: String(compare),
      from: nodeOf(from) ?? -1,
      to: nodeOf(to),
      mapping: String(mapping),
      at: Number.isFinite(at) ? Number(at) : 0,
    };
  } catch {
    return null;
  }
}

const nodeOf = (value: unknown): number | null => (Number.isInteger(value) && Number(value) >= -1 ? Number(value) : null);

/** The work before this page, and the keeping of the present one. */
export class LastWork {
  readonly last = signal<Work | null>(null);

  constructor(
    readonly drawer: Drawer,
    bench: Bench,
  ) {
    drawer.all().then(
      (kept) => {
        this.last.value = readWork(kept);
      },
      () => undefined,
    );
    let timer = 0;
    let due: Work | null = null;
    const keep = () => {
      clearTimeout(timer);
      if (due) drawer.put({ [name]: due }).catch(() => undefined);
      due = null;
    };
    effect(() => {
      const picture = bench.picture.value;
      const [scene, step, compare, { mapping }] = [bench.scene.value, bench.current.value, bench.mode.value, bench.display.value];
      const [from, to] = [bench.from.value, bench.to.value];
      if (!picture) return;
      due = { picture: picture.id, name: picture.name, scene, step, compare, from, to, mapping, at: Date.now() };
      clearTimeout(timer);
      timer = window.setTimeout(keep, settled);
    });
    addEventListener('pagehide', keep);
  }

  async forget(): Promise<void> {
    this.last.value = null;
    await this.drawer.remove([name]);
  }
}
