import { useEffect, useRef } from 'preact/hooks';
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
  const strip = useRef<HTMLOListElement>(null);
  // The strip alone is scrolled, never the page.
  useEffect(() => {
    const [list, current] = [strip.current, strip.current?.querySelector('.current')];
    if (!list || !current) return;
    const [outer, inner] = [list.getBoundingClientRect(), current.getBoundingClientRect()];
    if (inner.left < outer.left) list.scrollLeft -= outer.left - inner.left + inner.width / 2;
    else if (inner.right > outer.right) list.scrollLeft += inner.right - outer.right + inner.width / 2;
  }, [position]);
  return (
    <ol ref={strip} class={forward ? 'gradient-strip' : 'gradient-strip backward'} aria-label={t('gradientChain')}>
      {nodes.map((node, i) => {
        const reached = isReached(position, i, steps.length);
        const current = position.phase === 'backward' && (i === position.step || i === (position.step ?? -2) + 1);
        return (
          <li key={node.node} class={current ? 'current' : undefined}>
            <button
              type="button"
              aria-pressed={current}
              onClick={() => state.go(1 + steps.length - Math.min(i, steps.length - 1))}
            >
              <SmallMap picture={reached ? node.gradient : node.values} pale={!reached && !forward} aria-hidden="true" />
              <span class="gradient-node">{stepName(found, node.node)}</span>
              <span class="num dim">
                {reached ? `±${short(Math.max(Math.abs(node.gradient.low), node.gradient.high))}` : sizeWords(node)}
              </span>
              <span class="sr">{reached ? mapWords(node) : t('gradientValues')}</span>
            </button>
          </li>
        );
      })}
      <li class={position.phase === 'amount' ? 'amount current' : 'amount'}>
        <span class="var">L</span>
        <span class="num" dir="ltr">
          {exact(amount)}
        </span>
      </li>
    </ol>
  );
}

const sizeWords = ({ shape }: NodeGradient): string =>
  shape
    .slice(1)
    .map((one) => number(one))
    .join(' × ');

/** `gradient, 8 × 64 × 64, norm 0.3, zero in 4 %`. */
const mapWords = (node: NodeGradient): string => {
  const { norm, zeros } = node.gradient;
  return t('gradientMapName', sizeWords(node), short(norm), number(Math.round(100 * zeros)));
};
