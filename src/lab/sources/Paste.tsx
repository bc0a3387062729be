import { useSignal } from '@preact/signals';
import { Button, Message } from '../../ui/parts';
import { t } from '../../ui/strings';
import { addressIn } from '../intake';
import type { Room } from '../room';

/** A picture, or the address of one, from the clipboard. */
export function Paste({ room }: { room: Room }) {
  const problem = useSignal<string | null>(null);
  const paste = async () => {
    problem.value = null;
    try {
      const found = await fromClipboard();
      if (found instanceof File) await room.openFiles([found]);
      else if (found) {
        room.typed.value = found;
        room.choosing.value = 'address';
      } else problem.value = t('clipboardEmpty');
    } catch {
      problem.value = t('clipboardClosed');
    }
  };
  return (
    <div class="way">
      <p>{t('pasteHelp')}</p>
      <Button look="solid" icon="copy" onClick={() => void paste()}>
        {t('pasteButton')}
      </Button>
      {problem.value && <Message kind="bad" text={problem.value} />}
    </div>
  );
}

/** The first picture in the clipboard as a file, or a web address in it, or null. @throws when the browser keeps it closed. */
async function fromClipboard(): Promise<File | string | null> {
  const items = await navigator.clipboard.read();
  for (const item of items) {
    const type = item.types.find((one) => one.startsWith('image/'));
    if (type) return new File([await item.getType(type)], t('pastedName'), { type });
  }
  for (const item of items) {
    if (!item.types.includes('text/plain')) continue;
    const address = addressIn(await (await item.getType('text/plain')).text());
    if (address) return address;
  }
  return null;
}
