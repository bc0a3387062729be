import type { NodeGradient } from '../../worker/inquiries/gradients';
import { number, t } from '../strings';
import { isReached } from './phases';
import { SmallMap } from './SmallMap';
import type { Found, GradientState } from './state';
import { exact, short, stepName } from './words';

/** The chain from the picture to the number: values until the gradient has come there, then the gradient. */
export function Strip({ state, found }: { state: GradientState; found: Found }) {
  const { nodes, steps, amount } = found.gradients;
  const position = state.position.value;
  const forward = position.phase === 'forward';
  return (
    <ol class={forward ? 'gradient-strip' : 'gradient-strip backward'} aria-label={t('gradientChain')}>
      {nodes.map((node, i) => {
        const reached = isReached(position, i, steps.length);
        const current = position.phase === 'backward' && (i === position.step || i === (position.step ?? -2) + 1);
        return (
          <li key={node.node} class={current ? 'current' : undefined}>
            <button
              type="button"
              aria-pressed={current}
              aria-label={nameOf(found, node, reached)}
              onClick={() => state.go(1 + steps.length - Math.min(i, steps.length - 1))}
            >
              <SmallMap picture={reached ? node.gradient : node.values} pale={!reached && !forward} />
              <span class="gradient-node">{stepName(found, node.node)}</span>
              <span class="num dim">
                {reached ? `±${short(Math.max(Math.abs(node.gradient.low), node.gradient.high))}` : sizeWords(node)}
              </span>
            </button>
          </li>
        );
      })}
      <li class={position.phase === 'amount' ? 'amount current' : 'amount'}>
        <span class="var">L</span>
        <span class="num">{exact(amount)}</span>
      </li>
    </ol>
  );
}

const sizeWords = ({ shape }: NodeGradient): string =>
  shape
    .slice(1)
    .map((one) => number(one))
    .join(' × ');

/** `dL/d(1 Convolution), 8 × 64 × 64, norm 0.3`. */
function nameOf(found: Found, node: NodeGradient, reached: boolean): string {
  const name = stepName(found, node.node);
  const size = sizeWords(node);
  if (!reached) return t('gradientValuesName', name, size);
  const { norm, zeros } = node.gradient;
  return t('gradientMapName', name, size, short(norm), number(Math.round(100 * zeros)));
}
