import { useComputed } from '@preact/signals';
import { useEffect, useId, useMemo, useRef } from 'preact/hooks';
import type { Bench } from '../bench/state';
import { Legend } from '../controls/Legend';
import { Button, Segmented, Spinner } from '../parts';
import { number, t } from '../strings';
import { CloseUp } from './CloseUp';
import { comparingOf } from './comparing';
import { Film } from './Film';
import type { Frame } from './frames';

/** Over both pictures: how far they are apart, pixel by pixel. */
export function DifferenceLayer({ bench, frame }: { bench: Bench; frame: Frame }) {
  const comparing = comparingOf(bench);
  const canvas = useRef<HTMLCanvasElement>(null);
  const about = useId();
  useEffect(() => comparing.watch(), [comparing]);
  const own = useMemo<Frame>(() => ({ ...frame, sight: comparing.sight }), [frame, comparing]);
  const outcome = comparing.outcome.value;
  const near = useComputed(() => {
    const [at, drawn] = [frame.laid.value, comparing.outcome.value?.view.drawing.width];
    return at !== null && drawn !== undefined && (frame.cell.value.width >= 8 || at.width * devicePixelRatio > drawn);
  }).value;
  return (
    <div class="pane apart">
      {outcome && (
        <>
          <Film
            bench={bench}
            canvas={canvas}
            sight={comparing.sight}
            laid={frame.laid}
            role="img"
            aria-label={t('difference')}
            aria-describedby={about}
          />
          {near && <CloseUp bench={bench} frame={own} />}
          <span class="sr" id={about}>
            {t('differenceIs', number(outcome.mean, 4), number(outcome.largest, 4))}
          </span>
        </>
      )}
    </div>
  );
}

/** What is compared, in numbers; or why nothing can be. */
export function DifferenceLine({ bench }: { bench: Bench }) {
  const comparing = comparingOf(bench);
  const question = comparing.question.value;
  const outcome = comparing.outcome.value;
  const failure = comparing.failure.value;
  if (question?.kind === 'cannot' || failure)
    return (
      <p class="apart-why" role="status">
        <span>{failure ?? (question?.kind === 'cannot' && question.why)}</span>
        {question?.kind === 'cannot' && question.offer && (
          <Button
            look="line"
            onClick={() => {
              bench.setInputDisplay({ ...bench.inputDisplay.peek(), channel: 0 });
              bench.setDisplay({ ...bench.display.peek(), channel: 0 });
            }}
          >
            {t('compareFirst')}
          </Button>
        )}
      </p>
    );
  if (!outcome) return <Spinner label={t('difference')} />;
  const { psnr, peak, mean, largest, view } = outcome;
  const similarity = comparing.similarity.value;
  return (
    <>
      <Segmented
        label={t('difference')}
        options={[
          { value: 'size', label: '|x − y|' },
          { value: 'signed', label: 'x − y' },
        ]}
        value={comparing.signed.value ? 'signed' : 'size'}
        onChange={(which) => {
          comparing.signed.value = which === 'signed';
        }}
      />
      <Legend mapping={view.mapping} low={view.low} high={view.high} />
      <dl class="apart-facts num" aria-live="polite">
        <div>
          <dt title={t('psnrHelp', short(peak))}>PSNR</dt>
          <dd>{Number.isFinite(psnr) ? t('decibels', number(psnr, 2)) : t('identical')}</dd>
          <dd class="aside">{t('peak', short(peak))}</dd>
        </div>
        <div>
          <dt title={t('ssimHelp')}>SSIM</dt>
          <dd>{similarity === 'pending' ? '…' : similarity === null ? t('tooSmall') : number(similarity, 4)}</dd>
        </div>
        <div>
          <dt>{t('mean')}</dt>
          <dd>{short(mean)}</dd>
        </div>
        <div>
          <dt>{t('apartMost')}</dt>
          <dd>{short(largest)}</dd>
        </div>
      </dl>
    </>
  );
}

const short = (value: number): string => number(Number(value.toPrecision(3)));
