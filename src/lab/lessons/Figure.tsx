import { useEffect, useRef } from 'preact/hooks';
import { opOf } from '../../core/registry';
import { Compare } from '../../ui/bench/Compare';
import { CompareBar } from '../../ui/bench/CompareBar';
import { Notices } from '../../ui/bench/Notices';
import { SizeLine } from '../../ui/controls';
import { Button, Segmented, Spinner } from '../../ui/parts';
import { t } from '../../ui/strings';
import { FactLine } from './FactLine';
import { FigurePlot } from './FigurePlot';
import { Handles } from './Handles';
import type { PageModel } from './model';
import { lightOnPaper } from './print/light';
import type { Stage } from './stage';

/** The live figure of a page: two views of the reader's picture, what was measured, and what may be changed. */
export function Figure({ stage, page }: { stage: Stage; page: PageModel }) {
  const { bench } = stage;
  const port = useRef<HTMLDivElement>(null);
  useEffect(() => (port.current ? lightOnPaper(bench, port.current) : undefined), [bench]);
  const shown = stage.figure.value;
  // The scene of the page before is none for the settings and plots of this one.
  const here = shown !== null && page.figures.includes(shown);
  const figure = here ? shown : page.figures[0];
  if (!figure) return null;
  const scene = bench.scene.value;
  const sized = figure.handles.find(({ step }) => {
    const op = scene.steps[step]?.op;
    return op !== undefined && opOf(op).sizes !== undefined;
  });
  return (
    <section class="lesson-figure" aria-label={t('lessonFigure')}>
      {page.figures.length > 1 && (
        <Segmented
          label={t('lessonState')}
          options={page.figures.map(({ id, title }) => ({ value: id, label: title }))}
          value={figure.id}
          onChange={(id) => {
            const next = page.figures.find((other) => other.id === id);
            if (next) stage.show(next, page.backTo);
          }}
        />
      )}
      {stage.reduced.value > 1 && <p class="dim small">{t('lessonReduced', stage.reduced.value)}</p>}
      <Notices bench={bench} id="lesson-problem" />
      <div class="lesson-port" ref={port}>
        {here && bench.opened.value && !stage.waiting.value ? (
          <Compare bench={bench} />
        ) : (
          <div class="empty">
            <Spinner label={t('decoding', bench.opening.value ?? '')} />
          </div>
        )}
      </div>
      <div class="lesson-under">
        <CompareBar bench={bench} modes iconsOnly />
      </div>
      <FactLine stage={stage} names={figure.facts} />
      {here && figure.handles.length > 0 && (
        <div class="lesson-drive">
          <Handles bench={bench} handles={figure.handles} />
          <span class="row">
            <Button look="line" icon="reset" onClick={() => stage.show(figure, page.backTo)}>
              {t('lessonReset')}
            </Button>
          </span>
          {sized && <SizeLine scene={scene} xShape={bench.xShape.value} stepIndex={sized.step} />}
        </div>
      )}
      {here && figure.plots?.map((name) => <FigurePlot key={name} stage={stage} name={name} />)}
    </section>
  );
}
