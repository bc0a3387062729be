import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type Direction, onLogScale, type Response, responseOf, type Summary, summaryOf } from '../../core/frequency';
import { Segmented } from '../parts';
import { type MessageKey, number, t } from '../strings';
import type { Matrix } from './matrix';
import { drawMap, useMap } from './useMap';

type Scale = 'linear' | 'log';

/** Which waves the kernel passes, as a map with frequency 0 in the middle, and in a sentence. */
export function FrequencyView({ matrix, title }: { matrix: Matrix; title: string }) {
  const [scale, setScale] = useState<Scale>('linear');
  const canvas = useRef<HTMLCanvasElement>(null);
  const map = useMap('magnitude');
  const { response, sentence } = useMemo(() => {
    const response = responseOf(matrix);
    return { response, sentence: frequencyWords(summaryOf(response), response) };
  }, [matrix]);
  useEffect(() => {
    const { side, magnitude, peak } = response;
    drawMap(canvas.current, [side, side], map, (i) => {
      const value = magnitude[i] ?? 0;
      return scale === 'log' ? onLogScale(value, peak) : peak > 0 ? value / peak : 0;
    });
  }, [response, map, scale]);
  return (
    <figure class="frequency">
      <div class="frequency-map" dir="ltr">
        <canvas ref={canvas} role="img" aria-label={t('frequencyOf', title, sentence)} />
        <span class="frequency-down" aria-hidden="true">
          {t('frequencyDown')}
        </span>
        <span class="frequency-across" aria-hidden="true">
          {t('frequencyAcross')}
        </span>
      </div>
      <figcaption>
        <span>{sentence}</span>
        <span class="dim small">
          {t('frequencyAxes', number(Number(response.peak.toPrecision(3))))} {scale === 'log' && t('frequencyFloor')}
        </span>
        <Segmented<Scale>
          label={t('frequencyScale')}
          options={[
            { value: 'linear', label: t('scaleLinear') },
            { value: 'log', label: t('scaleLog') },
          ]}
          value={scale}
          onChange={(chosen) => setScale(chosen)}
        />
      </figcaption>
    </figure>
  );
}

const directions = {
  across: 'wavesAcross',
  down: 'wavesDown',
  falling: 'wavesFalling',
  rising: 'wavesRising',
} as const satisfies Record<Direction, MessageKey>;

/** `Passes low frequencies: coarse shapes stay, fine detail fades.` */
export function frequencyWords({ character, direction }: Summary, { peak, flat }: Pick<Response, 'peak' | 'flat'>): string {
  const gain = number(Number(flat.toPrecision(3)));
  const way = direction && t(directions[direction]);
  switch (character) {
    case 'nothing':
      return t('passesNothing');
    case 'even':
      return t('passesAll', number(Number(peak.toPrecision(3))));
    case 'low':
      return way ? t('passesLowAlong', way) : t('passesLow');
    case 'band':
      return way ? t('passesBandAlong', way) : t('passesBand');
    case 'high':
      return way ? t('passesHighAlong', way) : t('passesHigh');
    case 'boost':
      return t('passesBoost', gain);
    case 'mixed':
      return t('passesMixed', gain);
  }
}
