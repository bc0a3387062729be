import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Button, Message, Spinner } from '../../ui/parts';
import { t } from '../../ui/strings';
import type { Room } from '../room';
import type { Found, OpenTab } from './extension';
import { TabPictures } from './TabPictures';
import { type Extension, useExtension } from './useExtension';

/** Pictures of any open tab: first which tab, then which picture. */
export function Tabs({ room }: { room: Room }) {
  const extension = useExtension();
  return extension ? <Listing room={room} extension={extension} /> : <Spinner label={t('lookingForPictures')} />;
}

function Listing({ room, extension }: { room: Room; extension: Extension }) {
  const tabs = useSignal<readonly OpenTab[] | null>(null);
  const chosen = useSignal<OpenTab | null>(null);
  const found = useSignal<readonly Found[]>([]);
  const looking = useSignal(false);
  const taking = useSignal<number | null>(null);
  const problem = useSignal<string | null>(null);
  const list = async () => {
    tabs.value = (await extension.mayListTabs()) ? await extension.openTabs() : null;
  };
  useEffect(() => void list(), []);

  const allow = async () => {
    const granted = await extension.askForTabs();
    problem.value = granted ? null : t('tabsRefused');
    await list();
  };
  const change = (key: string, changed: Partial<Found>) => {
    found.value = found.peek().map((image) => (image.key === key ? { ...image, ...changed } : image));
  };
  const look = async (tab: OpenTab) => {
    const granted = await extension.askForSite(tab.url);
    problem.value = null;
    if (!granted) {
      problem.value = t('tabsSiteRefused', tab.host);
      return;
    }
    chosen.value = tab;
    found.value = [];
    looking.value = true;
    const current = () => chosen.peek() === tab;
    try {
      await extension.lookThrough(tab.id, {
        found: (images) => {
          if (current()) found.value = extension.bySize([...found.peek(), ...images]);
        },
        change: (key, changed) => current() && change(key, changed),
      });
      if (current() && found.peek().length === 0) problem.value = t('noPictures');
    } catch (error) {
      if (current()) problem.value = error instanceof Error ? error.message : t('pageForbids');
    }
    if (current()) looking.value = false;
  };
  const open = async (image: Found) => {
    const tab = chosen.peek();
    if (!tab) return;
    const granted = image.state === 'locked' ? await extension.askForSite(image.url) : true;
    problem.value = null;
    if (!granted) {
      problem.value = t('tabsSiteRefused', new URL(image.url).hostname);
      return;
    }
    if (image.state === 'locked') change(image.key, { state: 'unreadable' });
    try {
      await room.open(await extension.readFrom(tab.id, image));
    } catch (error) {
      problem.value = error instanceof Error ? error.message : t('noPicture');
    }
  };

  const all = async () => {
    const tab = chosen.peek();
    const open = found.peek().filter(({ state }) => state !== 'locked');
    const ids: string[] = [];
    problem.value = null;
    for (const [i, image] of open.entries()) {
      taking.value = i / open.length;
      const picture = tab && (await extension.readFrom(tab.id, image).catch(() => null));
      if (chosen.peek() !== tab) return;
      if (picture) ids.push(picture.id);
    }
    taking.value = null;
    if (ids.length > 0) await room.openBatch(ids);
    else problem.value = t('batchNoneRead');
  };

  if (chosen.value) {
    return (
      <TabPictures
        tab={chosen.value}
        found={found.value}
        looking={looking.value}
        problem={problem.value}
        onOpen={(image) => void open(image)}
        onAll={() => void all()}
        taking={taking.value}
        onBack={() => {
          chosen.value = null;
          taking.value = null;
          problem.value = null;
        }}
      />
    );
  }
  return (
    <div class="way">
      {tabs.value === null ? (
        <>
          <p>{t('tabsHelp')}</p>
          <Button look="solid" icon="screen" onClick={() => void allow()}>
            {t('tabsAllow')}
          </Button>
        </>
      ) : (
        <>
          <p class="dim">{t('tabsChoose')}</p>
          <ul class="tabs-list">
            {tabs.value.map((tab) => (
              <li key={tab.id}>
                <button type="button" class="btn" title={tab.url} onClick={() => void look(tab)}>
                  <span class="name">{tab.title}</span> <span class="dim small">{tab.host}</span>
                </button>
              </li>
            ))}
          </ul>
          {tabs.value.length === 0 && <p>{t('tabsNone')}</p>}
          <div class="row wrap">
            <Button look="line" icon="reset" onClick={() => void list()}>
              {t('tabsAgain')}
            </Button>
            <Button
              icon="lock"
              title={t('tabsGiveBackHelp')}
              onClick={() => void extension.giveTabsBack().then(list, () => undefined)}
            >
              {t('tabsGiveBack')}
            </Button>
          </div>
        </>
      )}
      {problem.value && <Message kind="bad" text={problem.value} />}
    </div>
  );
}
