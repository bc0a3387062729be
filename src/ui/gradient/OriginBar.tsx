import { losses } from '../../core/losses';
import { Count } from '../controls/Count';
import { IconButton, Segmented, Select } from '../parts';
import { t } from '../strings';
import { stepChoice } from '../view/sight';
import { pixelOf, placeOf } from './origin';
import type { GradientState } from './state';
import { lossTitle } from './words';

/** Which number the gradient is of. */
export function OriginBar({ state }: { state: GradientState }) {
  const { bench } = state;
  const choice = state.choice.value;
  const [, channels = 1, height = 1, width = 1] = bench.shapeAt(bench.nodes.value.output) ?? [];
  const { column, row } = pixelOf(choice.place, width, height);
  return (
    <span class="gradient-origin">
      <Segmented
        label={t('gradientOf')}
        value={choice.of}
        options={[
          { value: 'value', label: t('gradientOfValue') },
          { value: 'mean', label: t('gradientOfMean') },
          { value: 'loss', label: t('gradientOfLoss') },
        ]}
        onChange={(of) => state.choose({ of })}
      />
      {choice.of === 'value' && (
        <>
          <Count
            label="x"
            title={t('gradientColumn')}
            value={column}
            min={0}
            max={width - 1}
            step={1}
            onChange={(to) => state.choose({ place: placeOf(to, row, width, height) })}
          />
          <Count
            label="y"
            title={t('gradientRow')}
            value={row}
            min={0}
            max={height - 1}
            step={1}
            onChange={(to) => state.choose({ place: placeOf(column, to, width, height) })}
          />
          <IconButton
            tiny
            icon="pick"
            label={t('gradientFollow')}
            title={t('gradientFollowHelp')}
            pressed={state.following.value}
            onClick={() => {
              state.following.value = !state.following.value;
            }}
          />
        </>
      )}
      {choice.of !== 'loss' && channels > 1 && (
        <Count
          label={t('channel')}
          title={t('channel')}
          value={Math.min(choice.channel, channels - 1) + 1}
          min={1}
          max={channels}
          step={1}
          after={t('ofMany', channels)}
          onChange={(to) => state.choose({ channel: to - 1 })}
        />
      )}
      {choice.of === 'loss' && <LossChoice state={state} />}
    </span>
  );
}

function LossChoice({ state }: { state: GradientState }) {
  const { bench } = state;
  const choice = state.choice.value;
  const targets = state.targets.value;
  const target = choice.target !== 'constant' && targets.includes(choice.target) ? String(choice.target) : 'constant';
  return (
    <>
      <Select
        small
        label={t('gradientOfLoss')}
        value={choice.loss}
        options={Object.keys(losses).map((name) => ({ value: name, label: lossTitle(name) }))}
        onChange={(loss) => state.choose({ loss })}
      />
      <Select
        small
        label={t('gradientTarget')}
        title={t('gradientTargetHelp')}
        value={target}
        options={[
          { value: 'constant', label: t('gradientConstant') },
          ...targets.map((node) => ({ value: String(node), label: stepChoice(bench, node) })),
        ]}
        onChange={(to) => state.choose({ target: to === 'constant' ? to : Number(to) })}
      />
      {target === 'constant' && (
        <Count
          label="t"
          title={t('gradientConstant')}
          value={choice.constant}
          min={-1000}
          max={1000}
          step={0.1}
          onChange={(constant) => state.choose({ constant })}
        />
      )}
    </>
  );
}
