import { useEffect } from 'preact/hooks';
import { percentOf } from '../controls/ranges';
import { IconButton, Select } from '../parts';
import { number, t } from '../strings';
import { type Inspector, paces } from './state';

/** The walk through all outputs of a channel: step by step, by itself, or to any place. */
export function Player({ inspector }: { inspector: Inspector }) {
  const walk = inspector.walk.value;
  const playing = inspector.playing.value;
  const pace = inspector.pace.value;
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  useEffect(() => {
    if (!playing) return undefined;
    const timer = setInterval(() => {
      if (!inspector.advance(1)) inspector.playing.value = false;
    }, 1000 / pace);
    return () => clearInterval(timer);
  }, [inspector, playing, pace]);
  if (!walk) return null;
  const { order, count } = walk;
  const step = (by: number) => {
    inspector.playing.value = false;
    inspector.advance(by);
  };
  return (
    <fieldset class="inspect-player" aria-label={t('inspectWalk')}>
      <span class="buttons" dir="ltr">
        <IconButton icon="stepBack" label={t('inspectBack')} disabled={order === 0} onClick={() => step(-1)} />
        <IconButton
          icon={playing ? 'pause' : 'play'}
          label={t(playing ? 'pause' : still ? 'inspectPlayStill' : 'inspectPlay')}
          disabled={count < 2}
          onClick={() => {
            if (!playing && order === count - 1) inspector.goTo(0);
            else if (still) step(1);
            if (!still) inspector.playing.value = !playing;
          }}
        />
        <IconButton icon="stepOn" label={t('inspectStep')} disabled={order === count - 1} onClick={() => step(1)} />
      </span>
      <input
        type="range"
        dir="ltr"
        min={0}
        max={count - 1}
        value={order}
        style={{ '--p': `${percentOf(order, [0, count - 1])}%` }}
        aria-label={t('inspectPosition')}
        aria-valuetext={t('inspectNth', number(order + 1), number(count))}
        onInput={(event) => {
          inspector.playing.value = false;
          inspector.goTo(Number(event.currentTarget.value));
        }}
      />
      <span class="num nth">{t('inspectNth', number(order + 1), number(count))}</span>
      <Select
        small
        label={t('inspectPace')}
        title={t('inspectPace')}
        options={paces.map((one) => ({ value: String(one), label: t('inspectPerSecond', one) }))}
        value={String(pace)}
        onChange={(value) => {
          inspector.pace.value = paces.find((one) => String(one) === value) ?? pace;
        }}
      />
    </fieldset>
  );
}
