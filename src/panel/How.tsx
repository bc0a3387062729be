import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useId } from 'preact/hooks';
import type { Bench } from '../ui/bench/state';
import { Button } from '../ui/parts';
import { type MessageKey, t } from '../ui/strings';
import { onDemand } from '../ui/view/onDemand';

interface View {
  readonly id: string;
  readonly title: MessageKey;
  readonly Content: ComponentType<{ bench: Bench }>;
}

/** Each is loaded when it is first looked at. */
const views: readonly View[] = [
  { id: 'inspect', title: 'inspect', Content: onDemand(async () => (await import('../ui/inspect/Inspector')).InspectorView) },
  { id: 'geometry', title: 'geometry', Content: onDemand(async () => (await import('../ui/geometry/Geometry')).Geometry) },
  {
    id: 'gradient',
    title: 'gradientTitle',
    Content: onDemand(async () => (await import('../ui/gradient/GradientView')).GradientView),
  },
  { id: 'plots', title: 'plots', Content: onDemand(async () => (await import('../ui/plots/Plots')).Plots) },
];

/** Views of how the result comes about, one at a time; a second press puts it away. */
export function How({ bench }: { bench: Bench }) {
  const chosen = useSignal<string | null>(null);
  const id = useId();
  const view = views.find((one) => one.id === chosen.value);
  return (
    <section class="how" aria-label={t('panelHow')}>
      <div class="how-bar">
        <span class="dim" aria-hidden="true">
          {t('panelHow')}
        </span>
        {views.map((one) => (
          <Button
            key={one.id}
            aria-expanded={one === view}
            aria-controls={one === view ? id : undefined}
            onClick={() => {
              chosen.value = one === view ? null : one.id;
            }}
          >
            {t(one.title)}
          </Button>
        ))}
      </div>
      {view && (
        <div class="how-view" id={id}>
          <view.Content key={view.id} bench={bench} />
        </div>
      )}
    </section>
  );
}
