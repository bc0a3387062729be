import { IconButton } from '../parts';
import { number, t } from '../strings';
import { phases, startOf } from './phases';
import type { GradientState } from './state';
import { phaseTitles, saysAt } from './words';

/** The numbered phases with what happens in the present one; they play by themselves, or go step by step. */
export function Phases({ state }: { state: GradientState }) {
  const positions = state.positions.value;
  const at = Math.min(state.at.value, positions.length - 1);
  const { phase } = state.position.value;
  const found = state.found.value;
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  return (
    <div class="gradient-phases">
      <ol aria-label={t('gradientPhases')}>
        {phases.map((one, i) => (
          <li key={one}>
            <button
              type="button"
              class="btn"
              aria-current={one === phase ? 'step' : undefined}
              onClick={() => state.go(startOf(positions, one))}
            >
              <span class="num">{number(i + 1)}</span> {t(phaseTitles[one])}
            </button>
          </li>
        ))}
      </ol>
      <fieldset class="gradient-walk" aria-label={t('gradientWalk')}>
        <IconButton tiny icon="stepBack" label={t('gradientBack')} disabled={at === 0} onClick={() => state.go(at - 1)} />
        {!still && (
          <IconButton
            tiny
            icon={state.playing.value ? 'pause' : 'play'}
            label={t(state.playing.value ? 'gradientPause' : 'gradientPlay')}
            onClick={() => (state.playing.value ? state.go(at) : state.play())}
          />
        )}
        <IconButton
          tiny
          icon="stepOn"
          label={t('gradientNext')}
          disabled={at === positions.length - 1}
          onClick={() => state.go(at + 1)}
        />
        <span class="dim num">{t('gradientPosition', number(at + 1), number(positions.length))}</span>
      </fieldset>
      <p class="gradient-says" aria-live={state.playing.value ? 'off' : 'polite'}>
        {found ? saysAt(found, state.position.value) : (state.failure.value ?? t('gradientNone'))}
      </p>
    </div>
  );
}
