import type { Provenance as Source } from '../../image/picture';
import { Icon, type IconName } from '../icons';
import { t } from '../strings';
import type { Bench } from './state';

const icons: Readonly<Record<Source['how'], IconName>> = { original: 'bytes', redrawn: 'redrawn', screen: 'screen' };

/** How the pixels were got. */
export function Provenance({ bench }: { bench: Bench }) {
  const how = bench.picture.value?.provenance.how;
  if (!how) return null;
  const words = {
    original: [t('provenanceOriginal'), t('provenanceOriginalHelp')],
    redrawn: [t('provenanceRedrawn'), t('provenanceRedrawnHelp')],
    screen: [t('provenanceScreen'), t('provenanceScreenHelp')],
  } as const;
  const [name, help] = words[how];
  return (
    <span class="prov" title={help}>
      <Icon name={icons[how]} />
      <span>{name}</span>
    </span>
  );
}
