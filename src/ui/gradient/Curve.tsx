import { t } from '../strings';
import { short } from './words';

const [width, height] = [240, 72];

/** The number before every update: a falling line where learning works. */
export function Curve({ amounts }: { amounts: readonly number[] }) {
  const [low, high] = [Math.min(...amounts), Math.max(...amounts)];
  const span = high - low || 1;
  const [first = 0, last = 0] = [amounts[0], amounts.at(-1)];
  const point = (v: number, i: number): string =>
    `${((i / Math.max(1, amounts.length - 1)) * width).toFixed(1)} ${((1 - (v - low) / span) * height).toFixed(1)}`;
  return (
    <figure class="gradient-curve" dir="ltr">
      <svg
        viewBox={`-3 -3 ${width + 6} ${height + 6}`}
        role="img"
        aria-label={t('gradientCurveName', amounts.length - 1, short(first), short(last))}
      >
        <path class="axis" d={`M0 0V${height}H${width}`} />
        <path class="line" d={`M${amounts.map(point).join('L')}`} />
        {amounts.length <= 40 &&
          amounts.map((v, i) => {
            const [cx, cy] = point(v, i).split(' ');
            return <circle key={`update ${i}`} cx={cx} cy={cy} r="2" />;
          })}
      </svg>
      <figcaption class="num">
        <span>{short(first)}</span>
        <span>{short(last)}</span>
      </figcaption>
    </figure>
  );
}
