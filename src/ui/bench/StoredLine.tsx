import { opOf } from '../../core/registry';
import type { Scene } from '../../core/scene';
import { prepare, trace } from '../../core/sequential';
import type { Shape } from '../../core/tensor';
import { opTitle, paramHelp, paramTitle, t } from '../strings';

/** Which step stored what the current one takes. */
export function StoredLine({ scene, x, at }: { scene: Scene; x: Shape | null; at: number }) {
  const step = scene.steps[at];
  if (!step || step.off) return null;
  const op = opOf(step.op);
  const stored = Object.entries(op.weights).find(([, { kind }]) => kind === 'stored');
  if (!stored) return null;
  const [name] = stored;
  const from = x && takenFrom(scene, x, at);
  const source = from == null ? undefined : scene.steps[from];
  const title = paramTitle(op, name);
  return (
    <p class="stored" title={paramHelp(op, name)}>
      {source && from != null ? t('storedOf', title, from + 1, opTitle(opOf(source.op))) : t('storedNone', title)}
    </p>
  );
}

/** Index of the step; undefined where there is none, and where the chain does not fit. */
function takenFrom(scene: Scene, x: Shape, at: number): number | undefined {
  try {
    const shapes = [x, ...trace({ ...scene, steps: scene.steps.slice(0, at) }, x)];
    return prepare(scene.steps, at, shapes).taken?.from;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
