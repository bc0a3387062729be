import { useSignal } from '@preact/signals';
import type { SavedChain } from '../store/chains';
import type { Keeper } from '../ui/chains/keeper';
import { chainTitle } from '../ui/chains/words';
import { Button, IconButton, Message, Switch } from '../ui/parts';
import { t } from '../ui/strings';

/** Chains that the person saved: their names, whether they are in the context menu, and a way to let go of them. */
export function ChainsKept({ keeper }: { keeper: Keeper }) {
  const saved = keeper.saved.value;
  const removed = keeper.removed.value;
  return (
    <section aria-labelledby="chains-heading">
      <h2 id="chains-heading">{t('chainsSaved')}</h2>
      {keeper.broken.value.map((chain) => (
        <Message
          key={chain.key}
          kind="bad"
          text={t('chainBroken', chain.name, chain.why)}
          action={{ label: t('remove'), icon: 'close', onClick: () => void keeper.dropBroken(chain) }}
        />
      ))}
      {saved.length === 0 && <p class="dim">{t('chainsNone')}</p>}
      <ul class="entries">
        {saved.map((chain) => (
          <li key={chain.id}>
            <Name chain={chain} keeper={keeper} />
            <span class="grow dim">{chainTitle(chain.scene)}</span>
            <Switch
              checked={keeper.isInMenu(chain.id)}
              label={t('chainInMenu', chain.name)}
              onChange={(wanted) => void keeper.setInMenu(chain.id, wanted)}
            >
              {t('inMenu')}
            </Switch>
            <IconButton icon="close" label={t('chainRemove', chain.name)} onClick={() => void keeper.remove(chain)} />
          </li>
        ))}
      </ul>
      {removed && (
        <p class="row" role="status">
          {t('chainRemoved', removed.name)}
          <Button look="line" icon="undo" onClick={() => void keeper.putBack()}>
            {t('undo')}
          </Button>
        </p>
      )}
    </section>
  );
}

/** A name that can be written over; Enter or leaving the field keeps it, Esc and an empty field keep the old one. */
function Name({ chain, keeper }: { chain: SavedChain; keeper: Keeper }) {
  const text = useSignal<string | null>(null);
  const keep = () => {
    const name = text.peek()?.trim();
    text.value = null;
    if (name && name !== chain.name) void keeper.rename(chain, name);
  };
  return (
    <input
      class="field"
      type="text"
      autocomplete="off"
      maxLength={80}
      aria-label={t('chainName', chain.name)}
      value={text.value ?? chain.name}
      onInput={(event) => {
        text.value = event.currentTarget.value;
      }}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep();
        if (event.key === 'Escape') text.value = null;
      }}
    />
  );
}
