import type { ComponentChildren } from 'preact';
import type { Num, Shown } from './shown';

/** From so many terms on a sum may break. */
const manyTerms = 5;

/** Arithmetic in MathML, in pieces between which a line may break. `text` is the same for those who hear it. */
export function Maths({ shown, text }: { shown: Shown; text: string }) {
  return (
    <span class="maths" dir="ltr" role="math" aria-label={text}>
      {piecesOf(shown).map((piece, i) => (
        <math key={`piece ${i + 1}`}>{piece}</math>
      ))}
    </span>
  );
}

/** A sum breaks before its signs, a list of values behind its commas; a root or a fraction of many terms is written in one line. */
function piecesOf(shown: Shown): ComponentChildren[] {
  switch (shown.kind) {
    case 'sum':
      return shown.of.length > 0 ? terms(shown.of) : [<mn key="none">0</mn>];
    case 'max':
    case 'min':
    case 'median':
      return [
        <Opening key="name" name={shown.kind} more={shown.before > 0} />,
        ...shown.of.map((one, i) => {
          const last = i === shown.of.length - 1;
          return (
            <mrow key={`value ${i + 1}`}>
              <Body shown={one} inside={null} />
              <mo>{last && shown.after === 0 ? ')' : ','}</mo>
              {last && shown.after > 0 && (
                <>
                  <More />
                  <mo>)</mo>
                </>
              )}
            </mrow>
          );
        }),
      ];
    case 'quotient':
    case 'root':
    case 'power': {
      const [sum, other] = shown.of;
      if (sum?.kind !== 'sum' || sum.of.length < manyTerms) return [<Body key="all" shown={shown} inside={null} />];
      return [
        <mo key="open">(</mo>,
        ...terms(sum.of),
        shown.kind === 'quotient' ? (
          <mrow key="close">
            <mo>)</mo>
            <mo>/</mo>
            {other && <Body shown={other} inside="product" />}
          </mrow>
        ) : (
          <msup key="close">
            <mo>)</mo>
            <mrow>{other ? <Body shown={other} inside={null} /> : <Half />}</mrow>
          </msup>
        ),
      ];
    }
    default:
      return [<Body key="all" shown={shown} inside={null} />];
  }
}

const terms = (of: readonly Shown[]): ComponentChildren[] =>
  of.map((term, i) => (
    <mrow key={`term ${i + 1}`}>
      {isNegative(term) ? <Sign text="−" leads={i === 0} /> : i > 0 && <Sign text="+" />}
      <Body shown={positive(term)} inside={of.length > 1 ? 'sum' : null} />
    </mrow>
  ));

const Opening = ({ name, more }: { name: string; more: boolean }) => (
  <mrow>
    <mi>{name}</mi>
    <mo>(</mo>
    {more && (
      <>
        <More />
        <mo>,</mo>
      </>
    )}
  </mrow>
);

const Half = () => (
  <mfrac>
    <mn>1</mn>
    <mn>2</mn>
  </mfrac>
);

export function Value({ num }: { num: Num }) {
  return (
    <math>
      <Figure num={num} />
    </math>
  );
}

/** An operator at the head of a piece would be set as a sign, without space. */
export function Sign({ text, leads = false }: { text: string; leads?: boolean }) {
  return (
    <mo lspace={leads ? '0' : '0.25em'} rspace={leads ? '0.05em' : '0.25em'}>
      {text}
    </mo>
  );
}

type Inside = 'sum' | 'product' | 'power' | null;

function Body({ shown, inside }: { shown: Shown; inside: Inside }) {
  if (shown.kind === 'num') {
    const figure = <Figure num={shown} />;
    return shown.value < 0 && inside !== null ? <Fenced>{figure}</Fenced> : figure;
  }
  const [a, b] = shown.of;
  switch (shown.kind) {
    case 'sum':
      return inside === 'product' || inside === 'power' ? (
        <Fenced>
          <Row of={shown.of} />
        </Fenced>
      ) : (
        <Row of={shown.of} />
      );
    case 'difference': {
      const both = a && b && (
        <>
          <Body shown={a} inside="sum" />
          <Sign text="−" />
          <Body shown={b} inside="product" />
        </>
      );
      return inside === null || inside === 'sum' ? <mrow>{both}</mrow> : <Fenced>{both}</Fenced>;
    }
    case 'product':
      return inside === 'power' ? (
        <Fenced>
          <Factors of={shown.of} />
        </Fenced>
      ) : (
        <Factors of={shown.of} />
      );
    case 'quotient':
      return (
        <mfrac>
          <Group>{a && <Body shown={a} inside={null} />}</Group>
          <Group>{b && <Body shown={b} inside={null} />}</Group>
        </mfrac>
      );
    case 'power':
      return (
        <msup>
          <Group>{a && <Body shown={a} inside="power" />}</Group>
          <Group>{b && <Body shown={b} inside={null} />}</Group>
        </msup>
      );
    case 'root':
      return <msqrt>{a && <Body shown={a} inside={null} />}</msqrt>;
    case 'exp':
      return (
        <msup>
          <mi>e</mi>
          <Group>{a && <Body shown={a} inside={null} />}</Group>
        </msup>
      );
    case 'ln':
      return <Call name="ln">{a && <Body shown={a} inside={null} />}</Call>;
    case 'g':
      return <Call name="g">{a && <Body shown={a} inside={null} />}</Call>;
    default:
      return <mrow>{piecesOf(shown)}</mrow>;
  }
}

const More = () => <mi mathvariant="normal">…</mi>;
const Group = ({ children }: { children: ComponentChildren }) => <mrow>{children}</mrow>;

const Row = ({ of }: { of: readonly Shown[] }) => (of.length === 0 ? <mn>0</mn> : <mrow>{terms(of)}</mrow>);

function Factors({ of }: { of: readonly Shown[] }) {
  return (
    <mrow>
      {of.map((factor, i) => (
        <mrow key={`factor ${i + 1}`}>
          {i > 0 && <mo>·</mo>}
          <Body shown={factor} inside={i > 0 || factor.kind !== 'num' ? 'product' : null} />
        </mrow>
      ))}
    </mrow>
  );
}

function Call({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <mrow>
      <mi>{name}</mi>
      <mo>⁡</mo>
      <Fenced>{children}</Fenced>
    </mrow>
  );
}

const Fenced = ({ children }: { children: ComponentChildren }) => (
  <mrow>
    <mo>(</mo>
    {children}
    <mo>)</mo>
  </mrow>
);

/** A number in the colour of what it comes from; under it its letter, where it has one. */
function Figure({ num }: { num: Num }) {
  const figure = <mn class={`of-${num.role}`}>{num.text}</mn>;
  if (num.letter === undefined) return figure;
  return (
    <munder>
      {figure}
      <mi>{num.letter}</mi>
    </munder>
  );
}

const isNegative = (shown: Shown): boolean => {
  if (shown.kind === 'num') return shown.value < 0;
  const [first] = shown.of;
  return shown.kind === 'product' && first?.kind === 'num' && first.value < 0;
};
/** Without the sign that is written before it. */
function positive(shown: Shown): Shown {
  if (!isNegative(shown)) return shown;
  if (shown.kind === 'num') return { ...shown, text: shown.text.replace(/^−/, ''), value: -shown.value };
  const [first, ...rest] = shown.of;
  return first ? { ...shown, of: [positive(first), ...rest] } : shown;
}
