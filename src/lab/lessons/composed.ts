// A lesson that a teacher made out of states of the Lab: plain JSON with a version. It comes from outside and is read with care.

import type { Handle } from '../../core/lessons/lesson';
import { opOf } from '../../core/registry';
import type { Scene } from '../../core/scene';
import { parseScene } from '../../core/sequential';
import type { Display } from '../../image/display';
import type { CompareMode } from '../../ui/bench/shown';
import { mappingKeys } from '../../ui/controls/DisplayControls';

/** A picture on the web: fetched when its reader says so, never before. */
export interface WebPicture {
  readonly kind: 'web';
  /** `https:`, in its full form. */
  readonly url: string;
  /** What it shows, in words. */
  readonly alt: string;
  /** Whose it is, or where it was found. */
  readonly source: string;
}
/** `reader`: whatever the reader has open. `own`: the picture itself, reduced; in files only. */
export type LessonPicture =
  | { readonly kind: 'reader' }
  | { readonly kind: 'sample'; readonly id: string }
  | { readonly kind: 'own'; readonly name: string; readonly data: string }
  | WebPicture;

export interface LessonChoice {
  readonly text: string;
  readonly feedback: string;
}
export interface LessonQuestion {
  readonly text: string;
  readonly choices: readonly LessonChoice[];
  /** Which choice is right. */
  readonly right: number;
}
export interface LessonPage {
  readonly title: string;
  /** Plain text: *emphasis* and `symbols`; an empty line parts paragraphs. */
  readonly text: string;
  readonly scene: Scene;
  readonly mode: CompareMode;
  readonly display: Display;
  readonly inputDisplay: Display;
  /** What the two views show; null: what the last step makes. */
  readonly from: number;
  readonly to: number | null;
  /** What the reader may change; nothing else is shown. */
  readonly handles: readonly Handle[];
  readonly picture: LessonPicture;
  readonly question: LessonQuestion | null;
}
export interface ComposedLesson {
  readonly version: 1;
  readonly title: string;
  readonly pages: readonly LessonPage[];
}

export const limits = {
  pages: 40,
  title: 120,
  text: 4000,
  choices: 6,
  choice: 300,
  handles: 12,
  address: 1000,
  picture: 700_000,
} as const;
/** Bytes of a file, and of the JSON in a link. */
export const mostFileBytes = 12_000_000;
export const mostLinkBytes = 400_000;

const modes: readonly CompareMode[] = ['side', 'split', 'blink', 'difference'];
type Fields = Readonly<Record<string, unknown>>;

/** @throws RangeError that names page and field as the file has it, with expected and received. */
export function parseLesson(json: unknown): ComposedLesson {
  const { version, title, pages, ...rest } = fieldsOf('the lesson', json);
  if (version !== 1) throw new RangeError(`the lesson, version: expected 1, received ${shown(version)}`);
  refuseOthers('the lesson', rest);
  if (!Array.isArray(pages) || pages.length === 0 || pages.length > limits.pages) {
    const received = Array.isArray(pages) ? pages.length : shown(pages);
    throw new RangeError(`the lesson, pages: expected a list of 1 to ${limits.pages}, received ${received}`);
  }
  return {
    version,
    title: textOf('the lesson, title', title, limits.title),
    pages: pages.map((page, i) => pageOf(`page ${i + 1}`, page)),
  };
}

function pageOf(at: string, json: unknown): LessonPage {
  const { title, text, scene, mode, display, inputDisplay, from, to, handles, picture, question, ...rest } = fieldsOf(at, json);
  refuseOthers(at, rest);
  const read = within(at, () => parseScene(scene));
  const node = (name: string, value: unknown): number => {
    if (typeof value === 'number' && Number.isInteger(value) && value >= -1 && value < read.steps.length) return value;
    throw new RangeError(`${at}, ${name}: expected a step from -1 to ${read.steps.length - 1}, received ${shown(value)}`);
  };
  const shownAs = modes.find((other) => other === mode);
  if (!shownAs) throw new RangeError(`${at}, mode: expected one of ${modes.join(', ')}, received ${shown(mode)}`);
  return {
    title: textOf(`${at}, title`, title, limits.title),
    text: textOf(`${at}, text`, text, limits.text),
    scene: read,
    mode: shownAs,
    display: displayOf(`${at}, display`, display),
    inputDisplay: displayOf(`${at}, inputDisplay`, inputDisplay),
    from: node('from', from),
    to: to === null ? null : node('to', to),
    handles: listOf(`${at}, handles`, handles, limits.handles).map((handle, i) => handleOf(`${at}, handles[${i}]`, handle, read)),
    picture: pictureOf(`${at}, picture`, picture),
    question: question === null ? null : questionOf(`${at}, question`, question),
  };
}

function handleOf(at: string, json: unknown, { steps }: Scene): Handle {
  const { step, name, ...rest } = fieldsOf(at, json);
  refuseOthers(at, rest);
  const found = typeof step === 'number' ? steps[step] : undefined;
  if (typeof step !== 'number' || !found) {
    throw new RangeError(`${at}.step: expected a step from 0 to ${steps.length - 1}, received ${shown(step)}`);
  }
  const { params, weights } = opOf(found.op);
  if (typeof name !== 'string' || !(Object.hasOwn(params, name) || Object.hasOwn(weights, name))) {
    throw new RangeError(`${at}.name: expected a setting of ${found.op}, received ${shown(name)}`);
  }
  return { step, name };
}

function displayOf(at: string, json: unknown): Display {
  const { mapping, channel, ...rest } = fieldsOf(at, json);
  refuseOthers(at, rest);
  const known = Object.keys(mappingKeys).find((name): name is keyof typeof mappingKeys => name === mapping);
  if (!known)
    throw new RangeError(`${at}.mapping: expected one of ${Object.keys(mappingKeys).join(', ')}, received ${shown(mapping)}`);
  if (channel === 'all') return { mapping: known, channel };
  if (typeof channel === 'number' && Number.isInteger(channel) && channel >= 0 && channel < 65536)
    return { mapping: known, channel };
  throw new RangeError(`${at}.channel: expected all or a number, received ${shown(channel)}`);
}

function pictureOf(at: string, json: unknown): LessonPicture {
  const { kind, id, name, data, url, alt, source, ...rest } = fieldsOf(at, json);
  refuseOthers(at, rest);
  if (kind === 'web') {
    const full = typeof url === 'string' && url.length <= limits.address ? secureAddress(url) : null;
    if (full === null) {
      throw new RangeError(
        `${at}.url: expected an https address of at most ${limits.address} characters, received ${shown(url)}`,
      );
    }
    return {
      kind,
      url: full,
      alt: textOf(`${at}.alt`, alt, limits.choice),
      source: textOf(`${at}.source`, source, limits.choice),
    };
  }
  if (kind === 'reader') return { kind };
  if (kind === 'sample' && typeof id === 'string' && /^sample-[\w-]{1,40}$/.test(id)) return { kind, id };
  if (kind !== 'own') throw new RangeError(`${at}.kind: expected one of reader, sample, own, web, received ${shown(kind)}`);
  if (
    typeof data !== 'string' ||
    data.length > limits.picture ||
    !/^data:image\/(?:webp|png|jpeg);base64,[A-Za-z0-9+/=]+$/.test(data)
  ) {
    throw new RangeError(
      `${at}.data: expected PNG, JPEG or WebP in at most ${limits.picture} characters, received ${shown(data)}`,
    );
  }
  return { kind, name: textOf(`${at}.name`, name, limits.title), data };
}

/** The full form of an address with `https:` and without a name and password; null for others. */
export function secureAddress(text: string): string | null {
  if (!/^https:\/\//i.test(text) || /\s/.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  return url.username || url.password ? null : url.href;
}

function questionOf(at: string, json: unknown): LessonQuestion {
  const { text, choices, right, ...rest } = fieldsOf(at, json);
  refuseOthers(at, rest);
  const read = listOf(`${at}.choices`, choices, limits.choices).map((choice, i) => {
    const { text, feedback, ...others } = fieldsOf(`${at}.choices[${i}]`, choice);
    refuseOthers(`${at}.choices[${i}]`, others);
    return {
      text: textOf(`${at}.choices[${i}].text`, text, limits.choice),
      feedback: textOf(`${at}.choices[${i}].feedback`, feedback, limits.text),
    };
  });
  if (read.length < 2) throw new RangeError(`${at}.choices: expected at least 2, received ${read.length}`);
  if (typeof right !== 'number' || !read[right]) {
    throw new RangeError(`${at}.right: expected a number from 0 to ${read.length - 1}, received ${shown(right)}`);
  }
  return { text: textOf(`${at}.text`, text, limits.text), choices: read, right };
}

function fieldsOf(what: string, value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RangeError(`${what}: expected an object, received ${shown(value)}`);
  }
  return { ...value };
}
function listOf(what: string, value: unknown, most: number): readonly unknown[] {
  if (Array.isArray(value) && value.length <= most) return value;
  throw new RangeError(
    `${what}: expected a list of at most ${most}, received ${Array.isArray(value) ? value.length : shown(value)}`,
  );
}
function textOf(what: string, value: unknown, most: number): string {
  if (typeof value === 'string' && value.length <= most) return value;
  const received = typeof value === 'string' ? `${value.length}` : shown(value);
  throw new RangeError(`${what}: expected a text of at most ${most} characters, received ${received}`);
}
function refuseOthers(what: string, rest: Fields): void {
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw new RangeError(`${what}: received an unknown field ${shown(unknown)}`);
}
function within<T>(at: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new RangeError(`${at}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
const shown = (value: unknown): string => (JSON.stringify(value) ?? String(value)).slice(0, 80);
