import type { Provenance as Source } from '../../image/picture';
import { Icon, type IconName } from '../icons';
import { t } from '../strings';
import type { Bench } from './state';

const icons: Readonly<Record<Source['how'], IconName>> = {
  original: 'bytes',
  redrawn: 'redrawn',
  screen: 'screen',
  camera: 'camera',
  made: 'crop',
};

/** How the pixels were got; `full`: with what was done to them since. */
export function Provenance({ bench, full = false }: { bench: Bench; full?: boolean }) {
  const source = bench.picture.value?.provenance;
  if (!source) return null;
  const words = {
    original: [t('provenanceOriginal'), t('provenanceOriginalHelp')],
    redrawn: [t('provenanceRedrawn'), t('provenanceRedrawnHelp')],
    screen: [t('provenanceScreen'), t('provenanceScreenHelp')],
    camera: [t('provenanceCamera'), t('provenanceCameraHelp')],
    made: [t('provenanceMade'), t('provenanceMadeHelp')],
  } as const;
  const [name, help] = words[source.how];
  return (
    <span class="prov" title={source.note ?? help}>
      <Icon name={icons[source.how]} />
      <span>{(full && source.note) || name}</span>
    </span>
  );
}
