import { useEffect, useMemo } from 'preact/hooks';
import type { Bench } from '../bench/state';
import { Button, Switch } from '../parts';
import { t } from '../strings';
import { useOverlay } from '../view/overlays';
import { Checkerboard } from './Checkerboard';
import { CountLegend } from './CountLegend';
import { countLayer } from './countLayer';
import { CoverageState } from './coverageState';
import { coverWords, feedWords } from './coverWords';
import { themeSignal } from './theme';

/** What of its input a step reads, and how evenly it makes its output: in words, and drawn over the two pictures. */
export function CoveragePart({ bench }: { bench: Bench }) {
  const { state, theme, reads, feeds } = useMemo(() => {
    const made = new CoverageState(bench);
    const watched = themeSignal();
    return {
      state: made,
      theme: watched,
      reads: countLayer(made.readsDrawn, watched.changes),
      feeds: countLayer(made.feedsDrawn, watched.changes),
    };
  }, [bench]);
  useEffect(() => theme.watch(), [theme]);
  useOverlay(bench, { id: 'cover', side: 'input', Content: reads }, state.shownReads.value);
  useOverlay(bench, { id: 'cover', side: 'output', Content: feeds }, state.shownFeeds.value);
  const [read, fed] = [state.reads.value, state.feeds.value];
  if (!read || !fed) return null;
  const { input, output } = state.inView.value;
  const hidden = (state.shownReads.value && !input) || (state.shownFeeds.value && !output);
  return (
    <section class="geometry-part" aria-label={t('cover')}>
      <h2>{t('cover')}</h2>
      <div class="cover-row">
        <Switch
          checked={state.shownReads.value}
          onChange={(on) => {
            state.shownReads.value = on;
          }}
        >
          {t('coverReads')}
        </Switch>
        {state.shownReads.value && <CountLegend counted={read} theme={theme.changes} />}
      </div>
      <p class="cover-words" role="status">
        {coverWords(read)}
      </p>
      <div class="cover-row">
        <Switch
          checked={state.shownFeeds.value}
          onChange={(on) => {
            state.shownFeeds.value = on;
          }}
        >
          {t('coverFeeds')}
        </Switch>
        {state.shownFeeds.value && <CountLegend counted={fed} theme={theme.changes} />}
      </div>
      <p class="cover-words">{feedWords(fed)}</p>
      {hidden && (
        <p class="cover-words dim">
          {t('coverElsewhere')} <Button onClick={() => state.bringIntoView()}>{t('coverBring')}</Button>
        </p>
      )}
      {state.uneven.value && <Checkerboard state={state} theme={theme.changes} {...state.uneven.value} />}
    </section>
  );
}
