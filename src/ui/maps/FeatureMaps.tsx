import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { FeatureMap } from '../../worker/api';
import type { Bench } from '../bench/state';
import { Select } from '../parts';
import { type MessageKey, number, plural, t } from '../strings';
import { MapTile } from './MapTile';
import { Scale } from './Scale';
import { Maps, type Order } from './state';
import './maps.css';

const orders = {
  channel: 'mapsByChannel',
  energy: 'mapsByEnergy',
  range: 'mapsByRange',
  zeros: 'mapsByZeros',
} as const satisfies Record<Order, MessageKey>;
const scopes = { map: 'mapsOwnRange', step: 'mapsStepRange', chain: 'mapsChainRange' } as const;
const colours = { auto: 'mapsColoursAuto', diverging: 'mapsColoursDiverging', sequential: 'mapsColoursSequential' } as const;

const optionsOf = (keys: Readonly<Record<string, MessageKey>>) =>
  Object.entries(keys).map(([value, key]) => ({ value, label: t(key) }));
const isKey = <T extends string>(keys: Readonly<Record<T, MessageKey>>, value: string): value is T => Object.hasOwn(keys, value);

/** A grid of all channels of what the second view shows. One stop for Tab; arrows walk, Enter shows a channel alone in the view. */
export function FeatureMaps({ bench }: { bench: Bench }) {
  const maps = useMemo(() => new Maps(bench), [bench]);
  const grid = useRef<HTMLDivElement>(null);
  useEffect(() => maps.watch(), [maps]);
  const shown = maps.sorted.value;
  const most = shown.reduce((sum, { energy }) => Math.max(sum, energy), 0);
  const common = maps.scope.value === 'map' ? undefined : shown[0];
  return (
    <section class="maps" aria-label={t('featureMaps')}>
      <div class="maps-bar">
        <span class="grow dim" role="status">
          {maps.failure.value ?? (shown.length > 0 ? plural('featureMapsCount', shown.length) : t('featureMapsNone'))}
        </span>
        {common && <Scale {...common} />}
        <Select
          small
          label={t('mapsOrder')}
          title={t('mapsOrder')}
          options={optionsOf(orders)}
          value={maps.order.value}
          onChange={(order) => {
            if (isKey(orders, order)) maps.order.value = order;
          }}
        />
        <Select
          small
          label={t('mapsRange')}
          title={t('mapsRangeHelp')}
          options={optionsOf(scopes)}
          value={maps.scope.value}
          onChange={(scope) => {
            if (isKey(scopes, scope)) maps.scope.value = scope;
          }}
        />
        <Select
          small
          label={t('mapsColours')}
          title={t('mapsColoursHelp')}
          options={optionsOf(colours)}
          value={maps.colours.value}
          onChange={(choice) => {
            if (isKey(colours, choice)) maps.colours.value = choice;
          }}
        />
      </div>
      <div
        ref={grid}
        class="maps-grid"
        role="listbox"
        aria-label={t('featureMaps')}
        aria-orientation="horizontal"
        onKeyDown={(event) => walk(event, grid.current)}
      >
        {shown.map((map, i) => (
          <MapTile
            key={map.channel}
            map={map}
            alone={maps.enlarged.value === map.channel}
            stop={maps.enlarged.value === null ? i === 0 : maps.enlarged.value === map.channel}
            share={most > 0 ? map.energy / most : 0}
            name={nameOf(map)}
            onTake={() => maps.enlarge(map.channel)}
          />
        ))}
      </div>
    </section>
  );
}

const short = (value: number): string => number(Number(value.toPrecision(3)));
const nameOf = ({ channel, min, max, energy, zeros }: FeatureMap): string =>
  t('mapName', channel + 1, short(min), short(max), short(energy), number(Math.round(100 * zeros)));

/** Arrow keys, Home and End move between the maps, by rows as they are laid out. */
function walk(event: KeyboardEvent, grid: HTMLElement | null): void {
  const tiles = [...(grid?.querySelectorAll<HTMLElement>('[role=option]') ?? [])];
  const at = tiles.findIndex((tile) => tile.matches(':focus'));
  if (at < 0) return;
  const first = tiles[0]?.offsetTop ?? 0;
  const below = tiles.findIndex((tile) => tile.offsetTop > first);
  const columns = below < 0 ? tiles.length : below;
  const across = getComputedStyle(grid ?? tiles[0]!).direction === 'rtl' ? -1 : 1;
  const to: Readonly<Record<string, number>> = {
    ArrowRight: at + across,
    ArrowLeft: at - across,
    ArrowDown: at + columns,
    ArrowUp: at - columns,
    Home: 0,
    End: tiles.length - 1,
  };
  const next = to[event.key];
  if (next === undefined) return;
  event.preventDefault();
  tiles[Math.min(tiles.length - 1, Math.max(0, next))]?.focus();
}
