import { useEffect, useRef } from 'preact/hooks';
import type { Found } from '../platform/pagePictures';
import { Icon } from '../ui/icons';
import { formatSize, t } from '../ui/strings';
import type { Tray } from './tray';

/** The pictures of the page, largest first: a list box with one tab stop and arrow keys; Enter or a click picks. */
export function Strip({ tray }: { tray: Tray }) {
  const list = useRef<HTMLDivElement>(null);
  const found = tray.found.value;
  const picked = tray.picked.value;
  const choose = (image: Found) => void (image.state === 'locked' ? tray.allow(image) : tray.pick(image));
  const onKeyDown = (event: KeyboardEvent) => {
    const options = [...(list.current?.querySelectorAll<HTMLElement>('[role=option]') ?? [])];
    const at = options.findIndex((option) => option.matches(':focus'));
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: options.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      options[Math.min(options.length - 1, Math.max(0, to))]?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      options[at]?.click();
    }
  };
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [picked]);
  const stop = found.some(({ key }) => key === picked) ? picked : found[0]?.key;
  if (found.length === 0) {
    return <div class="strip none">{tray.looking.value && <span class="dim">{t('lookingForPictures')}</span>}</div>;
  }
  return (
    <div
      class="strip"
      role="listbox"
      aria-label={t('picturesOnPage')}
      aria-orientation="horizontal"
      ref={list}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {found.map((image) => (
        <div
          key={image.key}
          class={`thumb ${image.state}`}
          role="option"
          tabIndex={image.key === stop ? 0 : -1}
          aria-selected={image.key === picked}
          aria-label={nameOf(image)}
          title={image.name}
          onClick={() => choose(image)}
          onKeyDown={() => undefined}
        >
          <Thumbnail image={image} />
          <span class="num">{image.state === 'locked' ? t('allowSite') : formatSize(image.width, image.height)}</span>
        </div>
      ))}
    </div>
  );
}

function Thumbnail({ image }: { image: Found }) {
  if (image.thumbnail) return <img src={image.thumbnail} alt="" />;
  const shape = { aspectRatio: String(Math.min(2.5, Math.max(0.6, image.width / Math.max(1, image.height)))) };
  return (
    <span class="no" style={shape}>
      {image.state === 'locked' && <Icon name="lock" />}
      {image.state === 'unreadable' && <Icon name="picture" />}
    </span>
  );
}

function nameOf(image: Found): string {
  const size = formatSize(image.width, image.height);
  return image.state === 'locked' ? t('pictureLocked', t('allowSite'), image.name, size) : t('pictureNamed', image.name, size);
}
