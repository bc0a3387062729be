import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { starterScene } from '../../../src/core/quick';
import { lessonFile, packLesson, readLessonFile, unpackLesson } from '../../../src/lab/lessons/carry';
import { type ComposedLesson, type LessonPage, limits, mostFileBytes, parseLesson } from '../../../src/lab/lessons/composed';
import { composedPage } from '../../../src/lab/lessons/composedPage';
import { fill } from '../../../src/ui/strings';
import { catalogue } from '../../../src/ui/told/catalogue';
import { patternsOf, translated } from '../../../src/ui/told/told';

const scene = starterScene('maxPool2d');
const page: LessonPage = {
  title: 'Windows',
  text: 'One *window*.\n\nAnother `k × k`.',
  scene,
  mode: 'split',
  display: { mapping: 'auto', channel: 'all' },
  inputDisplay: { mapping: 'abs', channel: 1 },
  from: -1,
  to: null,
  handles: [{ step: 0, name: 'kernelSize' }],
  picture: { kind: 'sample', id: 'sample-coffee' },
  question: {
    text: 'How wide?',
    choices: [
      { text: 'half', feedback: 'Yes: two by two.' },
      { text: 'the same', feedback: 'The stride follows the kernel.' },
    ],
    right: 0,
  },
};
const lesson: ComposedLesson = { version: 1, title: 'Pools', pages: [page, { ...page, question: null, to: 0 }] };
const web = { kind: 'web', url: 'https://pictures.test/cat.png', alt: 'A cat', source: 'me' } as const;
const with_ = (change: object) => ({ ...lesson, pages: [{ ...page, ...change }] });

describe('a composed lesson', () => {
  it('survives the way through a file', async () => expect(await readLessonFile(lessonFile(lesson))).toEqual(lesson));
  it('survives the way through a link, in letters that an address takes', async () => {
    const packed = await packLesson(lesson);
    expect(packed).toMatch(/^[\w-]+$/);
    expect(await unpackLesson(packed)).toEqual(lesson);
  });
  it('leaves pictures of the teacher’s own out of a link', async () => {
    const own = { ...page, picture: { kind: 'own', name: 'a.png', data: 'data:image/png;base64,AAAA' } } as const;
    const [first] = (await unpackLesson(await packLesson({ ...lesson, pages: [own] }))).pages;
    expect(first?.picture).toEqual({ kind: 'reader' });
  });
  it('keeps a picture on the web by its address, in a link too', async () => {
    const named = { ...lesson, pages: [{ ...page, picture: web }] };
    expect(await unpackLesson(await packLesson(named))).toEqual(named);
  });
  it('becomes a page: paragraphs, the question with its thoughts, the settings that are shown', () => {
    const model = composedPage(page, 0);
    expect(model.before.map(({ text }) => text)).toEqual(['One *window*.', 'Another `k × k`.']);
    expect(model.ask?.answers({ shapes: [] })).toEqual([
      { id: '0', label: 'half', wrong: 'Yes: two by two.' },
      { id: '1', label: 'the same', wrong: 'The stride follows the kernel.' },
    ]);
    expect(model.figures[0]).toMatchObject({ mode: 'split', handles: [{ step: 0, name: 'kernelSize' }] });
  });
});

const long = (count: number): string => 'a'.repeat(count);
const refused: readonly (readonly [string, unknown, string])[] = [
  ['no object', 7, 'the lesson: expected an object, received 7'],
  ['another version', { ...lesson, version: 2 }, 'the lesson, version: expected 1, received 2'],
  ['no pages', { ...lesson, pages: [] }, 'the lesson, pages: expected a list of 1 to 40, received 0'],
  ['too many pages', { ...lesson, pages: Array(41).fill(page) }, 'the lesson, pages: expected a list of 1 to 40, received 41'],
  ['an unknown field', { ...lesson, script: 'x' }, 'the lesson: received an unknown field "script"'],
  ['an unknown field of a page', with_({ html: '<b>' }), 'page 1: received an unknown field "html"'],
  [
    'a long text',
    with_({ text: long(limits.text + 1) }),
    'page 1, text: expected a text of at most 4000 characters, received 4001',
  ],
  ['a text that is none', with_({ title: 3 }), 'page 1, title: expected a text of at most 120 characters, received 3'],
  ['a scene of another op', with_({ scene: { ...scene, steps: [{ op: 'nothing' }] } }), 'page 1: '],
  ['a node that is not there', with_({ from: 1 }), 'page 1, from: expected a step from -1 to 0, received 1'],
  [
    'a setting that is not there',
    with_({ handles: [{ step: 0, name: 'weight' }] }),
    'page 1, handles[0].name: expected a setting',
  ],
  ['a setting of Object', with_({ handles: [{ step: 0, name: 'constructor' }] }), 'page 1, handles[0].name: expected a setting'],
  ['a mode that is none', with_({ mode: 'spin' }), 'page 1, mode: expected one of side, split, blink, difference'],
  [
    'a picture elsewhere',
    with_({ picture: { kind: 'sample', id: 'https://x' } }),
    'page 1, picture.kind: expected one of reader, sample, own, web',
  ],
  [
    'markup as a picture',
    with_({ picture: { kind: 'own', name: 'a', data: 'data:image/svg+xml;base64,AAAA' } }),
    'page 1, picture.data',
  ],
  [
    'a picture without https',
    with_({ picture: { ...web, url: 'http://pictures.test/a.png' } }),
    'page 1, picture.url: expected an https address of at most 1000 characters, received "http://pictures.test/a.png"',
  ],
  [
    'a picture behind a password',
    with_({ picture: { ...web, url: 'https://me:word@pictures.test/a.png' } }),
    'picture.url: expected',
  ],
  ['a picture at no address', with_({ picture: { ...web, url: 'javascript:alert(1)' } }), 'picture.url: expected'],
  [
    'a picture without a source',
    with_({ picture: { kind: 'web', url: web.url, alt: '' } }),
    'page 1, picture.source: expected a text',
  ],
  [
    'one answer',
    with_({ question: { ...page.question, choices: [{ text: 'a', feedback: '' }], right: 0 } }),
    'expected at least 2',
  ],
  [
    'a right answer that is none',
    with_({ question: { ...page.question, right: 5 } }),
    'page 1, question.right: expected a number from 0 to 1, received 5',
  ],
];
/** Every reason as people read it in a language. */
function reasonsIn(language: string): string[] {
  const words: Record<string, { message: string } | undefined> = JSON.parse(
    readFileSync(`assets/_locales/${language}/messages.json`, 'utf8'),
  );
  const patterns = patternsOf(catalogue);
  return refused.map(([, json]) => {
    try {
      parseLesson(json);
    } catch (error) {
      const english = error instanceof Error ? error.message : '';
      return translated(english, patterns, (key, values) => fill(words[`said_${key}`]?.message, values));
    }
    return 'not refused';
  });
}
describe('a lesson from outside', () => {
  it.each(['ar', 'de', 'es', 'fr'])('is refused in "%s" without a word of English', (language) => {
    const english = /\b(?:at most|expected|from|lesson|list|object|of|received|text|to|unknown)\b/;
    // Without what was received, and the name that the field has in the file.
    const own = reasonsIn(language).map((reason) => reason.replace(/[⁨⁩]|"[^"]*"/g, '').replace(/[,،] [\w.[\]]+/, ''));
    expect(own.filter((reason) => english.test(reason))).toEqual([]);
  });

  it.each(refused)('with %s is refused with a sentence', (_, json, says) => {
    expect(() => parseLesson(json)).toThrow(RangeError);
    expect(() => parseLesson(json)).toThrow(says);
  });
  it('that is no JSON, too large, or no packed data is refused with a sentence', async () => {
    await expect(readLessonFile(new Blob(['{']))).rejects.toThrow('the file: expected JSON, received other text');
    const large = new Blob([new Uint8Array(mostFileBytes + 1)]);
    await expect(readLessonFile(large)).rejects.toThrow(`expected at most ${mostFileBytes} bytes`);
    await expect(unpackLesson('<b>')).rejects.toThrow('expected a packed lesson');
    await expect(unpackLesson('AAAA')).rejects.toThrow(RangeError);
  });
  it('that unpacks to very much is given up on the way', async () => {
    const bomb = new Blob([' '.repeat(5_000_000)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
    const packed = Buffer.from(await new Response(bomb).arrayBuffer()).toString('base64url');
    expect(packed.length).toBeLessThan(20_000);
    await expect(unpackLesson(packed)).rejects.toThrow('when unpacked, received more');
  });
});
