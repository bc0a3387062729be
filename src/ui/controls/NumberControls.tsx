import { useId, useState } from 'preact/hooks';
import type { IntField, Pair, PairField, RealField, Sides, SidesField } from '../../core/schema';
import { type MessageKey, t } from '../strings';
import { type ControlProps, describe, Frame, LinkButton } from './Frame';
import { Line } from './Line';
import { finer, joinedPair, joinedSides, type Link, linkOf, nextLink, pairFrom, sidesFrom, withAxis, withSide } from './linked';
import { reachOf } from './ranges';
import { readNumbers, written } from './typed';

const same = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((v, i) => v === b[i]);
const joined = (values: readonly number[]): string => values.map(written).join(' × ');

/** A whole or a real number: slider and stepper. */
export function NumberControl(
  props: ControlProps<Pick<IntField | RealField, 'min' | 'max' | 'slider' | 'default'> & { step?: number }, number>,
) {
  const { field, title, value, bad, fits, fitsSince, onChange } = props;
  const reach = reachOf(field);
  const own = useId();
  const id = props.id ?? own;
  return (
    <Frame
      {...props}
      id={id}
      changedFrom={value === field.default ? null : written(field.default)}
      reset={() => onChange(field.default)}
    >
      {!props.open && (
        <Line
          title={title}
          labelledBy={`${id}-label`}
          inputId={`${id}-field`}
          describedBy={describe(id, props.describedBy)}
          now={value}
          text={written(value)}
          reach={reach}
          bad={bad}
          fits={fits && ((v) => fits(v))}
          fitsSince={fitsSince}
          read={(text) => readNumbers(text, reach, [1])}
          write={joined}
          onNow={onChange}
          onTyped={([first = value]) => onChange(first)}
        />
      )}
    </Frame>
  );
}

/** Height and width: one stepper while they are linked, two lines when they are not. */
export function PairControl(props: ControlProps<Pick<PairField, 'min' | 'max' | 'slider' | 'default' | 'step'>, Pair>) {
  const { field, title, value, bad, fits, fitsSince, onChange } = props;
  const reach = reachOf(field);
  const own = useId();
  const id = props.id ?? own;
  const [wanted, setWanted] = useState<Link>('all');
  const link = finer(wanted, linkOf(value));
  const typed = (values: readonly number[], part: number): void => {
    const one = values.length === 1;
    const next = one ? withAxis(value, link, part, values[0] ?? value[0]) : pairFrom(values);
    if (!one) setWanted(finer(wanted, linkOf(next)));
    onChange(next);
  };
  const toggle = (
    <LinkButton
      link={link}
      label={t('linkAxes')}
      hint={link === 'all' ? t('linkNextAxes') : t('linkAxes')}
      onClick={() => {
        const next = nextLink(link, 2);
        setWanted(next);
        onChange(joinedPair(value, next));
      }}
    />
  );
  const parts = props.open ? [] : link === 'all' ? [null] : axes;
  return (
    <Frame
      {...props}
      id={id}
      changedFrom={same(value, field.default) ? null : joined(field.default)}
      reset={() => {
        setWanted('all');
        onChange(field.default);
      }}
    >
      {parts.map((part, i) => (
        <Line
          key={i === 0 || !part ? 'first' : part.full}
          {...naming(id, title, part, i, props.describedBy)}
          now={value[i] ?? 0}
          text={part ? written(value[i] ?? 0) : joined(value)}
          reach={reach}
          bad={bad}
          fits={fits && ((v) => fits(withAxis(value, link, i, v)))}
          fitsSince={fitsSince}
          read={(text) => readNumbers(text, reach, [1, 2])}
          write={(values) => (part ? (values.length === 1 ? joined(values) : '') : joined(pairFrom(values)))}
          onNow={(next) => onChange(withAxis(value, link, i, next))}
          onTyped={(values) => typed(values, i)}
          after={i === 0 && toggle}
          helper={i === 0 && props.helper}
        />
      ))}
    </Frame>
  );
}

/** Top, bottom, left and right: all as one, height and width, or each by itself. */
export function SidesControl(props: ControlProps<Pick<SidesField, 'min' | 'max' | 'slider' | 'default'>, Sides>) {
  const { field, title, value, bad, fits, fitsSince, onChange } = props;
  const reach = reachOf(field);
  const id = useId();
  const [wanted, setWanted] = useState<Link>('all');
  const link = finer(wanted, linkOf(value));
  const parts = link === 'all' ? [null] : link === 'axes' ? axes : sides;
  const shown = link === 'axes' ? [value[0], value[2]] : value;
  const typed = (values: readonly number[], part: number): void => {
    const one = values.length === 1;
    const next = one ? withSide(value, link, part, values[0] ?? value[0]) : sidesFrom(values);
    if (!one) setWanted(finer(wanted, linkOf(next)));
    onChange(next);
  };
  const next = nextLink(link, 4);
  const toggle = (
    <LinkButton
      link={link}
      label={t(linkNames[link])}
      hint={t(next === 'axes' ? 'linkNextAxes' : next === 'each' ? 'linkNextSides' : 'linkNextAll')}
      onClick={() => {
        setWanted(next);
        onChange(joinedSides(value, next));
      }}
    />
  );
  return (
    <Frame
      {...props}
      id={id}
      changedFrom={
        same(value, field.default) ? null : linkOf(field.default) === 'all' ? written(field.default[0]) : joined(field.default)
      }
      reset={() => {
        setWanted('all');
        onChange(field.default);
      }}
    >
      {parts.map((part, i) => (
        <Line
          key={i === 0 || !part ? 'first' : part.full}
          {...naming(id, title, part, i, props.describedBy)}
          plain={link === 'each'}
          now={shown[i] ?? 0}
          text={written(shown[i] ?? 0)}
          reach={reach}
          bad={bad}
          fits={fits && ((v) => fits(withSide(value, link, i, v)))}
          fitsSince={fitsSince}
          read={(text) => readNumbers(text, reach, [1, 2, 4])}
          write={(values) => (values.length === 1 ? joined(values) : '')}
          onNow={(to) => onChange(withSide(value, link, i, to))}
          onTyped={(values) => typed(values, i)}
          after={i === 0 && toggle}
          helper={i === 0 && props.helper}
        />
      ))}
    </Frame>
  );
}

const linkNames = { all: 'sidesAll', axes: 'sidesAxes', each: 'sidesEach' } as const satisfies Record<Link, MessageKey>;

interface Part {
  readonly full: MessageKey;
  readonly short: MessageKey;
}
const axes: readonly Part[] = [
  { full: 'heightOf', short: 'heightShort' },
  { full: 'widthOf', short: 'widthShort' },
];
const sides: readonly Part[] = [
  { full: 'topOf', short: 'topShort' },
  { full: 'bottomOf', short: 'bottomShort' },
  { full: 'leftOf', short: 'leftShort' },
  { full: 'rightOf', short: 'rightShort' },
];

const naming = (id: string, title: string, part: Part | null, index: number, describedBy: string | undefined) => ({
  inputId: index === 0 ? `${id}-field` : undefined,
  describedBy: describe(id, describedBy),
  ...(part ? { title: t(part.full, title), mark: t(part.short) } : { title, labelledBy: `${id}-label` }),
});
