import { useEffect, useMemo } from 'preact/hooks';
import type { Bench } from '../bench/state';
import { Count } from '../controls/Count';
import { percentOf } from '../controls/ranges';
import { IconButton, Segmented, Select, Switch } from '../parts';
import { type MessageKey, t } from '../strings';
import type { SchemeView } from './model';
import { type Pace, paces } from './player';
import { SchemeFigure } from './SchemeFigure';
import { saveScheme } from './schemeFile';
import { mostSide, SchemeState } from './state';
import { focusWords } from './words';

const viewKeys = { windows: 'schemeWindows', stamps: 'schemeStamps', filled: 'schemeFilled' } as const satisfies Record<
  SchemeView,
  MessageKey
>;
const paceKeys = { slow: 'schemeSlow', medium: 'schemeMedium', fast: 'schemeFast' } as const satisfies Record<Pace, MessageKey>;
const isPace = (value: string): value is Pace => Object.hasOwn(paces, value);

/** The drawn scheme of the current step, at a size of its own. */
export function SchemePart({ bench }: { bench: Bench }) {
  const state = useMemo(() => new SchemeState(bench), [bench]);
  useEffect(() => () => state.player.stop(), [state]);
  const outcome = state.outcome.value;
  const { rows, columns } = state.size.value;
  const resize = (change: Partial<{ rows: number; columns: number }>): void => {
    state.chosen.value = { rows, columns, ...change };
  };
  if (!outcome) return <p class="scheme-part dim">{t('schemeNone')}</p>;
  const views = state.views.value;
  return (
    <section class="scheme-part" aria-label={t('scheme')}>
      <div class="scheme-bar">
        <h2>{t('scheme')}</h2>
        {views.length > 1 && (
          <Segmented
            label={t('schemeView')}
            options={views.map((value) => ({ value, label: t(viewKeys[value]) }))}
            value={state.view.value}
            onChange={(view) => {
              state.player.stop();
              state.player.to(0);
              state.wantedView.value = view;
            }}
          />
        )}
        <Count
          label={t('schemeColumns')}
          title={t('schemeColumnsHelp')}
          value={columns}
          min={1}
          max={mostSide}
          step={1}
          onChange={(value) => resize({ columns: value })}
        />
        <Count
          label={t('schemeRows')}
          title={t('schemeRowsHelp')}
          value={rows}
          min={1}
          max={mostSide}
          step={1}
          onChange={(value) => resize({ rows: value })}
        />
        {state.chosen.value && (
          <IconButton
            icon="reset"
            tiny
            label={t('schemeSmallest')}
            onClick={() => {
              state.chosen.value = null;
            }}
          />
        )}
        <Switch
          checked={state.numbered.value}
          title={t('schemeNumbersHelp')}
          onChange={(on) => {
            state.numbered.value = on;
          }}
        >
          {t('schemeNumbers')}
        </Switch>
        <span class="grow" />
        <IconButton icon="save" tiny label={t('schemeSave')} disabled={!('model' in outcome)} onClick={() => saveScheme(state)} />
      </div>
      {'model' in outcome ? (
        <>
          <div class="scheme-figure">
            <SchemeFigure state={state} model={outcome.model} />
          </div>
          <PlayBar state={state} />
          <Said state={state} />
        </>
      ) : (
        <p class="dim">{outcome.problem}</p>
      )}
    </section>
  );
}

function PlayBar({ state }: { state: SchemeState }) {
  const { player, count, at } = state;
  const playing = player.playing.value;
  return (
    <fieldset class="scheme-play" aria-label={t('schemePlaying')}>
      <span class="buttons" dir="ltr">
        <IconButton icon="stepBack" tiny label={t('schemeBack')} onClick={() => player.step(-1)} />
        <IconButton
          icon={playing ? 'pause' : 'play'}
          tiny
          label={t(playing ? 'schemePause' : 'schemePlay')}
          onClick={() => player.play()}
        />
        <IconButton icon="stepOn" tiny label={t('schemeNext')} onClick={() => player.step(1)} />
      </span>
      <input
        type="range"
        dir="ltr"
        min={1}
        max={count.value}
        value={at.value + 1}
        style={{ '--p': `${percentOf(at.value + 1, [1, count.value])}%` }}
        aria-label={t('schemePlace')}
        aria-valuetext={t('schemePlaceOf', at.value + 1, count.value)}
        onInput={(event) => {
          player.stop();
          player.to(Number(event.currentTarget.value) - 1);
        }}
      />
      <span class="num dim">{t('schemePlaceOf', at.value + 1, count.value)}</span>
      <Select
        small
        label={t('schemePace')}
        title={t('schemePace')}
        options={Object.keys(paces).map((value) => ({ value, label: isPace(value) ? t(paceKeys[value]) : value }))}
        value={player.pace.value}
        onChange={(pace) => {
          if (isPace(pace)) player.setPace(pace);
        }}
      />
    </fieldset>
  );
}

/** While it plays nothing is read out: the sentence is there when it rests. */
function Said({ state }: { state: SchemeState }) {
  const [model, focus, lit] = [state.model.value, state.focus.value, state.lit.value];
  const words = model && focus && lit ? focusWords(model, focus, lit) : '';
  return (
    <p class="scheme-words" role="status" aria-live={state.player.playing.value ? 'off' : 'polite'}>
      {words}
    </p>
  );
}
