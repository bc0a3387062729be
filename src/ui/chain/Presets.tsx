import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { presets } from '../../core/presets';
import type { Scene } from '../../core/scene';
import { Icon } from '../icons';
import { IconButton, useDismiss, useFloating } from '../parts';
import { t } from '../strings';
import type { OwnChain, OwnChains } from './own';
import { presetWords } from './presetWords';
import { SaveOwn } from './SaveOwn';

interface PresetsProps {
  readonly scene: Scene;
  readonly own: OwnChains | null;
  onTake(scene: Scene, name: string): void;
}

/** A button that opens the chains to start from: those that come with ConvScope, and those that a person keeps. */
export function Presets(props: PresetsProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  useDismiss(root, open, () => setOpen(false));
  useFloating(button, box, open);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
    } else if (by !== undefined && !(event.target instanceof HTMLInputElement)) {
      const all: Element[] = [...(box.current?.querySelectorAll('.preset') ?? [])];
      const at = all.findIndex((one) => one.matches(':focus'));
      const next = all[(at + by + all.length) % all.length];
      if (next instanceof HTMLElement) next.focus();
    } else return;
    event.preventDefault();
  };
  return (
    <span class="menu-root" ref={root}>
      <button
        ref={button}
        type="button"
        class="btn icon tiny"
        aria-label={t('presets')}
        title={t('presets')}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        <Icon name="menu" />
      </button>
      {open && (
        <div
          class="menu presets"
          popover="manual"
          ref={box}
          id={id}
          role="dialog"
          aria-label={t('presets')}
          onKeyDown={onKeyDown}
        >
          <PresetList
            {...props}
            onTake={(scene, name) => {
              setOpen(false);
              props.onTake(scene, name);
            }}
          />
        </div>
      )}
    </span>
  );
}

function PresetList({ scene, own, onTake }: PresetsProps) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => list.current?.querySelector<HTMLElement>('.preset')?.focus({ preventScroll: true }), []);
  return (
    <>
      <h3>{t('presets')}</h3>
      <ul ref={list}>
        {presets.map((preset) => {
          const { title, help } = presetWords(preset.id);
          return (
            <li key={preset.id}>
              <button type="button" class="preset" data-preset={preset.id} onClick={() => onTake(preset.scene(), title)}>
                <span class="strong">{title}</span>
                <span class="dim small">{help}</span>
              </button>
            </li>
          );
        })}
      </ul>
      {own && <OwnList scene={scene} own={own} onTake={onTake} />}
    </>
  );
}

/** The chains that a person keeps, and a field to keep this one. */
function OwnList({ scene, own, onTake }: PresetsProps & { own: OwnChains }) {
  const [renaming, setRenaming] = useState<OwnChain | null>(null);
  return (
    <>
      <h3>{t('ownChains')}</h3>
      {own.list.value.length === 0 && <p class="dim small">{t('ownChainsNone')}</p>}
      <ul>
        {own.list.value.map((chain) => (
          <li key={chain.id} class="own-chain">
            {renaming?.id === chain.id ? (
              <SaveOwn
                label={t('newName')}
                action={t('rename')}
                name={chain.name}
                save={async (name) => {
                  await own.rename(chain, name);
                  setRenaming(null);
                }}
              />
            ) : (
              <>
                <button type="button" class="preset grow" onClick={() => onTake(chain.scene, chain.name)}>
                  {chain.name}
                </button>
                <IconButton icon="redrawn" tiny label={t('renameOf', chain.name)} onClick={() => setRenaming(chain)} />
                <IconButton icon="close" tiny label={t('removeOf', chain.name)} onClick={() => void own.remove(chain)} />
              </>
            )}
          </li>
        ))}
      </ul>
      {scene.steps.length > 0 && (
        <SaveOwn label={t('saveChainAs')} action={t('save')} name="" save={(name) => own.save(name, scene)} />
      )}
    </>
  );
}
