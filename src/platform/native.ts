// The content script's way to the extension API: what the browser has, without a polyfill, so that the script stays small.

interface Runtime {
  /** Undefined once the extension was reloaded or removed. */
  readonly id?: string;
  getURL(path: string): string;
  sendMessage(message: unknown): Promise<unknown>;
  readonly onMessage: { addListener(listener: MessageListener): void };
}
type MessageListener = (
  message: unknown,
  sender: { readonly id?: string; readonly url?: string; readonly frameId?: number; readonly tab?: { readonly id?: number } },
  reply: (reply: unknown) => void,
) => true | undefined;

interface ContentBrowser {
  readonly runtime: Runtime;
  /** Firefox only. */
  readonly menus?: { getTargetElement(id: number): Element | null };
  /** Chromium only. */
  readonly dom?: { openOrClosedShadowRoot(element: Element): ShadowRoot | null };
}
type Globals = typeof globalThis & { readonly browser?: ContentBrowser; readonly chrome?: ContentBrowser };
const globals: Globals = globalThis;

/** Promise-based in both browsers (Chromium has had `browser` since 148). */
export const native = globals.browser ?? globals.chrome;

/** The shadow root of an element, closed ones too. */
export function shadowOf(element: Element): ShadowRoot | null {
  if ('openOrClosedShadowRoot' in element) return element.openOrClosedShadowRoot as ShadowRoot | null;
  return element instanceof HTMLElement ? (globals.chrome?.dom?.openOrClosedShadowRoot(element) ?? null) : element.shadowRoot;
}
