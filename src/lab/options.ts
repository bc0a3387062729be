interface Runtime {
  openOptionsPage?(): Promise<void>;
}
const extension: { readonly runtime?: Runtime } | undefined = Reflect.get(globalThis, 'chrome');
const runtime = extension?.runtime;

/** Opens the options of the extension; null where the Lab is a plain web page, which has none. */
export const openOptions: (() => void) | null = runtime?.openOptionsPage ? () => void runtime.openOptionsPage?.() : null;
