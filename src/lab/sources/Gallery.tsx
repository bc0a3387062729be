import { formatSize, t } from '../../ui/strings';
import type { Room } from '../room';
import { samples, sampleUrl } from '../samples';

/** The photographs that come with ConvScope, with their licences. */
export function Gallery({ room }: { room: Room }) {
  return (
    <ul class="samples">
      {samples.map((sample) => {
        const size = formatSize(sample.width, sample.height);
        return (
          <li key={sample.id}>
            <button
              type="button"
              aria-label={t('openSample', `${sample.file} ${size}`)}
              onClick={() => void room.openSample(sample)}
            >
              <img src={sampleUrl(sample)} alt="" width={sample.width} height={sample.height} />
              <span>{sample.file}</span> <span class="dim num">{size}</span>
            </button>
            <span class="dim credit">{sample.credit}</span>
          </li>
        );
      })}
    </ul>
  );
}
