import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { type ActivationAsked, activationChart } from './activation';
import { ChartView } from './ChartView';

export interface ActivationPlotProps extends ActivationAsked {
  readonly bare?: boolean;
  readonly tools?: ComponentChildren;
}

/** The curve of a pointwise op with its derivative, and this picture's values below it where they are given. */
export function ActivationPlot({ op, params, weights, histogram, range, bare, tools }: ActivationPlotProps) {
  const chart = useMemo(
    () => activationChart({ op, params, ...(weights && { weights }), ...(histogram && { histogram }), ...(range && { range }) }),
    [op, params, weights, histogram, range],
  );
  return <ChartView chart={chart} bare={bare} tools={tools} />;
}
