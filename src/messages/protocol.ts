import type { Scene } from '../core/scene';
import type { PictureMeta, Provenance } from '../image/picture';
import type { Call } from './wire';

// Every message between contexts, as typed method calls. Pixels travel as Blob.

/** Answered by the background. */
export interface BackgroundApi {
  /** What a panel shows; asked by the panel with the id from its address. @throws when the session is unknown. */
  session(id: string): Promise<Session>;
  /** The bytes of a kept picture. A panel cannot read IndexedDB itself: its storage is partitioned by the page around it. */
  pictureBlob(id: string): Promise<Blob>;
  /** Keeps a picture that a content script captured, and answers with its id. */
  keep(captured: Captured): Promise<PictureMeta>;
  /**
   * Fetches the picture at an address that the person typed, whose site they allowed, and keeps it. From the Lab.
   * @throws a sentence when the site is not allowed, does not answer, or answers with something else.
   */
  fetchAddress(request: { url: string }): Promise<PictureMeta>;
  /**
   * Reads and keeps a picture of a tab, also one whose address the content script cannot read; falls back to screen pixels
   * unless `screen` is false.
   */
  captureInTab(request: { tabId: number; frameId: number; target: Target; screen?: boolean }): Promise<PictureMeta>;
  /** The person picked an element on the page (popup's *Pick on page*), or gave up; opens the panel with `scene`. From a content script. */
  picked(target: Target | null): Promise<void>;
  /** Opens the Lab on a kept picture, or on many, `left` of the page left out; or a lesson in its place. */
  openLab(request: {
    pictureId: string | null;
    scene: Scene;
    batch?: { readonly ids: readonly string[]; readonly left: number };
    lesson?: { readonly lesson: string; readonly passage: string | null };
  }): Promise<void>;
  /** Remembers the scene for a pick on the page and starts it in every frame. From the popup, which closes then. */
  preparePick(request: { tabId: number; scene: Scene }): Promise<void>;
  /**
   * Puts the content script into every frame of a tab that lets it in, and answers with their ids.
   * @throws a sentence when the page lets no extension in.
   */
  reach(request: { tabId: number }): Promise<readonly number[]>;
  /**
   * Passes a call on to a content script of the sender's own tab, and its reply back as it is: in Firefox a panel has no tabs API.
   * @throws when the tab is another one.
   */
  relay(request: { tabId: number; frameId: number; call: Call }): Promise<unknown>;
  /** The panel on the sender's page was closed there. From a content script. */
  panelClosed(): Promise<void>;
}

/** Answered by the content script in one frame of a tab. */
export interface ContentApi {
  /** Pictures of the frame, largest first. */
  list(): Promise<PageImage[]>;
  /** A small copy for the popup's strip, or null when the page may not read it. */
  thumbnail(ref: number): Promise<Blob | null>;
  /** The pixels of an element or address, in the order data/blob, same-origin, CORS, drawn; or why not, and where to crop the screen. */
  capture(target: Target): Promise<Capture>;
  /** Finds what is meant without reading it; null when it is not in this frame. */
  locate(target: Target): Promise<number | null>;
  /** Outlines an element as the input of an open panel; null takes the outline away. */
  mark(request: { ref: number | null }): Promise<void>;
  /** Puts the panel on the page, near the element when it is known; `hidden` loads it behind the curtain. */
  showPanel(request: { url: string; ref: number | null; hidden?: boolean }): Promise<void>;
  movePanel(by: { dx: number; dy: number }): Promise<void>;
  resizePanel(by: { dx: number; dy: number }): Promise<void>;
  /** The panel's contents need this height, in CSS px. */
  fitPanel(request: { height: number }): Promise<void>;
  closePanel(): Promise<void>;
  /** Shows a PNG in place of the element; `restore` puts everything back. @throws when the element is gone. */
  replace(request: { ref: number; png: Blob }): Promise<void>;
  restore(request: { ref: number }): Promise<void>;
  /** Whether something was put in the place of the element. */
  replaced(request: { ref: number }): Promise<boolean>;
  /** Lets the person choose a picture by hover, click or keyboard; reports to `picked`. */
  pick(): Promise<void>;
  /** Stops that without a choice. */
  endPick(): Promise<void>;
  /** Hides or shows our own layers around a screen capture. */
  curtain(request: { hidden: boolean }): Promise<void>;
}

/** Which picture is meant: an element found before, what was right-clicked, or an address. */
export type Target =
  | { readonly kind: 'element'; readonly ref: number }
  | { readonly kind: 'clicked'; readonly targetElementId?: number; readonly srcUrl?: string };

export interface PageImage {
  readonly ref: number;
  readonly url: string;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly kind: 'img' | 'background' | 'canvas' | 'svg' | 'video';
}

/** Pixels that came over, before they are kept. */
export interface Captured {
  readonly name: string;
  readonly blob: Blob;
  readonly provenance: Provenance;
}

export type Capture =
  | { readonly kind: 'pixels'; readonly ref: number | null; readonly captured: Captured }
  /** The page may not read it: fetch `url` with a permission, or crop the screen to `rect` (CSS px of the frame's viewport). */
  | {
      readonly kind: 'unreadable';
      readonly ref: number | null;
      readonly name: string;
      readonly url: string | null;
      readonly rect: { readonly x: number; readonly y: number; readonly width: number; readonly height: number } | null;
      readonly viewport: { readonly width: number; readonly height: number };
      readonly reason: string;
    };

export interface Session {
  readonly picture: PictureMeta | null;
  /** Why there is no picture, as a sentence. */
  readonly problem: string | null;
  readonly scene: Scene;
  readonly tabId: number;
  /** The frame that holds the element, and the element in it. */
  readonly frameId: number;
  readonly ref: number | null;
}
