import type { ComponentChildren } from 'preact';
import type { Num, Shown } from './shown';

/** Arithmetic in MathML; a long sum breaks before its signs. `text` is the same for those who hear it. */
export function Maths({ shown, text }: { shown: Shown; text: string }) {
  const terms = shown.kind === 'sum' && shown.of.length > 0 ? shown.of : [shown];
  return (
    <span class="maths" dir="ltr" role="math" aria-label={text}>
      {terms.map((term, i) => (
        <math key={`term ${i + 1}`}>
          {isNegative(term) ? <Sign text="−" leads={i === 0} /> : i > 0 && <Sign text="+" />}
          <Body shown={positive(term)} inside={terms.length > 1 ? 'sum' : null} />
        </math>
      ))}
    </span>
  );
}

export function Value({ num }: { num: Num }) {
  return (
    <math>
      <Figure num={num} />
    </math>
  );
}

/** An operator at the head of a piece would be set as a sign, without space. */
function Sign({ text, leads = false }: { text: string; leads?: boolean }) {
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
      return (
        <Call name={shown.kind}>
          {shown.before > 0 && <More />}
          {shown.of.map((one, i) => (
            <mrow key={`value ${i + 1}`}>
              {(i > 0 || shown.before > 0) && <mo>,</mo>}
              <Body shown={one} inside={null} />
            </mrow>
          ))}
          {shown.after > 0 && (
            <>
              <mo>,</mo>
              <More />
            </>
          )}
        </Call>
      );
  }
}

const More = () => <mi mathvariant="normal">…</mi>;
const Group = ({ children }: { children: ComponentChildren }) => <mrow>{children}</mrow>;

function Row({ of }: { of: readonly Shown[] }) {
  if (of.length === 0) return <mn>0</mn>;
  return (
    <mrow>
      {of.map((term, i) => (
        <mrow key={`term ${i + 1}`}>
          {isNegative(term) ? <Sign text="−" leads={i === 0} /> : i > 0 && <Sign text="+" />}
          <Body shown={positive(term)} inside="sum" />
        </mrow>
      ))}
    </mrow>
  );
}

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

/** The same in one line of text. */
export function inWords(shown: Shown): string {
  if (shown.kind === 'num') return shown.text;
  const parts = shown.of.map(inWords);
  const [a = '', b = ''] = parts;
  const fenced = (text: string) => (/[+−/]/.test(text.slice(1)) ? `(${text})` : text);
  switch (shown.kind) {
    case 'sum':
      return parts.length === 0 ? '0' : parts.join(' + ').replaceAll('+ −', '− ');
    case 'difference':
      return `${a} − ${fenced(b)}`;
    case 'product':
      return parts.map(fenced).join(' · ');
    case 'quotient':
      return `${fenced(a)} / ${fenced(b)}`;
    case 'power':
      return `${fenced(a)}^${fenced(b)}`;
    case 'root':
      return `√(${a})`;
    case 'exp':
      return `e^(${a})`;
    case 'ln':
    case 'g':
      return `${shown.kind}(${a})`;
    default:
      return `${shown.kind}(${[shown.before > 0 && '…', ...parts, shown.after > 0 && '…'].filter(Boolean).join(', ')})`;
  }
}
