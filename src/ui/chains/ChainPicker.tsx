import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Scene } from '../../core/scene';
import type { Bench } from '../bench/state';
import { reasonOf } from '../bench/words';
import { Icon } from '../icons';
import { useDismiss } from '../parts';
import { locale, plural, t } from '../strings';
import { ChainThumb } from './ChainThumb';
import './chains.css';
import type { Keeper } from './keeper';
import { thumbOf } from './thumb';
import { ago, chainTitle } from './words';

/** How many recent chains the list shows. */
const fewRecent = 6;

/** A button that opens the saved and the recent chains, and a field to save the one in use. */
export function ChainPicker({ bench, keeper }: { bench: Bench; keeper: Keeper }) {
  const open = useSignal(false);
  const steps = bench.scene.value.steps.length;
  const root = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  useDismiss(root, open.value, () => {
    open.value = false;
  });
  const close = () => {
    open.value = false;
    button.current?.focus();
  };
  const take = (scene: Scene) => {
    close();
    bench.setScene(scene, Math.max(0, scene.steps.length - 1));
  };
  return (
    <span class="menu-root chain-picker" ref={root}>
      <button
        ref={button}
        type="button"
        class="btn line"
        aria-haspopup="dialog"
        aria-expanded={open.value}
        aria-controls={open.value ? id : undefined}
        onClick={() => {
          open.value = !open.peek();
        }}
      >
        {steps > 1 ? plural('chainOf', steps) : t('chains')}
        <Icon name="down" />
      </button>
      {open.value && <ChainList id={id} bench={bench} keeper={keeper} onTake={take} onLeave={close} />}
    </span>
  );
}

interface ListProps {
  readonly id: string;
  readonly bench: Bench;
  readonly keeper: Keeper;
  onTake(scene: Scene): void;
  onLeave(): void;
}

function ChainList({ id, bench, keeper, onTake, onLeave }: ListProps) {
  const list = useRef<HTMLDivElement>(null);
  const saved = keeper.saved.value;
  const recent = keeper.recent.value.slice(0, fewRecent);
  const stops = (): HTMLElement[] => [...(list.current?.querySelectorAll<HTMLElement>('button.chain, input') ?? [])];
  useEffect(() => stops()[0]?.focus({ preventScroll: true }), []);
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') {
      event.stopPropagation();
      onLeave();
    } else if (by !== undefined) {
      const all = stops();
      const at = all.findIndex((stop) => stop.matches(':focus'));
      all[(at + by + all.length) % all.length]?.focus();
    } else return;
    event.preventDefault();
  };
  return (
    <div class="menu chains" ref={list} id={id} role="dialog" aria-label={t('chains')} tabIndex={-1} onKeyDown={onKeyDown}>
      <h2>{t('chainsSaved')}</h2>
      {saved.length === 0 && <p class="dim small">{t('chainsNone')}</p>}
      <ul>
        {saved.map((chain) => (
          <li key={chain.id}>
            <ChainEntry chain={chain} name={chain.name} about={chainTitle(chain.scene)} onTake={onTake} />
          </li>
        ))}
      </ul>
      {recent.length > 0 && (
        <>
          <h2>{t('chainsRecent')}</h2>
          <ul>
            {recent.map((chain) => (
              <li key={chain.id}>
                <ChainEntry chain={chain} name={chainTitle(chain.scene)} about={ago(chain.used, locale())} onTake={onTake} />
              </li>
            ))}
          </ul>
        </>
      )}
      <SaveChain bench={bench} keeper={keeper} />
    </div>
  );
}

interface EntryProps {
  readonly chain: { readonly scene: Scene; readonly thumb?: string };
  readonly name: string;
  readonly about: string;
  onTake(scene: Scene): void;
}

function ChainEntry({ chain, name, about, onTake }: EntryProps) {
  return (
    <button type="button" class="chain" onClick={() => onTake(chain.scene)}>
      <ChainThumb thumb={chain.thumb} />
      <span class="grow">{name}</span>
      <span class="dim small">{about}</span>
    </button>
  );
}

/** A field for the name of the chain in use, and what became of it. */
export function SaveChain({ bench, keeper }: { bench: Bench; keeper: Keeper }) {
  const scene = bench.scene.value;
  const [name, setName] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const id = useId();
  const text = name ?? chainTitle(scene);
  const replaces = keeper.saved.value.some((chain) => chain.name === text.trim());
  const save = async (event: Event) => {
    event.preventDefault();
    try {
      const chain = await keeper.save(text, scene, thumbOf(bench));
      setSaid(t('chainSaved', chain.name));
    } catch (error) {
      setSaid(reasonOf(error));
    }
  };
  return (
    <form class="save-chain" onSubmit={(event) => void save(event)}>
      <label for={id}>{t('chainSaveAs')}</label>
      <span class="row">
        <input
          id={id}
          class="field grow"
          type="text"
          autocomplete="off"
          maxLength={80}
          value={text}
          onInput={(event) => {
            setName(event.currentTarget.value);
            setSaid('');
          }}
        />
        <button type="submit" class="btn line" aria-disabled={scene.steps.length === 0 || undefined}>
          {t(replaces ? 'chainReplace' : 'chainSave')}
        </button>
      </span>
      <span class="small dim" role="status">
        {said}
      </span>
    </form>
  );
}
