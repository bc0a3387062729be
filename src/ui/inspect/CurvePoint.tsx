import { useMemo } from 'preact/hooks';
import { samplesOf } from '../../core/curve';
import type { Inspection } from '../../core/inspection';
import { parse } from '../../core/parse';
import { opOf } from '../../core/registry';
import { oneChannelOf } from '../../core/weights';
import type { Bench } from '../bench/state';
import { activationChart } from '../plots/activation';
import { layOut } from '../plots/layout';
import { Boxed, Marks } from '../plots/Marks';
import { round } from '../plots/marks';
import { measureIn } from '../plots/measure';
import { t } from '../strings';
import { decimals, significant } from './shown';
import './curve.css';

/** In em of the plot's text. */
const width = 20;
/** Each way along x, in CSS px, that the tangent is drawn at least: a steep one is cut off by the box. */
const reach = 36;

/** The curve of a function of single values, with the point that this value is, and the tangent there. */
export function CurvePoint({ bench, found, node }: { bench: Bench; found: Inspection; node: number }) {
  const step = bench.step.value;
  const report = bench.reports.value.get(node - 1);
  const [low, high] = [report?.min ?? 0, report?.max ?? 0];
  const em = useMemo(() => 0.75 * Number.parseFloat(getComputedStyle(document.documentElement).fontSize), []);
  const drawn = useMemo(() => {
    if (!step) return null;
    const op = opOf(step.op);
    // What was found may be of the op that stood here before.
    if (!op.kinks) return null;
    const params = parse(op.params, step.params, op.name);
    const [from, to] = samplesOf(op, params);
    const range = [Math.min(from, low), Math.max(to, high)] as const;
    const panel = activationChart({ op, params, weights: oneChannelOf(op, step), range }).columns[0]?.[0];
    if (!panel) return null;
    const family = getComputedStyle(document.documentElement).getPropertyValue('--font-ui') || undefined;
    const laid = layOut(
      { ...panel, title: '', layers: panel.layers.filter(({ kind }) => kind !== 'span') },
      { width: width * em, em, measure: measureIn(em, family) },
    );
    return { laid, said: panel.said, curve: <Marks laid={laid} em={em} cursor={null} /> };
  }, [step, low, high, em]);
  const { slope, parts } = found.told;
  const x = parts[0]?.terms[0]?.value;
  if (!drawn || slope === null || x === undefined) return null;
  const { laid, curve } = drawn;
  const { box, toX, toY } = laid.places;
  const [left, top] = [toX(x), toY(found.value)];
  const point = t('inspectPoint', decimals(x, 3).text, decimals(found.value, 3).text, significant(slope, 3).text);
  // CSS px down for one to the right.
  const steep = slope * ((toY(1) - toY(0)) / (toX(1) - toX(0)));
  const along = (by: number) => `${round(left + by)} ${round(top + by * steep)}`;
  return (
    <div class="inspect-panel inspect-curve" dir="ltr">
      <svg
        role="img"
        aria-label={`${point} ${drawn.said}`}
        width={laid.width}
        height={laid.height}
        viewBox={`0 0 ${laid.width} ${laid.height}`}
      >
        {curve}
        <Boxed box={box}>
          {Number.isFinite(steep) && <path class="tangent" d={`M${along(-reach)}L${along(reach)}`} />}
          <path class="drop" d={`M${round(left)} ${round(toY(0))}V${round(top)}H${round(toX(0))}`} />
          <circle class="point" cx={round(left)} cy={round(top)} r="4" />
        </Boxed>
      </svg>
    </div>
  );
}
