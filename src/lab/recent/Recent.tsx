import { useEffect } from 'preact/hooks';
import type { Shelved } from '../../image/shelf';
import type { RecentChain } from '../../store/chains';
import { ChainThumb } from '../../ui/chains/ChainThumb';
import { ago, chainTitle } from '../../ui/chains/words';
import { Icon } from '../../ui/icons';
import { ClearButton, IconButton } from '../../ui/parts';
import { locale, t } from '../../ui/strings';
import { samples, sampleUrl } from '../samples';
import type { History } from './history';
import './recent.css';

/** What was worked on before: the last work to go on with, pictures and chains. Nothing where nothing is kept. */
export function Recent({ history }: { history: History }) {
  const { pictures, keeper, work } = history;
  const recent = keeper.recent.value;
  const last = work.last.value;
  useEffect(() => void history.look(), [history]);
  const shown = pictures.value;
  const known = last && history.knows(last.picture);
  if (!known && !shown.length && !recent.length) return null;
  return (
    <section class="recent" aria-label={t('recent')}>
      {known && (
        <button type="button" class="continue" onClick={() => history.goOn(last)}>
          <Small history={history} id={last.picture} />
          <span class="facts">
            <span class="strong">{t('continueWork')}</span>
            <span>{last.name}</span>
            <span class="dim">{chainTitle(last.scene)}</span>
            <span class="dim">{ago(last.at, locale())}</span>
          </span>
        </button>
      )}
      {shown.length > 0 && (
        <>
          <h2>{t('recentPictures')}</h2>
          <ul class="samples">
            {shown.map((picture) => (
              <PictureCard key={picture.id} history={history} picture={picture} />
            ))}
          </ul>
        </>
      )}
      {recent.length > 0 && (
        <>
          <h2>{t('chainsRecent')}</h2>
          <ul class="recent-chains">
            {recent.slice(0, 8).map((chain) => (
              <ChainRow
                key={chain.id}
                chain={chain}
                onOpen={() => history.start(chain.scene)}
                onForget={() => void keeper.forget(chain)}
              />
            ))}
          </ul>
        </>
      )}
      <p>
        <ClearButton label={t('forgetRecent')} question={t('forgetAsk')} onClear={() => void history.forgetAll()} />
      </p>
    </section>
  );
}

function PictureCard({ history, picture }: { history: History; picture: Shelved }) {
  const when = ago(picture.added, locale());
  return (
    <li class="card">
      <button type="button" aria-label={t('openRecent', `${picture.name} ${when}`)} onClick={() => history.open(picture.id)}>
        <Small history={history} id={picture.id} />
        <span class="name">{picture.name}</span> <span class="dim">{when}</span>
      </button>
      <IconButton icon="close" tiny label={t('forgetOne', picture.name)} onClick={() => void history.forget(picture.id)} />
    </li>
  );
}

interface RowProps {
  readonly chain: RecentChain;
  onOpen(): void;
  onForget(): void;
}

function ChainRow({ chain, onOpen, onForget }: RowProps) {
  const title = chainTitle(chain.scene);
  return (
    <li>
      <button type="button" class="open" onClick={onOpen}>
        <ChainThumb thumb={chain.thumb} />
        <span class="grow">{title}</span> <span class="dim">{ago(chain.used, locale())}</span>
      </button>
      <IconButton icon="close" tiny label={t('forgetOne', title)} onClick={onForget} />
    </li>
  );
}

/** A small copy of a picture, of a sample the file itself. */
function Small({ history, id }: { history: History; id: string }) {
  const sample = samples.find((other) => other.id === id);
  const src = sample ? sampleUrl(sample) : history.small.value.get(id);
  if (src) return <img src={src} alt="" />;
  return (
    <span class="no">
      <Icon name="picture" />
    </span>
  );
}
