import type { ComponentChildren } from 'preact';
import type { Bench } from '../bench/state';
import { channelOptions } from '../controls/DisplayControls';
import { Select } from '../parts';
import { number, t } from '../strings';
import { nameOf, type Side, type Sight, stepChoice } from './sight';

const selected = 'selected';

/** Above a picture: what it is and which channel of it, both to choose where there is a choice, and its size. */
export function Caption({
  bench,
  side,
  sight,
  children,
}: {
  bench: Bench;
  side: Side;
  sight: Sight;
  /** At the end. */
  children?: ComponentChildren;
}) {
  const size = sight.told.value;
  const { steps } = bench.scene.value;
  const count = sight.shown.value?.shape[1] ?? 1;
  const display = (side === 'input' ? bench.inputDisplay : bench.display).value;
  const letter = side === 'input' ? 'x' : 'y';
  return (
    <figcaption>
      <span class={`tag ${letter}`}>{letter}</span>
      {steps.length > 1 ? <NodeChoice bench={bench} side={side} /> : <b>{nameOf(bench, side)}</b>}
      {count > 1 && (
        <Select
          small
          class="channel"
          label={t(side === 'input' ? 'channelOfInput' : 'channel')}
          title={t('channel')}
          options={channelOptions(count)}
          value={String(display.channel)}
          onChange={(value) => {
            const channel = value === 'all' ? 'all' : Number(value);
            if (side === 'input') bench.setInputDisplay({ ...display, channel });
            else bench.setDisplay({ ...display, channel });
          }}
        />
      )}
      {size && <span class="num">{t('sizeOf', number(size.width), number(size.height))}</span>}
      <span class="end">{children}</span>
    </figcaption>
  );
}

/** Which node of the chain the view shows. */
function NodeChoice({ bench, side }: { bench: Bench; side: Side }) {
  const nodes = bench.nodes.value;
  const all = [-1, ...bench.scene.value.steps.keys()].map((node) => ({ value: String(node), label: stepChoice(bench, node) }));
  const follows = side === 'output' && bench.to.value === null;
  const options =
    side === 'input' ? all : [{ value: selected, label: t('selectedStep', stepChoice(bench, nodes.output)) }, ...all];
  return (
    <Select
      small
      class="node"
      label={t(side === 'input' ? 'firstShows' : 'secondShows')}
      title={t(side === 'input' ? 'firstShows' : 'secondShows')}
      options={options}
      value={follows ? selected : String(nodes[side])}
      onChange={(value) => {
        if (side === 'input') bench.compare({ from: Number(value) });
        else bench.compare({ to: value === selected ? null : Number(value) });
      }}
    />
  );
}
