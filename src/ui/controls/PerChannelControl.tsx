import { useId } from 'preact/hooks';
import { t } from '../strings';
import { type ControlProps, describe, Frame, LinkButton } from './Frame';
import { Line } from './Line';
import { reachOf } from './ranges';
import { readNumbers, written } from './typed';

/** The most channels that get a line each. */
const mostLines = 32;

export interface PerChannelControlProps
  extends ControlProps<
    { readonly min: number; readonly max: number; readonly step: number; readonly default: number },
    number | readonly number[]
  > {
  /** Channels of the picture that is read; null while there is none. */
  readonly channels: number | null;
}

/** One number for all channels; parted, one for each. */
export function PerChannelControl(props: PerChannelControlProps) {
  const { field, title, value, bad, channels, onChange } = props;
  const reach = reachOf(field);
  const id = useId();
  const linked = typeof value === 'number';
  const values = linked ? [value] : value;
  const part = () => onChange(linked ? new Array<number>(channels ?? 1).fill(value) : (values[0] ?? field.default));
  const possible = !linked || (channels !== null && channels > 1 && channels <= mostLines);
  return (
    <Frame
      {...props}
      id={id}
      changedFrom={value === field.default ? null : written(field.default)}
      reset={() => onChange(field.default)}
    >
      {values.map((now, i) => (
        <Line
          key={i === 0 ? 'first' : channelMark(i, values.length)}
          inputId={i === 0 ? `${id}-field` : undefined}
          title={linked ? title : t('channelOf', title, i + 1)}
          labelledBy={linked ? `${id}-label` : undefined}
          mark={linked ? undefined : channelMark(i, values.length)}
          describedBy={describe(id, props.describedBy)}
          now={now}
          text={written(now)}
          reach={reach}
          bad={bad}
          read={(text) => readNumbers(text, reach, [1])}
          write={(typed) => typed.map(written).join(' ')}
          onNow={(to) => onChange(linked ? to : values.map((v, j) => (j === i ? to : v)))}
          onTyped={([to = now]) => onChange(linked ? to : values.map((v, j) => (j === i ? to : v)))}
          after={
            i === 0 &&
            possible && (
              <LinkButton
                link={linked ? 'all' : 'each'}
                label={t('allChannels')}
                hint={t(linked ? 'perChannel' : 'allChannels')}
                onClick={part}
              />
            )
          }
        />
      ))}
    </Frame>
  );
}

const channelMark = (index: number, count: number): string => (count === 3 ? ('RGB'[index] ?? '') : String(index + 1));
