import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../strings';
import { copied, type Matrix, sameMatrix } from './matrix';

/** All numbers as one text, as a spreadsheet or NumPy writes them; what can be read is used at once. */
export function KernelText({
  matrix,
  title,
  describedBy,
  onText,
}: {
  matrix: Matrix;
  title: string;
  describedBy?: string;
  /** Answers with the kernel that the text is now; null while it is none. */
  onText(text: string): Matrix | null;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  const mine = useRef(matrix);
  useLayoutEffect(() => {
    if (!sameMatrix(matrix, mine.current)) setDraft(null);
    mine.current = matrix;
  }, [matrix]);
  return (
    <textarea
      class="kernel-text"
      dir="ltr"
      rows={Math.min(8, Math.max(3, matrix.length))}
      spellcheck={false}
      autocomplete="off"
      aria-label={t('kernelTextOf', title)}
      aria-describedby={describedBy}
      wrap="off"
      value={draft ?? copied(matrix)}
      onInput={(event) => {
        const text = event.currentTarget.value;
        setDraft(text);
        const read = onText(text);
        if (read) mine.current = read;
      }}
      onBlur={() => draft !== null && onText(draft) && setDraft(null)}
    />
  );
}
