import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { copyText } from '../../ui/export/copy';
import { Icon } from '../../ui/icons';
import { classes, IconButton, Menu } from '../../ui/parts';
import { t } from '../../ui/strings';
import { pickFile } from '../intake';
import type { Room } from '../room';
import { samples } from '../samples';
import { toggleTheme } from '../theme';
import type { Stage } from './stage';

/** A place that the line at the top leads to. */
export interface Crumb {
  readonly id: string;
  readonly title: string;
  readonly href: string;
  readonly done?: boolean;
}
export interface TopProps {
  readonly room: Room;
  readonly stage: Stage;
  readonly crumbs: readonly Crumb[];
  readonly current: string | null;
  /** The address of the workbench with what the figure shows. */
  labHref(): string;
  /** The address of this very state; null where there is none. */
  readonly stateHref: (() => string) | null;
  /** Further tools. */
  readonly children?: ComponentChildren;
}

/** The line above a lesson: all pages, the picture of the figure, the way to the Lab. */
export function Top({ room, stage, crumbs, current, labHref, stateHref, children }: TopProps) {
  const nav = useRef<HTMLElement>(null);
  const said = useSignal('');
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
    said.value = '';
  }, [current]);
  const copy = async () => {
    if (!stateHref) return;
    const link = new URL(stateHref(), location.href).href;
    said.value = await copyText(link).then(
      () => t('lessonLinkCopied'),
      () => `${t('lessonLinkIs')} ${link}`,
    );
  };
  return (
    <header class="top lesson-top">
      <a class="btn icon" href={room.labHref()} aria-label={t('lessonBackToLab')} title={t('lessonBackToLab')}>
        <Icon name="logo" />
      </a>
      <nav class="crumbs" aria-label={t('lessons')} ref={nav}>
        {crumbs.map(({ id, title, href, done }) => (
          <a key={id} href={href} aria-current={id === current ? 'page' : undefined} class={classes(done && 'done')}>
            {title}
            {done && <span class="sr"> ({t('lessonIsDone')})</span>}
          </a>
        ))}
      </nav>
      <span class="grow" />
      <Menu
        class="line picture-button"
        label={t('lessonPicture', stage.bench.picture.value?.name ?? '')}
        items={[
          { label: t('openPicture'), icon: 'open', onClick: () => pickFile(room) },
          ...samples.map((sample) => ({ label: sample.file, onClick: () => void room.openSample(sample) })),
        ]}
      >
        <Icon name="picture" />
        <span class="name words">{stage.bench.picture.value?.name}</span>
      </Menu>
      <a
        class="btn"
        href={labHref()}
        onFocus={(event) => {
          event.currentTarget.href = labHref();
        }}
      >
        <Icon name="lab" />
        <span class="words">{t('lessonToLab')}</span>
      </a>
      {children}
      {stateHref && <IconButton icon="share" label={t('lessonLink')} onClick={() => void copy()} />}
      <IconButton icon="half" label={t('theme')} onClick={toggleTheme} />
      <span class={said.value ? 'lesson-said' : 'sr'} role="status">
        {said.value}
      </span>
    </header>
  );
}
