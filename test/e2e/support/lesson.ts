import { deflateRawSync } from 'node:zlib';

/** A page of a composed lesson as its file has it: max-pooling on a sample picture, but for what is given. */
export const lessonPage = (given: object = {}) => ({
  title: 'Windows',
  text: 'Look.',
  scene: { version: 1, input: 'unit', steps: [{ op: 'maxPool2d', params: {} }] },
  mode: 'side',
  display: { mapping: 'auto', channel: 'all' },
  inputDisplay: { mapping: 'auto', channel: 'all' },
  from: -1,
  to: null,
  handles: [],
  picture: { kind: 'sample', id: 'sample-coffee' },
  question: null,
  ...given,
});

/** The part of an address that opens a lesson, as a teacher shares it. */
export const lessonHash = (lesson: object): string =>
  `#lesson-data=${deflateRawSync(JSON.stringify(lesson)).toString('base64url')}`;
