export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  /** How long it may be. */
  readonly most: number;
  /** Set where an address of the web is typed: whether it is none, and what explains that. */
  readonly address?: { readonly bad: boolean; readonly describedBy: string };
  onText(text: string): void;
}

/** One line of text with its label above it; the direction follows what is written. */
export function TextField({ label, value, most, address, onText }: TextFieldProps) {
  return (
    <label class="compose-field grow">
      <span>{label}</span>
      <input
        class="field"
        type="text"
        inputMode={address ? 'url' : undefined}
        dir={address ? 'ltr' : 'auto'}
        autocomplete="off"
        spellcheck={!address}
        placeholder={address && 'https://'}
        maxLength={most}
        value={value}
        aria-invalid={address?.bad || undefined}
        aria-describedby={address?.describedBy}
        onInput={(event) => onText(event.currentTarget.value)}
      />
    </label>
  );
}
