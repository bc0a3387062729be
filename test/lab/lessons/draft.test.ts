import { describe, expect, it } from 'vitest';
import { starterScene } from '../../../src/core/quick';
import { type DraftPage, draftOf, embeds, finished, readDraft } from '../../../src/lab/lessons/compose/draft';
import type { LessonPage } from '../../../src/lab/lessons/composed';

const page: LessonPage = {
  title: 'Windows',
  text: '',
  scene: starterScene('maxPool2d'),
  mode: 'side',
  display: { mapping: 'auto', channel: 'all' },
  inputDisplay: { mapping: 'auto', channel: 'all' },
  from: -1,
  to: null,
  handles: [],
  picture: { kind: 'sample', id: 'sample-coffee' },
  question: null,
};
const web = { kind: 'web', url: 'https://pictures.test/cat.png', alt: 'A cat', source: 'me' } as const;
const own: DraftPage = {
  ...draftOf({ ...page, picture: { kind: 'reader' } }),
  pictureId: 'mine-1',
  pictureName: 'mine.png',
  use: 'shown',
};

describe('a page under work', () => {
  it.each([page, { ...page, picture: web }, { ...page, picture: { kind: 'reader' } as const }])(
    'is handed on as it was opened, with the picture $picture.kind',
    (opened) => expect(finished(draftOf(opened), 0)).toEqual(opened),
  );
  it('is handed on with the picture that is chosen, and keeps the others meanwhile', () => {
    const draft = draftOf({ ...page, picture: web });
    expect(finished({ ...draft, use: 'reader' }, 0).picture).toEqual({ kind: 'reader' });
    const spaced = { ...draft.typed, url: ' HTTPS://Pictures.test/cat.png ' };
    expect(finished({ ...draft, typed: spaced }, 0).picture).toEqual(web);
    expect(finished({ ...draft, use: 'reader' }, 0)).not.toHaveProperty('typed');
  });
  it('whose address is none is handed on by nobody, with its number', () => {
    const half = { ...draftOf({ ...page, picture: web }), typed: { url: 'https:/', alt: '', source: '' } };
    expect(() => finished(half, 2)).toThrow('page 3, picture.url: expected an https address');
  });
  it('embeds a picture of one’s own only where that is the one that is chosen', () => {
    expect([embeds(own), embeds({ ...own, use: 'web' }), embeds(draftOf(page))]).toEqual([true, false, false]);
  });
});

describe('a lesson that was kept', () => {
  it('comes back with half an address and with the picture that was open', () => {
    const half: DraftPage = { ...own, use: 'web', typed: { url: 'https:/', alt: 'x', source: '' } };
    const kept = JSON.parse(JSON.stringify({ title: 'T', pages: [half, own] }));
    expect(readDraft(kept)).toEqual({ title: 'T', pages: [half, own] });
  });
  it('of a version before pictures were chosen embeds what it embedded', () => {
    const { use: _, typed: __, ...before } = own;
    const read = readDraft({ title: 'T', pages: [before] });
    expect(read?.pages.map(embeds)).toEqual([true]);
  });
  it.each([
    null,
    7,
    {},
    { title: 'T', pages: [] },
    { title: 'T', pages: [{ ...page, mode: 'spin' }] },
    { title: 3, pages: [page] },
  ])('and holds nothing that can be shown, %j, is nothing', (kept) => expect(readDraft(kept)).toBeNull());
});
