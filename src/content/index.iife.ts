import type { BackgroundApi, ContentApi, Target } from '../messages/protocol';
import { asGiven, type Handlers, type Methods, remote, serve } from '../messages/wire';
import { native } from '../platform/native';
import { capture, thumbnail } from './capture';
import { find, watchClicks } from './find';
import { curtain, Layer, outline } from './layer';
import { closePanel, fitPanel, movePanel, resizePanel, showPanel } from './panel';
import { endPick, pick } from './pick';
import { byRef, listPictures, refOf } from './pictures';
import { replace, replaced, restore } from './replace';

// Injected into a frame on demand, perhaps many times; only one copy of a living extension answers.

interface Installed {
  alive(): boolean;
  remove(): void;
}
const globals: typeof globalThis & { convscope?: Installed } = globalThis;

type Told = Pick<BackgroundApi, 'picked' | 'panelClosed'>;

function install(api: NonNullable<typeof native>): Installed {
  const nothing = (): void => undefined;
  const background = remote<Told>('background', (call) => api.runtime.sendMessage(call), {
    picked: nothing,
    panelClosed: nothing,
  });
  const unheard = (): undefined => undefined;
  const removed = new AbortController();

  let unmark = nothing;
  const mark = ({ ref }: { ref: number | null }): void => {
    unmark();
    unmark = nothing;
    if (ref === null) return;
    const layer = new Layer();
    const stop = outline(layer, byRef(ref));
    unmark = () => {
      stop();
      layer.remove();
    };
  };
  const picked = (target: Target | null): void => void background.picked(target).catch(unheard);
  const panelClosed = (): void => void background.panelClosed().catch(unheard);
  const locate = (target: Target): number | null => {
    const shown = find(target);
    return shown ? refOf(shown.element) : null;
  };

  type M = Methods<ContentApi>;
  const by = <K extends keyof M>(run: (arg: M[K]['arg']) => M[K]['answer'] | Promise<M[K]['answer']>) => ({
    from: ['page'] as const,
    arg: asGiven<M[K]['arg']>,
    run: async (arg: M[K]['arg']) => run(arg),
  });
  const handlers: Handlers<ContentApi> = {
    list: by<'list'>(listPictures),
    thumbnail: by<'thumbnail'>(thumbnail),
    capture: by<'capture'>(capture),
    locate: by<'locate'>(locate),
    mark: by<'mark'>(mark),
    showPanel: by<'showPanel'>((request) => showPanel(request, panelClosed)),
    movePanel: by<'movePanel'>(movePanel),
    resizePanel: by<'resizePanel'>(resizePanel),
    fitPanel: by<'fitPanel'>(fitPanel),
    closePanel: by<'closePanel'>(closePanel),
    replace: by<'replace'>(replace),
    restore: by<'restore'>(restore),
    replaced: by<'replaced'>(replaced),
    pick: by<'pick'>(() => pick(picked)),
    endPick: by<'endPick'>(endPick),
    curtain: by<'curtain'>(({ hidden }) => curtain(hidden)),
  };
  const self = { id: api.runtime.id ?? '', origins: [api.runtime.getURL('').replace(/\/$/, '')] };
  const listener = serve('content', handlers, self);
  api.runtime.onMessage.addListener(listener);
  watchClicks(removed.signal);
  return {
    alive: () => api.runtime.id !== undefined,
    remove() {
      removed.abort();
      endPick();
      unmark();
      closePanel();
    },
  };
}

if (native && !globals.convscope?.alive()) {
  globals.convscope?.remove();
  globals.convscope = install(native);
}
