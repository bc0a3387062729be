import { useState } from 'preact/hooks';
import { t } from '../strings';
import { Button } from './Button';
import { Dialog } from './Dialog';

export interface ClearButtonProps {
  /** What the button says, and the heading and the answer of its question. */
  label: string;
  /** What goes, and that it is gone for good. */
  question: string;
  onClear(): void;
}

/** Throws away what is kept, when the person says so twice. */
export function ClearButton({ label, question, onClear }: ClearButtonProps) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button look="line" onClick={() => setAsking(true)}>
        {label}
      </Button>
      <Dialog open={asking} title={label} onClose={() => setAsking(false)}>
        <p>{question}</p>
        <p class="row wrap">
          <Button
            look="solid"
            onClick={() => {
              setAsking(false);
              onClear();
            }}
          >
            {label}
          </Button>
          <Button look="line" onClick={() => setAsking(false)}>
            {t('keepAll')}
          </Button>
        </p>
      </Dialog>
    </>
  );
}
