import { useId, useState } from 'preact/hooks';
import { reasonOf } from '../bench/words';
import { Button } from '../parts';
import { t } from '../strings';

interface SaveOwnProps {
  readonly label: string;
  /** Words of the button. */
  readonly action: string;
  /** What stands in the field at first. */
  readonly name: string;
  save(name: string): Promise<void>;
}

/** A field for the name of a chain, and what became of it. */
export function SaveOwn({ label, action, name, save }: SaveOwnProps) {
  const [text, setText] = useState(name);
  const [said, setSaid] = useState('');
  const id = useId();
  const submit = async (): Promise<void> => {
    const wanted = text.trim();
    if (!wanted) {
      setSaid(t('nameMissing'));
      return;
    }
    try {
      await save(wanted);
      setText('');
      setSaid(t('savedAs', wanted));
    } catch (error) {
      setSaid(reasonOf(error));
    }
  };
  return (
    <form
      class="save-own"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <label class="small dim" for={id}>
        {label}
      </label>
      <span class="row">
        <input
          id={id}
          class="text-field grow"
          type="text"
          autocomplete="off"
          maxLength={80}
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setSaid('');
          }}
        />
        <Button look="line" onClick={() => void submit()}>
          {action}
        </Button>
      </span>
      <span class="small dim" role="status">
        {said}
      </span>
    </form>
  );
}
