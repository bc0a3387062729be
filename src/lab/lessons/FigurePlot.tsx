import type { ComponentType } from 'preact';
import type { PlotName } from '../../core/lessons/lesson';
import type { Bench } from '../../ui/bench/state';
import '../../ui/plots/plots.css';
import { onDemand } from '../../ui/view/onDemand';
import type { Stage } from './stage';

const plots: { readonly [K in PlotName]: ComponentType<{ bench: Bench }> } = {
  activation: onDemand(async () => (await import('../../ui/plots/StepActivation')).StepActivation),
  liveness: onDemand<{ bench: Bench }>(async () => {
    const { StepLiveness } = await import('../../ui/plots/StepLiveness');
    return ({ bench }) => <StepLiveness bench={bench} plain />;
  }),
  norm: onDemand<{ bench: Bench }>(async () => {
    const { NormPlot } = await import('../../ui/plots/NormPlot');
    return ({ bench }) => <NormPlot bench={bench} plain />;
  }),
  depth: onDemand(async () => (await import('../../ui/plots/DepthPlot')).DepthPlot),
  contours: onDemand<{ bench: Bench }>(async () => {
    const { ContourPlot } = await import('../../ui/plots/ContourPlot');
    return () => <ContourPlot />;
  }),
};

/** A plot below a figure, once the figure has run. */
export function FigurePlot({ stage, name }: { stage: Stage; name: PlotName }) {
  const Plot = plots[name];
  const ready = stage.bench.output.value !== null;
  return <div class="lesson-plot">{ready && <Plot bench={stage.bench} />}</div>;
}
