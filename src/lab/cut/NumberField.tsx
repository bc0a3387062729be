import { useId, useState } from 'preact/hooks';

/** A whole number with its name. What is typed stays until the field is left; what is out of reach is not taken. */
export function NumberField({
  label,
  value,
  min,
  max,
  onChange,
}: {
  label: string;
  value: number;
  min: number;
  max: number;
  onChange(value: number): void;
}) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const fits = (text: string): boolean => /^\d+$/.test(text.trim()) && Number(text) >= min && Number(text) <= max;
  return (
    <span class="number-field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="field"
        type="number"
        dir="ltr"
        min={min}
        max={max}
        value={draft ?? value}
        aria-invalid={(draft !== null && !fits(draft)) || undefined}
        onInput={({ currentTarget: { value: text } }) => {
          setDraft(text);
          if (fits(text)) onChange(Number(text));
        }}
        onBlur={() => setDraft(null)}
      />
    </span>
  );
}
