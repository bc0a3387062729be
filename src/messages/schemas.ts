import * as v from 'valibot';
import type { BackgroundApi, ContentApi } from './protocol';
import type { Methods, Parse } from './wire';

// What may come over the wire, checked on receipt. Pages parse scenes again, op by op; here only their shape is checked.

const finite = v.pipe(v.number(), v.finite());
const whole = v.pipe(v.number(), v.integer());
const size = v.pipe(finite, v.minValue(0));
const text = v.pipe(v.string(), v.maxLength(4096));
/** A `data:` address may be long. */
const address = v.pipe(v.string(), v.maxLength(64 * 2 ** 20));
const id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));
/** By its tag, which a clone cannot forge: in Firefox a message brings the Blob of another global, so `instanceof` fails. */
const blob = v.custom<Blob>((value) => Object.prototype.toString.call(value) === '[object Blob]', 'Expected a Blob');

const provenance = v.object({
  how: v.picklist(['original', 'redrawn', 'screen', 'camera', 'made']),
  blockedOrigin: v.exactOptional(text),
  note: v.exactOptional(text),
  from: v.exactOptional(v.object({ id, name: text })),
});
const pictureMeta = v.object({ id, name: text, provenance, added: finite });
const captured = v.object({ name: text, blob, provenance });

const step = v.object({
  op: text,
  params: v.record(v.string(), v.unknown()),
  weights: v.exactOptional(
    v.record(
      v.string(),
      v.custom<never>(() => true),
    ),
  ),
  off: v.exactOptional(v.literal(true)),
});
export const scene = v.object({ version: v.literal(1), input: v.picklist(['unit', 'signed']), steps: v.array(step) });

export const target = v.variant('kind', [
  v.object({ kind: v.literal('element'), ref: whole }),
  v.object({ kind: v.literal('clicked'), targetElementId: v.exactOptional(whole), srcUrl: v.exactOptional(address) }),
]);

export const session = v.object({
  picture: v.nullable(pictureMeta),
  problem: v.nullable(text),
  scene,
  tabId: whole,
  frameId: whole,
  ref: v.nullable(whole),
});

const pageImage = v.object({
  ref: whole,
  url: address,
  name: text,
  width: size,
  height: size,
  kind: v.picklist(['img', 'background', 'canvas', 'svg', 'video']),
});

const box = v.object({ x: finite, y: finite, width: size, height: size });
const capture = v.variant('kind', [
  v.object({ kind: v.literal('pixels'), ref: v.nullable(whole), captured }),
  v.object({
    kind: v.literal('unreadable'),
    ref: v.nullable(whole),
    name: text,
    url: v.nullable(address),
    rect: v.nullable(box),
    viewport: v.object({ width: size, height: size }),
    reason: text,
  }),
]);

const call = v.object({ convscope: v.literal(1), to: v.literal('content'), method: text, arg: v.exactOptional(v.unknown()) });

const nothing = (): void => undefined;

type Answers<Api> = { readonly [M in keyof Api]: Parse<Methods<Api>[M]['answer']> };
type Args<Api> = { readonly [M in keyof Api]: Parse<Methods<Api>[M]['arg']> };

/** Arguments of calls to the background. */
export const backgroundArgs: Args<BackgroundApi> = {
  session: v.parser(id),
  pictureBlob: v.parser(id),
  keep: v.parser(captured),
  fetchAddress: v.parser(v.object({ url: v.pipe(text, v.url()) })),
  captureInTab: v.parser(v.object({ tabId: whole, frameId: whole, target, screen: v.exactOptional(v.boolean()) })),
  picked: v.parser(v.nullable(target)),
  openLab: v.parser(
    v.object({
      pictureId: v.nullable(id),
      scene,
      batch: v.exactOptional(v.object({ ids: v.array(id), left: whole })),
      lesson: v.exactOptional(v.object({ lesson: id, passage: v.nullable(id) })),
    }),
  ),
  preparePick: v.parser(v.object({ tabId: whole, scene })),
  reach: v.parser(v.object({ tabId: whole })),
  relay: v.parser(v.object({ tabId: whole, frameId: whole, call })),
  panelClosed: nothing,
};

/** Answers of the background. */
export const backgroundAnswers: Answers<BackgroundApi> = {
  session: v.parser(session),
  pictureBlob: v.parser(blob),
  keep: v.parser(pictureMeta),
  fetchAddress: v.parser(pictureMeta),
  captureInTab: v.parser(pictureMeta),
  picked: nothing,
  openLab: nothing,
  preparePick: nothing,
  reach: v.parser(v.array(whole)),
  /** A reply still sealed; the remote that asked opens and parses it. */
  relay: (reply) => reply,
  panelClosed: nothing,
};

/** Answers of a content script, which shares its process with the page around it. */
export const contentAnswers: Answers<ContentApi> = {
  list: v.parser(v.array(pageImage)),
  thumbnail: v.parser(v.nullable(blob)),
  capture: v.parser(capture),
  locate: v.parser(v.nullable(whole)),
  mark: nothing,
  showPanel: nothing,
  movePanel: nothing,
  resizePanel: nothing,
  fitPanel: nothing,
  closePanel: nothing,
  replace: nothing,
  restore: nothing,
  replaced: v.parser(v.boolean()),
  pick: nothing,
  endPick: nothing,
  curtain: nothing,
};
