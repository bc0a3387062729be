import { Icon } from '../../ui/icons';
import { Bar, Button, Message, Spinner } from '../../ui/parts';
import { formatSize, t } from '../../ui/strings';
import type { Found, OpenTab } from './extension';

/** The pictures of one tab. Those of a site that is not allowed yet say so, and ask when they are chosen. */
export function TabPictures({
  tab,
  found,
  looking,
  problem,
  onOpen,
  onAll,
  taking,
  onBack,
}: {
  tab: OpenTab;
  found: readonly Found[];
  looking: boolean;
  problem: string | null;
  onOpen(image: Found): void;
  /** All that can be read become a batch. */
  onAll(): void;
  /** How far that is: 0..1, or null. */
  taking: number | null;
  onBack(): void;
}) {
  return (
    <div class="way">
      <div class="row">
        <Button look="line" onClick={onBack}>
          {t('tabsBack')}
        </Button>
        <span class="grow name">{tab.title}</span>
        {looking && <Spinner label={t('lookingForPictures')} />}
        <Button look="line" icon="grid" disabled={looking || taking !== null || found.length < 2} onClick={onAll}>
          {t('batchAll')}
        </Button>
      </div>
      {taking !== null && <Bar done={taking} label={t('batchTakingLabel')} />}
      {problem && <Message kind="bad" text={problem} />}
      <ul class="thumbs">
        {found.map((image) => {
          const size = formatSize(image.width, image.height);
          const locked = image.state === 'locked';
          const name = locked ? t('pictureLocked', t('allowSite'), image.name, size) : t('pictureNamed', image.name, size);
          return (
            <li key={image.key}>
              <button type="button" aria-label={name} title={image.name} onClick={() => onOpen(image)}>
                {image.thumbnail ? (
                  <img src={image.thumbnail} alt="" />
                ) : (
                  <span class="no">
                    {locked && <Icon name="lock" />}
                    {image.state === 'unreadable' && <Icon name="picture" />}
                  </span>
                )}
                <span class="num dim">{locked ? t('allowSite') : size}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
