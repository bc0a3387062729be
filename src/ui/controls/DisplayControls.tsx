import { passageOfControl } from '../../core/lessons/passages';
import type { InputRange } from '../../core/op';
import type { Display, Mapping } from '../../image/display';
import { Segmented, Select } from '../parts';
import { type MessageKey, t } from '../strings';
import { PassageLink } from './PassageLink';

export interface DisplayControlsProps {
  readonly display: Display;
  onChange(display: Display): void;
  /** Channels of the result; the choice of a channel appears from 2 on. */
  readonly channels: number;
  /** What `auto` came to, when it is known. */
  readonly inForce?: Exclude<Mapping, 'auto'> | null;
  /** Whether the result has negative values; used when `inForce` is not known. */
  readonly signed?: boolean;
  /** No way leads from here to the lessons: in a sheet, and where there is little room. */
  readonly plain?: boolean;
}

/** Titles of the mappings. */
export const mappingKeys = {
  auto: 'mappingAuto',
  clamp: 'mappingClamp',
  minmax: 'mappingMinmax',
  symmetric: 'mappingSymmetric',
  abs: 'mappingAbs',
} as const satisfies Record<Mapping, MessageKey>;

const isMapping = (value: string): value is Mapping => Object.hasOwn(mappingKeys, value);

/** How values become colours, and which channels are shown. */
export function DisplayControls({ display, onChange, channels, inForce, signed, plain }: DisplayControlsProps) {
  const auto = inForce ?? (signed === undefined ? null : signed ? 'symmetric' : 'clamp');
  const mappings = Object.entries(mappingKeys).map(([value, key]) => ({
    value,
    label: value === 'auto' && auto && display.mapping === 'auto' ? t('mappingAutoIs', t(mappingKeys[auto])) : t(key),
  }));
  return (
    <span class="row wrap display">
      <Select
        small
        label={t('showValuesAs')}
        title={t('showValuesAs')}
        options={mappings}
        value={display.mapping}
        onChange={(mapping) => isMapping(mapping) && onChange({ ...display, mapping })}
      />
      {!plain && <PassageLink passage={passageOfControl('display')} title={t('showValuesAs')} />}
      {channels > 1 && (
        <Select
          small
          label={t('channel')}
          title={t('channel')}
          options={channelOptions(channels)}
          value={String(display.channel)}
          onChange={(channel) => onChange({ ...display, channel: channel === 'all' ? 'all' : Number(channel) })}
        />
      )}
    </span>
  );
}

/** Three channels are a colour picture; more or fewer are counted from 1. */
export function channelOptions(channels: number): { value: string; label: string }[] {
  const colours = channels === 3 ? [t('channelRed'), t('channelGreen'), t('channelBlue')] : null;
  const all = { value: 'all', label: t(colours ? 'channelRgb' : 'channelAll') };
  return [
    all,
    ...Array.from({ length: channels }, (_, i) => ({
      value: String(i),
      label: colours?.[i] ?? t('channelOfMany', i + 1, channels),
    })),
  ];
}

export interface InputRangeControlProps {
  readonly value: InputRange;
  onChange(value: InputRange): void;
}

/** Whether pixels enter the maths as 0..1 or −1..1. */
export function InputRangeControl({ value, onChange }: InputRangeControlProps) {
  return (
    <div class="param ask">
      <span class="lab">
        <span title={t('inputRangeHelp')}>{t('inputRange')}</span>
        <PassageLink passage={passageOfControl('input')} title={t('inputRange')} />
      </span>
      <Segmented
        label={t('inputRange')}
        options={[
          { value: 'unit', label: t('inputUnit') },
          { value: 'signed', label: t('inputSigned') },
        ]}
        value={value}
        onChange={onChange}
      />
    </div>
  );
}
