import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { IconButton } from '../ui/parts';
import { t } from '../ui/strings';
import './drawer.css';
import { useDrawerHeight } from './drawerHeight';

export interface DrawerTab {
  readonly id: string;
  readonly title: string;
  /** It needs height: the drawer is pulled up for it. */
  readonly roomy?: boolean;
  content(): ComponentChildren;
}

/** The height in rem that a view of many parts gets, of the most there is. */
const roomy = (most: number): number => Math.min(28, 0.75 * most);

/** Below the pictures: one of several views of the same results. Its upper edge can be pulled, and it can be put away. */
export function Drawer({ tabs, chosen }: { tabs: readonly DrawerTab[]; chosen: Signal<string> }) {
  const drawer = useRef<HTMLElement>(null);
  const id = useId();
  const { height, least, most, open, setHeight, setOpen, pull, full, fill } = useDrawerHeight(drawer);
  const tab = tabs.find((one) => one.id === chosen.value) ?? tabs[0];
  if (!tab) return null;
  const onTabKey = (event: KeyboardEvent): void => {
    const turned = drawer.current && getComputedStyle(drawer.current).direction === 'rtl' ? -1 : 1;
    const by = { ArrowRight: turned, ArrowLeft: -turned }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const at = (tabs.indexOf(tab) + by + tabs.length) % tabs.length;
    chosen.value = tabs[at]?.id ?? '';
    drawer.current?.querySelectorAll<HTMLElement>('[role=tab]')[at]?.focus();
  };
  const onEdgeKey = (event: KeyboardEvent): void => {
    const step = event.shiftKey ? 5 : 1;
    const to = {
      ArrowUp: height + step,
      ArrowDown: height - step,
      PageUp: height + 5,
      PageDown: height - 5,
      Home: least,
      End: most(),
    }[event.key];
    if (event.key === 'Enter') setOpen(!open);
    else if (to !== undefined) setHeight(to);
    else return;
    event.preventDefault();
  };
  return (
    <section
      class={open ? 'drawer' : 'drawer put-away'}
      aria-label={t('drawer')}
      ref={drawer}
      style={{ '--drawer-height': `${height}rem` }}
    >
      {open && (
        <div
          class="drawer-edge"
          role="slider"
          aria-orientation="vertical"
          aria-label={t('drawerSize')}
          aria-valuenow={Math.round(height)}
          aria-valuemin={least}
          aria-valuemax={Math.round(most())}
          tabIndex={0}
          onKeyDown={onEdgeKey}
          onPointerDown={pull}
        />
      )}
      <div class="drawer-head">
        <div class="tabs" role="tablist" aria-label={t('drawer')} onKeyDown={onTabKey}>
          {tabs.map((one) => (
            <button
              key={one.id}
              type="button"
              role="tab"
              id={`${id}-${one.id}`}
              aria-selected={one === tab}
              aria-controls={open ? `${id}-panel` : undefined}
              tabIndex={one === tab ? 0 : -1}
              onClick={() => {
                chosen.value = one.id;
                setHeight(one.roomy ? Math.max(height, roomy(most())) : height);
              }}
            >
              {one.title}
            </button>
          ))}
        </div>
        <span class="grow" />
        {open && (
          <IconButton icon="fit" tiny label={t(full ? 'inspectDrawerBack' : 'inspectDrawerFill')} pressed={full} onClick={fill} />
        )}
        <IconButton
          icon={open ? 'down' : 'up'}
          tiny
          label={t(open ? 'drawerHide' : 'drawerShow')}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        />
      </div>
      {open && (
        <div class="drawer-body" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${tab.id}`}>
          {tab.content()}
        </div>
      )}
    </section>
  );
}
