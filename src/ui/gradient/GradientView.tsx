import { useEffect, useMemo } from 'preact/hooks';
import { pixelAt } from '../bench/place';
import type { Bench } from '../bench/state';
import { useSlow } from '../bench/useSlow';
import { Scale } from '../maps/Scale';
import { Bar, Message, Switch } from '../parts';
import { t } from '../strings';
import { useOverlay } from '../view/overlays';
import { CheckLine } from './CheckLine';
import { OriginBar } from './OriginBar';
import { placeOf } from './origin';
import { inputOverlay, outputOverlay, switchOverlay } from './overlay';
import { Phases } from './Phases';
import { PictureGradient } from './PictureGradient';
import { SmallMap } from './SmallMap';
import { Strip } from './Strip';
import { type Found, GradientState } from './state';
import { UnderLine } from './UnderLine';
import { Update } from './Update';
import { Under } from './under';
import { Weights } from './Weights';
import { groundWords, short } from './words';
import './gradient.css';
import './detail.css';

/** Gradients from one number behind the chain back to the picture, phase by phase, with a check of any of them. */
export function GradientView({ bench }: { bench: Bench }) {
  const { state, under } = useMemo(() => {
    const made = new GradientState(bench);
    return { state: made, under: new Under(made) };
  }, [bench]);
  useEffect(() => state.watch(), [state]);
  useEffect(() => under.watch(), [under]);
  useEffect(() => pressesOn(state), [state]);
  const overlays = useMemo(
    () => ({ input: inputOverlay(state), output: outputOverlay(state), switches: switchOverlay(state) }),
    [state],
  );
  useOverlay(bench, { id: 'gradient', side: 'input', Content: overlays.input });
  useOverlay(bench, { id: 'gradient', side: 'output', Content: overlays.output });
  useOverlay(bench, { id: 'switches', side: 'input', Content: overlays.switches });
  const found = state.found.value;
  const failure = state.failure.value;
  const busy = state.busy.value;
  const slow = useSlow(busy !== null, 300);
  return (
    <section class="gradient" aria-label={t('gradientTitle')} aria-busy={busy !== null}>
      <div class="gradient-bar">
        <OriginBar state={state} />
        <span class="grow" />
        {found && <span class="dim small">{groundWords(found.gradients)}</span>}
        <Switch
          checked={state.overlaid.value}
          onChange={(on) => {
            state.overlaid.value = on;
          }}
        >
          {t('gradientOverlay')}
        </Switch>
      </div>
      <div class="gradient-wait">{slow && <Bar done={busy} label={t('gradientBusy')} />}</div>
      {failure && <Message kind="bad" text={failure} />}
      <UnderLine under={under} />
      <Phases state={state} />
      {found && (
        <>
          <Strip state={state} found={found} />
          <Detail state={state} under={under} found={found} />
          <CheckLine state={state} found={found} />
        </>
      )}
    </section>
  );
}

/** What belongs to the present position: weights and switches of the step, dL/dx, or the update. */
function Detail({ state, under, found }: { state: GradientState; under: Under; found: Found }) {
  const { phase, step } = state.position.value;
  const gradient = phase === 'backward' ? found.gradients.steps[step ?? 0] : undefined;
  const weights = gradient && found.steps[gradient.node];
  const winners = gradient?.winners;
  const [x] = found.gradients.nodes;
  return (
    <div class="gradient-detail">
      {gradient && weights && gradient.weights.length > 0 && (
        <Weights state={state} under={under} step={weights} gradient={gradient} />
      )}
      {winners && (
        <figure class="gradient-winners">
          <SmallMap picture={winners} role="img" aria-label={t('gradientWinnersName', short(winners.most))} />
          <figcaption class="dim small">
            {t('gradientWinners')} <Scale low={0} high={winners.high} diverging={false} />
          </figcaption>
        </figure>
      )}
      {phase === 'update' && <Update state={state} found={found} />}
      {x && (phase === 'update' || step === 0) && (
        <div>
          <span class="gradient-weight-head">
            <b>{t('gradientPicture')}</b>
            <Scale low={x.gradient.low} high={x.gradient.high} diverging />
          </span>
          <PictureGradient state={state} under={under} found={found} />
        </div>
      )}
    </div>
  );
}

/** A press on the output takes the value there, one on the picture the pixel that is checked; a drag is neither. */
function pressesOn(state: GradientState): () => void {
  const { bench } = state;
  let from = { x: 0, y: 0 };
  const down = ({ clientX, clientY }: PointerEvent): void => {
    from = { x: clientX, y: clientY };
  };
  const press = ({ target, clientX, clientY }: MouseEvent): void => {
    const place = bench.pointing.place.peek();
    if (!(target instanceof Element) || !place || Math.hypot(clientX - from.x, clientY - from.y) > 4) return;
    const side = target.closest('.view.output .glass') ? 'output' : target.closest('.view.input .glass') ? 'input' : null;
    const size = side === 'output' ? bench.outputSize.peek() : bench.inputSize.peek();
    if (side === null || !size) return;
    const { x, y } = pixelAt(place, size);
    if (side === 'output') {
      state.following.value = false;
      state.choose({ of: 'value', place: placeOf(x, y, size.width, size.height) });
    }
    if (side === 'input' && bench.nodes.peek().input < 0) state.checkPixel(x, y);
  };
  document.addEventListener('pointerdown', down);
  document.addEventListener('click', press);
  return () => {
    document.removeEventListener('pointerdown', down);
    document.removeEventListener('click', press);
  };
}
