import { formatSize, t } from '../../ui/strings';
import type { Room } from '../room';
import { samples, sampleUrl } from '../samples';

/** The photographs that come with ConvScope, with their licences. */
export function Gallery({ room }: { room: Room }) {
  return (
    <ul class="samples">
      {samples.map((sample) => (
        <li key={sample.id}>
          <button
            type="button"
            aria-label={t('openSample', `${sample.file} ${formatSize(sample.width, sample.height)}`)}
            onClick={() => void room.openSample(sample)}
          >
            <img src={sampleUrl(sample)} alt="" width={sample.width} height={sample.height} />
            <span>
              {sample.file} <span class="dim num">{formatSize(sample.width, sample.height)}</span>
            </span>
            <span class="dim credit">{sample.credit}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
