// Firefox with the package installed, over WebDriver BiDi: the page, the browser's own menus, and the panel inside the page.
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import puppeteer from 'puppeteer-core';
import { root } from '../../../scripts/lib/process.mjs';
import { expect } from '../../e2e/support/fixtures';

/** From manifest.json. */
const extensionId = 'convscope@convscope.org';
/** The address of the extension's pages is random; a preference fixes it. */
const host = 'd56a5b99-51b6-4e83-ab23-796216679614';

interface Context {
  readonly context: string;
  readonly url: string;
  readonly children?: readonly Context[] | null;
}

export interface Firefox {
  readonly browser: Browser;
  /** `moz-extension://HOST` */
  readonly origin: string;
  /** Opens the native context menu on an element and takes an entry of ConvScope's submenu. */
  chooseNative(page: Page, selector: string, label: string): Promise<void>;
  /** Labels of ConvScope's submenu in the open or last context menu. */
  entries(): Promise<readonly string[]>;
  /** A window into an extension page by the end of its address: the panel in a page, or the Lab in a tab. */
  surface(address: string): Promise<Surface>;
  close(): Promise<void>;
}

export interface Surface {
  /** Evaluates an expression whose value is JSON. */
  evaluate<T>(expression: string): Promise<T>;
}

const flat = (contexts: readonly Context[]): Context[] =>
  contexts.flatMap((context) => [context, ...flat(context.children ?? [])]);

export async function launchFirefox(executablePath: string): Promise<Firefox> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: { 'extensions.webextensions.uuids': JSON.stringify({ [extensionId]: host }) },
  });
  await browser.installExtension(process.env.DIST_FIREFOX ?? join(root, 'dist-firefox'));
  const send = async (method: string, params: object): Promise<unknown> => {
    // Puppeteer types the commands that it uses itself; the chrome scope is not among them.
    const connection: unknown = Reflect.get(browser, 'connection');
    if (typeof connection !== 'object' || connection === null) throw new Error('expected a BiDi connection');
    const call: unknown = Reflect.get(connection, 'send');
    if (typeof call !== 'function') throw new Error('expected a BiDi connection that sends');
    const { result } = await call.call(connection, method, params);
    return result;
  };
  const contexts = async (params: object): Promise<Context[]> => {
    const tree = (await send('browsingContext.getTree', params)) as { contexts: readonly Context[] };
    return flat(tree.contexts);
  };
  const evaluateIn = async <T>(context: string, expression: string): Promise<T> => {
    const answer = (await send('script.evaluate', {
      expression: `(async () => JSON.stringify(await (${expression})))()`,
      target: { context },
      awaitPromise: true,
    })) as { type: string; result?: { value?: string }; exceptionDetails?: { text: string } };
    if (answer.type !== 'success') throw new Error(answer.exceptionDetails?.text ?? 'the script failed');
    return answer.result?.value === undefined ? (undefined as T) : (JSON.parse(answer.result.value) as T);
  };
  const windowContext = (await contexts({ 'moz:scope': 'chrome' })).find(({ url }) => url.includes('browser.xhtml'));
  if (!windowContext) throw new Error('expected a browser window');
  const inWindow = <T>(expression: string) => evaluateIn<T>(windowContext.context, expression);
  const submenu = `document.querySelector('#contentAreaContextMenu menu[label="ConvScope"]')`;

  return {
    browser,
    origin: `moz-extension://${host}`,
    async chooseNative(page, selector, label) {
      const element = await page.$(selector);
      const box = await element?.boundingBox();
      if (!box) throw new Error(`expected ${selector} on the page`);
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2, { button: 'right' });
      await expect.poll(() => inWindow(`document.getElementById('contentAreaContextMenu').state`)).toBe('open');
      await inWindow(`${submenu}.openMenu(true)`);
      await expect.poll(() => inWindow(`${submenu}.menupopup.state`)).toBe('open');
      const taken = await inWindow<boolean>(`(() => {
        const item = [...${submenu}.querySelectorAll('menuitem')].find((other) => other.label === ${JSON.stringify(label)});
        item?.closest('menupopup').activateItem(item);
        return Boolean(item);
      })()`);
      if (!taken) throw new Error(`expected a menu entry "${label}"`);
    },
    entries: () => inWindow(`[...${submenu}.querySelectorAll('menuitem')].map((item) => item.label)`),
    async surface(address) {
      let found: Context | undefined;
      await expect
        .poll(
          async () => {
            found = (await contexts({})).find(({ url }) => url.startsWith(`moz-extension://${host}/${address}`));
            return found !== undefined;
          },
          { message: `${address} is open`, timeout: 15_000 },
        )
        .toBe(true);
      const { context } = found!;
      return { evaluate: (expression) => evaluateIn(context, expression) };
    },
    close: () => browser.close(),
  };
}
