import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

/** A labelled line of the sheet. */
export function Row({ label, children }: { label: string; children(id: string): ComponentChildren }) {
  const id = useId();
  return (
    <div class="export-row">
      <label class="lab" for={id}>
        {label}
      </label>
      {children(id)}
    </div>
  );
}
