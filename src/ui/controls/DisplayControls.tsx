import type { InputRange } from '../../core/op';
import type { Display, Mapping } from '../../image/display';

export interface DisplayControlsProps {
  readonly display: Display;
  onChange(display: Display): void;
  /** Channels of the result; the choice of a channel appears from 2 on. */
  readonly channels: number;
  /** What `auto` came to, when it is known. */
  readonly inForce?: Exclude<Mapping, 'auto'> | null;
  /** Whether the result has negative values; used when `inForce` is not known. */
  readonly signed?: boolean;
}

/** How values become colours, and which channels are shown. */
export function DisplayControls(_props: DisplayControlsProps) {
  return <span class="row wrap" />;
}

export interface InputRangeControlProps {
  readonly value: InputRange;
  onChange(value: InputRange): void;
}

/** Whether pixels enter the maths as 0..1 or −1..1. */
export function InputRangeControl(_props: InputRangeControlProps) {
  return <span class="row" />;
}
