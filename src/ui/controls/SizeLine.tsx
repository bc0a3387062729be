import { useEffect, useMemo, useState } from 'preact/hooks';
import type { AxisSize } from '../../core/op';
import { opOf } from '../../core/registry';
import type { Scene } from '../../core/scene';
import { sizesOf, trace } from '../../core/sequential';
import type { Shape } from '../../core/tensor';
import { formatSize, paramTitle, t } from '../strings';
import { readsAll } from './readsAll';
import { equationOf, leftovers, piecesOf, spoken, type Token } from './sizeWords';
import { written } from './typed';

export interface SizeLineProps {
  readonly scene: Scene;
  /** What the first step reads, [N, C, H, W]. */
  readonly xShape: Shape | null;
  readonly stepIndex: number;
  /** Also the arithmetic of the height, where there is room. */
  readonly both?: boolean;
  /** Only to be read: another one says it aloud. */
  readonly silent?: boolean;
}

/** How the output got its size, with the numbers in it. */
export function SizeLine({ scene, xShape, stepIndex, both = false, silent = false }: SizeLineProps) {
  const size = xShape && sizeOfStep(scene, xShape, stepIndex);
  const words = size ? size.words : '';
  const said = useCalm(words);
  const better = useMemo(() => (xShape ? readsAllWords(scene, xShape, stepIndex) : null), [scene, xShape, stepIndex]);
  return (
    <div class="size">
      {size?.sizes && (
        <>
          <Equation name={t('width')} axis={size.sizes.width} />
          {both && <Equation name={t('height')} axis={size.sizes.height} />}
          {leftovers(size.sizes).map((sentence) => (
            <span class="dim" key={sentence}>
              {sentence}
            </span>
          ))}
          {better && <span class="dim">{better}</span>}
        </>
      )}
      {size && !size.sizes && <span class="dim">{size.words}</span>}
      {!silent && (
        <span class="sr" role="status">
          {said}
        </span>
      )}
    </div>
  );
}

function Equation({ name, axis }: { name: string; axis: AxisSize }) {
  return (
    <span class="formula" dir="ltr">
      {piecesOf(equationOf(name, axis)).map((piece, i) => (
        <math key={`piece ${i + 1}`}>
          {piece.map((token, j) => (
            <Glyph key={`${j} ${token.text}`} {...token} />
          ))}
        </math>
      ))}
    </span>
  );
}

function Glyph({ kind, text }: Token) {
  if (kind === 'mn') return <mn>{text}</mn>;
  if (kind === 'mi') return <mi mathvariant="normal">{text}</mi>;
  // An operator at the head of a piece would be set as a sign, without space.
  return /[+−=×]/.test(text) ? (
    <mo lspace="0.25em" rspace="0.25em">
      {text}
    </mo>
  ) : (
    <mo>{text}</mo>
  );
}

/** `Stride 5 leaves none.` */
function readsAllWords(scene: Scene, x: Shape, index: number): string | null {
  const step = scene.steps[index];
  const found = step && readsAll(scene, x, index);
  if (!found) return null;
  const values = typeof found.value === 'number' ? [found.value] : found.value;
  return t('leavesNone', paramTitle(opOf(step.op), found.param), written(values[0] ?? 0));
}

type Sizes = { readonly height: AxisSize; readonly width: AxisSize };

function sizeOfStep(scene: Scene, x: Shape, index: number): { readonly sizes: Sizes | null; readonly words: string } | null {
  if (!scene.steps[index]) return null;
  try {
    const sizes = sizesOf(scene, x, index);
    if (sizes) return { sizes, words: spoken(sizes) };
    const y = trace({ ...scene, steps: scene.steps.slice(0, index + 1) }, x).at(-1) ?? x;
    return { sizes: null, words: t('sizeStays', formatSize(y.at(-1) ?? 0, y.at(-2) ?? 0)) };
  } catch (error) {
    if (error instanceof RangeError) return { sizes: null, words: t('noOutputSize') };
    throw error;
  }
}

/** A text for a live region: at most one change a second, and none for the first. */
function useCalm(text: string): string {
  const [first] = useState(text);
  const [said, setSaid] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text === first && said === '' ? '' : text), 1000);
    return () => clearTimeout(timer);
  }, [text]);
  return said;
}
