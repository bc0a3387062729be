import { t } from '../strings';
import { type Matrix, stepFor } from './matrix';
import { nudged } from './ranges';
import { Stepper } from './Stepper';
import { readNumbers, written } from './typed';

/** The value that painting puts into cells. */
export function KernelBrush({ value, matrix, onChange }: { value: number; matrix: Matrix; onChange(value: number): void }) {
  const reach = { min: -1e6, max: 1e6, step: stepFor(matrix), whole: false, slider: [-1, 1] as const };
  const read = (text: string) => readNumbers(text, reach, [1]);
  return (
    <Stepper
      title={t('kernelBrush')}
      text={written(value)}
      now={value}
      reach={reach}
      invalid={false}
      read={read}
      stands={(text) => {
        const typed = read(text);
        return typed.ok && typed.value[0] === value;
      }}
      onText={(text) => {
        const typed = read(text);
        if (typed.ok && typed.value[0] !== undefined) onChange(typed.value[0]);
      }}
      onNudge={(by) => onChange(nudged(value, by, reach))}
      onWrong={() => {}}
    />
  );
}
