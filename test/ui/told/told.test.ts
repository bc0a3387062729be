import { readFileSync } from 'node:fs';
import { parseAst } from 'vite';
import { describe, expect, it } from 'vitest';
import { starterScene } from '../../../src/core/quick';
import { opOf, ops } from '../../../src/core/registry';
import { layersOf, runScene, trace } from '../../../src/core/sequential';
import { zeros } from '../../../src/core/tensor';
import { enginesOf } from '../../../src/engines/index';
import { openSimd } from '../../../src/engines/simd/engine';
import { decode } from '../../../src/image/decode';
import { catalogue } from '../../../src/ui/told/catalogue';
import { patternsOf, translated } from '../../../src/ui/told/told';
import { filesBelow } from '../../repo/files';

const patterns = patternsOf(catalogue);
const wordsOf = (locale: string): Readonly<Record<string, { readonly message: string } | undefined>> =>
  JSON.parse(readFileSync(`assets/_locales/${locale}/messages.json`, 'utf8'));
const german = wordsOf('de');
const inGerman = (english: string): string =>
  translated(english, patterns, (key, values) =>
    german[`said_${key}`]?.message.replace(/\$(\d)/g, (_, n: string) => values[Number(n) - 1] ?? ''),
  );
/** The key of the template that a sentence is recognised by, and its values. */
function recognised(english: string): { readonly key: string; readonly values: readonly string[] } | null {
  let found: { key: string; values: readonly string[] } | null = null;
  translated(english, patterns, (key, values) => {
    found = { key, values };
    return 'known';
  });
  return found;
}

describe('a sentence of the core in another language', () => {
  it('has its values where they belong, and phrases among them translated', () => {
    const misfit = 'a 9 × 9 window with dilation 900 spans 7201 pixels, but the padded input is 451 × 300';
    expect(inGerman(misfit)).toBe(
      'Ein Fenster von 9 × 9 mit Dilation 900 umspannt 7201 Pixel, aber die Eingabe mit Padding ist 451 × 300',
    );
    expect(inGerman('maxPool2d stride: expected a whole number from 1 to 9, or two for height and width, received 0')).toBe(
      'maxPool2d stride: eine ganze Zahl von 1 bis 9, oder zwei für Höhe und Breite erwartet, erhalten: 0',
    );
    expect(inGerman('not on simd: a weight is not finite; the formula as it is written, with sums in float64')).toBe(
      'nicht auf simd: ein Gewicht ist nicht endlich; die Formel, wie sie dasteht, mit Summen in float64',
    );
  });
  it('stays as it is where the catalogue lacks it', () => expect(inGerman('Nobody says this.')).toBe('Nobody says this.'));
  it('is recognised whatever values it holds (the page of a site with words of its own)', () => {
    const text = 'This PNG is broken: the chunk IHDR is expected first, received "$1 (.+?) of".';
    expect(inGerman(text)).toContain('"$1 (.+?) of"');
  });
});

const folders = ['src/core', 'src/engines', 'src/image', 'src/lab/lessons', 'src/worker'];
/** What a person never meets: guards between our own parts, and calls of the core that no page makes. */
const inner = [
  ...['Arena', 'Crew', 'Held', 'Machine', 'Pixels', 'Routines', 'tensor', 'init', 'foldBatchNorm', 'curve', 'kernel', 'sgd'],
  ...['explain', 'step', 'backward', 'backward step', 'backward loss', 'loss', 'simd'],
];
const innerSentences = [
  /^A (?:colour map needs|colour is written)/,
  /is expected to (?:be open|have run)/,
  /^A finished result is expected/,
  /expected an op that (?:takes every value alone|reads windows)/,
  /^A step that takes every value alone is expected/,
  /expected a gradient of shape/,
  /expected a target of shape/,
  /^\S+: expected values from/,
  /expected a step to start from/,
  /expected an engine (?:with its gradient|that stores)/,
  /expected (?:'.*'|\S+) stamps, received another number/,
];
type Tree = Readonly<Record<string, unknown>>;
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

/** Templates that a piece of code may come to, values as the word VALUE. */
function templatesIn(node: unknown): string[] {
  if (!isTree(node)) return [];
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' ? [node.value] : [];
    case 'TemplateLiteral': {
      const quasis = Array.isArray(node.quasis) ? node.quasis : [];
      return [quasis.map((quasi) => quasi.value.cooked).join('VALUE')];
    }
    case 'ConditionalExpression':
      return [...templatesIn(node.consequent), ...templatesIn(node.alternate)];
    default:
      return [];
  }
}

/** Sentences of errors in a file. */
function errorsIn(file: string): string[] {
  const found: string[] = [];
  const visit = (node: unknown): void => {
    for (const one of Array.isArray(node) ? node : []) visit(one);
    if (Array.isArray(node) || !isTree(node)) return;
    if (node.type === 'NewExpression' && isTree(node.callee) && /Error$|^CannotOpen$/.test(String(node.callee.name))) {
      const given = Array.isArray(node.arguments) ? node.arguments.flatMap(templatesIn) : [];
      found.push(...given.filter((text) => text.includes(' ')));
    }
    for (const [key, value] of Object.entries(node)) if (key !== 'parent') visit(value);
  };
  visit(parseAst(readFileSync(file, 'utf8'), { lang: 'ts' }));
  return found;
}

describe('the catalogue', () => {
  it.each(['ar', 'de', 'es', 'fr'])('has all of its sentences in "%s", and values in them', (locale) => {
    const words = wordsOf(locale);
    for (const [key, english] of Object.entries(catalogue)) {
      const message = words[`said_${key}`]?.message ?? '';
      const marks = (text: string) => [...new Set(text.match(/\$\d/g) ?? [])].sort();
      expect(marks(message), `${locale} said_${key}`).toEqual(marks(english));
      expect(message).not.toBe('');
    }
  });
  it('knows every error that core, engines, images, lessons and the worker may tell a person', () => {
    const all = folders
      .flatMap((folder) => filesBelow(folder, '.'))
      .filter((file) => file.endsWith('.ts') && !file.includes('assembly/'));
    const unknown = all.flatMap((file) =>
      errorsIn(file)
        .filter((text) => !inner.some((who) => text.startsWith(`${who}:`)) && !innerSentences.some((one) => one.test(text)))
        .filter(
          (text) => !/^VALUE: VALUE$/.test(text) && [text, text.replace(/^VALUE: /, '')].every((one) => recognised(one) === null),
        )
        .map((text) => `${file}: ${text}`),
    );
    expect(all.length).toBeGreaterThan(200);
    expect(unknown, 'put these into src/ui/told/catalogue.ts, with their words as said_… in every language').toEqual([]);
  });
  it('knows why the fast engine takes each op, as it is first shown, in its examples, and large', async () => {
    const binary = readFileSync('src/engines/simd/binaries/plain.wasm');
    const { choose, means } = enginesOf(await openSimd({ plain: binary }));
    const shapes = [
      [1, 3, 12, 17],
      [1, 3, 300, 400],
      [2, 16, 64, 64],
    ];
    const reasons = new Set<string>();
    for (const name of Object.keys(ops)) {
      const steps = [
        ...starterScene(name).steps,
        ...opOf(name).examples.map(({ params }) => ({ op: name, params })),
        ...[2, 3, 5, 9].map((kernelSize) => ({ op: name, params: 'kernelSize' in opOf(name).params ? { kernelSize } : {} })),
      ];
      for (const step of steps) {
        for (const shape of shapes) {
          for (const exact of [false, true]) {
            try {
              trace({ version: 1, input: 'unit', steps: [step] }, shape);
            } catch {
              continue;
            }
            reasons.add(choose(step, shape, { exact }).reason);
          }
        }
      }
    }
    for (const op of ['interpolate', 'zeroInsert']) {
      const [layer] = layersOf({ version: 1, input: 'unit', steps: [{ op, params: {} }] }, [1, 3, 12, 17]);
      const seen = layer && (await means(layer, zeros([1, 3, 12, 17]), 3));
      reasons.add(seen?.steps[0]?.how ?? '');
    }
    const unknown = [...reasons].filter(
      (reason) => inGerman(reason) === reason || /\b(?:because|of|the)\b/.test(inGerman(reason)),
    );
    expect(reasons.size).toBeGreaterThan(60);
    expect(unknown).toEqual([]);
  });
  it('knows what is told of pictures that cannot be opened, and of those that can', async () => {
    const told: string[] = [];
    for (const bytes of [
      [],
      [1, 2, 3],
      [0x89, 80, 78, 71, 13, 10, 26, 10],
      [0xff, 0xd8, 0xff, 0xe0],
      [...'<html>'].map((c) => c.charCodeAt(0)),
    ])
      await decode(new Blob([Uint8Array.from(bytes)])).catch((error: Error) => told.push(error.message));
    const words = `{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }\n`;
    const head = [...'\x93NUMPY\x01\0', String.fromCharCode(words.length), '\0', ...words].map((c) => c.charCodeAt(0));
    const { notes } = await decode(new Blob([Uint8Array.from(head), new Float32Array([-3, 4])]));
    expect(told).toHaveLength(5);
    for (const sentence of [...told, ...notes]) expect(inGerman(sentence), sentence).not.toBe(sentence);
  });
  it('knows what a chain says of a step that does not fit', () => {
    const x = { shape: [1, 3, 4, 4], data: new Float32Array(48) };
    const scene = {
      version: 1 as const,
      input: 'unit' as const,
      steps: [
        { op: 'relu', params: {} },
        { op: 'maxPool2d', params: { kernelSize: 9 } },
      ],
    };
    let message = '';
    try {
      runScene(scene, x);
    } catch (error) {
      message = error instanceof Error ? error.message : '';
    }
    expect(inGerman(message)).toBe('Schritt 2: Ein Fenster von 9 × 9 passt nicht: die Eingabe ist 4 × 4');
  });
});
