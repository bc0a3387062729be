import { useEffect, useMemo } from 'preact/hooks';
import type { Bench } from '../bench/state';
import { Count } from '../controls/Count';
import { Scale } from '../maps/Scale';
import { Switch } from '../parts';
import { formatSize, number, t } from '../strings';
import { useOverlay } from '../view/overlays';
import { nameOf } from '../view/sight';
import { percent } from './coverWords';
import { fieldLayer, targetLayer } from './fieldLayer';
import { FieldState } from './fieldState';
import { themeSignal } from './theme';

/** What a value of the second view sees of the first one, through all steps between. */
export function FieldPart({ bench }: { bench: Bench }) {
  const { state, theme, box, target } = useMemo(() => {
    const made = new FieldState(bench);
    const watched = themeSignal();
    return { state: made, theme: watched, box: fieldLayer(made, watched.changes), target: targetLayer(made) };
  }, [bench]);
  useEffect(() => state.watch(), [state]);
  useEffect(() => theme.watch(), [theme]);
  useOverlay(bench, { id: 'field', side: 'input', Content: box }, state.shownBox.value);
  useOverlay(bench, { id: 'field', side: 'output', Content: target }, state.shownBox.value);
  const field = state.field.value;
  const shown = state.shownBox.value;
  const found = state.found.value;
  const heat = found?.kind === 'field' && found.largest > 0 ? found : null;
  return (
    <section class="geometry-part" aria-label={t('receptiveField')}>
      <h2>{t('receptiveField')}</h2>
      {field ? (
        <>
          <dl class="field-facts num">
            <div>
              <dt>{t('fieldSize')}</dt>
              <dd>{formatSize(short(field.width.size), short(field.height.size))}</dd>
            </div>
            <div title={t('fieldJumpHelp')}>
              <dt>{t('fieldJump')}</dt>
              <dd>{formatSize(short(field.width.jump), short(field.height.jump))}</dd>
            </div>
            <div title={t('fieldStartHelp')}>
              <dt>{t('fieldStart')}</dt>
              <dd>{t('at', number(short(field.width.start)), number(short(field.height.start)))}</dd>
            </div>
          </dl>
          <div class="cover-row">
            <Switch
              checked={shown}
              onChange={(on) => {
                state.shownBox.value = on;
                if (!on) state.shownHeat.value = false;
              }}
            >
              {t('fieldShow')}
            </Switch>
            <Switch
              checked={state.shownHeat.value}
              onChange={(on) => {
                state.shownHeat.value = on;
                if (on) state.shownBox.value = true;
              }}
            >
              {t('fieldEffective')}
            </Switch>
            {heat && <Scale low={0} high={Number(heat.largest.toPrecision(3))} diverging={false} />}
          </div>
          {shown && <Pin state={state} />}
          {shown && <Said state={state} />}
        </>
      ) : (
        <p class="cover-words dim">{t('fieldNone', nameOf(bench, 'input'), nameOf(bench, 'output'))}</p>
      )}
    </section>
  );
}

/** Numbers of repeated fractions stay short. */
const short = (value: number): number => Number(value.toFixed(2));

/** Whether the field follows the pointer, or which value it is of. */
function Pin({ state }: { state: FieldState }) {
  const [pinned, size] = [state.pinned.value, state.bench.outputSize.value];
  return (
    <div class="cover-row">
      <Switch checked={pinned !== null} onChange={(on) => state.pin(on ? state.target.peek() : null)}>
        {t('fieldPin')}
      </Switch>
      {pinned && size && (
        <>
          <Count
            label={t('fieldColumn')}
            title={t('fieldColumnHelp')}
            value={Math.min(pinned.column, size.width - 1)}
            min={0}
            max={size.width - 1}
            step={1}
            onChange={(column) => state.pin({ ...pinned, column })}
          />
          <Count
            label={t('fieldRow')}
            title={t('fieldRowHelp')}
            value={Math.min(pinned.row, size.height - 1)}
            min={0}
            max={size.height - 1}
            step={1}
            onChange={(row) => state.pin({ ...pinned, row })}
          />
        </>
      )}
    </div>
  );
}

function Said({ state }: { state: FieldState }) {
  const [target, field, found] = [state.target.value, state.field.value, state.found.value];
  if (!target || !field) return null;
  const ends = (axis: typeof field.width, at: number) => {
    const first = Math.floor(axis.start + at * axis.jump);
    return t('fromTo', number(first), number(Math.ceil(axis.start + at * axis.jump + axis.size - 1)));
  };
  const box = t(
    'fieldBox',
    number(target.column),
    number(target.row),
    ends(field.width, target.column),
    ends(field.height, target.row),
  );
  return (
    <p class="cover-words" role="status" aria-busy={state.asking.value}>
      {box} {state.shownHeat.value && found && foundWords(found)}
    </p>
  );
}

function foundWords(found: NonNullable<FieldState['found']['value']>): string {
  if (found.kind === 'tooMuch') return t(found.whole ? 'fieldWhole' : 'fieldTooMuch');
  if (!(found.total > 0)) return t(found.total === 0 ? 'fieldZero' : 'fieldOdd');
  const sum = t('fieldSum', number(Number(found.total.toPrecision(3))));
  return found.half === null ? sum : `${sum} ${t('fieldHalf', percent(found.half))}`;
}
