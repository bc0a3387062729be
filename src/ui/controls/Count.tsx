import { useId } from 'preact/hooks';
import { clamp, tidy } from './ranges';
import { Stepper } from './Stepper';
import { readNumbers, written } from './typed';

export interface CountProps {
  readonly label: string;
  readonly title: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Of whole numbers the value is a multiple of it. */
  readonly step: number;
  readonly after?: string;
  onChange(value: number): void;
}

/** A word, a number with its buttons, and what it is one of. */
export function Count({ label, title, value, min, max, step, after, onChange }: CountProps) {
  const id = useId();
  const whole = Number.isInteger(step);
  const reach = { min, max, step, whole, slider: [min, max] as const };
  const near = (to: number): number => clamp(whole ? Math.round(to / step) * step : tidy(to), reach);
  return (
    <span class="count">
      <label class="dim" for={id}>
        {label}
      </label>
      <Stepper
        id={id}
        title={title}
        text={written(value)}
        now={value}
        reach={reach}
        invalid={false}
        read={(text) => readNumbers(text, reach, [1])}
        stands={(text) => text.trim() === written(value)}
        onText={(text) => {
          const read = readNumbers(text, reach, [1]);
          if (read.ok && read.value[0] !== undefined) onChange(near(read.value[0]));
        }}
        onNudge={(by) => onChange(near(value + by * step))}
        onWrong={() => {}}
      />
      {after && <span class="dim">{after}</span>}
    </span>
  );
}
