import { useId } from 'preact/hooks';
import { clamp } from './ranges';
import { Stepper } from './Stepper';
import { readNumbers, written } from './typed';

export interface CountProps {
  readonly label: string;
  readonly title: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly after?: string;
  onChange(value: number): void;
}

/** A word, a whole number with its buttons, and what it is one of. */
export function Count({ label, title, value, min, max, step, after, onChange }: CountProps) {
  const id = useId();
  const reach = { min, max, step, whole: true, slider: [min, max] as const };
  const near = (to: number): number => clamp(Math.round(to / step) * step, reach);
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
